"""From a row to the bytes that go over the wire. The same row gives the same message at every attempt."""

import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from partnership.clock import LONDON
from partnership.files import services as files
from partnership.mail.models import OutgoingMail

OCCASION = "X-Occasion"


def new_message_id(reference: object) -> str:
    """The Message-ID of a new row: its reference at the host of the public address."""
    return f"<{reference}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'localhost'}>"


def occasion(mail: OutgoingMail) -> str:
    """What a copy in the archive says of the occasion, and nobody else can read out of it: the same for the same message
    that a restored database makes once more. Its rows are numbered anew, so the subject has to be the same as well.
    """
    return hashlib.sha256(f"{mail.dedupe_key}\n{mail.to}\n{mail.subject}".encode()).hexdigest()[:32]


def sender() -> str:
    """The envelope sender: the address alone in DEFAULT_FROM_EMAIL."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def compose(mail: OutgoingMail) -> bytes:
    """The message as bytes with CRLF line ends. Raises FileDamaged when an attachment is not what was attached.

    Its date is the day the row was made, so that what is looked at years later says when the message was written.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = settings.DEFAULT_FROM_EMAIL
    message["To"] = mail.to
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at.astimezone(LONDON))
    message["Message-ID"] = mail.message_id
    message[OCCASION] = occasion(mail)
    message.set_content(_lines(mail.text), cte="quoted-printable")
    if mail.html:
        message.add_alternative(_lines(mail.html), subtype="html", cte="quoted-printable")
    for attachment in mail.attachments.select_related("file").order_by("pk"):
        kind, _, subtype = attachment.file.content_type.partition(";")[0].strip().partition("/")
        message.add_attachment(
            files.read(attachment.file),
            maintype=kind,
            subtype=subtype or "octet-stream",
            filename=attachment.name,
        )
    # Python draws the lines between the parts by chance; the same row is to give the same bytes years later.
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=={mail.reference.hex}={number}==")
    return re.sub(rb"\r\n|\r|\n", b"\r\n", message.as_bytes())


def _lines(text: str) -> str:
    return re.sub(r"\r\n|\r", "\n", text)
