"""Counts and attendance in a text: offered by name, drawn live, frozen with value, source and day, held against the records."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import AgencyKind, SeatKind
from partnership.counts import facts, selectors, services
from partnership.counts.kinds import STANDARD, Came, Counted
from partnership.documents import canonical, content
from partnership.documents import facts as registers
from partnership.documents import services as documents
from partnership.documents.kinds import address_of
from partnership.errors import Incomplete
from partnership.funding import facts as funding_facts
from partnership.guidance.financial_years import FinancialYear
from partnership.living import selectors as living
from tests import worlds
from tests.apps.counts import numbers
from tests.apps.funding import money
from tests.apps.living.published import compare, flags, publish

pytestmark = pytest.mark.django_db
TEXT = """There were {{count rapid reviews}} rapid reviews, and {{count seen in time}} were seen in time.

- The police came to {{attendance police}}.

[[attendance]]
"""


def of(world, year=numbers.YEAR):
    words = registers.words(areas.statutory_seats(world.area, clock.today()))
    return {name: read() for name, read in facts.of_year(world.area, year, clock.today(), words).items()}


def save(version, key, body, by):
    section = version.sections.get(key=key)
    return documents.save_section(
        section=section, body=body, explanation=section.explanation, seen_revision=section.revision, by=by
    )


def record(world):
    numbers.own(world, "Seen in time", is_invented=True)
    numbers.attendance(world, world.police, is_invented=True)
    return numbers.count(world)


def test_what_everybody_is_asked_for_is_offered_before_there_is_a_value(world):
    found = of(world)

    assert list(found) == [
        *(f"count {key.replace('-', ' ')}" for key in STANDARD),
        "attendance council", "attendance police", "attendance icb",
    ]  # fmt: skip
    assert {fact.value for fact in found.values()} == {""}
    told = [f"{fact.title}, {fact.missing}" for fact in found.values()]
    assert told[0] == "Rapid reviews completed, 2025-26, are not on record"
    assert told[6] == "Attendance of Ashdown Police, 2025-26, is not on record"


def test_funding_and_counts_name_an_agency_alike_and_the_earlier_name_still_works(world):
    seat = worlds.seat(world.area, "NHS Ashdown North Board", AgencyKind.OTHER, SeatKind.RELEVANT)
    seat.agency.slug = "north-board"
    seat.agency.save()
    numbers.attendance(world, seat)
    money.contribution(world, seat.agency.name, "5", agency=seat.agency)
    document = worlds.begun(world)
    words = registers.words(areas.statutory_seats(world.area, clock.today()))

    found = facts.of_year(world.area, numbers.YEAR, clock.today(), words)
    paid = funding_facts.of_year(world.area, numbers.YEAR, clock.today(), words)

    assert "attendance nhs-ashdown-north-board" in registers.offered(found)
    assert "funding amount nhs-ashdown-north-board" in registers.offered(paid)
    assert "attendance north-board" not in registers.offered(found)
    assert found["attendance north-board"]() == found["attendance nhs-ashdown-north-board"]()
    assert not {name for name in content.Figures(document).fact_names() if "north-board" in name.split()}


def test_a_fact_has_the_value_the_source_and_the_day_of_its_row(world):
    record(world)

    found = of(world)

    said = {name: (fact.value, fact.source, fact.as_of) for name, fact in found.items() if fact.value}
    invented = "Minute 4 (figure invented for practice)"
    assert said == {
        "count rapid reviews": ("7", "Minute 4", numbers.DAY),
        "count seen in time": ("87%", invented, numbers.DAY),
        "attendance police": ("4 of 5 meetings, 1 more by a deputy", invented, numbers.DAY),
    }
    assert not any(fact.value for fact in of(world, FinancialYear(2024)).values())


def test_an_agency_that_is_no_partner_is_named_by_its_own_name(world):
    seat = worlds.seat(world.area, "Ashdown Schools", AgencyKind.EDUCATION, SeatKind.STRATEGIC)
    assert not [name for name in of(world) if seat.agency.slug in name]
    numbers.attendance(world, seat)

    fact = of(world)[f"attendance {seat.agency.slug}"]

    assert (fact.title, fact.value[:15]) == ("Attendance of Ashdown Schools, 2025-26", "4 of 5 meetings")


def test_facts_cost_the_same_queries_however_many_rows_there_are(world, django_assert_num_queries):
    words = registers.words(areas.statutory_seats(world.area, clock.today()))

    def read():
        return [fact() for fact in facts.of_year(world.area, numbers.YEAR, clock.today(), words).values()]

    numbers.count(world)
    with django_assert_num_queries(3):
        read()
    for number in range(6):
        numbers.own(world, f"Own {number}")
    numbers.attendance(world, world.police)
    numbers.attendance(world, world.council)
    with django_assert_num_queries(3):
        assert len(read()) == 14


def test_the_table_names_organisations_and_says_from_where_and_when(world):
    empty = selectors.attendance_table(world.area, numbers.YEAR)
    assert empty["rows"] == [["Nothing is recorded for 2025-26 yet", "", "", ""]]
    numbers.attendance(world, world.police, is_invented=True)
    later = numbers.meetings(5, 5, 0, as_of=numbers.DAY + timedelta(days=1))
    numbers.attendance(world, world.council, meetings=later)

    table = selectors.attendance_table(world.area, numbers.YEAR)

    assert table["caption"] == "Attendance at the meetings of the safeguarding partners, 2025-26"
    assert table["head"] == ["Organisation", "Meetings", "Attended", "By a deputy"]
    assert table["rows"] == [["Ashdown Council", "5", "5", "0"], ["Ashdown Police (invented)", "5", "4", "1"]]
    assert table["source"] == "Minute 4, as of 1 April 2026"


def test_a_token_without_a_value_is_a_problem_and_stops_the_sending(world):
    draft = worlds.written(world)
    save(draft, "voice", "There were {{count rapid reviews}}.", world.gwen)

    (problem,) = next(row.problems for row in content.states(draft) if row.section.key == "voice")

    assert "has nothing to say: rapid reviews completed, 2025-26, are not on record." in problem.sentence
    with pytest.raises(Incomplete):
        documents.send_for_sign_off(version=draft, by=world.gwen)


def test_sending_freezes_value_source_and_day_and_a_correction_changes_nothing(world):
    row = record(world)
    draft = worlds.written(world)
    save(draft, "voice", TEXT, world.gwen)
    version = documents.send_for_sign_off(version=draft, by=world.gwen)
    services.correct_count(
        count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8")), by=world.gwen
    )
    version.refresh_from_db()

    frozen = {fact["name"]: fact for fact in canonical.load(version.content)["facts"]}

    kept = {name: (fact["value"], fact["source"], fact["as_of"]) for name, fact in frozen.items()}
    assert kept["count rapid reviews"] == ("7", "Minute 4", "2026-03-31")
    assert kept["count seen in time"] == ("87%", "Minute 4 (figure invented for practice)", "2026-03-31")
    assert kept["attendance police"][0] == "4 of 5 meetings, 1 more by a deputy"
    assert kept["attendance"][1] == "Minute 4, as of 31 March 2026"
    assert frozen["count rapid reviews"]["title"] == "Rapid reviews completed, 2025-26"
    assert '<data value=\\"count rapid reviews\\">7</data>' in version.content
    assert of(world)["count rapid reviews"].value == "8"


def test_while_drafting_a_corrected_count_is_right_at_once(world):
    row = record(world)
    draft = worlds.written(world)
    save(draft, "voice", TEXT, world.gwen)
    services.correct_count(
        count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8")), by=world.gwen
    )

    state = next(state for state in content.states(draft) if state.section.key == "voice")

    assert '<data value="count rapid reviews">8</data>' in state.blocks[0]["html"]
    assert not state.problems


@pytest.mark.parametrize(
    ("kind", "label", "key", "year"),
    [("yearly_report", "2025-26", "voice", 2025), ("arrangements", "2026", "leadership", 2026)],
)
def test_the_page_of_a_section_lists_the_tokens_of_the_year_of_its_document(client, world, kind, label, key, year):
    when = FinancialYear(year)
    numbers.own(world, "Seen in time", year=when, figure=numbers.figure("87", as_of=max(numbers.DAY, when.start)))
    document = worlds.written(world, kind, label).document
    client.force_login(world.gwen)

    page = client.get(reverse("documents:section", args=[world.area.slug, address_of(document), key])).content.decode()

    assert "<code data-token>{{count seen in time}}</code> 87%" in page
    assert (
        f"<code data-token>{{{{count rapid reviews}}}}</code> <em>Rapid reviews completed, {when.label}, are not on record"
        in page
    )
    assert "<code data-token>{{attendance police}}</code> <em>Attendance of Ashdown Police" in page
    assert "<code data-token>[[attendance]]</code>" in page


def hours(number):
    return clock.frozen(clock.now() + timedelta(hours=number))


def test_a_corrected_count_and_attendance_flag_what_is_published(world):
    year, day = FinancialYear(2026), clock.today() - timedelta(days=30)
    row = numbers.count(world, year=year, figure=numbers.figure("7", day))
    came = numbers.attendance(world, world.police, year=year, meetings=numbers.meetings(as_of=day))
    version = publish(world, {"funding": "{{count rapid reviews}}, {{attendance police}}\n\n[[attendance]]"})

    better = numbers.meetings(5, 5, 0, as_of=day)
    services.correct_count(
        count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8", day)), by=world.gwen
    )
    services.correct_attendance(attendance=came, seen=Came.of(came), came=numbers.of(came, better), by=world.gwen)
    compare()

    assert {name: flag.value_now for name, flag in flags(version).items()} == {
        "count rapid reviews": "8",
        "attendance police": "5 of 5 meetings",
        "attendance": "As the table shows",
    }


def record_a_count(world, row, came):
    numbers.own(world)


def correct_a_count(world, row, came):
    services.correct_count(
        count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8")), by=world.gwen
    )


def record_an_attendance(world, row, came):
    numbers.attendance(world, world.council)


def correct_an_attendance(world, row, came):
    better = numbers.meetings(5, 5, 0)
    services.correct_attendance(attendance=came, seen=Came.of(came), came=numbers.of(came, better), by=world.gwen)


def remove_a_count(world, row, came):
    services.remove_count(count=row, reason="Entered twice", by=world.gwen)


def remove_an_attendance(world, row, came):
    services.remove_attendance(attendance=came, reason="Entered twice", by=world.gwen)


ACTS = [
    record_a_count, correct_a_count, remove_a_count, record_an_attendance, correct_an_attendance, remove_an_attendance,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_what_is_recorded_or_corrected_lets_the_check_look_again_on_the_same_day(world, act):
    row, came = numbers.count(world), numbers.attendance(world, world.police)
    publish(world, {"funding": "{{chair}}"})
    with hours(1):
        compare()
        assert not living.due(clock.today()).exists()

    with hours(2):
        act(world, row, came)
        assert living.due(clock.today()).exists()
