"""Recording counts and attendance: each good act, each refusal, the record of it, and what a second click does."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnership import clock
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.counts import services
from partnership.counts.kinds import STANDARD, Came, Counted
from partnership.counts.models import Attendance, Count
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.guidance.financial_years import FinancialYear
from tests.apps.counts import numbers

pytestmark = pytest.mark.django_db
MAY_NOT = "Only a business manager or somebody in business support of Ashdown may record counts and attendance"


def told(event: Event) -> list[str]:
    return [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event=event)]


def test_a_count_is_kept_and_put_on_record(world):
    row = numbers.count(world, "actions-agreed", "1204", figure=numbers.figure("1204", source=" Minute  4 "))

    kept = (row.key, row.label, row.value, row.unit, row.as_of, row.source, row.recorded_by)
    assert kept == ("actions-agreed", "Actions agreed", 1204, "number", numbers.DAY, "Minute 4", world.gwen)
    assert told(Event.COUNT_RECORDED) == ["Gwen recorded “Actions agreed” for 2025-26: 1,204."]


def test_an_indicator_of_ones_own_is_named_and_its_key_is_made_of_the_name(world):
    row = numbers.own(world, "  Children seen  (within 5_days) ", "87.5")

    assert (row.label, row.key, row.said) == (
        "Children seen (within 5_days)", "children-seen-within-5-days", "87.5%",
    )  # fmt: skip
    assert told(Event.COUNT_RECORDED) == ["Gwen recorded “Children seen (within 5_days)” for 2025-26: 87.5%."]


@pytest.mark.parametrize(
    ("key", "value", "more", "sentence"),
    [
        ("rapid-reviews", "-1", {}, "not negative"),
        ("rapid-reviews", "NaN", {}, "figures only"),
        ("rapid-reviews", "1000000000", {}, "below one billion"),
        ("rapid-reviews", "2.5", {}, "Enter a whole number"),
        ("rapid-reviews", "2", {"unit": "per_cent"}, "“Rapid reviews completed” is counted in numbers"),
        ("", "2", {"label": " "}, "Enter the name of your indicator"),
        ("", "2", {"label": "???"}, "with letters or figures"),
        ("", "2", {"label": "x" * 101}, "to 100 characters or fewer"),
        ("", "2", {"label": "㎑" * 40}, "Shorten the name of the indicator to 100"),
        ("", "2", {"label": "Actions - agreed"}, "“Actions agreed” is offered in the list"),
        ("", "2", {"label": "Own", "unit": "pints"}, "a number or a share in per cent"),
        ("", "100.01", {"label": "Own", "unit": "per_cent"}, "100 per cent or less"),
        ("", "2.005", {"label": "Own"}, "two figures after the point"),
        ("", "2", {"label": "Own", "year": FinancialYear(1999)}, "between 2000-01 and 2100-01"),
    ],
)
def test_what_cannot_be_a_count_is_refused(world, key, value, more, sentence):
    with pytest.raises(WrongState, match=sentence):
        numbers.count(world, key, value, **more)
    assert not Count.objects.exists() and not told(Event.COUNT_RECORDED)


@pytest.mark.parametrize(
    ("as_of", "source", "sentence"),
    [
        (date(2025, 3, 31), "Minute", "The year 2025-26 begins on 1 April 2025. Enter that day or a later one."),
        (None, "Minute", "Enter a day that has come"),
        (numbers.DAY, "  ", "Enter where the figure comes from"),
        (numbers.DAY, "x" * 301, "to 300 characters or fewer"),
    ],
)
def test_a_figure_has_a_day_of_its_year_or_later_and_a_source(world, as_of, source, sentence):
    said = {"as_of": as_of or clock.today() + timedelta(days=1), "source": source}

    with pytest.raises(WrongState, match=sentence):
        numbers.count(world, figure=numbers.figure(**said))
    with pytest.raises(WrongState, match=sentence):
        numbers.attendance(world, world.police, meetings=numbers.meetings(**said))
    assert not Count.objects.exists() and not Attendance.objects.exists()


@pytest.mark.parametrize("as_of", [date(2025, 4, 1), None])
def test_the_first_day_of_the_year_and_today_are_days_of_a_figure(world, as_of):
    said = as_of or clock.today()

    assert numbers.count(world, figure=numbers.figure(as_of=said)).as_of == said


@pytest.mark.parametrize("key", sorted(STANDARD))
def test_the_same_count_sent_twice_is_recorded_once_and_another_is_refused(world, key):
    first = numbers.count(world, key)

    assert numbers.count(world, key) == first
    with pytest.raises(WrongState, match=f"“{STANDARD[key]}” is recorded for 2025-26 already. Correct it instead."):
        numbers.count(world, key, "8")
    with pytest.raises(WrongState, match="already"):
        numbers.count(world, key, is_invented=True)
    assert numbers.count(world, key, year=FinancialYear(2024)).start_year == 2024
    assert len(told(Event.COUNT_RECORDED)) == 2


def test_a_correction_is_kept_and_tells_both(world):
    row = numbers.count(world)

    better = numbers.figure("8", date(2026, 4, 2), " The  review group ")
    services.correct_count(count=row, seen=Counted.of(row), counted=numbers.counted(row, better), by=world.gwen)

    row.refresh_from_db()
    assert (row.value, row.as_of, row.source) == (8, date(2026, 4, 2), "The review group")
    assert told(Event.COUNT_CORRECTED) == [
        "Gwen corrected “Rapid reviews completed” for 2025-26 from 7 as of 31 March 2026, from “Minute 4” to 8 as of "
        "2 April 2026, from “The review group”."
    ]


@pytest.mark.parametrize(
    "theirs", [numbers.figure("9"), numbers.figure(as_of=date(2026, 4, 3)), numbers.figure(source="Theirs")]
)
def test_a_correction_of_a_count_that_has_changed_since_is_refused(world, theirs):
    row = numbers.count(world)
    seen = Counted.of(row)
    services.correct_count(count=row, seen=seen, counted=numbers.counted(row, theirs), by=world.gwen)

    with pytest.raises(Conflict, match="Somebody else corrected this count"):
        services.correct_count(count=row, seen=seen, counted=numbers.counted(row, numbers.figure("10")), by=world.gwen)
    row.refresh_from_db()
    assert row.figure == theirs
    assert len(told(Event.COUNT_CORRECTED)) == 1


def test_the_same_correction_sent_twice_is_made_once(world):
    row, came = numbers.count(world), numbers.attendance(world, world.police)
    seen, seen_came = Counted.of(row), Came.of(came)
    for _ in range(2):
        services.correct_count(count=row, seen=seen, counted=numbers.counted(row, numbers.figure("8")), by=world.gwen)
        services.correct_attendance(
            attendance=came, seen=seen_came, came=numbers.of(came, numbers.meetings(5, 5, 0)), by=world.gwen
        )

    assert (len(told(Event.COUNT_CORRECTED)), len(told(Event.ATTENDANCE_CORRECTED))) == (1, 1)


def test_a_correction_to_what_could_not_be_recorded_is_refused(world):
    row, share = numbers.count(world), numbers.own(world)

    for count, figure in (
        (row, numbers.figure("2.5")),
        (row, numbers.figure("-1")),
        (row, numbers.figure(source="")),
        (row, numbers.figure(as_of=date(2025, 3, 31))),
        (share, numbers.figure("101")),
    ):
        with pytest.raises(WrongState):
            services.correct_count(
                count=count, seen=Counted.of(count), counted=numbers.counted(count, figure), by=world.gwen
            )
    assert not told(Event.COUNT_CORRECTED)


def test_attendance_is_kept_by_organisation_and_put_on_record(world):
    row = numbers.attendance(world, world.police)

    assert (row.agency, row.meetings, row.recorded_by) == (world.police.agency, numbers.meetings(), world.gwen)
    assert told(Event.ATTENDANCE_RECORDED) == [
        "Gwen recorded the attendance of Ashdown Police for 2025-26: 4 of 5 meetings, 1 more by a deputy."
    ]


@pytest.mark.parametrize(
    ("numbers_of", "said"),
    [((5, 4, 1), "4 of 5 meetings, 1 more by a deputy"), ((5, 5, 0), "5 of 5 meetings"), ((1, 0, 0), "0 of 1 meeting")],
)
def test_attendance_is_said_in_words(numbers_of, said):
    assert numbers.meetings(*numbers_of).said() == said


@pytest.mark.parametrize(
    ("numbers_of", "sentence"),
    [
        ((0, 0, 0), "how many meetings were held, between 1 and 366"),
        ((367, 0, 0), "between 1 and 366"),
        ((5, -1, 0), "not negative"),
        ((5, 0, -1), "not negative"),
        ((5, 4, 2), "6 meetings attended, by the member or a deputy, are more than the 5 held"),
    ],
)
def test_nobody_comes_to_more_meetings_than_were_held(world, numbers_of, sentence):
    came = numbers.attendance(world, world.council)

    with pytest.raises(WrongState, match=sentence):
        numbers.attendance(world, world.police, meetings=numbers.meetings(*numbers_of))
    with pytest.raises(WrongState, match=sentence):
        services.correct_attendance(
            attendance=came, seen=Came.of(came), came=numbers.of(came, numbers.meetings(*numbers_of)), by=world.gwen
        )
    assert Attendance.objects.count() == 1


def test_an_agency_without_a_place_in_the_area_in_that_year_has_no_attendance(world):
    elsewhere = world.other_area.seats.get()

    with pytest.raises(WrongState, match=f"{elsewhere.agency.name} had no place in Ashdown in 2025-26"):
        numbers.attendance(world, elsewhere)
    early = FinancialYear(world.police.during.lower.year - 2)
    with pytest.raises(WrongState, match="Ashdown Police had no place in Ashdown"):
        numbers.attendance(world, world.police, year=early)


def test_the_same_attendance_sent_twice_is_recorded_once_and_another_is_refused(world):
    first = numbers.attendance(world, world.police)

    assert numbers.attendance(world, world.police) == first
    with pytest.raises(WrongState, match="The attendance of Ashdown Police is recorded for 2025-26 already"):
        numbers.attendance(world, world.police, meetings=numbers.meetings(5, 5, 0))
    assert len(told(Event.ATTENDANCE_RECORDED)) == 1


@pytest.mark.parametrize("theirs", [numbers.meetings(6), numbers.meetings(5, 3), numbers.meetings(5, 4, 0)])
def test_a_correction_of_attendance_tells_both_and_one_that_was_overtaken_is_refused(world, theirs):
    row = numbers.attendance(world, world.police)
    before, seen = row.meetings, Came.of(row)
    services.correct_attendance(attendance=row, seen=seen, came=numbers.of(row, theirs), by=world.gwen)

    with pytest.raises(Conflict, match="Somebody else corrected this attendance"):
        services.correct_attendance(attendance=row, seen=seen, came=numbers.of(row, numbers.meetings(9)), by=world.gwen)
    row.refresh_from_db()
    assert row.meetings == theirs
    assert told(Event.ATTENDANCE_CORRECTED) == [
        f"Gwen corrected the attendance of Ashdown Police for 2025-26 from {before.in_full()} to {theirs.in_full()}."
    ]


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi", "harry", "ines"])
def test_nobody_outside_the_team_records_or_corrects(world, name):
    who = getattr(world, name)
    row, came = numbers.count(world), numbers.attendance(world, world.police)

    with pytest.raises(NotAllowed, match=MAY_NOT):
        numbers.count(world, "actions-agreed", by=who)
    with pytest.raises(NotAllowed, match=MAY_NOT):
        numbers.attendance(world, world.council, by=who)
    with pytest.raises(NotAllowed, match=MAY_NOT):
        services.correct_count(
            count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8")), by=who
        )
    with pytest.raises(NotAllowed, match=MAY_NOT):
        services.correct_attendance(
            attendance=came, seen=Came.of(came), came=numbers.of(came, numbers.meetings(6)), by=who
        )
    assert (Count.objects.get().value, Attendance.objects.get().held) == (Decimal(7), 5)


def test_a_new_name_of_an_own_indicator_is_told_and_two_cannot_have_one(world):
    row = numbers.own(world, "Chilren seen")
    numbers.own(world, "Families seen")
    seen = Counted.of(row)

    services.correct_count(count=row, seen=seen, counted=replace(seen, label="Children seen"), by=world.gwen)

    assert told(Event.COUNT_CORRECTED) == [
        "Gwen corrected “Chilren seen” for 2025-26 from “Chilren seen”, 87% as of 31 March 2026, from “Minute 4” to "
        "“Children seen”, 87% as of 31 March 2026, from “Minute 4”."
    ]
    row.refresh_from_db()
    seen = Counted.of(row)
    with pytest.raises(WrongState, match="“Families seen” is recorded for 2025-26 already"):
        services.correct_count(count=row, seen=seen, counted=replace(seen, label="Families seen"), by=world.gwen)
    with pytest.raises(Conflict):
        mine = replace(seen, unit="number")
        services.correct_count(count=row, seen=replace(seen, label="Mine"), counted=mine, by=world.gwen)


def test_the_agency_of_an_attendance_is_corrected_to_one_that_had_a_place(world):
    row = numbers.attendance(world, world.police)
    seen = Came.of(row)
    with pytest.raises(WrongState, match="had no place in"):
        elsewhere = world.other_area.seats.exclude(agency__in=world.area.seats.values("agency")).first().agency
        services.correct_attendance(attendance=row, seen=seen, came=replace(seen, agency=elsewhere), by=world.gwen)

    other = replace(seen, agency=world.council.agency)
    services.correct_attendance(attendance=row, seen=seen, came=other, by=world.gwen)

    assert " from Ashdown Police, 4 of 5 meetings" in told(Event.ATTENDANCE_CORRECTED)[0]
    assert " to Ashdown Council, 4 of 5 meetings" in told(Event.ATTENDANCE_CORRECTED)[0]


def test_what_is_removed_is_on_the_record_with_all_that_it_held(world):
    row, came = numbers.own(world), numbers.attendance(world, world.police)
    seen = Counted.of(row)

    assert services.remove_count(count=row, reason=" Entered  twice ", by=world.gwen) is True
    assert services.remove_count(count=row, reason="Entered twice", by=world.gwen) is False
    assert services.remove_attendance(attendance=came, reason="Not ours", by=world.gwen) is True
    assert services.remove_attendance(attendance=came, reason="Not ours", by=world.gwen) is False

    assert told(Event.COUNT_REMOVED) == [
        "Gwen removed “Children seen in time” for 2025-26: 87% as of 31 March 2026, from “Minute 4”. "
        "Reason: Entered twice"
    ]
    assert told(Event.ATTENDANCE_REMOVED) == [
        "Gwen removed the attendance of Ashdown Police for 2025-26: 4 of 5 meetings, 1 more by a deputy, as of "
        "31 March 2026, from “Minute 4”. Reason: Not ours"
    ]
    kept = AuditEntry.objects.get(event=Event.COUNT_REMOVED).data["row"]
    assert (kept["key"], kept["value"], kept["unit"]) == ("children-seen-in-time", "87.00", "per_cent")
    assert set(kept) == {field.attname for field in Count._meta.concrete_fields}
    with pytest.raises(WrongState, match="was removed while you were writing"):
        services.correct_count(count=row, seen=seen, counted=replace(seen, value=Decimal(1)), by=world.gwen)


@pytest.mark.parametrize("name", ["amina", "harry"])
def test_only_those_who_record_may_remove(world, name):
    row, came = numbers.count(world), numbers.attendance(world, world.police)
    with pytest.raises(NotAllowed):
        services.remove_count(count=row, reason="x", by=getattr(world, name))
    with pytest.raises(NotAllowed):
        services.remove_attendance(attendance=came, reason="x", by=getattr(world, name))
    with pytest.raises(WrongState, match="Enter why it is removed"):
        services.remove_count(count=row, reason=" ", by=world.gwen)
