"""Uploading a Word file, saying where each heading goes, and what stays on record."""

from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.kinds import kind
from partnership.documents.models import SectionText
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.word import selectors, services
from partnership.word.models import Fate, ImportedPart, ImportedPicture, WordImport
from partnership.word.services import Choice, Words
from tests import worlds
from tests.rules.word import files

pytestmark = pytest.mark.django_db
PICTURE = Words("A drawing by the panel", "Drawn by the panel")


def uploaded(world: worlds.World, data: bytes | None = None, name: str = "last-year.docx") -> WordImport:
    document = world.documents.get("report") or worlds.begun(world)
    world.documents["report"] = document
    return services.upload(document=document, data=data or files.report(), name=name, by=world.gwen)


def choice(word: WordImport, *, replaces: bool = False, seen=None, pictures=None, **targets: str) -> Choice:  # type: ignore[no-untyped-def]
    """Targets by title, with `_` for spaces; parts under a heading go with it."""
    named = {title.replace("_", " ").casefold(): target for title, target in targets.items()}
    parts = [part for part in word.parts.all() if part.fate == Fate.WAITING]
    aims = {part.pk: named.get(part.title.casefold(), "above" if part.level > 1 else "") for part in parts}
    return Choice(aims, {1: PICTURE} if pictures is None else pictures, seen or {}, replaces)


def section(word: WordImport, key: str):  # type: ignore[no-untyped-def]
    return documents.draft(word.document).sections.get(key=key)


def _timeline(word: WordImport):  # type: ignore[no-untyped-def]
    return [presenters.sentence(entry) for entry in audit.of_subject(word.document.subject)]


def test_an_upload_is_read_and_kept_and_nothing_is_in_the_draft(world) -> None:
    word = uploaded(world)

    assert word.parts.count() == 23
    assert word.pictures.get().alt == "A drawing by the young people’s panel"
    assert (word.file_name, word.uploaded_by) == ("last-year.docx", world.gwen)
    assert [sentence.partition(" (")[0] for sentence in word.not_taken] == ["The title of the file"]
    assert not documents.draft(word.document).sections.exclude(body="").exists()


def test_a_second_click_gives_back_the_first_upload(world) -> None:
    data = files.report()
    assert uploaded(world, data).pk == uploaded(world, data).pk
    assert WordImport.objects.count() == 1


def test_only_who_drafts_may_upload(world) -> None:
    document = worlds.begun(world)
    for who in (world.amina, world.femi, world.harry, world.ines):
        with pytest.raises(NotAllowed):
            services.upload(document=document, data=files.report(), name="a.docx", by=who)


def test_a_file_that_cannot_be_read_leaves_nothing_behind(world) -> None:
    with pytest.raises(Incomplete, match="This is an old Word file"):
        uploaded(world, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    assert not WordImport.objects.exists()


def test_nothing_is_uploaded_for_a_document_without_a_draft(world) -> None:
    version = worlds.in_sign_off(world)
    with pytest.raises(WrongState, match="no draft"):
        services.upload(document=version.document, data=files.report(), name="a.docx", by=world.gwen)


def test_a_heading_goes_where_somebody_said_and_takes_what_stands_under_it(world) -> None:
    word = uploaded(world)

    done = services.take(word=word, choice=choice(word, Foreword="foreword", Priorities="impact"), by=world.gwen)

    assert sorted(done.sections) == sorted([section(word, "foreword").title, section(word, "impact").title])
    impact = section(word, "impact").body
    assert impact.startswith("## Priorities\n\n## Neglect\n\n### What we did")
    assert impact.count("Table: ") == 4
    assert "## " not in section(word, "foreword").body  # the section has that title itself
    assert word.parts.filter(fate=Fate.TAKEN).count() == 6
    assert word.parts.filter(fate=Fate.WAITING).count() == 17


def test_a_picture_is_taken_with_its_words_and_gets_a_number_of_the_document(world) -> None:
    word = uploaded(world)

    services.take(word=word, choice=choice(word, Voice_of_children="impact"), by=world.gwen)

    picture = word.document.pictures.get()
    assert (picture.number, picture.alt, picture.caption) == (1, PICTURE.alt, PICTURE.caption)
    assert "[[picture 1]]" in section(word, "impact").body
    assert word.pictures.get().taken_as == 1


@pytest.mark.parametrize("words", [{}, {1: Words("  ")}])
def test_a_picture_without_words_stops_the_taking_at_its_field(world, words) -> None:
    word = uploaded(world)

    with pytest.raises(Incomplete) as refusal:
        services.take(word=word, choice=choice(word, Voice_of_children="impact", pictures=words), by=world.gwen)

    assert [name for name, _ in refusal.value.problems] == ["alt_1"]
    assert not section(word, "impact").body


def test_a_picture_may_be_left_out(world) -> None:
    word = uploaded(world)
    out = {1: Words(is_left_out=True)}

    services.take(word=word, choice=choice(word, Voice_of_children="impact", pictures=out), by=world.gwen)

    assert not word.document.pictures.exists()
    assert "[[" not in section(word, "impact").body


def test_a_heading_without_a_place_becomes_a_section_of_its_own(world) -> None:
    word = uploaded(world)
    before = documents.draft(word.document).sections.count()

    services.take(word=word, choice=choice(word, What_each_agency_did="new", Finance="new"), by=world.gwen)

    own = section(word, "own-what-each-agency-did")
    assert own.title == "What each agency did"
    assert own.body.startswith("## Council children’s services")
    assert own.position > before
    version = documents.draft(word.document)
    assert version.sections.count() == before + 2
    assert "Gwen added the section “Finance” to Yearly report 2025-26." in _timeline(word)


def test_a_section_of_ones_own_is_frozen_with_the_rest(world) -> None:
    version = worlds.written(world)
    word = services.upload(document=version.document, data=files.report(), name="a.docx", by=world.gwen)
    services.take(word=word, choice=choice(word, Finance="new"), by=world.gwen)

    sent = drafting.send_for_sign_off(version=version, by=world.gwen)

    assert '"key":"own-finance"' in sent.content


def test_text_that_is_there_stays_before_what_is_put_after_it(world) -> None:
    word = uploaded(world)
    worlds.write(section(word, "impact"), "Written before.", world.gwen, explanation="Some is missing.")

    services.take(word=word, choice=choice(word, Priorities="impact"), by=world.gwen)

    assert section(word, "impact").body.startswith("Written before.\n\n## Priorities")
    assert section(word, "impact").explanation == "Some is missing."


def test_text_gives_way_only_where_that_was_chosen_and_is_kept_all_the_same(world) -> None:
    word = uploaded(world)
    worlds.write(section(word, "impact"), "Written before.", world.gwen)

    services.take(word=word, choice=choice(word, Priorities="impact", replaces=True), by=world.gwen)

    assert section(word, "impact").body.startswith("## Priorities")
    assert SectionText.objects.filter(section=section(word, "impact"), body="Written before.").exists()


def test_somebody_elses_later_text_is_never_replaced(world) -> None:
    word = uploaded(world)
    seen = {"impact": section(word, "impact").revision}
    worlds.write(section(word, "impact"), "Saved in between.", world.dev)

    done = services.take(word=word, choice=choice(word, Priorities="impact", replaces=True, seen=seen), by=world.gwen)

    assert section(word, "impact").body == "Saved in between."
    assert done.aside == [section(word, "impact").title]
    assert section(word, "impact").texts.filter(outcome="kept_aside", body__startswith="## Priorities").exists()
    assert word.parts.filter(fate=Fate.KEPT_ASIDE).count() == 5


def test_what_was_taken_is_not_taken_twice(world) -> None:
    word = uploaded(world)
    same = choice(word, Foreword="foreword")
    services.take(word=word, choice=same, by=world.gwen)
    body = section(word, "foreword").body

    with pytest.raises(Conflict, match="decided already"):
        services.take(word=word, choice=same, by=world.gwen)

    assert section(word, "foreword").body == body


def test_a_section_has_room_for_so_much_and_no_more(world) -> None:
    word = uploaded(world, files.made(*[lambda d: d.add_paragraph("word " * 3_000)] * 3))
    worlds.write(section(word, "impact"), "x " * 10_000, world.gwen)

    with pytest.raises(Incomplete, match=r"would have 65,\d+ characters. The most is 60,000"):
        services.take(word=word, choice=choice(word, Impact="impact"), by=world.gwen)

    assert word.parts.get().fate == Fate.WAITING


def test_everything_or_nothing_is_taken(world) -> None:
    word = uploaded(world)
    with (
        mock.patch("partnership.word.services.taking._note", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        services.take(word=word, choice=choice(word, Foreword="foreword"), by=world.gwen)

    assert not section(word, "foreword").body
    assert not word.parts.exclude(fate=Fate.WAITING).exists()


def test_nothing_chosen_is_said(world) -> None:
    word = uploaded(world)
    with pytest.raises(Incomplete, match="Choose where at least one heading goes"):
        services.take(word=word, choice=choice(word), by=world.gwen)


def test_the_record_says_who_and_what_became_of_it(world) -> None:
    word = uploaded(world)
    services.take(word=word, choice=choice(word, Foreword="foreword", Training="out"), by=world.gwen)

    told = _timeline(word)
    assert "Gwen uploaded the Word file “last-year.docx” for Yearly report 2025-26. Headings in it: 23." in told
    assert "Gwen took headings of “last-year.docx” into Yearly report 2025-26: 1. Not taken: 1. Kept aside: 0." in told
    assert word.parts.get(title="Training").fate == Fate.NOT_TAKEN


def test_the_database_keeps_what_was_imported(world) -> None:
    word = uploaded(world)
    services.take(word=word, choice=choice(word, Foreword="foreword"), by=world.gwen)
    taken = word.parts.get(title="Foreword")

    for act in (
        lambda: ImportedPart.objects.filter(pk=taken.pk).delete(),
        lambda: ImportedPart.objects.filter(pk=taken.pk).update(section_title="Another"),
        lambda: ImportedPart.objects.filter(title="Training").update(body="Another text."),
        lambda: ImportedPicture.objects.all().delete(),
        lambda: WordImport.objects.update(uploaded_by=world.dev),
    ):
        with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
            act()


def earlier(world: worlds.World, label: str = "2023-24", data: bytes | None = None) -> WordImport:
    which = kind("yearly_report")
    period = which.parse_period(label, clock.today())
    return services.upload_earlier(
        area=world.area, kind=which, period=period, data=data or files.report(), name="old.docx", by=world.gwen
    )


def test_last_years_report_stands_for_itself_and_has_no_version(world) -> None:
    word = earlier(world)

    assert (word.document, word.title) == (None, "Yearly report 2023-24")
    (entry,) = audit.of_subject(f"word:{word.pk}")
    assert "Yearly report 2023-24 (imported, not signed here)" in presenters.sentence(entry)


def test_a_period_that_was_begun_here_is_not_imported(world) -> None:
    worlds.begun(world)
    with pytest.raises(WrongState, match="was begun here already"):
        earlier(world, "2025-26")


def test_only_who_begins_documents_imports_one(world) -> None:
    which = kind("yearly_report")
    period = which.parse_period("2023-24", clock.today())
    with pytest.raises(NotAllowed):
        services.upload_earlier(
            area=world.area, kind=which, period=period, data=files.report(), name="a.docx", by=world.dev
        )


def test_a_newer_file_of_the_same_period_counts_and_the_older_stays(world) -> None:
    data = files.report()
    first, again = earlier(world, data=data), earlier(world, data=data)
    second = earlier(world, data=files.made(lambda d: d.add_paragraph("Corrected.")))

    assert first.pk == again.pk != second.pk
    assert list(selectors.earlier(world.area)) == [second]
    assert selectors.replaced_by(first) == second
