"""A message of the outbox as a file: what was sent, made again from the record, byte for byte."""

from partnership.mail.composing import compose
from partnership.mail.models import OutgoingMail


def as_file(mail: OutgoingMail) -> bytes:
    """The message with its attachments, as an .eml file. Raises FileDamaged when an attachment is not what was attached."""
    return compose(mail)
