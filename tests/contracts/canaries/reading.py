"""Everything that leaves the service, as text: pages, headers, PDFs, spreadsheets, mails and lines of the log."""

import logging
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from partnership.files import services as files
from partnership.mail.models import OutgoingMail
from tests.contracts.canaries.words import MARK, OURS

# Our own loggers and those by which Django tells of requests.
LOGGERS = (*OURS, "django.request", "django.security")


@lru_cache(maxsize=64)
def of_bytes(data: bytes) -> str:
    """The text of a file, whatever it is: a PDF with its properties, each part of a packed file, or the bytes.

    The same file comes back for everybody who may have it, so it is read once.
    """
    if data.startswith(b"%PDF") and b"%%EOF" in data:
        reader = PdfReader(BytesIO(data))
        parts = [page.extract_text() for page in reader.pages]
        return "".join(["\n".join(parts), str(reader.metadata), data.decode("latin-1")]).replace("\u200b", "")
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return "\n".join([*packed.namelist(), *(of_bytes(packed.read(name)) for name in packed.namelist())])
    return data.decode("utf-8", "replace")


def of_answer(answer: Any) -> tuple[str, bytes]:
    """Headers and body of an answer as text, and the body as it is."""
    streamed = hasattr(answer, "streaming_content")
    body = b"".join(answer.streaming_content) if streamed else answer.content
    cookies = answer.cookies.output()
    return f"{answer.reason_phrase}\n{dict(answer.headers)}\n{cookies}\n{of_bytes(body)}", body


def of_mail(mail: OutgoingMail) -> str:
    """A message with what goes with it."""
    enclosed = [f"{row.name}\n{of_bytes(files.read(row.file))}" for row in mail.attachments.select_related("file")]
    return "\n".join([mail.to, mail.reply_to, mail.subject, mail.text, mail.html, *enclosed])


def marks(text: str) -> set[str]:
    """The words of the other area in a text."""
    return {match[0] for match in MARK.finditer(text)}


class Listener(logging.Handler):
    """Keeps every line of the loggers as text, with the keys that production shows."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._before = {name: logging.getLogger(name).level for name in LOGGERS}

    def emit(self, record: logging.LogRecord) -> None:
        shown = {key: value for key, value in vars(record).items() if key not in {"request", "msg", "args", "exc_info"}}
        self.lines.append(f"{logging.Formatter().format(record)} {shown}")

    def __enter__(self) -> "Listener":
        for name in LOGGERS:
            logging.getLogger(name).addHandler(self)
            logging.getLogger(name).setLevel(logging.DEBUG)
        return self

    def __exit__(self, *error: object) -> None:
        for name, level in self._before.items():
            logging.getLogger(name).removeHandler(self)
            logging.getLogger(name).setLevel(level)
