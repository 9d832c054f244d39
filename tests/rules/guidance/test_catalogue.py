"""Every row of the catalogue of duties is held, with the evidence that the catalogue gives, and none claims more."""

import shutil
from datetime import date

import pytest

from partnership.guidance import history, loader
from partnership.guidance.loader import EDITIONS, edition, editions, load
from partnership.guidance.reading import read_sources
from partnership.guidance.vocabulary import EditionError

# Sections B, C, D, E and F of the catalogue, row by row; THR-1 and THR-2 are ARR-18 and DOC-4 as a document meets them.
CONTENTS = """
ARR-01 ARR-02 ARR-03 ARR-04 ARR-05 ARR-06 ARR-07 ARR-08 ARR-09 ARR-10 ARR-11 ARR-12 ARR-13 ARR-14 ARR-15 ARR-16
ARR-17 ARR-18 ARR-19 ARR-20 ARR-21 ARR-22 ARR-23 ARR-24 ARR-25 ARR-26 ARR-27 ARR-28 ARR-29 ARR-30 ARR-31
YR-01 YR-02 YR-03 YR-04 YR-05 YR-06 YR-07 YR-08 YR-09 YR-10 YR-11 YR-12 YR-13 YR-14 YR-15 YR-16 YR-17 YR-18 YR-19
YR-20 YR-21 YR-22 YR-23
FUN-1 FUN-2 FUN-3 FUN-5 FUN-8
THR-1 THR-2
"""
AROUND = """
ARR-R1 ARR-R2 ARR-R3 ARR-R4 ARR-R5 ARR-R6 ARR-R7 ARR-R8 ARR-R9 ARR-R10 ARR-R11 ARR-R12
YR-R1 YR-R2 YR-R3 YR-R4 YR-R5 YR-R6 YR-R7 YR-R8 YR-R9 YR-R10 YR-R11
YR-F1 YR-F2 YR-F3 YR-F4 YR-F5 YR-F5b YR-F6 YR-F7
SCR-1 SCR-2 SCR-3 SCR-4 SCR-5 SCR-6 SCR-7
SCR-R1 SCR-R2 SCR-R3 SCR-R4 SCR-R5 SCR-R6 SCR-R7 SCR-R8
FUN-4 FUN-9 FUN-10 DOC-4
"""
OURS = ("NF-", "VER-", "SCR-M")  # rows of section G and of D.2, which have no ids of their own
NOT_COMMENCED = ["ARR-28", "ARR-29"]
TOPICS = 16
TIMELINE = 21


def test_every_row_on_the_contents_of_a_document_is_a_requirement_of_an_edition():
    assert {row.id for each in editions() for row in each.requirements} == set(CONTENTS.split())


def test_every_row_around_the_documents_and_on_scrutiny_is_a_statement_of_an_edition():
    held = {row.id for each in editions() for row in each.statements}

    assert {id for id in held if not id.startswith(OURS)} == set(AROUND.split())


def test_what_is_enacted_and_not_commenced_is_coming_and_nothing_else_is():
    coming = [row.id for each in editions() for row in each.requirements if not row.commenced]

    assert coming == NOT_COMMENCED
    assert {edition("wt2026").requirement(id).state for id in NOT_COMMENCED} == {"coming"}


def test_the_row_on_a_secure_establishment_keeps_its_condition_in_every_edition():
    for key in ("wt2018", "wt2023", "wt2026"):
        assert edition(key).requirement("YR-18").condition == "secure_establishment"


def test_a_statement_that_is_carried_over_is_to_be_confirmed_and_says_from_where():
    read = {row.id: row for row in edition("wt2023").statements}["YR-R2"]
    carried = {row.id: row for row in edition("wt2026").statements}["YR-R2"]

    assert (read.state, read.evidence) == ("confirmed", "S")
    assert (carried.state, carried.evidence, carried.carried_from) == ("to_be_confirmed", "I", "wt2023")
    assert carried.text == read.text


@pytest.mark.parametrize("each", editions(), ids=lambda each: each.key)
def test_nothing_known_or_inferred_is_shown_as_confirmed(each):
    for row in (*each.statements, *each.requirements):
        assert (row.state == "confirmed") <= (not {"K", "I"} & set(row.evidence_codes))


def test_the_timeline_is_in_order_and_says_no_more_than_is_known():
    events = history.timeline()
    said = {event.key: event.said for event in events}

    assert len(events) == TIMELINE
    assert [event.on for event in events] == sorted(event.on for event in events)
    assert said["cwsa2026"] == "29 April 2026"
    assert said["wt2018-update"] == "December 2020"
    assert said["macpt-regulations"] == "late 2027"


def test_what_changed_is_told_by_topic_and_an_unverified_edition_has_no_wording():
    topics = {topic.key: topic for topic in history.topics()}

    assert len(topics) == TOPICS
    assert topics["report_date"].wording("wt2023").text == "End of September, for April to March."
    assert topics["recipients"].wording("wt2026") is None
    assert topics["national_framework"].wording("wt2026").state == "confirmed"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "sentence"),
    [
        ("timeline.toml", 'key = "wt2023"', 'key = "wt2018"', "two rows called event wt2018"),
        ("timeline.toml", "on = 2018-06-29", 'on = "soon"', "event act-and-regulations-in-force: “on” must be a date"),
        ("what_changed.toml", 'edition = "wt2018"', 'edition = "wt1999"', "“edition” is “wt1999”"),
        ("what_changed.toml", 'edition = "wt2023"', 'edition = "wt2018"', "two rows called wording wt2018"),
    ],
)
def test_a_mistake_in_the_history_is_a_sentence(file, right, wrong, sentence, tmp_path):
    text = (EDITIONS / file).read_text(encoding="utf-8")
    assert right in text
    (tmp_path / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    sources = read_sources(EDITIONS / loader.SOURCES)

    with pytest.raises(EditionError, match=sentence):
        if file == history.TIMELINE:
            history.read_timeline(tmp_path / file, sources)
        else:
            history.read_topics(tmp_path / file, sources, [each.key for each in editions()])


def test_a_dated_correction_holds_from_its_day_and_the_edition_stays_the_same(tmp_path):
    folder = shutil.copytree(EDITIONS, tmp_path / "editions")
    text = (folder / "wt2026.toml").read_text(encoding="utf-8")
    begins = text.index('[[requirement]]\nid = "ARR-27"')
    row = text[begins : text.index("[[requirement]]", begins + 1)]
    before = row.replace('id = "ARR-27"', 'id = "ARR-27"\nuntil = 2026-10-01')
    after = row.replace('id = "ARR-27"', 'id = "ARR-27"\napplies_from = 2026-10-01').replace("Set out", "Name")
    (folder / "wt2026.toml").write_text(text.replace(row, before + after), encoding="utf-8")

    corrected = next(each for each in load(folder) if each.key == "wt2026")

    def words(on=None):
        return [row.text[:7] for row in corrected.requirements_for("arrangements", on) if row.id == "ARR-27"]

    assert words(date(2026, 9, 30)) == ["Set out"]
    assert words(date(2026, 10, 1)) == words() == ["Name wh"]
    assert corrected.requirement("ARR-27").text.startswith("Name")
    in_section = corrected.section("arrangements", "identifying_needs").requirements
    assert [row.text[:4] for row in in_section if row.id == "ARR-27"] == ["Name"]
