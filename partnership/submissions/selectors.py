"""Reading submissions and what is known of each, never more; and the addresses that they go to."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership import clock
from partnership.areas import access
from partnership.areas.models import Area
from partnership.documents.models import Correction
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.files.models import StoredFile
from partnership.guidance import working_days
from partnership.mail.models import IncomingMail
from partnership.mail.workflow import REPORTS, Matched, Sort
from partnership.mail.workflow import Status as Sending
from partnership.submissions.models import AddressChange, Recipient, Submission

RECHECK_AFTER = timedelta(days=90)
PATIENCE = 10  # working days that a body has to acknowledge before somebody is reminded to ask
LONGEST_WAIT = timedelta(days=365)

ACKNOWLEDGED = "Acknowledged by the recipient."
CAME_BACK = "It came back: the message was accepted by the mail relay and could not be delivered. Somebody must act."
CAME_BACK_ONCE = "A message of it had come back undelivered."
REPORTED: dict[str, str] = {
    Sort.DELIVERED: "Delivered to the recipient’s mail system, as that reports. That is not yet proof that anybody read it.",
    Sort.RELAYED: "Passed on to a mail system that reports no further. That is not yet proof that anybody read it.",
    Sort.DELAYED: "Accepted by the mail relay, and delayed on its way. It is still being tried.",
}

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


def left_out(pdf: StoredFile) -> str:
    """Why a PDF does not go along with the mail; empty where it does."""
    most: int = settings.MAIL_MOST_BYTES
    if pdf.size <= most:
        return ""
    return (
        f"The PDF does not go along: it has {pdf.size / 1_000_000:.1f} MB, and mail takes up to {most / 1_000_000:.1f} MB. "
        "The address at which it is published and its fingerprint are sent instead."
    )


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
    return _with_all(visible)


def of_area(area: Area) -> QuerySet[Submission]:
    """An area's submissions, newest first; with what `edition` asks."""
    found = Submission.objects.filter(version__document__area=area)
    found = found.annotate(corrects=Exists(Correction.objects.filter(version=OuterRef("version"))), which=_which())
    return _with_all(found).select_related("acknowledged_by", "receipt")


def _with_all(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """With what its state is read from, so that a list asks no more for a longer one."""
    return rows.select_related("version__document__area", "mail", "recipient").prefetch_related("events")


def locked(submission: Submission) -> Submission:
    """The same submission, locked until the end of the transaction: two acts on one wait for each other here."""
    # Its mail is read afterwards: joined here, a row whose mail was changed while this waited would not be found at all.
    rows = Submission.objects.select_for_update(of=("self",)).select_related("version__document__area")
    return rows.get(pk=submission.pk)


def bounced() -> QuerySet[Submission]:
    """Submissions whose message came back undelivered, of which nobody has shown since that they arrived all the same.

    `bounced_at` is set once for each message, by compare-and-set, and emptied when another message is queued. Of every
    bounce there ever was there is a `DeliveryEvent` with `what` BOUNCED, whose `mail.sent_at` is the acceptance that it
    undoes: whoever built on that moment can look there, whether or not another message was sent in the meantime.
    """
    return Submission.objects.filter(bounced_at__isnull=False, acknowledged_at=None)


def unacknowledged(today: date) -> QuerySet[Submission]:
    """Submissions that were taken at least ten working days ago, and that nobody has acknowledged since.

    One that came back is not waited for but sent again; of what was withdrawn nothing is expected; after a year nobody
    waits any longer.
    """
    first = working_days.working_days_back(today, PATIENCE)
    before = datetime.combine(first, time.min, tzinfo=clock.LONDON)
    waiting = Submission.objects.filter(accepted_at__lt=before, accepted_at__gte=clock.now() - LONGEST_WAIT)
    waiting = waiting.filter(acknowledged_at=None, bounced_at=None)
    return waiting.exclude(version__status=Status.TAKEN_DOWN)


def to_be_filed() -> QuerySet[IncomingMail]:
    """What came back of a submission and has not been put beside it yet. A report counts only at the return path."""
    of_submissions = IncomingMail.objects.filter(answers__submission_message__isnull=False, delivery_event=None)
    proved = ~Q(sort__in=REPORTS) | Q(matched=Matched.RETURN_PATH)
    return of_submissions.filter(proved).select_related("answers__submission_message").order_by("pk")


def unfiled() -> QuerySet[IncomingMail]:
    """What came in and stands beside no submission, newest first: for the operator alone."""
    return IncomingMail.objects.filter(delivery_event=None).select_related("file", "answers").order_by("-pk")


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
        came_back = any(event.what == Sort.BOUNCED for event in submission.events.all())
        return f"{ACKNOWLEDGED} {CAME_BACK_ONCE}" if came_back else ACKNOWLEDGED
    if submission.bounced_at:
        return CAME_BACK
    told = {event.what for event in submission.events.all() if event.mail_id == submission.mail_id}
    if submission.mail.status == Sending.SENT:
        for sort in (Sort.DELIVERED, Sort.RELAYED, Sort.DELAYED):
            if sort in told:
                return REPORTED[sort]
    return STATES[submission.mail.status]
