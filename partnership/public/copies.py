"""Whether a copy is genuine: told from its fingerprint alone, of what was published and of nothing else.

What is not public is unknown here, whether it exists or not: one query looks among publications alone.
"""

import re
from dataclasses import dataclass

from partnership.companions.models import Companion
from partnership.documents import selectors as documents
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.documents.workflow import Status
from partnership.public import selectors

TEXT = "the text that was signed"
SHORT, LONG = 16, 64  # hexadecimal figures of a fingerprint as it is printed for people, and whole
_FORM = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True)
class Copy:
    """A copy that is known. `what`: the form of it, in words; `newer`: what stands in its place today."""

    version: Version
    what: str
    newer: Version | None = None
    newer_companion: Companion | None = None
    companion: Companion | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is the fingerprint of the text, which anybody can read off a page, and not that of a file."""
        return self.what == TEXT

    @property
    def is_withdrawn(self) -> bool:
        return self.version.status == Status.TAKEN_DOWN or self.companion_alone

    @property
    def companion_alone(self) -> bool:
        """Whether it is a children's or an Easy Read version that was withdrawn while its document stays."""
        return bool(self.companion and self.companion.withdrawn_at)

    @property
    def is_current(self) -> bool:
        stands = self.version.status == Status.PUBLISHED and not self.companion_alone
        return stands and self.newer is None and self.newer_companion is None


def fingerprint_of(typed: str) -> str:
    """A fingerprint as it was typed, without blanks, in small letters; empty for what is none."""
    found = re.sub(r"[\s:–-]+", "", typed).casefold()
    return found if len(found) in {SHORT, LONG} and _FORM.fullmatch(found) else ""


def find(fingerprint: str) -> Copy | None:
    """The publication that a fingerprint belongs to: of a PDF, of the content that was signed, of a companion's PDF."""
    known = [*documents.READABLE, Status.TAKEN_DOWN]  # what was withdrawn was public, so that it was is no secret
    public = Version.objects.filter(status__in=known).select_related("document__area").defer("content")
    if version := public.filter(sha256__startswith=fingerprint).order_by("-published_at").first():
        return _copy(version, TEXT)
    made = Rendition.objects.filter(file_id=fingerprint, kind=RenditionKind.FINAL, version__status__in=known)
    if rendition := made.first():
        return _copy(public.get(pk=rendition.version_id), "the PDF")
    return _companion(fingerprint)


def _copy(version: Version, what: str) -> Copy:
    return Copy(version, what, _instead_of(version))


def _instead_of(version: Version) -> Version | None:
    """What stands in the place of a copy that stands no longer."""
    if version.status == Status.CONSOLIDATED and version.consolidated_into:
        rows = version.consolidated_into.versions.filter(status=Status.PUBLISHED)
        return rows.select_related("document__area").defer("content").first()
    if version.status == Status.TAKEN_DOWN:
        rows = version.document.versions.filter(status=Status.PUBLISHED)
        return rows.select_related("document__area").defer("content").first()
    return selectors.newest_of_kind(version) if version.status == Status.SUPERSEDED else None


def _companion(fingerprint: str) -> Copy | None:
    """The PDF of a children's or Easy Read version that was published beside something that is public."""
    rows = Companion.objects.filter(file_id=fingerprint, published_at__isnull=False)
    row = rows.select_related("document__area", "made_for__document__area").order_by("-number").first()
    if row is None:
        return None
    if row.made_for.status == Status.TAKEN_DOWN:
        return Copy(row.made_for, f"the {row.words}", _instead_of(row.made_for), companion=row)
    beside = row.document.versions.filter(status__in=documents.READABLE).order_by("-number").defer("content").first()
    if beside is None:
        return None
    later = row.document.companions.filter(kind=row.kind, number__gt=row.number, published_at__isnull=False)
    newer = later.filter(withdrawn_at=None).last()
    return Copy(beside, f"the {row.words}", newer_companion=newer, companion=row)
