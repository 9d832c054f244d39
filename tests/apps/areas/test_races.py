"""Two people record the same office in the same instant, over real connections: one is told, nothing is recorded twice."""

import uuid
from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.areas import jobs, services
from partnership.areas.models import AccessReview, Appointment, ChairTurn, HandOver, RelevantAgency, Vacancy
from partnership.areas.roles import Office
from partnership.areas.services.reviewing import to_review
from partnership.audit.models import AuditEntry
from partnership.errors import Refused, WrongState
from tests import worlds
from tests.apps.documents.test_races import at_once

ROUNDS = 20
TODAY = date(2026, 9, 14)
pytestmark = pytest.mark.django_db(transaction=True)


def at_monday(act):
    """The clock is frozen for the thread of the test alone; each act brings the Monday with it."""
    now = clock.now()

    def run():
        with clock.frozen(now):
            return act()

    return run


def appoint(world, person, **more):
    details = {"since": TODAY, "authority": "Letter", "by": world.gwen, **more}
    return services.appoint(person=person, area=world.area, **details)


def test_two_leads_for_one_seat_in_the_same_instant_leave_one():
    world = worlds.area_with_its_cast()
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.amina), until=TODAY - timedelta(60), by=world.gwen
    )
    for number in range(ROUNDS):
        day = TODAY - timedelta(50 - number)
        people = [worlds.person(f"Lead{number}{side}") for side in "ab"]

        results = at_once(
            *(
                at_monday(
                    lambda who=who, day=day: appoint(
                        world, who, office=Office.LSP, seat=world.council, since=day, until=day + timedelta(1)
                    )
                )
                for who in people
            )
        )

        assert sorted(isinstance(result, WrongState) for result in results) == [False, True]


def test_the_same_page_sent_twice_in_the_same_instant_records_once():
    world = worlds.area_with_its_cast()
    for number in range(ROUNDS):
        person, once = worlds.person(f"Observer{number}"), uuid.uuid4()

        results = at_once(
            *[at_monday(lambda: appoint(world, person, office=Office.OBSERVER, once=once)) for _ in range(2)]  # noqa: B023
        )

        assert Appointment.objects.filter(person=person).count() == 1
        assert not [result for result in results if isinstance(result, Refused)]


def test_a_scrutineer_and_a_partner_of_one_area_in_the_same_instant_are_never_one_person():
    world = worlds.area_with_its_cast()
    for number in range(ROUNDS):
        person = worlds.person(f"Both{number}")

        at_once(
            at_monday(lambda: appoint(world, person, office=Office.SCRUTINEER)),  # noqa: B023
            at_monday(lambda: appoint(world, person, office=Office.DSP, seat=world.health, basis="interim")),  # noqa: B023
        )

        assert Appointment.objects.filter(person=person).count() == 1


def test_an_office_ended_and_suspended_at_once_keeps_both():
    world = worlds.area_with_its_cast()
    for number in range(ROUNDS):
        person = worlds.person(f"Support{number}")
        made = appoint(world, person, office=Office.BUSINESS_SUPPORT)

        at_once(
            at_monday(
                lambda: services.end_appointment(appointment=made, until=TODAY + timedelta(5), by=world.gwen)  # noqa: B023
            ),
            at_monday(lambda: services.suspend(appointment=made, reason="Agreed.", by=world.gwen)),  # noqa: B023
        )

        made.refresh_from_db()
        assert made.during.upper == TODAY + timedelta(5)
        assert made.suspended_at


def test_the_delegate_ended_while_the_chair_is_appointed_leaves_no_chair_without_a_delegation():
    world = worlds.area_with_its_cast()
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.eve, office=Office.CHAIR), until=TODAY, by=world.gwen
    )
    for number in range(ROUNDS):
        person = worlds.person(f"Delegate{number}")
        made = appoint(world, person, office=Office.DSP, seat=world.health, basis="interim", until=TODAY + timedelta(9))
        day = TODAY + timedelta(1)

        at_once(
            at_monday(lambda: services.end_appointment(appointment=made, until=day, by=world.gwen)),  # noqa: B023
            at_monday(lambda: appoint(world, person, office=Office.CHAIR, until=day + timedelta(3))),  # noqa: B023
        )

        made.refresh_from_db()
        for chair in Appointment.objects.filter(person=person, office=Office.CHAIR):
            assert chair.during.upper <= made.during.upper
            services.void(appointment=chair, reason="Next round.", by=world.gwen)


def test_a_review_signed_twice_at_once_is_signed_once():
    world = worlds.area_with_its_cast()
    worlds.appoint(world.ines, Office.DSP, world.area, world.council, basis="interim")
    for number in range(ROUNDS):
        jobs.open_access_reviews(today=date(2030 + number, 1, 1))
        review = AccessReview.objects.get(seat=world.council, quarter=f"{2030 + number}-Q1")
        verdicts = {row.pk: "keep" for row in to_review(review)}

        at_once(
            *[
                at_monday(lambda who=who: services.sign_access_review(review=review, verdicts=verdicts, by=who))  # noqa: B023
                for who in (world.dev, world.ines)
            ]
        )

        review.refresh_from_db()
        assert review.lines.count() == len(verdicts)
        assert AuditEntry.objects.filter(event="access_review.signed", target_id=review.pk).count() == 1


def test_one_hand_over_item_ticked_by_two_at_once_is_done_once():
    world = worlds.area_with_its_cast()
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.dev), until=TODAY + timedelta(9), by=world.gwen
    )
    for item in HandOver.objects.get().items.all():
        at_once(*[at_monday(lambda who=who: services.tick(item=item, by=who)) for who in (world.dev, world.gwen)])  # noqa: B023

        assert AuditEntry.objects.filter(event="hand_over.item_done", target_id=item.pk).count() == 1


def test_two_sweeps_at_once_find_a_vacancy_once():
    worlds.area_with_its_cast()

    at_once(*[at_monday(lambda: jobs.find_vacancies(today=TODAY)) for _ in range(4)])

    found = Vacancy.objects.count()
    assert found == AuditEntry.objects.filter(event="vacancy.found").count()


def test_somebody_new_appointed_by_one_page_four_times_at_once_is_invited_once():
    world = worlds.area_with_its_cast()
    for number in range(5):
        email, once = f"new{number}@ashdown.example", uuid.uuid4()

        results = at_once(
            *[
                at_monday(
                    lambda: services.appoint_by_address(
                        email=email, name="New Person", area=world.area, by=world.gwen, office=Office.BUSINESS_SUPPORT,  # noqa: B023
                        since=TODAY, authority="Letter", once=once,  # noqa: B023
                    )
                )
                for _ in range(4)
            ]
        )  # fmt: skip

        assert not [result for result in results if isinstance(result, Exception)]
        assert Appointment.objects.filter(person__email=email).count() == 1


def test_a_turn_and_an_agency_sent_twice_in_the_same_instant_are_recorded_once():
    world = worlds.area_with_its_cast()
    told = {"category": "criminal_justice", "reason": "x", "contact_name": "", "contact_email": "", "since": TODAY}
    for number in range(5):
        once, day = uuid.uuid4(), TODAY + timedelta(number)
        turn = {"seat": world.council, "since": day, "until": day + timedelta(1), "note": ""}

        results = at_once(
            *[at_monday(lambda: services.plan_turn(area=world.area, by=world.gwen, once=once, **turn)) for _ in "ab"],  # noqa: B023
            *[
                at_monday(
                    lambda: services.name_by_name(area=world.area, name=f"Club {number}", by=world.gwen, once=once, **told)  # noqa: B023
                )
                for _ in "ab"
            ],
        )  # fmt: skip

        assert not [result for result in results if isinstance(result, Exception)]
    assert ChairTurn.objects.count() == RelevantAgency.objects.count() == 5
