"""What this service has promised to do and has not done yet: how many rows wait, and how long the oldest has waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors as documents
from partnership.evidence import selectors as evidence
from partnership.mail.models import MailAttempt, OutgoingMail
from partnership.mail.workflow import PERSON_AFTER_UNCERTAIN, PERSON_AFTER_WAITING, Status
from partnership.submissions import selectors as submissions

FIVE_MINUTES, QUARTER, HOUR = timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class Kept:
    """One sort of promise: how long a row of it may wait before somebody looks, what they do then, and the job that it needs."""

    name: str
    title: str
    patience: timedelta
    to_do: str
    needs: str = "tick"


@dataclass(frozen=True)
class Promise:
    """How many rows of it wait now, and for how long the oldest."""

    name: str
    count: int
    age: timedelta

    @property
    def kept(self) -> Kept:
        """What is known of its sort."""
        return PROMISED[self.name]


KEPT = (
    Kept(
        "mail_queued", "Messages in the queue", FIVE_MINUTES,
        "See that a worker serves the queue “mail” and that the mail relay takes messages.", "messages_sent",
    ),
    Kept(
        "mail_sending", "Messages being sent", FIVE_MINUTES,
        "See that the sweep runs: after two minutes it frees what a stopped process left behind.", "messages_freed",
    ),
    Kept(
        "mail_waiting", "Messages waiting to be tried again", PERSON_AFTER_WAITING,
        "Run “deliveries” to read what the mail relay answered, and mend that or tell whoever runs the relay.",
        "messages_sent",
    ),
    Kept(
        "mail_uncertain", "Messages of which it is not known whether they left", PERSON_AFTER_UNCERTAIN,
        "Search the relay’s log for the Message-ID that “deliveries” shows, and have the area say what became of it.",
    ),
    Kept(
        "pdfs_missing", "PDFs to be made", QUARTER,
        "Look for “rendering_failed” in the log of the worker of the queue “pdf”.", "pdfs_made",
    ),
    Kept(
        "pages_missing", "Public pages to be fetched", HOUR,
        "See that the worker reaches PUBLIC_ADDRESS, and look for “public_page_not_kept” in its log.",
        "public_pages_fetched",
    ),
    Kept(
        "incoming_unfiled", "Incoming messages to be put beside their submission", FIVE_MINUTES,
        "Look for “job_failed step=answers_filed” in the worker’s log.", "answers_filed",
    ),
    Kept(
        "releases_due", "Publications whose time has come", FIVE_MINUTES,
        "Look for “release_failed” in the worker’s log; nothing is published by hand in its place.", "documents_released",
    ),
)  # fmt: skip
HELD = {"mail_queued", "mail_waiting"}  # what waits while nothing leaves a restored copy
PROMISED: dict[str, Kept] = {kept.name: kept for kept in KEPT}


def waiting(now: datetime) -> list[Promise]:
    """Every sort of promise with what waits of it at this moment. Asks six times, however much waits."""
    told = [
        *_of_mail(),
        ("mail_uncertain", _of_uncertain()),
        ("pdfs_missing", _of_pdfs()),
        ("pages_missing", evidence.to_be_fetched().aggregate(count=Count("pk"), oldest=Min("since"))),
        ("incoming_unfiled", submissions.to_be_filed().aggregate(count=Count("pk"), oldest=Min("received_at"))),
        ("releases_due", documents.releases_due(now).aggregate(count=Count("pk"), oldest=Min("release_at"))),
    ]
    return [Promise(name, row["count"], _age(row["oldest"], now)) for name, row in told]


def _age(oldest: datetime | None, now: datetime) -> timedelta:
    return max(now - oldest, timedelta(0)) if oldest else timedelta(0)


def _of_mail() -> list[tuple[str, dict[str, Any]]]:
    since = {Status.QUEUED: "queued_at", Status.SENDING: "sending_since", Status.WAITING: "queued_at"}
    asked: dict[str, Any] = {}
    for status, moment in since.items():
        asked[f"{status.value}_count"] = Count("pk", filter=Q(status=status))
        asked[f"{status.value}_oldest"] = Min(moment, filter=Q(status=status))
    row = OutgoingMail.objects.filter(status__in=list(since)).aggregate(**asked)
    return [
        (f"mail_{status.value}", {"count": row[f"{status.value}_count"], "oldest": row[f"{status.value}_oldest"]})
        for status in since
    ]


def _of_uncertain() -> dict[str, Any]:
    last = MailAttempt.objects.filter(mail=OuterRef("pk")).order_by("-number").values("ended_at")[:1]
    rows = OutgoingMail.objects.filter(status=Status.UNCERTAIN).annotate(uncertain_since=Subquery(last))
    return rows.aggregate(count=Count("pk"), oldest=Min("uncertain_since"))


def _of_pdfs() -> dict[str, Any]:
    """A proof is owed since its text was frozen, a final PDF since the last signature or what stands for one."""
    owed = documents_jobs.missing().annotate(owed_since=Greatest(F("frozen_at"), F("signed_at"), F("settled_at")))
    return owed.aggregate(count=Count("pk"), oldest=Min("owed_since"))
