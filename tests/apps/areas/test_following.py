"""What follows when offices change: vacancies, hand-over lists, the chair's turns, independence, relevant agencies."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import categories, jobs, services
from partnership.areas.hand_over_lists import LISTS
from partnership.areas.models import Appointment, ChairTurn, HandOver, IndependenceRecord, SeatKind, Vacancy
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.errors import NotAllowed, WrongState
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def held(person, office):
    return Appointment.objects.get(person=person, office=office)


def open_gaps(area):
    return {(row.office, row.seat_id) for row in Vacancy.objects.filter(area=area, filled_on=None)}


def test_every_office_that_must_be_held_and_is_not_is_a_vacancy(world):
    jobs.find_vacancies(today=TODAY)

    assert open_gaps(world.area) == {(Office.DSP, world.health.pk)}
    assert Vacancy.objects.get(area=world.area).since == worlds.SINCE


def test_an_area_that_nobody_uses_yet_has_no_vacancies():
    worlds.seat(worlds.area("Unused"), "A council", "local_authority")

    jobs.find_vacancies(today=TODAY)

    assert not Vacancy.objects.exists()


def test_counting_twice_changes_nothing_the_second_time(world):
    first = jobs.find_vacancies(today=TODAY)

    assert (first > 0, jobs.find_vacancies(today=TODAY)) == (True, 0)
    assert AuditEntry.objects.filter(event="vacancy.found", area_slug=world.area.slug).count() == 1


def test_ending_an_office_finds_its_vacancy_at_once_from_the_first_day_without(world):
    services.end_appointment(appointment=held(world.femi, Office.SCRUTINEER), until=TODAY, by=world.gwen)

    found = Vacancy.objects.get(area=world.area, office=Office.SCRUTINEER)
    assert (found.since, found.filled_on) == (TODAY, None)


def test_an_office_that_ends_ahead_is_vacant_from_its_day_and_not_before(world):
    ends = TODAY + timedelta(10)
    services.end_appointment(appointment=held(world.femi, Office.SCRUTINEER), until=ends, by=world.gwen)

    before = open_gaps(world.area)
    with clock.frozen(datetime(ends.year, ends.month, ends.day, 0, 1, tzinfo=clock.LONDON)):
        jobs.find_vacancies(today=clock.today())

    assert (Office.SCRUTINEER, None) not in before
    assert (Office.SCRUTINEER, None) in open_gaps(world.area)


def test_an_appointment_fills_the_vacancy(world):
    services.end_appointment(appointment=held(world.femi, Office.SCRUTINEER), until=TODAY, by=world.gwen)

    services.appoint(
        person=world.ines, area=world.area, office=Office.SCRUTINEER, since=TODAY, authority="Contract", by=world.gwen
    )

    assert Vacancy.objects.get(area=world.area, office=Office.SCRUTINEER).filled_on == TODAY


def test_counting_all_areas_costs_the_same_however_many_there_are(world, django_assert_num_queries):
    def add(count):
        for number in range(count):
            worlds.hold(worlds.person(f"m{number}"), Office.BUSINESS_MANAGER, worlds.area(f"Place{number}"))
        jobs.find_vacancies(today=TODAY)

    add(2)
    with django_assert_num_queries(5):
        jobs.find_vacancies(today=TODAY)
    add(12)
    with django_assert_num_queries(5):
        jobs.find_vacancies(today=TODAY)


def test_a_vacancy_can_be_planned_for_until_it_is_filled(world):
    jobs.find_vacancies(today=TODAY)
    vacancy = Vacancy.objects.get(area=world.area)

    services.plan_vacancy(vacancy=vacancy, plan="Named in May.", expected_on=TODAY, by=world.gwen)
    with pytest.raises(NotAllowed):
        services.plan_vacancy(vacancy=vacancy, plan="x", expected_on=None, by=world.amina)
    worlds.appoint(world.ines, Office.DSP, world.area, world.health)
    jobs.find_vacancies(today=TODAY)

    vacancy.refresh_from_db()
    assert (vacancy.plan, vacancy.planned_by) == ("Named in May.", world.gwen)
    with pytest.raises(WrongState, match="is filled"):
        services.plan_vacancy(vacancy=vacancy, plan="x", expected_on=None, by=world.gwen)


def test_lists_exist_for_the_offices_that_change_the_work():
    assert {Office.LSP, Office.DSP, Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER} == set(LISTS)


def leave(world, name="dev", office=Office.DSP):
    services.end_appointment(appointment=held(world.people[name], office), until=TODAY + timedelta(1), by=world.gwen)
    return HandOver.objects.get(leaving__person=world.people[name], leaving__office=office)


def test_a_hand_over_item_is_ticked_by_who_leaves_arrives_or_records(world):
    handed = leave(world)
    items = list(handed.items.all())

    services.tick(item=items[0], by=world.dev)
    services.tick(item=items[1], by=world.gwen)
    services.tick(item=items[0], by=world.gwen)

    items[0].refresh_from_db()
    assert items[0].done_by == world.dev
    assert AuditEntry.objects.filter(event="hand_over.item_done").count() == 2
    services.tick(item=items[2], by=world.eve)  # the chair records appointments, too
    for name in ("amina", "femi", "harry"):
        with pytest.raises(NotAllowed, match="Only the person who leaves this office, the one who takes it over, or"):
            services.tick(item=items[3], by=world.people[name])


def test_the_chair_that_ends_with_the_delegate_has_a_list_of_its_own(world):
    services.end_appointment(appointment=held(world.eve, Office.DSP), until=TODAY, by=world.gwen)

    assert {row.leaving.office for row in HandOver.objects.all()} == {Office.DSP, Office.CHAIR}


def test_the_plan_of_the_chair_keeps_one_turn_at_a_time(world):
    services.plan_turn(
        area=world.area, seat=world.council, since=date(2027, 4, 1), until=date(2028, 4, 1), note="", by=world.eve
    )

    with pytest.raises(WrongState, match="Another agency is planned to chair"):
        services.plan_turn(
            area=world.area, seat=world.police, since=date(2028, 3, 1), until=None, note="", by=world.gwen
        )
    with pytest.raises(NotAllowed):
        services.plan_turn(
            area=world.area, seat=world.police, since=date(2029, 3, 1), until=None, note="", by=world.dev
        )
    services.plan_turn(area=world.area, seat=world.police, since=date(2028, 4, 1), until=None, note="", by=world.gwen)

    assert [turn.seat for turn in ChairTurn.objects.filter(area=world.area).order_by("during")] == [
        world.council, world.police,
    ]  # fmt: skip


def test_a_turn_of_another_area_s_seat_or_of_no_day_is_refused(world):
    elsewhere = worlds.seat(world.other_area, "Otherham Police", "police")

    with pytest.raises(WrongState, match="no seat"):
        services.plan_turn(area=world.area, seat=elsewhere, since=TODAY, until=None, note="", by=world.gwen)
    with pytest.raises(WrongState, match="cannot be before"):
        services.plan_turn(area=world.area, seat=world.council, since=TODAY, until=TODAY, note="", by=world.gwen)


def test_a_turn_that_is_over_already_is_no_plan(world):
    long_ago = {"area": world.area, "seat": world.council, "since": date(2025, 4, 1), "note": "", "by": world.gwen}

    with pytest.raises(WrongState, match="This turn is over already"):
        services.plan_turn(until=TODAY, **long_ago)

    assert services.plan_turn(until=TODAY + timedelta(1), **long_ago).during.lower == date(2025, 4, 1)


def test_a_turn_is_taken_out_of_the_plan_once(world):
    turn = services.plan_turn(area=world.area, seat=world.council, since=TODAY, until=None, note="", by=world.gwen)

    services.remove_turn(turn=turn, by=world.gwen)
    services.remove_turn(turn=turn, by=world.gwen)

    assert AuditEntry.objects.filter(event="chair_turn.removed").count() == 1


def contract(world, **more):
    details = {
        "contract": "Rolling by the month", "days": Decimal("24.5"), "fee": Decimal(18_500), "paid_by": "The partners",
        "review_on": date(2027, 1, 1),
    }  # fmt: skip
    office = held(world.femi, Office.SCRUTINEER)
    return services.record_contract(appointment=office, by=world.gwen, **{**details, **more})


def test_contract_and_declaration_come_together_and_earlier_states_stay(world):
    office = held(world.femi, Office.SCRUTINEER)

    contract(world)
    services.declare_interests(appointment=office, interests="None.", earlier_work="Audit in 2019.", by=world.femi)
    contract(world, fee=Decimal(19_000))

    last = office.independence.first()
    assert (last.interests, last.earlier_work, last.fee, last.declared_on) == ("None.", "Audit in 2019.", 19_000, TODAY)
    assert office.independence.count() == 3


def test_nobody_declares_for_the_scrutineer_nor_records_a_contract_without_right(world):
    office = held(world.femi, Office.SCRUTINEER)
    worlds.appoint(world.ines, Office.SCRUTINEER, world.area)

    for who in (world.gwen, world.ines, world.amina):
        with pytest.raises(NotAllowed):
            services.declare_interests(appointment=office, interests="None.", earlier_work="None.", by=who)
    with pytest.raises(NotAllowed):
        services.record_contract(
            appointment=office, contract="x", days=None, fee=None, paid_by="", review_on=None, by=world.femi
        )


def test_the_database_keeps_every_state_of_the_independence_record(world):
    record = contract(world)

    with pytest.raises(IntegrityError, match="areas_record_is_kept"), transaction.atomic():
        IndependenceRecord.objects.filter(pk=record.pk).update(fee=1)


def name(world, title="Ashdown Youth Justice Service", **more):
    details = {
        "category": "criminal_justice", "reason": "It works with children at risk.", "contact_name": "The head",
        "contact_email": "Head@yjs.example", "since": TODAY, "by": world.gwen,
    }  # fmt: skip
    return services.name_by_name(area=world.area, name=title, **{**details, **more})


def test_a_relevant_agency_is_named_with_its_category_and_reason(world):
    seat = name(world)

    assert seat.kind == SeatKind.RELEVANT
    assert seat.relevant_agency.contact_email == "head@yjs.example"
    assert AuditEntry.objects.filter(event="relevant_agency.named", area_slug=world.area.slug).exists()


@pytest.mark.parametrize("title", ["Ashdown Youth Justice Service", "ashdown  youth justice service", "Ashdown Police"])
def test_an_agency_that_has_a_seat_is_not_named_again(world, title):
    name(world)

    with pytest.raises(WrongState, match="already has a seat"):
        name(world, title)


def test_two_areas_may_each_have_an_agency_of_the_same_name(world):
    worlds.appoint(world.harry, Office.BUSINESS_SUPPORT, world.other_area)

    first = name(world)
    details = {"category": "criminal_justice", "reason": "x", "contact_name": "", "contact_email": ""}
    second = services.name_by_name(
        area=world.other_area, name="Ashdown Youth Justice Service", since=TODAY, by=world.harry, **details
    )

    assert first.agency != second.agency


def test_only_the_business_team_names_agencies_and_only_by_a_known_category(world):
    with pytest.raises(WrongState, match="Choose one of the categories"):
        name(world, category="invented")
    with pytest.raises(NotAllowed):
        name(world, by=world.amina)


def test_a_dropped_agency_stays_in_the_register_of_earlier_days(world):
    seat = name(world)

    services.drop_relevant_agency(seat=seat, today=TODAY, by=world.gwen)
    services.drop_relevant_agency(seat=seat, today=TODAY, by=world.gwen)

    seat.refresh_from_db()
    assert seat.during.upper == TODAY + timedelta(1)
    with pytest.raises(WrongState, match="is no relevant agency"):
        services.drop_relevant_agency(seat=world.police, today=TODAY, by=world.gwen)


def test_every_category_has_its_source_and_what_nobody_read_is_to_be_confirmed():
    rows = categories.known().values()

    assert all(row.source and row.evidence in "SWK" for row in rows)
    assert {row.label.endswith("(to be confirmed)") == (row.evidence == "K") for row in rows} == {True}
