"""Nothing of one area reaches anybody of another: not by a page, a header, a file, a mail, an export or a line of the log.

Every text of the other area is a word of its own. Whoever finds one outside has found a leak, and knows of which field.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.deadlines import jobs as deadlines
from partnership.documents.workflow import Status
from partnership.files.models import StoredFile
from partnership.mail.models import OutgoingMail
from partnership.web import errors
from tests import worlds
from tests.contracts.access_policy import POLICY, PUBLIC
from tests.contracts.canaries import asking, filling, reading, words
from tests.contracts.matrix.cast import client_of
from tests.night import IS_NIGHT

pytestmark = pytest.mark.django_db


@dataclass
class Search:
    """Looks through answers for what belongs to the other area."""

    hashes: set[str]
    asked: int = 0
    files: int = 0
    hits: list[str] = field(default_factory=list)

    def answer(self, who: str, method: str, address: asking.Address, answer) -> None:  # type: ignore[no-untyped-def]
        """One answer. What stood in the address that was asked may come back, and public words on public pages."""
        self.asked += 1
        text, body = reading.of_answer(answer)
        self.files += "text/html" not in answer.headers.get("Content-Type", "text/html")
        found = reading.marks(text) - reading.marks(address.path)
        if POLICY[address.name].scope == PUBLIC or (who, address.name) == ("once there", "home"):
            found = {word for word in found if word.startswith(words.SECRET)}
        found |= {digest for digest in self.hashes if digest in text and digest not in address.path}
        if hashlib.sha256(body).hexdigest() in self.hashes and POLICY[address.name].scope != PUBLIC:
            found.add("a file of the other area")
        if found:
            self.hits.append(f"{who} {method} {address.name} ({address.asked}) {answer.status_code}: {sorted(found)}")


def test_every_text_of_our_models_has_a_word_or_a_reason_and_operators_read_none():
    filling.fill()
    of_operators = client_of(worlds.operator()).get("/operations/")

    assert of_operators.status_code == 200
    assert not reading.marks(of_operators.content.decode())
    assert not words.not_filled()
    assert set(words.LISTED) <= set(words.fields())
    assert set(words.fields()) >= words.COPIED


# As others read.
AT_NIGHT = set() if IS_NIGHT else {"chair", "business_support", "education", "sub_group_chair", "observer"}
# Who asks with arguments of both areas, and of every document of the other. Which object an address finds hangs on the
# area and not on the office: the rest ask of one document of the other, but for the nights.
MIXES = {"lsp", "business_manager", "scrutineer", "once there, now here", "nobody"}


@pytest.mark.parametrize("half", [0, 1])  # of the people, so that two processes share the work
def test_nothing_of_another_area_reaches_anybody(half, monkeypatch):
    monkeypatch.setattr(errors, "render", _framed_once())
    here = worlds.area_with_its_cast()
    with reading.Listener() as log:
        other = filling.fill()
        hashes = set(StoredFile.objects.values_list("pk", flat=True))
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        asking.act(here)
        people = asking.people(here, other)
        deadlines.remind(today=worlds.clock.today())
        search = Search(hashes - _published_hashes(other))
        asking_now = [row for row in people.items() if row[0] not in AT_NIGHT]
        _ask_everything(search, here, other, dict(asking_now[half::2]))

    assert not search.hits, f"{len(search.hits)} leaks:\n" + "\n".join(search.hits[:40])
    assert search.asked > 1200
    assert search.files > 50
    assert not _leaks_by_mail(here, people, before)
    assert not _leaks_by_log(log, other)


def _framed_once() -> Callable[..., HttpResponse]:
    """Refusals as each person sees them for the first time in an area and a document, and then without their frame.

    What the frame shows hangs on the person and on these two, which stand in the address.
    """
    framed = set()

    def render_refusal(request: HttpRequest, name: str, words: dict[str, Any], status: int) -> HttpResponse:
        where = request.resolver_match.kwargs if request.resolver_match else {}
        seen = (request.user.pk, name, where.get("area"), where.get("document"))
        if seen in framed:
            return HttpResponse(f"{words['sentence']}\n{words['problems']}", status=status)
        framed.add(seen)
        return render(request, name, words, status=status)

    return render_refusal


def _published_hashes(other: filling.OtherArea) -> set[str]:
    """What was published may be fetched by anybody."""
    public = [row for row in other.documents if row.versions.filter(status=Status.PUBLISHED).exists()]
    return {made.file_id for row in public for version in row.versions.all() for made in version.renditions.all()}


def _ask_everything(search, here, other, people) -> None:  # type: ignore[no-untyped-def]
    asked = [*asking.addresses(here.area, other), *asking.with_queries(here.area, other)]
    for who, person in people.items():
        client = client_of(person)
        for address in asked:
            if who not in MIXES and (address.asked == "mixed" or (address.asked == "theirs again" and not IS_NIGHT)):
                continue
            with transaction.atomic():
                search.answer(who, "GET", address, client.get(address.path))
                if POLICY[address.name].takes_post and address.asked == "mixed":
                    search.answer(who, "POST", address, client.post(address.path, {}))
                transaction.set_rollback(True)


def _leaks_by_mail(here, people, before) -> list[str]:  # type: ignore[no-untyped-def]
    """What was sent because of acts here, and whatever else went to anybody of here."""
    mine = [person.email for person in people.values() if person]
    sent = OutgoingMail.objects.filter(Q(area_slug=here.area.slug) | Q(to__in=mine) | ~Q(pk__in=before))
    assert sent.filter(area_slug=here.area.slug).count() > 10
    return [f"{mail.purpose} to {mail.to}: {found}" for mail in sent if (found := reading.marks(reading.of_mail(mail)))]


def _leaks_by_log(log, other) -> list[str]:  # type: ignore[no-untyped-def]
    """A line may name an area by its slug, which stands in every address, and nothing else of it."""
    assert len(log.lines) > 250
    return [line for line in log.lines if reading.marks(line) - {other.area.slug}]
