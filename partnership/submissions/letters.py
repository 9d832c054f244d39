"""The mail that brings a published document to a national body: one message for each body, with the PDF."""

from django.conf import settings
from django.urls import reverse

from partnership.documents.canonical import short
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.files.models import StoredFile
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail
from partnership.submissions.models import Recipient


def submission(version: Version, recipient: Recipient, pdf: StoredFile, name: str) -> OutgoingMail:
    """Queue the mail with the PDF, the permanent address and the fingerprint."""
    document = version.document
    where = settings.PUBLIC_ADDRESS + reverse("public:document", args=[document.area.slug, address_of(document)])
    return outbox.write(
        "submissions/submission",
        {
            "document": document,
            "area": document.area,
            "recipient": recipient,
            "link": where,
            "fingerprint": short(version.sha256 or ""),
        },
        to=recipient.address,
        dedupe_key=f"submission:{version.pk}:{recipient.party}",
        attachments=((name, pdf),),
        area_slug=document.area.slug,
        purpose="submission",
    )
