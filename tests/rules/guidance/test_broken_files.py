"""A mistake in a guidance file is a sentence that names the file, the row and the key."""

import shutil

import pytest

from partnership.guidance.loader import EDITIONS, load
from partnership.guidance.vocabulary import EditionError

# file, what is replaced (first occurrence), by what, what the sentence says
MISTAKES = {
    "not TOML": ("wt2023.toml", 'key = "wt2023"', "key = ", "wt2023.toml cannot be read"),
    "unknown key": (
        "wt2023.toml",
        'id = "YR-02"',
        'id = "YR-02"\ncolour = "red"',
        "requirement YR-02: nobody knows the key “colour”",
    ),
    "unknown key of the edition": (
        "wt2023.toml",
        "series =",
        'colour = "red"\nseries =',
        "In wt2023.toml: nobody knows the key “colour”",
    ),
    "missing key": ("wt2023.toml", "in_force_from = 2023-12-15\n", "", "In wt2023.toml: “in_force_from” is missing"),
    "wrong type": (
        "wt2023.toml",
        "required = false",
        'required = "no"',
        "section foreword: “required” must be true or false",
    ),
    "moment for a date": (
        "wt2023.toml",
        "in_force_from = 2023-12-15",
        "in_force_from = 2023-12-15T00:00:00",
        "must be a date",
    ),
    "empty text": ("wt2023.toml", 'title = "Foreword"', 'title = " "', "section foreword: “title” is empty"),
    "no source": (
        "wt2023.toml",
        'sources = ["wt2023-summary"]\nevidence',
        "evidence",
        "signatory yearly_report: “sources” is missing",
    ),
    "empty sources": (
        "wt2023.toml",
        'sources = ["wt2023-summary"]\nevidence',
        "sources = []\nevidence",
        "“sources” is empty",
    ),
    "unknown source": (
        "wt2023.toml",
        '"ca2004-s16g", "cambridgeshire',
        '"hearsay", "cambridgeshire',
        "requirement YR-01: the source “hearsay” is not in sources.toml",
    ),
    "source given as text": (
        "wt2023.toml",
        'sources = ["wt2023-summary"]\nevidence',
        'sources = "x"\nevidence',
        "must be a list of texts",
    ),
    "source that is no text": (
        "wt2023.toml",
        'sources = ["wt2023-summary"]\nevidence',
        "sources = [1]\nevidence",
        "must be a list of texts",
    ),
    "unknown evidence": (
        "wt2023.toml",
        'evidence = "W"',
        'evidence = "Z"',
        "backstop yearly_report_every_12_months: “evidence” is “Z”",
    ),
    "evidence twice": ("wt2023.toml", 'evidence = "W+K"', 'evidence = "W+W"', "“evidence” is “W+W”"),
    "unknown level": (
        "wt2023.toml",
        'level = "must"',
        'level = "may"',
        "requirement YR-01: “level” is “may”; it must be one of must",
    ),
    "unknown document": (
        "wt2023.toml",
        'document = "yearly_report"\nkey = "foreword"',
        'document = "poem"\nkey = "foreword"',
        "section foreword: “document” is “poem”",
    ),
    "unknown section": (
        "wt2023.toml",
        'section = "impact"',
        'section = "effect"',
        "requirement YR-01: the yearly report has no section “effect”",
    ),
    "two requirements with one id": (
        "wt2023.toml",
        'id = "YR-02"',
        'id = "YR-01"',
        "two rows called requirement YR-01",
    ),
    "two sections with one key": (
        "wt2023.toml",
        'key = "year_at_a_glance"',
        'key = "foreword"',
        "two rows called section yearly_report foreword",
    ),
    "sections out of order": (
        "wt2023.toml",
        "position = 20\n",
        "position = 10\n",
        "section year_at_a_glance: “position” must be greater",
    ),
    "no room in a section": (
        "wt2023.toml",
        "max_characters = 4000",
        "max_characters = 0",
        "section foreword: “max_characters”",
    ),
    "a must in an optional section": (
        "wt2023.toml",
        "position = 50\nrequired = true",
        "position = 50\nrequired = false",
        "section impact: it must be required, because YR-01 is a must",
    ),
    "unknown role": ("wt2023.toml", 'role = "lsp"', 'role = "mayor"', "“role” is “mayor”"),
    "unknown reader of a reminder": (
        "wt2023.toml",
        'who = ["business_manager"]',
        'who = ["everybody"]',
        "reminder 120: “who” names “everybody”",
    ),
    "unknown fact": (
        "wt2023.toml",
        '"submitted:foundations"',
        '"submitted:nobody"',
        "deadline yearly_report: “submitted:nobody” must be",
    ),
    "no such day": ("wt2023.toml", "day = 30 }", "day = 31 }", "“due” is not a day that every year has"),
    "due is no table": ("wt2023.toml", "due = { month = 9, day = 30 }", "due = 9", "“due” must be a table"),
    "unknown key in due": ("wt2023.toml", "day = 30 }", "day = 30, hour = 5 }", "due: nobody knows the key “hour”"),
    "reminder of no days": ("wt2023.toml", "days_before = 120", "days_before = 0", "“days_before” must be 1 or more"),
    "reminders out of order": (
        "wt2023.toml",
        "days_before = 120",
        "days_before = 20",
        "the reminders must go from the earliest",
    ),
    "milestones out of order": (
        "wt2023.toml",
        "days_before = 91",
        "days_before = 5",
        "the milestones must go from the earliest",
    ),
    "August as a word": (
        "wt2023.toml",
        "avoid_august = true",
        'avoid_august = "yes"',
        "“avoid_august” must be true or false",
    ),
    "a meeting before the paper": (
        "wt2023.toml",
        "working_days_before_meeting = 0",
        "working_days_before_meeting = 6",
        "“working_days_before_meeting” must go from more to fewer",
    ),
    "a paper after the meeting": (
        "wt2023.toml",
        "working_days_before_meeting = 0",
        "working_days_before_meeting = -1",
        "“working_days_before_meeting” must go from more to fewer, and be 0 or more",
    ),
    "no repeat": (
        "wt2023.toml",
        "repeat_late_every_days = 28",
        "repeat_late_every_days = 0",
        "“repeat_late_every_days” must be 1",
    ),
    "empty backstop": ("wt2023.toml", "months = 12", "months = 0", "“months” must be 1 or more"),
    "half a condition": (
        "wt2023.toml",
        'condition = "secure_establishment"\n',
        "",
        "requirement YR-18: “condition” and “condition_text” go together",
    ),
    "half a check": (
        "wt2023.toml",
        'evidence = "W"',
        'evidence = "W"\nchecked_on = 2026-11-20',
        "“checked_by” and “checked_on” go together",
    ),
    "carried from nowhere": (
        "wt2026.toml",
        'carried_from = "wt2023"',
        'carried_from = "wt1999"',
        "carried over from “wt1999”",
    ),
    "replaced before it began": (
        "wt2023.toml",
        "replaced_on = 2026-03-18",
        "replaced_on = 2023-12-15",
        "“replaced_on” must be after",
    ),
    "a gap between editions": (
        "wt2023.toml",
        "replaced_on = 2026-03-18",
        "replaced_on = 2026-03-17",
        "“replaced_on” must be 2026-03-18, when wt2026",
    ),
    "a gap between periods": (
        "wt2026.toml",
        "first = 2026-04-01",
        "first = 2026-04-02",
        "must begin on the day after wt2023 ends",
    ),
    "periods counted in two ways": (
        "wt2026.toml",
        'counted_by = "period_end"',
        'counted_by = "period_start"',
        "“counted_by” must be “period_end”",
    ),
    "a key that is not the file's name": (
        "wt2023.toml",
        'key = "wt2023"',
        'key = "wt2024"',
        "“key” is “wt2024”; it must be the name of the file",
    ),
    "two sources with one key": (
        "sources.toml",
        'key = "wt2018"',
        'key = "wt2023"',
        "In sources.toml: there are two rows called source wt2023",
    ),
    "a crosswalk from an id that nobody held": (
        "wt2026.toml",
        'old = "ARR-26"',
        'old = "ARR-99"',
        "the crosswalk names ARR-99, which no earlier edition holds",
    ),
    "a crosswalk to an id that is not there": (
        "wt2026.toml",
        'new = "ARR-26"',
        'new = "ARR-99"',
        "the crosswalk names ARR-99, which this edition does not hold",
    ),
    "a crosswalk that renames what is still there": (
        "wt2026.toml",
        'old = "ARR-26"\nnew = "ARR-26"',
        'old = "ARR-26"\nnew = "ARR-27"',
        "the crosswalk says that ARR-26 is gone, but this edition holds it",
    ),
    "a crosswalk that makes an old id new": (
        "wt2026.toml",
        'old = "ARR-26"\nnew = "ARR-26"\nkind = "changed"',
        'new = "ARR-26"\nkind = "new"',
        "the crosswalk says that ARR-26 is not the same as before",
    ),
    "a crosswalk with two rows for one id": (
        "wt2023.toml",
        'old = "ARR-08"\nnew = "ARR-08"',
        'old = "ARR-07"\nnew = "ARR-07"',
        "ARR-07 stands in 2 rows of the crosswalk",
    ),
    "a removed row with two sides": (
        "wt2026.toml",
        'new = "ARR-26"\nkind = "changed"',
        'new = "ARR-26"\nkind = "removed"',
        "crosswalk ARR-26: a new row has only “new”",
    ),
    "a statement in an edition that does not exist": (
        "statements.toml",
        'editions = ["wt2023"]',
        'editions = ["wt1999"]',
        "statement ARR-R2: “editions” names “wt1999”",
    ),
    "a statement about nothing we know": (
        "statements.toml",
        'about = "arrangements"',
        'about = "weather"',
        "statement ARR-R1: “about” is “weather”",
    ),
    "a statement of an unknown level": (
        "statements.toml",
        'level = "must"',
        'level = "may"',
        "statement ARR-R1: “level” is “may”",
    ),
    "a statement read and carried over at once": (
        "statements.toml",
        'carried_to = ["wt2026"]',
        'carried_to = ["wt2023"]',
        "statement ARR-R2: “wt2023” is named in “editions” and in “carried_to”",
    ),
    "two statements with one id": (
        "statements.toml",
        'id = "ARR-R2"',
        'id = "ARR-R1"',
        "In statements.toml: there are two rows called statement ARR-R1",
    ),
    "a correction that begins before the row it corrects has ended": (
        "wt2026.toml",
        'id = "ARR-27"\ndocument = "arrangements"',
        'id = "ARR-26"\napplies_from = 2026-09-01\ndocument = "arrangements"',
        "requirement ARR-26: a row must end (“until”) by the day the next one begins",
    ),
    "a correction for another document": (
        "wt2026.toml",
        'id = "ARR-01"\n',
        'id = "YR-01"\napplies_from = 2026-09-01\n',
        "requirement YR-01: both rows must be about one kind of document",
    ),
    "a row that ends before it begins": (
        "wt2026.toml",
        'id = "ARR-01"\n',
        'id = "ARR-01"\napplies_from = 2026-09-01\nuntil = 2026-09-01\n',
        "requirement ARR-01: “until” must be after “applies_from”",
    ),
    "a row that is no table": (
        "wt2023.toml",
        "series =",
        "outcome = [1]\nseries =",
        "outcome number 1: this must be a table",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_stops_the_load_with_a_sentence(name, tmp_path):
    file, right, wrong, sentence = MISTAKES[name]
    folder = shutil.copytree(EDITIONS, tmp_path / "editions")
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(EditionError) as caught:
        load(folder)

    assert sentence in str(caught.value)
    assert file in str(caught.value)


def test_a_second_persons_check_is_kept(tmp_path):
    folder = shutil.copytree(EDITIONS, tmp_path / "editions")
    text = (folder / "wt2023.toml").read_text(encoding="utf-8")
    checked = 'id = "YR-01"\nchecked_by = "Business manager"\nchecked_on = 2026-11-20'
    (folder / "wt2023.toml").write_text(text.replace('id = "YR-01"', checked, 1), encoding="utf-8")

    wt2023 = next(each for each in load(folder) if each.key == "wt2023")

    assert wt2023.requirement("YR-01").checked_by == "Business manager"
    assert wt2023.requirement("YR-02").checked_on is None
