"""Reading submissions and what is known of each, never more."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership import clock
from partnership.areas import access
from partnership.areas.models import Area
from partnership.documents.models import Correction
from partnership.errors import WrongState
from partnership.submissions.models import Recipient, Submission

STATES = {
    "queued": "Queued. It has not been sent yet.",
    "sending": "Being sent now.",
    "sent": "Accepted by the mail relay. That is not yet proof that anybody read it.",
    "waiting": "Not sent yet. It will be tried again.",
    "failed": "Not sent. Somebody must act.",
    "uncertain": "It is not known whether it was sent. Somebody must look.",
    "cancelled": "Cancelled before it was sent.",
}


def recipient(party: str) -> Recipient:
    """The address of a body that is in use today. Raises WrongState when there is none."""
    today = clock.today()
    in_use = Recipient.objects.filter(party=party, valid_from__lte=today).exclude(valid_until__lte=today)
    found = in_use.order_by("-valid_from").first()
    if found is None:
        raise WrongState(f"No address is on record for “{party}”. An operator must add one before anything is sent.")
    return found


def submissions_visible_to(user: access.Person) -> QuerySet[Submission]:
    """Submissions of the areas in which the person holds an office, newest first."""
    visible = access.visible_to(Submission.objects.all(), user, "version__document__area")
    return visible.select_related("version__document__area", "mail", "recipient")


def of_area(area: Area) -> QuerySet[Submission]:
    """An area's submissions, newest first; with what `edition` asks."""
    found = Submission.objects.filter(version__document__area=area)
    found = found.annotate(corrects=Exists(Correction.objects.filter(version=OuterRef("version"))), which=_which())
    return found.select_related("version__document__area", "mail", "recipient", "acknowledged_by")


def _which() -> Coalesce:
    """How many corrections of its document were published up to the version that was sent."""
    published = Correction.objects.filter(version__published_at__isnull=False)
    until = published.filter(
        version__document=OuterRef("version__document"), version__number__lte=OuterRef("version__number")
    )
    counted = until.order_by().values("version__document").annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted), Value(0))


def edition(submission: Any) -> str:
    """Which edition was sent, such as `version 2, correction 1`. Of a submission as `of_area` gives it."""
    words = f"version {submission.version.number}"
    return f"{words}, correction {submission.which}" if submission.corrects else words


def not_yet_accepted() -> QuerySet[Submission]:
    """Submissions whose mail has been taken by the relay, which has not been noted yet; and those that failed."""
    return Submission.objects.filter(accepted_at=None).select_related("version__document__area", "mail")


def state(submission: Submission) -> str:
    """How far it came, in words that claim no more than is known."""
    if submission.acknowledged_at:
        return "Acknowledged by the recipient."
    return STATES[submission.mail.status]
