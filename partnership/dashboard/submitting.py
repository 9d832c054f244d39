"""What is sent to the national bodies, as the home page tells it: what failed or came back, what to read, whom to ask."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas.roles import Permission
from partnership.dashboard.rows import Row
from partnership.dashboard.standing import Standing
from partnership.documents.workflow import Status
from partnership.guidance import working_days
from partnership.mail.workflow import Sort
from partnership.submissions import selectors as submissions
from partnership.submissions.models import DeliveryEvent, Submission

Due = dict[int, date]
# Something came that a person has to read.
_HAS_REPLY = Exists(DeliveryEvent.objects.filter(submission=OuterRef("pk"), what__in=[Sort.REPLY, Sort.UNCLEAR]))


def troubled(standing: Standing) -> QuerySet[Any]:
    """What was not sent, came back, or of which nobody knows, for those who may send it again."""
    mine = _of(standing, Permission.PUBLISH_DOCUMENT).filter(acknowledged_at=None)
    return mine.filter(Q(mail__status__in=["failed", "uncertain"]) | Q(bounced_at__isnull=False))


def look_into(submission: Submission, due: Due) -> Row:
    document = submission.version.document
    act = f"See to the submission of {document.title} to {submission.recipient_name}"
    return Row(act, _page(submission), document.area, submission.due_on, submissions.state(submission))


def answered(standing: Standing) -> QuerySet[Any]:
    """What somebody replied to, and nobody has said yet whether that acknowledges it."""
    mine = _of(standing, Permission.RECORD_ACKNOWLEDGEMENT).filter(acknowledged_at=None)
    return mine.filter(_HAS_REPLY).exclude(version__status=Status.TAKEN_DOWN)


def read(submission: Submission, due: Due) -> Row:
    act = f"Read the reply about {submission.version.document.title} from {submission.recipient_in_words}"
    why = "If it acknowledges the submission, record that. Nothing counts as acknowledged before."
    return Row(act, _page(submission), submission.version.document.area, None, why)


def silent(standing: Standing) -> QuerySet[Any]:
    """What was taken ten working days ago and nobody acknowledged: somebody has to ask."""
    waiting = submissions.unacknowledged(clock.today())
    mine = _of(standing, Permission.RECORD_ACKNOWLEDGEMENT).filter(pk__in=waiting.values("pk"))
    return mine.exclude(_HAS_REPLY)  # who replied is not silent


def ask(submission: Submission, due: Due) -> Row:
    assert submission.accepted_at is not None  # silent gives no others
    sent = clock.london_day(submission.accepted_at)
    days = working_days.working_days_since(sent, clock.today())
    act = f"Ask {submission.recipient_in_words} to acknowledge {submission.version.document.title}"
    why = f"It was sent on {sent:%-d %B %Y}, {days} working days ago, and nobody has acknowledged it."
    return Row(act, _page(submission), submission.version.document.area, None, why)


def waiting(standing: Standing) -> list[Row]:
    """Sent and not acknowledged; and what came back, for whoever cannot send it again. After a year nobody waits."""
    sent = submissions.submissions_visible_to(standing.user).filter(acknowledged_at=None)
    since = clock.now() - submissions.LONGEST_WAIT
    sent = sent.filter(Q(accepted_at__gte=since) | Q(bounced_at__isnull=False)).exclude(
        version__status=Status.TAKEN_DOWN
    )
    sends = standing.areas_with(Permission.PUBLISH_DOCUMENT)
    asks = standing.areas_with(Permission.RECORD_ACKNOWLEDGEMENT)
    asked = {pk for find in (silent, answered) for pk in find(standing).values_list("pk", flat=True)} if asks else set()
    return [
        _came_back(submission) if submission.bounced_at else _sent(submission)
        for submission in sent
        if submission.pk not in asked and not (submission.bounced_at and submission.version.document.area_id in sends)
    ]


def _sent(submission: Submission) -> Row:
    document = submission.version.document
    act = f"{document.title} is to be acknowledged by {submission.recipient_in_words}"
    who, since = submission.recipient_name, submission.accepted_at
    return Row(act, _page(submission), document.area, None, "", who=who, since=since)


def _came_back(submission: Submission) -> Row:
    document = submission.version.document
    act = f"{document.title} came back from {submission.recipient_in_words} and is to be sent again"
    who, since = "Business manager", submission.bounced_at
    return Row(act, _page(submission), document.area, submission.due_on, "", who=who, since=since)


def _of(standing: Standing, permission: Permission) -> QuerySet[Submission]:
    """The submissions of the areas in which an office of the person carries this permission."""
    areas = standing.areas_of_need(permission)
    return submissions.submissions_visible_to(standing.user).filter(version__document__area__in=areas)


def _page(submission: Submission) -> str:
    return reverse("submissions:submission", args=[submission.version.document.area.slug, submission.pk])
