"""What a cell of a list may say: days as people write them, offices by any usual name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.areas.importing.values import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    NotOne,
    answer_of,
    basis_of,
    clean,
    day_of,
    office_of,
)
from partnership.areas.models import Basis
from partnership.areas.roles import APPOINTABLE, Office

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
FORMS = [
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d} {m} {y}",
    "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02} 00:00:00", "{y}-{m:02}-{d:02}T00:00:00",
    "{d} {month} {y}", "{d} {short} {y}", "{d}-{short}-{y}", "{month} {d}, {y}", " {d}th {month} {y} ",
    "Wed {d} {month} {y}", "Wednesday, {d} {month} {y}",
]  # fmt: skip


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_a_day_is_read_in_every_way_in_which_people_write_it(day, form):
    month = MONTHS[day.month - 1].title()

    text = form.format(d=day.day, m=day.month, y=day.year, month=month, short=month[:3])

    assert day_of(text) == day
    assert day_of(text.upper()) == day


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_year_of_two_figures_lies_in_this_century(day):
    assert day_of(f"{day.day}/{day.month}/{day.year % 100:02}") == day


@given(day=st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_the_number_by_which_excel_keeps_a_day_is_that_day(day):
    assert day_of(str((day - date(1899, 12, 30)).days)) == day


@given(text=st.text(max_size=40))
def test_any_text_is_a_day_none_or_a_sentence(text):
    assert answered(text)


def answered(text: str) -> bool:
    try:
        found = day_of(text)
    except NotOne as refusal:
        return str(refusal).endswith(".")
    return found is None or FIRST_YEAR <= found.year <= LAST_YEAR


@pytest.mark.parametrize(
    "text",
    ["30/2/2026", "4/13/2026", "13 2026", "soon", "1 Foo 2026", "2026", "0/1/2026", "2026-13-01", "1/4/026", "٣/٤"],
)
def test_a_day_that_is_none_is_answered_with_how_to_write_it(text):
    with pytest.raises(NotOne, match=r"is no day\. Write it like 1/4/2026, with the day before the month\."):
        day_of(text)


def test_a_year_that_cannot_be_meant_is_named():
    with pytest.raises(NotOne, match="Check the year"):
        day_of("1/4/1826")


@pytest.mark.parametrize("text", ["", "-", "n/a", "Ongoing", "present"])
def test_a_last_day_that_is_not_known_is_none(text):
    assert day_of(text) is None


@pytest.mark.parametrize("office", APPOINTABLE)
def test_every_office_is_known_by_its_label_and_its_key_in_any_case(office):
    for text in (office.label, office.value, office.label.upper(), f"  {office.label.replace(' ', '  ')} "):
        assert office_of(text) == office


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("LSP", Office.LSP),
        ("dsp", Office.DSP),
        ("Chair", Office.CHAIR),
        ("Scrutineer", Office.SCRUTINEER),
        ("business manager", Office.BUSINESS_MANAGER),
        ("Lead Member", Office.OBSERVER),
        ("Lead member for children’s services", Office.OBSERVER),
        ("Lead safeguarding partner (LSP)", Office.LSP),
        ("Sub-group Chair", Office.SUB_GROUP_CHAIR),
        ("Education rep", Office.EDUCATION),
    ],
)
def test_an_office_is_known_by_the_usual_words_of_the_field(text, office):
    assert office_of(text) == office


@pytest.mark.parametrize("text", ["", "Independent chair", "Guest reader", "Wizard"])
def test_an_unknown_office_is_answered_with_where_they_are_listed(text):
    with pytest.raises(
        NotOne, match=r"is no office that can be recorded\. Write one of the offices that the page “Record people"
    ):
        office_of(text)


def test_a_basis_and_an_answer_are_read_or_refused_with_a_sentence():
    assert basis_of("") == basis_of("Permanent") == Basis.SUBSTANTIVE
    assert basis_of("ACTING") == Basis.ACTING
    assert (answer_of(""), answer_of("Y"), answer_of("no")) == (None, True, False)
    with pytest.raises(NotOne, match=r"is no basis\. Write substantive, interim or acting"):
        basis_of("seconded")
    with pytest.raises(NotOne, match="is neither yes nor no"):
        answer_of("perhaps")


@given(text=st.text())
def test_a_cleaned_cell_can_be_stored_and_is_its_own_cleaning(text):
    found = clean(text)

    assert "\0" not in found and "\n" not in found
    found.encode()
    assert clean(found) == found
