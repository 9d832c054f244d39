"""Appointments: made with their authority, departing from the guidance with a reason, limited, struck out, ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership.accounts.models import User
from partnership.areas import access, selectors, services
from partnership.areas.departures import DEPARTURES, DepartureRule
from partnership.areas.models import Appointment, Basis, SeatKind
from partnership.areas.roles import Office, Permission
from partnership.audit import selectors as audit
from partnership.audit.models import AuditEntry
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
WHY = {DepartureRule.LEAD_IS_NOT_HEAD: "The commissioner has delegated it to an assistant commissioner."}


def held(person, office):
    return Appointment.objects.get(person=person, office=office)


def appoint(world, who, office, seat=None, **more):
    details = {"since": TODAY, "authority": "Letter of 1 September 2026", "by": world.gwen, **more}
    return services.appoint(person=who, area=world.area, office=office, seat=seat, **details)


def leave(world, who, office):
    return services.end_appointment(appointment=held(who, office), until=TODAY, by=world.gwen)


def events(target):
    return [entry.event for entry in audit.of_target(target)]


def test_an_appointment_is_on_the_record_with_who_recorded_it(world):
    made = appoint(world, world.ines, Office.OBSERVER)

    assert made.recorded_by == world.gwen
    entry = AuditEntry.objects.get(event="appointment.made", target_id=made.pk)
    assert entry.actor_name == "Gwen"
    assert entry.data["authority"] == "Letter of 1 September 2026"


def test_nobody_gives_an_office_to_themselves(world):
    with pytest.raises(NotAllowed, match="Nobody records an office of their own"):
        appoint(world, world.gwen, Office.OBSERVER)


def test_an_appointment_without_authority_is_refused_by_the_database(world):
    with pytest.raises(IntegrityError, match="areas_appointment_has_its_authority"):
        appoint(world, world.ines, Office.OBSERVER, authority=" ")


def test_a_lead_who_is_not_the_head_needs_a_reason_and_is_not_blocked(world):
    leave(world, world.cerys, Office.LSP)

    with pytest.raises(Incomplete) as refusal:
        appoint(world, world.ines, Office.LSP, world.police, is_head=False)
    made = appoint(world, world.ines, Office.LSP, world.police, is_head=False, reasons=WHY)

    assert refusal.value.problems == (DepartureRule.LEAD_IS_NOT_HEAD,)
    assert made.departures.get().reason == WHY[DepartureRule.LEAD_IS_NOT_HEAD]
    assert access.can(world.ines, Permission.SIGN_DOCUMENT, world.area)


def test_one_person_as_lead_and_delegate_of_an_agency_needs_a_reason(world):
    with pytest.raises(Incomplete) as refusal:
        appoint(world, world.ben, Office.DSP, world.health)

    assert refusal.value.problems == (DepartureRule.LEAD_IS_ALSO_DELEGATE,)


def test_a_delegate_of_an_agency_that_is_no_statutory_partner_needs_a_reason(world):
    education = worlds.seat(world.area, "Ashdown Schools Forum", "education", SeatKind.STRATEGIC)

    with pytest.raises(Incomplete) as refusal:
        appoint(world, world.ines, Office.DSP, education)

    assert refusal.value.problems == (DepartureRule.DELEGATE_OF_NO_STATUTORY_SEAT,)


@pytest.mark.parametrize(
    ("who", "office", "more", "rule"),
    [
        ("ines", Office.SCRUTINEER, {"is_paid_by_a_partner": True}, DepartureRule.SCRUTINEER_IS_PAID_BY_A_PARTNER),
        ("femi", Office.BUSINESS_SUPPORT, {}, DepartureRule.SCRUTINEER_RUNS_THE_BUSINESS),
        ("eve", Office.BUSINESS_SUPPORT, {}, DepartureRule.CHAIR_RUNS_THE_BUSINESS),
    ],
)
def test_functions_that_belong_apart_need_a_reason(world, who, office, more, rule):
    with pytest.raises(Incomplete) as refusal:
        appoint(world, getattr(world, who), office, **more)

    assert refusal.value.problems == (rule,)


def test_every_departure_says_what_is_expected_and_where_that_is_known_from():
    assert set(DEPARTURES) == set(DepartureRule)
    assert all(rule.expected and rule.source and rule.evidence in "SWKI" for rule in DEPARTURES.values())


def test_an_acting_lead_signs_only_by_a_letter_on_file(world):
    acting = {"basis": Basis.ACTING, "may_sign_while_acting": True}

    with pytest.raises(WrongState, match="only if the letter on file says so"):
        appoint(world, world.ines, Office.LSP, world.council, **acting)
    appoint(world, world.ines, Office.LSP, world.council, instrument=worlds.letter(), **acting)

    assert list(access.seats_signed_for_by(world.ines, world.area)) == [world.council]


def test_an_acting_lead_without_that_letter_signs_for_nobody(world):
    appoint(world, world.ines, Office.LSP, world.council, basis=Basis.ACTING)

    assert not access.seats_signed_for_by(world.ines, world.area)


def test_only_a_statutory_seat_has_a_lead_partner(world):
    education = worlds.seat(world.area, "Ashdown Schools Forum", "education", SeatKind.STRATEGIC)

    with pytest.raises(WrongState, match="Only a statutory safeguarding partner has a lead partner"):
        appoint(world, world.ines, Office.LSP, education)


def test_the_chair_of_a_sub_group_names_it(world):
    made = appoint(world, world.ines, Office.SUB_GROUP_CHAIR, sub_group="Learning and improvement")

    assert made.title == "Chair of the sub-group Learning and improvement"
    with pytest.raises(IntegrityError, match="areas_sub_group_is_named"), transaction.atomic():
        appoint(world, world.ines, Office.SUB_GROUP_CHAIR)


def test_several_scrutineers_and_a_firm_can_be_recorded(world):
    made = appoint(world, world.ines, Office.SCRUTINEER, firm="Ashdown Scrutiny Ltd")

    assert made.firm == "Ashdown Scrutiny Ltd"
    assert selectors.holders(world.area, Office.SCRUTINEER, TODAY).count() == 2


def test_a_second_click_gives_back_the_first_appointment(world):
    once = "6a6a3b0e-0a55-4b43-9f0c-0d7c1f3b2a11"

    first = appoint(world, world.ines, Office.OBSERVER, once=once)
    second = appoint(world, world.ines, Office.OBSERVER, once=once)

    assert first == second
    assert Appointment.objects.filter(person=world.ines).count() == 1


def test_somebody_new_is_invited_in_the_same_act(world):
    made = services.appoint_by_address(
        email="New.Person@ashdown.example", name="New Person", area=world.area, by=world.gwen,
        office=Office.OBSERVER, since=TODAY, authority="Decision of the council",
    )  # fmt: skip

    assert made.person.email == "new.person@ashdown.example"
    assert OutgoingMail.objects.filter(to="new.person@ashdown.example", subject__icontains="invite").exists()


def test_nobody_is_invited_where_the_appointment_is_refused(world):
    with pytest.raises(WrongState):
        services.appoint_by_address(
            email="new@ashdown.example", name="New", area=world.area, by=world.gwen, office=Office.LSP,
            seat=world.council, since=TODAY, authority="Decision",
        )  # fmt: skip

    assert not User.objects.filter(email="new@ashdown.example").exists()
    assert not OutgoingMail.objects.filter(to="new@ashdown.example").exists()


def test_a_known_address_is_appointed_whatever_its_capitals(world):
    made = services.appoint_by_address(
        email=world.ines.email.upper(), name="Somebody Else", area=world.area, by=world.gwen,
        office=Office.OBSERVER, since=TODAY, authority="Decision of the council",
    )  # fmt: skip

    assert made.person == world.ines
    assert made.person.name == "Ines"


def test_the_partners_hear_when_an_office_is_given_on_which_signatures_rest(world):
    leave(world, world.amina, Office.LSP)

    made = appoint(world, world.ines, Office.LSP, world.council)

    told = set(OutgoingMail.objects.filter(dedupe_key__startswith=f"appointed:{made.pk}").values_list("to", flat=True))
    assert told == {person.email for person in (world.ines, world.ben, world.cerys, world.dev, world.eve)}


def test_a_correction_changes_words_alone(world):
    office = held(world.dev, Office.DSP)

    services.correct(appointment=office, job_title="Director", authority="Letter of May", by=world.gwen)

    office.refresh_from_db()
    assert (office.job_title, office.authority, office.during.lower) == ("Director", "Letter of May", worlds.SINCE)
    assert AuditEntry.objects.get(event="appointment.corrected").data["before"]["authority"] == "Letter of appointment"


@pytest.mark.parametrize("change", [{"office": "dsp"}, {"basis": "acting"}, {"recorded_by": None, "area": None}])
def test_the_database_keeps_an_appointment_what_it_was_recorded_as(world, change):
    change = {name: world.other_area if name == "area" else value for name, value in change.items()}

    with pytest.raises(IntegrityError, match="areas_offices_are_kept"), transaction.atomic():
        Appointment.objects.filter(pk=held(world.amina, Office.LSP).pk).update(**change)


def test_the_database_never_removes_an_appointment(world):
    with pytest.raises(IntegrityError, match="areas_offices_are_kept"), transaction.atomic():
        Appointment.objects.filter(pk=held(world.gwen, Office.BUSINESS_MANAGER).pk).delete()


def test_an_office_beyond_the_days_of_its_seat_is_refused(world):
    council = worlds.seat(world.area, "Ashdown Old Council", "local_authority")
    services.close_seat(seat=council, on=date(2025, 4, 1), by=None)

    until = "to 31 March 2025. Choose days within it."
    with pytest.raises(WrongState, match=f"Council does not have its seat in all that time: it has it from .* {until}"):
        appoint(world, world.ines, Office.DSP, council, since=date(2025, 3, 1))


def test_an_office_cannot_be_made_longer_by_ending_it(world):
    made = appoint(world, world.ines, Office.OBSERVER, until=TODAY + timedelta(30))

    with pytest.raises(WrongState, match="ends earlier than that"):
        services.end_appointment(appointment=made, until=TODAY + timedelta(60), by=world.gwen)


def test_a_chair_still_to_come_keeps_the_delegate_in_office(world):
    leave(world, world.eve, Office.CHAIR)
    appoint(world, world.dev, Office.CHAIR, since=TODAY + timedelta(30))

    with pytest.raises(WrongState, match="is to chair after that day"):
        services.end_appointment(appointment=held(world.dev, Office.DSP), until=TODAY + timedelta(10), by=world.gwen)


def test_a_correction_that_changes_nothing_is_not_on_the_record(world):
    office = held(world.dev, Office.DSP)

    for _ in range(2):
        services.correct(appointment=office, job_title=" Director ", authority="Letter of May", by=world.gwen)

    assert events(office).count("appointment.corrected") == 1
