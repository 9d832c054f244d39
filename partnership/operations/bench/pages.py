"""The five most used pages, each beside a bare view that asks the database as often."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.accounts import confirming
from partnership.accounts.models import User
from partnership.documents.models import Document
from partnership.documents.workflow import Status
from partnership.operations.bench import bare, timing
from partnership.operations.demo import cast
from partnership.operations.demo.places import EALING, HAMMERSMITH, NEW_BOARD

NOW, THEN = "yearly-report/2025-26", "yearly-report/2023-24"
HEAD = ("Page", "Queries", "Median ms", "Min", "Max", "Bare median", "Bare min", "Bare max", "Times as long")


@dataclass(frozen=True)
class Page:
    """An address and who looks at it; None is the public."""

    name: str
    address: str
    person: str | None


def pages() -> list[Page]:
    """Home, the record of a document, the section editor, signing, and a public document.

    Once the practice story has gone on and nothing waits for a signature, the row of signing says what it answered.
    """
    versions = _document(EALING, "2025-26").versions.order_by("-number")
    signing = versions.filter(status=Status.IN_SIGN_OFF).first() or versions[0]
    seat = cast.seat(EALING, NEW_BOARD)
    manager = "gwen.pritchard"
    return [
        Page("Home", reverse("home"), manager),
        Page("Document", reverse("documents:document", args=[HAMMERSMITH, NOW]), manager),
        Page("Section editor", reverse("documents:section", args=[HAMMERSMITH, NOW, "impact"]), manager),
        Page(
            "Signing",
            reverse("documents:sign", args=[EALING, NOW, signing.number, seat.pk]),
            "anjali.deshmukh",
        ),
        Page("Public document", reverse("public:document", args=[HAMMERSMITH, THEN]), None),
    ]


def _document(area: str, label: str) -> Document:
    return Document.objects.get(area__slug=area, kind="yearly_report", period_label=label)


def measure(runs: int) -> str:
    """The table of all pages."""
    return timing.table(HEAD, [_row(page, runs) for page in pages()])


def _sign_in(client: Client, person: User) -> None:
    """As somebody who has just used their second factor, since signing demands it."""
    client.force_login(person)
    session = client.session
    confirming.note(session, person)
    session.save()


def _row(page: Page, runs: int) -> list[str]:
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    client = Client(SERVER_NAME=host)
    if page.person:
        _sign_in(client, cast.person(page.person))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.address)
    if answer.status_code != 200:
        return [page.name, f"answered {answer.status_code}", *[""] * (len(HEAD) - 2)]
    queries = len(asked)
    ours: Callable[[], object] = partial(client.get, page.address)
    theirs: Callable[[], object] = partial(bare.client(host).get, f"/bare/{queries}/")
    mine, other = timing.in_turn(((page.name, ours), ("bare", theirs)), runs)
    return [page.name, str(queries), *mine.cells[1:], *other.cells[1:], timing.ratio(mine, other)]
