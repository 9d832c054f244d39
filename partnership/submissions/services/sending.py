"""Sending what was published to the national bodies. A submission is a row with a mail; the outbox sends."""

from datetime import date

from django.db import transaction

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState, decide
from partnership.mail import services as outbox
from partnership.mail.workflow import Ruling
from partnership.mail.workflow import Status as Sending
from partnership.submissions import letters, policies, selectors
from partnership.submissions.models import Recipient, Submission, SubmissionMail, SubmittedFile
from partnership.submissions.noting import note


@transaction.atomic
def queue_for(version: Version, *, parties: dict[str, date | None], by: User) -> list[Submission]:
    """Queue one mail to each body. `parties` gives for each its last day. Called in the publication's transaction.

    Two persons agreed to that. Raises WrongState when a body has no address in use or there is no final PDF.
    """
    if version.status != Status.PUBLISHED:
        raise WrongState("Only a published version is submitted.")
    final = version.renditions.select_related("file").get(kind=RenditionKind.FINAL)
    return [_queue(version, final, selectors.recipient(party), due_on, by) for party, due_on in parties.items()]


def _queue(version: Version, final: Rendition, recipient: Recipient, due_on: date | None, by: User) -> Submission:
    name = _name(version)
    mail = letters.submission(version, recipient, final.file, name)
    submission, created = Submission.objects.get_or_create(
        version=version,
        party=recipient.party,
        defaults={
            "recipient": recipient,
            "recipient_name": recipient.name,
            "address": recipient.address,
            "due_on": due_on,
            "mail": mail,
            "without_file": selectors.left_out(final.file),
        },
    )
    if created:
        SubmissionMail.objects.create(submission=submission, mail=mail, recipient=recipient)
        if not submission.without_file:
            SubmittedFile.objects.create(submission=submission, file=final.file, name=name)
        note(Event.SUBMISSION_QUEUED, submission, by)
    return submission


def _name(version: Version) -> str:
    document = version.document
    return f"{document.area.slug}-{document.kind}-{document.period_label}.pdf".replace("_", "-")


def tell_withdrawn(version: Version, *, by: User) -> None:
    """Tell each body that was sent a version that it is withdrawn; what has not left yet stays here.

    Called in the transaction that withdraws it.
    """
    for submission in version.submissions.select_related("version__document__area", "mail"):
        is_stopped = decide(outbox.cancel, mail=submission.mail, by=by, reason="What it brings was withdrawn.")
        has_gone = submission.mail.status != Sending.FAILED and submission.bounced_at is None
        if not is_stopped and has_gone:
            letters.withdrawn(submission)
            note(Event.SUBMISSION_WITHDRAWN, submission, by, version=str(version.number))


@transaction.atomic
def send_again(*, submission: Submission, by: User) -> Submission:
    """Have a submission whose mail failed tried once more. Raises NotAllowed, or WrongState for any other state."""
    area = submission.version.document.area
    access.require(by, Permission.PUBLISH_DOCUMENT, area)
    outbox.try_again(mail=submission.mail, by=by)
    note(Event.SUBMISSION_QUEUED, submission, by)
    return submission


@transaction.atomic
def send_anew(*, submission: Submission, by: User) -> Submission:
    """Send what came back or failed to the address that is in use today, as a message of its own.

    It stays the same submission, first queued when it was. Raises NotAllowed; WrongState in any other state, where it
    failed at the very address that is in use, or where none is.
    """
    submission = selectors.locked(submission)
    version = submission.version
    access.require(by, Permission.PUBLISH_DOCUMENT, version.document.area)
    recipient = selectors.recipient(submission.party)
    policies.check_can_send_anew(submission, recipient)
    before, number = submission.mail, submission.messages.count() + 1
    final = version.renditions.select_related("file").get(kind=RenditionKind.FINAL)
    mail = letters.submission(version, recipient, final.file, _name(version), before=before, number=number)
    SubmissionMail.objects.create(submission=submission, mail=mail, recipient=recipient)
    if before.status == Sending.FAILED:
        outbox.cancel(mail=before, by=by, reason="It is sent to another address.")
    Submission.objects.filter(pk=submission.pk).update(
        mail=mail, accepted_at=None, bounced_at=None, failure_noted_at=None
    )
    submission.refresh_from_db()
    note(Event.SUBMISSION_SENT_ANEW, submission, by, address=mail.to)
    return submission


@transaction.atomic
def settle(*, submission: Submission, outcome: Ruling, evidence: str, by: User) -> Submission:
    """Say what became of a submission of which it is not known whether it was sent, and how one knows.

    Raises NotAllowed, or WrongState when it is known, or when no evidence is given.
    """
    access.require(by, Permission.PUBLISH_DOCUMENT, submission.version.document.area)
    if not evidence.strip():
        raise WrongState("Say how you know, so that others can rely on it.")
    outbox.settle_uncertain(mail=submission.mail, by=by, outcome=outcome, evidence=evidence.strip())
    if outcome == Ruling.SEND_AGAIN:
        note(Event.SUBMISSION_QUEUED, submission, by)
    elif outcome == Ruling.GIVEN_UP:
        note(Event.SUBMISSION_FAILED, submission, by, error=evidence.strip())
    return submission
