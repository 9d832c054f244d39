"""Duties that come from an area's records: what is opened, what closes it, what makes it lapse; each once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.deadlines import facts, jobs, opening, services
from partnership.deadlines.models import Duty, DutyFact, LocalCycle
from partnership.documents import services as documents
from partnership.documents.models import Act, Ground
from partnership.errors import NotAllowed, WrongState
from partnership.guidance import loader
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def follow(today=TODAY):
    return jobs.follow(today=today)


def of(world, rule):
    return Duty.objects.filter(area=world.area, rule_key=rule)


def test_the_budget_of_the_next_year_is_owed_by_areas_in_use_before_it_begins(world):
    worlds.area("Unused")
    jobs.open_duties(today=TODAY)

    assert {(duty.area, duty.period_label, duty.due_on) for duty in Duty.objects.filter(rule_key="budget")} == {
        (world.area, "2027-28", date(2027, 3, 31)),
        (world.other_area, "2027-28", date(2027, 3, 31)),
    }


def test_a_budget_closes_when_every_lead_partner_has_signed_it_and_is_owed_again_when_that_is_void(world):
    jobs.open_duties(today=TODAY)
    with clock.frozen(datetime(2027, 2, 1, 9, tzinfo=clock.LONDON)):
        version = worlds.signed(world, "budget", "2027-28")
        assert follow(clock.today()) == 1
        assert follow(clock.today()) == 0
        assert of(world, "budget").get(period_label="2027-28").closed_at == version.signed_at

        row = documents.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
        documents.agree(proposal=row, by=world.gwen)
        assert follow(clock.today()) == 1
        assert of(world, "budget").get(period_label="2027-28").closed_at is None
        assert DutyFact.objects.get(duty__area=world.area, key="signed").fallen_because


def test_a_one_off_date_is_owed_once_while_it_lies_ahead_and_met_by_what_was_published_under_its_edition(world):
    day = date(2024, 6, 3)
    jobs.open_duties(today=day)
    jobs.open_duties(today=day + timedelta(days=30))
    duty = of(world, "arrangements_2024").get()
    assert duty.due_on == date(2024, 12, 31)

    with clock.frozen(datetime(2024, 12, 16, 9, tzinfo=clock.LONDON)):
        version = worlds.published(world, "arrangements", "2024")
        follow(clock.today())
    duty.refresh_from_db()
    assert duty.closed_at == version.published_at


def test_an_area_that_came_after_a_one_off_date_never_owes_it(world):
    jobs.open_duties(today=TODAY)

    assert not of(world, "arrangements_2024").exists()


def test_the_day_of_a_review_that_was_published_is_owed_until_a_review_is_on_record(world):
    version = worlds.signed(world, "arrangements", "2026")
    worlds.publish(version, world.gwen, review_on=date(2027, 9, 1))
    assert follow() == 1
    assert follow() == 0
    duty = of(world, "review").get()
    assert (duty.due_on, duty.title) == (date(2027, 9, 1), f"Review of {version.document.title}")

    with clock.frozen(datetime(2027, 9, 2, 9, tzinfo=clock.LONDON)):
        on = date(2027, 8, 30)
        documents.record_review(
            version=version, reviewed_on=on, next_on=date(2028, 9, 1), found="Nothing to change.", by=world.gwen
        )
        assert follow(clock.today()) == 2  # the next one is in sight as well

    duty.refresh_from_db()
    assert clock.london_day(duty.closed_at) == on
    assert list(of(world, "review").filter(closed_at=None).values_list("due_on", flat=True)) == [date(2028, 9, 1)]


def test_a_review_lapses_when_what_was_to_be_reviewed_is_withdrawn(world):
    version = worlds.publish(worlds.signed(world, "arrangements", "2026"), world.gwen, review_on=date(2027, 9, 1))
    follow()
    documents.take_down(version=version, ground=Ground.ERROR, note="Wrong text.", by=world.gwen)

    assert follow() == 1
    assert of(world, "review").get().lapsed_because


def test_the_end_of_a_term_is_owed_until_somebody_is_on_record_for_after(world):
    until = date(2027, 2, 1)
    term = Appointment.objects.get(area=world.area, office=Office.SCRUTINEER)
    areas.end_appointment(appointment=term, until=until, because="End of contract.", by=world.gwen)
    assert follow() == 1
    duty = of(world, "term_of_office").get()
    assert duty.due_on == until - timedelta(days=1)

    worlds.appoint(worlds.person("Nia"), Office.SCRUTINEER, world.area, since=date(2027, 2, 8))
    assert follow() == 1
    assert follow() == 0
    duty.refresh_from_db()
    assert duty.closed_at


def test_what_was_agreed_locally_falls_due_again_and_again_and_closes_by_the_record_alone(world):
    cycle = services.agree_cycle(
        area=world.area, rule_key="section_11", title="Section 11, all agencies", first_on=date(2026, 11, 30),
        every_months=12, agreed_where="Minutes of 1 September 2026", by=world.gwen,
    )  # fmt: skip
    again = services.agree_cycle(
        area=world.area, rule_key="section_11", title="Section 11, all agencies", first_on=date(2026, 11, 30),
        every_months=12, agreed_where="Minutes of 1 September 2026", by=world.gwen,
    )  # fmt: skip
    assert again == cycle
    assert [duty.due_on for duty in of(world, "section_11")] == [date(2026, 11, 30), date(2027, 11, 30)]

    first = of(world, "section_11").first()
    for _ in range(2):
        services.record_turn(duty=first, done_on=TODAY, record="Minutes of 14 September 2026", by=world.gwen)
    first.refresh_from_db()
    assert clock.london_day(first.closed_at) == TODAY

    services.end_cycle(cycle=cycle, by=world.gwen)
    assert [bool(duty.lapsed_at) for duty in of(world, "section_11")] == [False, True]
    assert follow(date(2027, 9, 14)) == 0


def test_a_duty_that_its_own_records_close_is_never_ticked_off(world):
    jobs.open_duties(today=TODAY)
    for duty in Duty.objects.filter(area=world.area):
        with pytest.raises(WrongState):
            services.record_turn(duty=duty, done_on=TODAY, record="I say so", by=world.gwen)
    with pytest.raises(NotAllowed):
        services.agree_cycle(
            area=world.area, rule_key="section_11", title="S11", first_on=TODAY, every_months=None,
            agreed_where="Nowhere", by=world.amina,
        )  # fmt: skip


def test_a_cycle_at_the_end_of_a_month_is_counted_from_its_first_day_and_never_drifts(world):
    services.agree_cycle(
        area=world.area, rule_key="information_sharing", title="Agreement", first_on=date(2026, 10, 31),
        every_months=1, agreed_where="Minutes", by=world.gwen,
    )  # fmt: skip
    days = list(of(world, "information_sharing").values_list("due_on", flat=True))

    assert days[:6] == [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31),
                        date(2027, 2, 28), date(2027, 3, 31)]  # fmt: skip


def test_a_fact_that_fell_opens_the_duty_again_and_another_record_closes_it(world):
    jobs.open_duties(today=TODAY)
    duty = of(world, "yearly_report").get(period_label="2025-26")
    keys = ["published", "submitted:national_panel", "submitted:foundations"]
    for key in keys:
        assert facts.record_fact(duty=duty, key=key, label=key, happened_at=clock.now(), evidence=f"row:{key}")
    assert facts.fall(duty=duty, evidence="row:submitted:foundations", because="it came back")
    assert not facts.fall(duty=duty, evidence="row:submitted:foundations", because="it came back")
    duty.refresh_from_db()
    assert duty.is_open
    later = clock.now() + timedelta(days=1)
    assert facts.record_fact(duty=duty, key=keys[2], label="again", happened_at=later, evidence="row:another")
    duty.refresh_from_db()
    assert duty.closed_at == later
    told = AuditEntry.objects.filter(event__in=["duty.fact_fell", "duty.reopened", "duty.closed"])
    assert list(told.order_by("pk").values_list("event", flat=True)) == [
        "duty.closed", "duty.fact_fell", "duty.reopened", "duty.closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"due_on": date(2027, 1, 1)}, {"first_due_on": date(2027, 1, 1)}, {"period_label": "2030-31"}]
)
def test_the_database_refuses_another_date_of_what_is_owed(world, change):
    jobs.open_duties(today=TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(area=world.area).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(area=world.area).delete()


def test_the_alarm_names_what_the_sweep_has_not_opened(world):
    jobs.open_duties(today=TODAY)
    assert jobs.missing(today=TODAY) == []

    with clock.frozen(datetime(2027, 10, 15, 9, tzinfo=clock.LONDON)):
        found = jobs.missing(
            today=clock.today()
        )  # as if nothing had run for a year: 2026-27 is there, the budget is not

    assert {key for key, _ in found} == {"budget"}


def test_following_the_records_of_many_areas_takes_a_constant_number_of_queries(world):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            jobs.open_duties(today=TODAY)
            jobs.follow(today=TODAY)
        return len(asked)

    jobs.open_duties(today=TODAY)
    follow()
    few = queries()
    for number in range(12):
        place = worlds.area(f"More{number}")
        worlds.hold(worlds.person(f"Manager{number}"), Office.BUSINESS_MANAGER, place)
    jobs.open_duties(today=TODAY)
    follow()

    assert Duty.objects.count() > 30
    assert queries() == few


def test_every_rule_counts_from_its_trigger():
    edition = loader.edition("wt2023")
    started = date(2026, 12, 21)  # Christmas, Boxing Day (in lieu) and New Year's Day lie within
    days = {
        key: opening.from_event(edition.duty_rule(key), "wt2023", event="x", on=started, label="1").due_on
        for key in ("serious_incident_notification", "rapid_review", "practice_review")
    }

    assert days == {
        "serious_incident_notification": date(2026, 12, 30),
        "rapid_review": date(2027, 1, 14),
        "practice_review": date(2027, 6, 21),
    }
    assert LocalCycle.objects.count() == 0


def test_a_term_that_is_shortened_extended_and_shortened_again_is_owed_each_time(world):
    term = Appointment.objects.get(area=world.area, office=Office.SCRUTINEER)
    for until in (date(2027, 2, 1), date(2027, 6, 1), date(2027, 2, 1)):
        Appointment.objects.filter(pk=term.pk).update(during=DateRange(worlds.SINCE, until))
        follow()
        follow()

    rows = of(world, "term_of_office").order_by("pk")
    assert [(row.due_on.month, bool(row.lapsed_at)) for row in rows] == [(1, True), (5, True), (1, False)]


def test_an_office_whose_next_holder_is_taken_back_is_to_be_filled_again(world):
    term = Appointment.objects.get(area=world.area, office=Office.SCRUTINEER)
    areas.end_appointment(appointment=term, until=date(2027, 2, 1), because="", by=world.gwen)
    follow()
    worlds.appoint(worlds.person("Nia"), Office.SCRUTINEER, world.area, since=date(2027, 2, 8))
    follow()
    duty = of(world, "term_of_office").get()
    assert duty.closed_at

    next_one = Appointment.objects.filter(area=world.area, office=Office.SCRUTINEER).exclude(pk=term.pk)
    areas.void(appointment=next_one.get(), reason="Recorded in error.", by=world.gwen)
    assert follow() == 1
    assert follow() == 0
    duty.refresh_from_db()
    assert duty.is_open


def test_of_several_documents_the_first_one_meets_a_one_off_date(world):
    jobs.open_duties(today=date(2024, 6, 3))
    published = []
    for label, day in (("2025", date(2024, 11, 4)), ("2024", date(2024, 12, 16))):
        with clock.frozen(datetime(day.year, day.month, day.day, 9, tzinfo=clock.LONDON)):
            published.append(worlds.published(world, "arrangements", label).published_at)
    with clock.frozen(datetime(2024, 12, 17, 9, tzinfo=clock.LONDON)):
        follow(clock.today())

    assert of(world, "arrangements_2024").get().closed_at == min(published)
