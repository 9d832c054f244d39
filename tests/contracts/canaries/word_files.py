"""Word files in both areas: in the other every text is a word of its own, here they are plain."""

from io import BytesIO

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Area
from partnership.documents.kinds import kind
from partnership.documents.models import Document
from partnership.word import services
from partnership.word.models import WordImport
from partnership.word.services import Choice, Words
from tests.contracts.canaries.words import secret
from tests.rules.word import files


def fill(document: Document, by: User) -> None:
    """A file for a draft, taken into a section of its own, and another that stands for an earlier year."""
    data = _file(secret("word.WordImport.title"), secret("word.ImportedPart.title"), secret("word.ImportedPart.body"))
    name = f"{secret('word.WordImport.file_name')}.docx"
    word = services.upload(document=document, data=data, name=name, by=by)
    words = Words(secret("word.ImportedPicture.alt"), secret("word.ImportedPicture.caption"))
    part = word.parts.get(level=1)
    services.take(word=word, choice=Choice({part.pk: "new"}, {1: words}, {}, replaces=False), by=by)
    earlier(document.area, data, name, by)


def act(document: Document, by: User) -> WordImport:
    """The same here, with plain words, and not taken."""
    data = _file("Last year", "What we did", "We met each quarter.")
    earlier(document.area, data, "earlier.docx", by)
    return services.upload(document=document, data=data, name="last-year.docx", by=by)


def earlier(area: Area, data: bytes, name: str, by: User) -> WordImport:
    which = kind("yearly_report")
    period = which.parse_period("2022-23", clock.today())
    return services.upload_earlier(area=area, kind=which, period=period, data=data, name=name, by=by)


def _file(title: str, heading: str, body: str) -> bytes:
    document = files.docx.Document()
    document.add_heading(title, 0)
    document.add_heading(heading, 1)
    document.add_paragraph(body)
    document.sections[0].header.paragraphs[0].text = heading
    document.add_picture(BytesIO(files.picture("navy" if title == "Last year" else "olive")))
    document.inline_shapes[0]._inline.docPr.set("descr", f"A square of {heading}")
    return files.saved(document)
