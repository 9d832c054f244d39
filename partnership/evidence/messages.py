"""A message of the outbox as a file: what was sent, line by line, made again from the record.

The pieces of a message are parted by lines that Python chooses by chance each time it is put together. They carry nothing,
and what they were on the wire was not kept; here they are the same each time. Everything else is as it was handed over.
"""

import hashlib
import re

from partnership.mail.composing import compose
from partnership.mail.models import OutgoingMail

_BOUNDARY = re.compile(rb'boundary="(={15}\d+==)"')


def as_file(mail: OutgoingMail) -> bytes:
    """The message with its attachments, as an .eml file. Raises FileDamaged when an attachment is not what was attached."""
    data = compose(mail)
    for place, chosen in enumerate(dict.fromkeys(_BOUNDARY.findall(data))):
        ours = hashlib.sha256(f"{mail.reference}:{place}".encode()).hexdigest()[:32]
        # Neither quoted-printable nor base64 text can hold these two characters side by side (RFC 2045, section 6.7).
        data = data.replace(chosen, f"=_{ours}".encode())
    return data
