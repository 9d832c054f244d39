"""Reading submissions and what is known of each, never more; and the addresses that they go to."""

from datetime import date, timedelta

from django.db.models import QuerySet

from partnership import clock
from partnership.areas import access
from partnership.areas.models import Area
from partnership.errors import WrongState
from partnership.submissions.models import AddressChange, Recipient, Submission

RECHECK_AFTER = timedelta(days=90)

STATES = {
    "queued": "Queued. It has not been sent yet.",
    "sending": "Being sent now.",
    "sent": "Accepted by the mail relay. That is not yet proof that anybody read it.",
    "waiting": "Not sent yet. It will be tried again.",
    "failed": "Not sent. Somebody must act.",
    "uncertain": "It is not known whether it was sent. Somebody must look.",
    "cancelled": "Cancelled before it was sent.",
}


def in_force(on: date) -> QuerySet[Recipient]:
    """The addresses that are in use on a day, one for each body."""
    return Recipient.objects.filter(valid_from__lte=on).exclude(valid_until__lte=on).order_by("party")


def recipient(party: str) -> Recipient:
    """The address of a body that is in use today. Raises WrongState when there is none."""
    found = in_force(clock.today()).filter(party=party).order_by("-valid_from").first()
    if found is None:
        raise WrongState(f"No address is on record for “{party}”. An operator must add one before anything is sent.")
    return found


def is_stale(recipient: Recipient, today: date) -> bool:
    """Whether an address was not looked at for so long that it should be before anything is sent."""
    return today - recipient.checked_on > RECHECK_AFTER


def addresses() -> QuerySet[Recipient]:
    """Every address that any body ever had, with when it was looked at; of each body the newest first."""
    return Recipient.objects.prefetch_related("checks").order_by("party", "-valid_from")


def changes() -> QuerySet[AddressChange]:
    """Every change of an address that was proposed, newest first."""
    return AddressChange.objects.select_related("replaces")


def submissions_visible_to(user: access.Person) -> QuerySet[Submission]:
    """Submissions of the areas in which the person holds an office, newest first."""
    visible = access.visible_to(Submission.objects.all(), user, "version__document__area")
    return visible.select_related("version__document__area", "mail", "recipient")


def of_area(area: Area) -> QuerySet[Submission]:
    """An area's submissions, newest first."""
    found = Submission.objects.filter(version__document__area=area)
    return found.select_related("version__document__area", "mail", "recipient", "acknowledged_by")


def not_yet_accepted() -> QuerySet[Submission]:
    """Submissions whose mail has been taken by the relay, which has not been noted yet; and those that failed."""
    return Submission.objects.filter(accepted_at=None).select_related("version__document__area", "mail")


def state(submission: Submission) -> str:
    """How far it came, in words that claim no more than is known."""
    if submission.acknowledged_at:
        return "Acknowledged by the recipient."
    return STATES[submission.mail.status]
