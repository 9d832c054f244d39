"""Which public pages are to be fetched now, what was fetched, and since when the page of a version says something else."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnership.areas.models import Area
from partnership.audit import selectors as audit
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.evidence.models import FetchRequest, PublicFetch
from partnership.public import presenting as public

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MOST_TRIES = 12
A_DAY = timedelta(days=1)


def published_version(area: Area, address: str, number: int) -> Version | None:
    """One version that was ever public, whatever became of it, by its area, address and number."""
    document = documents.at(address, Document.objects.filter(area=area))
    if document is None:
        return None
    rows = document.versions.filter(number=number, published_at__isnull=False)
    return rows.select_related("document__area", "consolidated_into__area").first()


def to_be_fetched() -> QuerySet[Any]:
    """The versions of which the public page has still to be fetched, with `since` when, how many `tries` and the `last_try`.

    What stands, until it was fetched once; and what was asked for again, until it was fetched since. Not for ever: after
    so many tries in vain it is left.
    """
    wanted = FetchRequest.objects.filter(version=OuterRef("pk"))
    last_wanted = Subquery(wanted.order_by("-asked_at").values("asked_at")[:1])
    good = PublicFetch.objects.filter(version=OuterRef("pk"), ok=True, fetched_at__gte=OuterRef("since"))
    rows = Version.objects.filter(Q(status=Status.PUBLISHED) | Exists(wanted), published_at__isnull=False)
    rows = rows.annotate(since=Coalesce(last_wanted, F("published_at"))).filter(~Exists(good))
    return rows.annotate(
        tries=Count("public_fetches", filter=Q(public_fetches__fetched_at__gte=F("since"))),
        last_try=Max("public_fetches__fetched_at", filter=Q(public_fetches__fetched_at__gte=F("since"))),
    ).filter(tries__lt=MOST_TRIES)


def due(now: datetime) -> list[Version]:
    """The versions of which the public page is to be fetched now, the first published first.

    Without a good answer it is tried at longer and longer intervals.
    """
    found = to_be_fetched().select_related("document__area").defer("content").order_by("published_at", "pk")
    return [row for row in found if row.last_try is None or row.last_try + retry_after(row.tries) <= now]


def retry_after(tries: int) -> timedelta:
    """How long to wait after so many tries (1 for the first)."""
    return RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]


def page_of(version: Version) -> tuple[str, int]:
    """The public address at which a version is read, and the status that it answers with while all is well.

    What stands is read at the permanent address; what something else has replaced, at its own.
    """
    if version.status == Status.PUBLISHED:
        return documents_jobs.public_address(version), HTTPStatus.OK
    gone = version.status == Status.TAKEN_DOWN
    return settings.PUBLIC_ADDRESS + public.edition_address(version), HTTPStatus.GONE if gone else HTTPStatus.OK


def fetches(version: Version) -> QuerySet[PublicFetch]:
    """Every try for a version, the first one first."""
    return version.public_fetches.select_related("body").order_by("number")


def changed_at(version: Version) -> datetime | None:
    """When the public page last began to say something else than when it was first public; None while it never has.

    By a correction of the document, or because this version was replaced, taken in or withdrawn.
    """
    corrected = version.document.versions.filter(published_at__isnull=False, correction__isnull=False)
    ends = (version.superseded_at, version.consolidated_at, version.withdrawn_at)
    moments: Iterable[datetime | None] = (corrected.aggregate(last=Max("published_at"))["last"], *ends)
    return max(filter(None, moments), default=None)


def is_to_be_asked_again(version: Version, now: datetime) -> bool:
    """Whether the page should be fetched again for whoever asks for the evidence now.

    Once after each change of what it says; and where it was never reached and nobody has tried for a day.
    """
    changed = changed_at(version)
    if changed and not version.fetch_requests.filter(asked_at__gte=changed).exists():
        return True
    tries = version.public_fetches.aggregate(good=Count("pk", filter=Q(ok=True)), last=Max("fetched_at"))
    asked = version.fetch_requests.filter(asked_at__gt=now - A_DAY).exists()
    return not asked and not tries["good"] and tries["last"] is not None and tries["last"] < now - A_DAY


def taken(version: Version) -> QuerySet[AuditEntry]:
    """When the evidence of a version was taken away and by whom, the newest first."""
    return audit.of_target(version).filter(event=Event.BUNDLE_TAKEN)
