"""The mail that brings a published document to a national body: one message for each body, with the PDF."""

from datetime import datetime

from django.conf import settings
from django.db.models import Min
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.documents import corrections
from partnership.documents.canonical import short
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.files.models import StoredFile
from partnership.mail import addresses
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail
from partnership.notices import services as notices
from partnership.notices.kinds import Kind
from partnership.submissions import selectors
from partnership.submissions.models import DeliveryEvent, Recipient, Submission

# Whoever must act on what came back, or answer for it.
TOLD_OF_BOUNCES = (Office.BUSINESS_MANAGER, Office.CHAIR, Office.LSP)


def submission(
    version: Version,
    recipient: Recipient,
    pdf: StoredFile,
    name: str,
    *,
    before: OutgoingMail | None = None,
    number: int = 1,
) -> OutgoingMail:
    """Queue the mail with the PDF, the permanent address and the fingerprint.

    Replies and bounces come to addresses of this submission alone, where the service has a mailbox for them. `before` is
    the message that it replaces: whoever has that one replies to the same address. `number` counts its messages.
    """
    document = version.document
    where = settings.PUBLIC_ADDRESS + reverse("public:document", args=[document.area.slug, address_of(document)])
    is_attached = not selectors.left_out(pdf)
    return outbox.write(
        "submissions/submission",
        {
            "document": document,
            "area": document.area,
            "recipient": recipient,
            "link": where,
            "fingerprint": short(version.sha256 or ""),
            "correction": corrections.of(version),
            "first": first_published(version),
            "pdf": pdf,
            "is_attached": is_attached,
        },
        to=recipient.address,
        dedupe_key=f"submission:{version.pk}:{recipient.party}" + (f":{number}" if number > 1 else ""),
        attachments=((name, pdf),) if is_attached else (),
        area_slug=document.area.slug,
        purpose="submission",
        reply_to=(before.reply_to if before else "") or addresses.made(),
        envelope_from=addresses.made(),
    )


def first_published(version: Version) -> datetime | None:
    """When a document was first public: a correction leaves that day standing."""
    found: datetime | None = version.document.versions.aggregate(first=Min("published_at"))["first"]
    return found


def withdrawn(submission: Submission) -> OutgoingMail:
    """Tell a body that what it was sent has been withdrawn, at the address to which it was sent."""
    version = submission.version
    document = version.document
    where = settings.PUBLIC_ADDRESS + reverse("public:document", args=[document.area.slug, address_of(document)])
    words = {"document": document, "version": version, "submission": submission, "link": where}
    return outbox.write(
        "submissions/withdrawn",
        {**words, "fingerprint": short(version.sha256 or "")},
        to=submission.mail.to,
        dedupe_key=f"submission_withdrawn:{submission.pk}",
        area_slug=document.area.slug,
        purpose="submission_withdrawn",
    )


def bounced(event: DeliveryEvent) -> None:
    """Tell at once whoever must act that a submission came back, each person once. Why is on the page, not in the mail."""
    submission = event.submission
    area = submission.version.document.area
    link = settings.PUBLIC_ADDRESS + reverse("submissions:submission", args=[area.slug, submission.pk])
    held = areas.in_force(area, clock.today()).filter(office__in=TOLD_OF_BOUNCES)
    for person in {appointment.person_id: appointment.person for appointment in held}.values():
        notices.tell(
            "submissions/bounced",
            {"document": submission.version.document, "submission": submission, "area": area, "link": link},
            person=person,
            kind=Kind.CAME_BACK,
            dedupe_key=f"submission_bounced:{event.pk}:{person.pk}",
            area_slug=area.slug,
            purpose="submission_bounced",
        )
