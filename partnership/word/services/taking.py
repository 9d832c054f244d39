"""Taking headings of a Word file into a draft: each goes where somebody said, and nothing is written over unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.kinds import kind
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.documents.models import Section, Version
from partnership.errors import Conflict, Incomplete
from partnership.files import services as files
from partnership.word import joining, policies, selectors
from partnership.word.models import Fate, ImportedPart, WordImport

ABOVE, NEW, OUT, LATER = "above", "new", "out", ""
UNTITLED = "From a Word file"


@dataclass(frozen=True)
class Words:
    """What is said with a picture, or that it is left out."""

    alt: str = ""
    caption: str = ""
    is_left_out: bool = False


@dataclass(frozen=True)
class Choice:
    """What somebody decided. `targets`: of each part by its key `above`, `new`, `out`, the key of a section, or nothing.

    `seen`: the revision of each section when the page was drawn; `replaces`: whether text that is there gives way.
    """

    targets: Mapping[int, str]
    pictures: Mapping[int, Words]
    seen: Mapping[str, int]
    replaces: bool


@dataclass
class Taken:
    """What became of it: titles of sections written and kept aside, and how many headings were left out."""

    sections: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    taken: int = 0
    left_out: int = 0


@transaction.atomic
def take(*, word: WordImport, choice: Choice, by: User) -> Taken:
    """Write the chosen headings into the draft's sections. Everything or nothing.

    Raises NotAllowed, WrongState without a draft, Conflict where somebody was quicker, or Incomplete, whose problems are
    pairs of a field and a sentence.
    """
    assert word.document is not None
    draft = documents.draft(word.document)
    policies.check_has_draft(draft)
    assert draft is not None
    version = documents.lock(draft)
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    word = selectors.lock(word)
    policies.check_is_there(word)
    parts = list(word.parts.select_for_update().order_by("position"))
    aims = _aims(parts, choice)
    _check(word, aims, choice)
    taking = _Taking(version, word, choice, by)
    for target, held in _groups(aims).items():
        taking.write(target, held)
    for step in kind(version.document.kind).after_taking:
        step(version, taking.written, by)
    _note(word, taking.done, by)
    return taking.done


Aims = list[tuple[ImportedPart, str]]


def _aims(parts: list[ImportedPart], choice: Choice) -> Aims:
    """Each part that is decided now, with where it goes. One that goes with the heading above goes where that went."""
    aims: Aims = []
    above = LATER
    for part in parts:
        target = choice.targets.get(part.pk, LATER)
        if part.fate != Fate.WAITING:
            if target not in (LATER, ABOVE):
                name = f"{part.named[0].upper()}{part.named[1:]}"
                raise Conflict(f"{name} has been decided already. Load the page again, and look at what is left.")
            above = part.section_key or OUT
            continue
        if target == NEW:
            target = f"{NEW}:{part.pk}"
        above = above if target == ABOVE else target
        if above != LATER:
            aims.append((part, above))
    return aims


def _check(word: WordImport, aims: Aims, choice: Choice) -> None:
    """That something was chosen, and that each picture which is taken has its words."""
    if not aims:
        raise Incomplete("Choose where at least one heading goes.")
    known = set(word.pictures.values_list("number", flat=True))
    shown = [n for part, target in aims if target != OUT for n in joining.pictures_in(part.body) if n in known]
    missing = []
    for number in shown:
        said = choice.pictures.get(number, Words())
        if not said.is_left_out and not said.alt.strip():
            missing.append(
                (f"alt_{number}", f"Describe picture {number} for people who cannot see it, or leave it out.")
            )
    if missing:
        raise Incomplete("Some pictures have no description yet.", tuple(missing))


def _groups(aims: Aims) -> dict[str, list[ImportedPart]]:
    found: dict[str, list[ImportedPart]] = {}
    for part, target in aims:
        found.setdefault(target, []).append(part)
    return found


@dataclass
class _Taking:
    """One act of taking, under the lock of the version."""

    version: Version
    word: WordImport
    choice: Choice
    by: User
    done: Taken = field(default_factory=Taken)
    written: list[Section] = field(default_factory=list)

    def write(self, target: str, parts: list[ImportedPart]) -> None:
        """The parts of one section, written into it, or noted as not taken."""
        if target == OUT:
            self.done.left_out += len(parts)
            return self.decide(parts, Fate.NOT_TAKEN, None)
        section = self.section(target, parts[0])
        body = self.body(section, parts)
        saved = drafting.save_section(
            section=section,
            body=body,
            explanation=section.explanation,
            seen_revision=self.seen(section),
            by=self.by,
        )
        self.written += [saved.section] if saved.changed and not saved.kept_aside else []
        (self.done.aside if saved.kept_aside else self.done.sections).append(section.title)
        self.done.taken += len(parts)
        return self.decide(parts, Fate.KEPT_ASIDE if saved.kept_aside else Fate.TAKEN, section)

    def section(self, target: str, first: ImportedPart) -> Section:
        if target.startswith(f"{NEW}:"):
            return drafting.add_section(version=self.version, title=first.title or UNTITLED, by=self.by)
        found: Section | None = self.version.sections.filter(key=target).first()
        if found is None:
            raise Conflict("A section that you chose is not there any more. Load the page again.")
        return found

    def body(self, section: Section, parts: list[ImportedPart]) -> str:
        """What the section will say."""
        texts = [joining.Text(part.title, part.body) for part in parts]
        text = joining.with_pictures(joining.joined(texts, section.title), self.pictures(parts))
        before = "" if self.choice.replaces else section.body.rstrip()
        body = f"{before}\n\n{text}" if before.strip() else text
        if len(body) > MOST_CHARACTERS:
            sentence = f"“{section.title}” would have {len(body):,} characters. The most is {MOST_CHARACTERS:,}."
            raise Incomplete(sentence, ((f"part_{parts[0].pk}", f"{sentence} Choose another section for some of it."),))
        return body

    def seen(self, section: Section) -> int:
        """Text put after what is there overwrites nothing, whatever that is by now."""
        now = section.revision
        return self.choice.seen.get(section.key, now) if self.choice.replaces else now

    def pictures(self, parts: list[ImportedPart]) -> dict[int, int]:
        """Put the pictures of these parts into the document; their numbers there, by their numbers in the file."""
        assert self.word.document is not None
        wanted = {number for part in parts for number in joining.pictures_in(part.body)}
        numbers: dict[int, int] = {}
        for row in self.word.pictures.select_related("file").filter(number__in=wanted):
            said = self.choice.pictures.get(row.number, Words())
            if said.is_left_out:
                continue
            ending = "png" if row.file.content_type == "image/png" else "jpg"
            added = drafting.add_picture(
                document=self.word.document,
                data=files.read(row.file),
                name=f"picture.{ending}",
                alt=said.alt,
                caption=said.caption,
                largest=max(settings.UPLOAD_MAX_BYTES, row.file.size),
                by=self.by,
            )
            row.alt, row.caption, row.taken_as = said.alt.strip(), said.caption.strip(), added.number
            row.save(update_fields=["alt", "caption", "taken_as"])
            numbers[row.number] = added.number
        return numbers

    def decide(self, parts: list[ImportedPart], fate: Fate, section: Section | None) -> None:
        for part in parts:
            part.fate, part.decided_at, part.decided_by = fate, clock.now(), self.by
            part.section_key, part.section_title = (section.key, section.title) if section else ("", "")
            part.save(update_fields=["fate", "decided_at", "decided_by", "section_key", "section_title"])


def _note(word: WordImport, done: Taken, by: User) -> None:
    document = word.document
    assert document is not None
    audit.record(
        Event.WORD_TAKEN,
        by=by,
        area_slug=word.area.slug,
        target=word,
        subject=document.subject,
        data={
            "title": document.title,
            "file": word.file_name,
            "taken": done.taken,
            "left": done.left_out,
            "aside": len(done.aside),
        },
    )
