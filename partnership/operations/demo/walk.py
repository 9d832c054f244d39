"""The steps of a document's life as the practice people take them: each through the service, at its own moment."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from partnership import clock
from partnership.accounts.confirming import Proof
from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors, services
from partnership.documents.kinds import kind
from partnership.documents.models import Answer, Document, RenditionKind, Section, Version
from partnership.documents.workflow import Status
from partnership.guidance import loader
from partnership.operations.demo import cast
from scrutiny import services as scrutiny

AFTERNOON = time(14, 20)
STATEMENT = "scrutineer_statement"  # the part of a text that is the scrutineer's own


def begun(area: str, kind_key: str, label: str) -> bool:
    """Whether this document of the story has been begun."""
    return Document.objects.filter(area__slug=area, kind=kind_key, period_label=label).exists()


def begin(area: str, kind_key: str, label: str, *, by: str, at: str) -> Document:
    """A person begins a document."""
    with cast.at(at):
        what = kind(kind_key)
        period = what.parse_period(label, clock.today())
        return services.begin(area=cast.area(area), kind=what, period=period, by=cast.person(by))


def write(document: Document, text: str, *, by: Sequence[str], first: date) -> None:
    """The people named write the sections of a text in turn, one on each working day."""
    words = cast.text(text)
    statement = words.pop(STATEMENT, "")
    draft = selectors.draft(document)
    if draft is None:
        raise RuntimeError(f"{document} has no draft to write in.")
    sections = {section.key: section for section in draft.sections.order_by("position")}
    if unknown := words.keys() - sections.keys():
        raise RuntimeError(f"The text {text} has a section that {document} has not: {min(unknown)}.")
    day = first
    for number, (key, section) in enumerate(sections.items()):
        if key not in words:
            continue
        with clock.frozen(datetime.combine(day, AFTERNOON, tzinfo=clock.LONDON)):
            services.save_section(
                section=section,
                body=words[key],
                explanation="",
                seen_revision=section.revision,
                by=cast.person(by[number % len(by)]),
            )
            answer(document, key, by=by[number % len(by)], confirmed_by=by[(number + 1) % len(by)])
        day = next_working_day(day)
    if statement:
        state(document, statement, on=day)


def state(document: Document, words: str, *, on: date) -> None:
    """The scrutineer of the area writes a statement and gives it."""
    with clock.frozen(datetime.combine(on, AFTERNOON, tzinfo=clock.LONDON)):
        (office,) = areas.holders(document.area, Office.SCRUTINEER, on)
        scrutiny.save_statement(document=document, body=words, seen_revision=0, by=office.person)
        scrutiny.give_statement(document=document, seen_revision=1, by=office.person)


def answer(document: Document, key: str, *, by: str, confirmed_by: str) -> None:
    """A person marks the paragraphs of a section, in turn, as answers to what is asked of it; another one confirms."""
    section = Section.objects.get(version__document=document, version__status=Status.DRAFT, key=key)
    paragraphs = [str(row.key) for row in section.blocks.exclude(kind="heading").exclude(place=None)]
    edition = loader.edition(document.edition_key)
    asked = [rule.id for rule in edition.section(document.kind, key).requirements if rule.binds]
    claims = list(zip(itertools.cycle(paragraphs), asked, strict=False)) if paragraphs else []
    services.mark(section=section, add=claims, remove=[], seen_revision=section.revision, by=cast.person(by))
    if confirmed_by != by:
        for row in Answer.objects.filter(block__section=section).select_related("block"):
            services.confirm(answer=row, seen_mark=row.block.mark, by=cast.person(confirmed_by))


def next_working_day(day: date) -> date:
    """The next day that is neither Saturday nor Sunday."""
    day += timedelta(days=1)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def send(document: Document, *, by: str, at: str) -> Version:
    """A person sends the draft for sign-off. Its proof is left to the worker: nobody reads one once all have signed."""
    with cast.at(at):
        draft = selectors.draft(document)
        if draft is None:
            raise RuntimeError(f"{document} has no draft to send.")
        return services.send_for_sign_off(version=draft, by=cast.person(by))


def prove(version: Version, *, at: str) -> None:
    """The proof of a version that waits for signatures is made."""
    with cast.at(at):
        documents_jobs.render(version, RenditionKind.PROOF)


def sign(version: Version, *, seat: str, by: str, at: str) -> None:
    """A person signs for the seat of an agency."""
    with cast.at(at):
        place = cast.seat(version.document.area.slug, seat)
        proof = Proof("A code from an app", clock.now())
        services.sign(version=version, seat=place, seen_sha256=version.sha256 or "", by=cast.person(by), proof=proof)


def publish(version: Version, *, by: str, at: str) -> None:
    """The final PDF is made, a person proposes to publish, and the chair confirms it."""
    with cast.at(at):
        documents_jobs.render_missing()
        area = version.document.area
        what = kind(version.document.kind)
        holds = max(version.document.period.lower, clock.today()) if what.comes_into_force else None
        proposal = services.propose_publication(version=version, by=cast.person(by), in_force_from=holds)
        (office,) = areas.holders(area, Office.CHAIR, clock.today())
        services.agree(proposal=proposal, by=office.person)
