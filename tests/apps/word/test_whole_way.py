"""A report of last year in Word, on its whole way: mapped, written on by four people, checked, signed, and given away."""

import io

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from partnership.documents import content, jobs, meeting
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.guidance_rows import guidance_rows
from partnership.documents.models import RenditionKind, Version
from partnership.files import services as files_kept
from partnership.word import services
from partnership.word.models import WordImport
from partnership.word.services import Choice, Words
from scrutiny import services as scrutiny
from tests import worlds
from tests.answered import answer_musts
from tests.apps.contributions import rooms
from tests.rules.word import files

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TO = {
    "Foreword": "foreword", "The year at a glance": "year_at_a_glance", "Local context": "local_context",
    "Governance": "governance", "Priorities": "impact", "Learning from reviews": "learning_from_reviews",
    "Audits and section 11": "audits_and_data", "Training": "training", "Voice of children": "voice",
    "What each agency did": "new", "Finance": "funding", "Statement of the independent scrutineer": "out",
}  # fmt: skip


def taken(world: worlds.World) -> tuple[WordImport, Version]:
    """The file mapped by hand: each heading to its section, one to a section of its own, the old statement left out."""
    document = worlds.begun(world)
    word = services.upload(document=document, data=files.report(), name="report-2024-25.docx", by=world.gwen)
    targets = {part.pk: TO.get(part.title, "above" if part.level > 1 else "") for part in word.parts.all()}
    pictures = {1: Words("A drawing by the young people's panel", "Drawn by the panel")}
    services.take(word=word, choice=Choice(targets, pictures, {}, replaces=False), by=world.gwen)
    draft = documents.draft(document)
    assert draft
    return word, draft


def written_on(world: worlds.World, draft: Version) -> None:
    """The delegate of the council, the police in their room, the scrutineer and the business manager each add theirs."""
    worlds.write(
        draft.sections.get(key="voice"), draft.sections.get(key="voice").body + "\n\nWe asked again.", world.dev
    )
    room, _ = rooms.released(world, draft.document)
    section = draft.sections.get(key="training")
    rooms.taken(world, room, f"{section.body}\n\n{rooms.SECRET}\n")
    scrutiny.save_statement(document=draft.document, body="I looked into it.", seen_revision=0, by=world.femi)
    scrutiny.give_statement(document=draft.document, seen_revision=1, by=world.femi)
    for section in draft.sections.filter(key__in=["foreword", "impact"]):  # longer than a section may be
        paragraph = (files.SENTENCE * 6).strip()
        worlds.write(section, section.body.replace(paragraph, "", 3), world.gwen)
    for section in draft.sections.filter(body=""):
        worlds.write(section, f"What we say about {section.title.lower()}.", world.gwen)


@pytest.mark.real_pdf
def test_a_report_in_word_is_mapped_written_on_checked_signed_and_given_away(world) -> None:
    _, draft = taken(world)
    written_on(world, draft)
    assert content.problems(draft)
    answer_musts(draft, world.gwen, world.eve)
    version = drafting.send_for_sign_off(version=draft, by=world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    jobs.render_missing()
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)

    rows = {row["id"]: row for row in guidance_rows(content.of(version))}
    musts = [row.rule for row in meeting.rows(version) if row.rule.level == "must" and row.rule.section]
    assert musts and all(rows[rule.id]["places"] for rule in musts)
    final = version.renditions.get(kind=RenditionKind.FINAL)
    assert final.pages >= 20
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files_kept.read(final.file))).pages)
    public = f"/published/{world.area.slug}/yearly-report/2025-26/"
    page = Client().get(public).content.decode()
    given = docx.Document(io.BytesIO(Client().get(public + "document.docx").content))
    words = " ".join(paragraph.text for paragraph in given.paragraphs)
    for said in (rooms.SECRET, "We asked again.", "I looked into it.", "Nobody had asked us before."):
        assert said in page and said in " ".join(printed.split()) and said in words, said
    assert len(given.tables) >= 12
    assert page.count("<table") >= 12
