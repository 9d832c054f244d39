"""What the pages about Word files show, and what a download is made of."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from partnership import clock
from partnership.documents import canonical, certificate, content, corrections, markdown, numbering
from partnership.documents.cleaning import fold
from partnership.documents.guidance_rows import guidance_rows
from partnership.documents.kinds import kind
from partnership.documents.models import Version
from partnership.documents.workflow import READABLE, Status
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.word import joining
from partnership.word.models import ImportedPart, ImportedPicture, WordImport
from partnership.word.writing import Cover, to_docx, to_html

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html; charset=utf-8"
READ_ONLY = "For reading only: what is changed in this file does not reach the document."
RECORD = "The signed PDF is the document. This file has the same text."
PUBLIC = READABLE
BEFORE = "Before the first heading"


class _Pictures:
    """Where the text of an imported document finds its pictures; what is not described is not shown."""

    def __init__(self, word: WordImport) -> None:
        self.known = {row.number: row for row in word.pictures.all() if row.alt}

    def picture(self, number: int) -> dict[str, Any] | None:
        row: ImportedPicture | None = self.known.get(number)
        if row is None:
            return None
        size = {"width": row.width, "height": row.height}
        return {"sha256": row.file_id, "alt": row.alt, "caption": row.caption, **size}

    def figures(self, name: str) -> None:
        return None

    def names(self) -> list[str]:
        return []


def earlier(word: WordImport) -> numbering.View:
    """An imported document as its reader sees it: sections by the headings of the first level."""
    pictures = _Pictures(word)
    shown = {number: number for number in pictures.known}
    sections = []
    for held in _by_first_level(list(word.parts.all())):
        title = held[0].title or BEFORE
        text = joining.joined([joining.Text(part.title, part.body) for part in held], title)
        pieces = _readable(joining.with_pictures(text, shown))
        blocks = [block for piece in pieces for block in markdown.to_blocks(piece, pictures).blocks]
        key = f"part-{held[0].position}"
        sections.append({"key": key, "title": title, "blocks": blocks, "explanation": ""})
    document = {"sections": [row for row in sections if row["blocks"]], "challenges": [], "notes": []}

    def address(sha256: str) -> str:
        number = next(row.number for row in pictures.known.values() if row.file_id == sha256)
        return reverse("word:earlier_picture", args=[word.area.slug, word.pk, number])

    return numbering.view(document, address)


def _by_first_level(parts: list[ImportedPart]) -> list[list[ImportedPart]]:
    found: list[list[ImportedPart]] = []
    for part in parts:
        if part.level <= 1 or not found:
            found.append([])
        found[-1].append(part)
    return found


def _readable(text: str) -> list[str]:
    """A text in pieces of which each is short enough to be read."""
    pieces, held = [], ""
    for block in text.split("\n\n"):
        if held and len(held) + len(block) > markdown.MOST_CHARACTERS // 2 and not block.startswith(("Source:", "|")):
            pieces.append(held)
            held = ""
        held = f"{held}\n\n{block}" if held else block
    return [*pieces, held]


def cover_of(version: Version, more: str = "") -> Cover:
    """What a download says of itself before anything else."""
    is_draft, is_public = version.frozen_at is None, version.status in PUBLIC
    status = content.status_in_words(version)
    if is_draft:
        status = f"Draft as it stood on {numbering.day(clock.today())}. Not agreed by the partners."
    signed = certificate.signatures(version) if version.frozen_at else []
    if row := corrections.of(version):
        more = f"{more} {row.get_nature_display()} correction of version {row.of.number}: {fold(row.reason)}".strip()
    return Cover(
        status=status,
        notice=f"{RECORD if is_public else READ_ONLY} {more}".rstrip(),
        version=f"Version {version.number}",
        made_on=numbering.day(clock.today()),
        is_draft=is_draft,
        signatures=tuple(
            {"agency": fold(row["agency"]), "who": fold(_who(row)), "when": _when(row)}
            for row in signed
            if row["at"] or row["why"]
        ),
    )


def _who(row: dict[str, Any]) -> str:
    """Who signed, with their reservation; or that nobody did, and why."""
    if not row["at"]:
        return f"{row['why']}: {row['reason']} ({row['said_as']})"
    reserved = f". With a reservation: {row['reservation']}" if row["reservation"] else ""
    on_paper = ", on paper" if row["paper"] else ""
    return f"{row['name']}, {row['office']}{on_paper}{reserved}"


def _when(row: dict[str, Any]) -> str:
    return numbering.day(clock.london_day(row["at"] or row["said_at"]))


def _pictures_of(version: Version, said: dict[str, Any]) -> Any:
    """The bytes of a picture of what a version says, by its hash."""
    shown = {row["sha256"] for row in said["attachments"]}
    known = {file.pk: file for file in StoredFile.objects.filter(pk__in=shown)}
    return lambda sha256: files.read(known[sha256])


def _said(version: Version) -> dict[str, Any]:
    """What a version says, in its canonical form: no character in it can break a file."""
    return canonical.load(json_of(version))


def docx_of(version: Version, more: str = "") -> bytes:
    """A version as a Word file. `more`: what is known of it by now and stands in no text, said before it begins."""
    said = _said(version)
    return to_docx(
        said,
        cover=cover_of(version, more),
        pictures=_pictures_of(version, said),
        guidance_rows=guidance_rows(said),
        moment=version.published_at or clock.now(),  # so that what is public is the same bytes each time
    )


def html_of(version: Version, more: str = "", *, is_dated: bool = True) -> str:
    """A version as one page of HTML. `more`: as for the Word file; `is_dated`: whether it says on which day it was made."""
    said, cover = _said(version), cover_of(version, more)
    return to_html(
        said,
        cover=cover if is_dated else replace(cover, made_on=""),
        pictures=_pictures_of(version, said),
        guidance_rows=guidance_rows(said),
    )


def json_of(version: Version) -> str:
    """The canonical content: of a frozen version to the letter, of a draft as it would be frozen now."""
    return version.content if version.frozen_at else canonical.canonical(content.of(version))


def file_name(version: Version, ending: str) -> str:
    """A name that says what it is, such as `ashdown-yearly-report-2025-26-version-1-draft.docx`."""
    document = version.document
    status = str(Status(version.status).value).replace("_", "-")
    place = kind(document.kind).address
    return f"{document.area.slug}-{place}-{document.period_label}-version-{version.number}-{status}.{ending}"


def titled(words: list[WordImport]) -> list[dict[str, Any]]:
    """Imported documents with the title of their kind, for a list."""
    return [{"word": word, "kind": kind(word.kind)} for word in words]
