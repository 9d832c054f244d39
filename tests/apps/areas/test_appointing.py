"""Appointments: made with their authority, departing from the guidance with a reason, limited, struck out, ended."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access, selectors, services
from partnership.areas.departures import DEPARTURES, DepartureRule
from partnership.areas.models import Appointment, Basis, HandOver, SeatKind
from partnership.areas.roles import Office, Permission
from partnership.audit import presenters
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


def test_a_suspended_office_carries_no_right_and_is_still_held(world):
    services.suspend(appointment=held(world.dev, Office.DSP), reason="Agreed with the lead partner.", by=world.gwen)

    assert not access.can(world.dev, Permission.ANSWER_CHALLENGE, world.area)
    assert not access.areas_for(world.dev)
    assert selectors.holders(world.area, Office.DSP, TODAY).filter(person=world.dev).exists()


def test_a_lifted_suspension_gives_the_rights_back_and_both_are_on_the_record(world):
    office = held(world.dev, Office.DSP)
    services.suspend(appointment=office, reason="Agreed with the lead partner.", by=world.gwen)

    services.lift_suspension(appointment=office, by=world.gwen)

    assert access.can(world.dev, Permission.ANSWER_CHALLENGE, world.area)
    assert events(office)[:2] == ["appointment.suspension_lifted", "appointment.suspended"]


def test_suspending_twice_is_suspending_once(world):
    office = held(world.dev, Office.DSP)

    for _ in range(2):
        services.suspend(appointment=office, reason="Agreed.", by=world.gwen)

    assert events(office).count("appointment.suspended") == 1


@pytest.mark.parametrize("act", [services.suspend, services.void])
def test_nobody_limits_an_office_without_reason_right_or_distance(world, act):
    with pytest.raises(WrongState, match="Say"):
        act(appointment=held(world.dev, Office.DSP), reason="  ", by=world.gwen)
    with pytest.raises(NotAllowed):
        act(appointment=held(world.dev, Office.DSP), reason="Why not", by=world.amina)
    with pytest.raises(NotAllowed, match="of their own"):
        act(appointment=held(world.gwen, Office.BUSINESS_MANAGER), reason="Why not", by=world.gwen)


def test_what_was_recorded_in_error_counts_on_no_day_and_leaves_room(world):
    made = appoint(world, world.ines, Office.OBSERVER, since=date(2025, 1, 1))

    services.void(appointment=made, reason="The wrong Ines.", by=world.gwen)

    assert not access.areas_for(world.ines)
    assert not selectors.appointments(world.area, date(2025, 6, 1)).filter(person=world.ines).exists()
    assert Appointment.objects.get(pk=made.pk).voided_because == "The wrong Ines."


def test_a_struck_out_lead_leaves_the_seat_to_another(world):
    services.void(appointment=held(world.amina, Office.LSP), reason="Never appointed.", by=world.gwen)

    made = appoint(world, world.ines, Office.LSP, world.council, since=date(2025, 1, 1))

    assert selectors.holders(world.area, Office.LSP, date(2025, 6, 1)).get(seat=world.council) == made


def test_a_delegate_on_whom_the_chair_rests_cannot_be_struck_out(world):
    with pytest.raises(IntegrityError, match="areas_chair_is_a_delegated_partner"), transaction.atomic():
        services.void(appointment=held(world.eve, Office.DSP), reason="Never appointed.", by=world.gwen)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_appointment_by_which_somebody_signed_stays_and_covers_that_day(world):
    version = worlds.in_sign_off(world)
    worlds.sign(version, world.council, world.amina)

    with pytest.raises(WrongState, match="A signature was given by this appointment"):
        services.void(appointment=held(world.amina, Office.LSP), reason="Never appointed.", by=world.gwen)
    with pytest.raises(WrongState, match="A signature was given by this appointment"):
        services.end_appointment(appointment=held(world.amina, Office.LSP), until=TODAY, by=world.gwen)
    services.end_appointment(appointment=held(world.amina, Office.LSP), until=TODAY + timedelta(1), by=world.gwen)


def test_a_suspended_lead_cannot_sign_even_past_the_services(world):
    version = worlds.in_sign_off(world)
    office = held(world.amina, Office.LSP)
    services.suspend(appointment=office, reason="Agreed.", by=world.gwen)

    with pytest.raises(NotAllowed):
        worlds.sign(version, world.council, world.amina)
    with pytest.raises(IntegrityError, match="documents_signer_holds_the_seat"), transaction.atomic():
        version.sign_offs.create(
            seat=world.council, sha256=version.sha256, appointment=office, agency_name="x", office_name="x",
            person_name="x", capacity="substantive", statement="x", signed_by=world.amina,
        )  # fmt: skip


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


@pytest.mark.parametrize(("second", "inside"), [(-1, False), (0, True), (5 * 86_400 - 1, True), (5 * 86_400, False)])
def test_rights_begin_and_end_with_the_second_of_the_day_in_london(world, second, inside):
    first = datetime(2026, 9, 24, tzinfo=clock.LONDON)
    appoint(world, world.ines, Office.OBSERVER, since=first.date(), until=first.date() + timedelta(5))

    with clock.frozen(first + timedelta(seconds=second)):
        assert access.can(world.ines, Permission.VIEW_AREA, world.area) == inside


def test_an_ended_office_leaves_a_hand_over_list_and_the_successor_joins_it(world):
    leave(world, world.amina, Office.LSP)

    made = appoint(world, world.ines, Office.LSP, world.council)

    handed = HandOver.objects.get(leaving__person=world.amina)
    assert handed.arriving == made
    assert handed.items.count() >= 4


def test_an_office_that_is_over_is_not_suspended(world):
    office = leave(world, world.dev, Office.DSP)

    with pytest.raises(WrongState, match="This office came to its end"):
        services.suspend(appointment=office, reason="Agreed.", by=world.gwen)

    office.refresh_from_db()
    assert office.suspended_at is None


def test_the_record_names_the_last_day_and_the_reason(world):
    services.end_appointment(
        appointment=held(world.dev, Office.DSP), until=date(2026, 9, 21), because="Moved on.", by=world.gwen
    )

    entry = AuditEntry.objects.get(event="appointment.ended")
    assert entry.data["last"] == "20 September 2026"
    assert presenters.sentence(entry) == (
        "Gwen recorded 20 September 2026 as the last day of Dev as Delegated safeguarding partner, Ashdown Council: "
        "Moved on."
    )


def test_an_entry_from_before_the_last_day_was_kept_still_reads():
    old = AuditEntry(
        event="appointment.ended", actor_name="Gwen", data={"person": "Dev", "office": "Chair", "until": "21 May 2026"}
    )

    assert presenters.sentence(old) == "Gwen recorded that Dev is no longer Chair from 21 May 2026."


def test_an_end_recorded_twice_is_recorded_once(world):
    office = held(world.dev, Office.DSP)

    for _ in range(2):
        services.end_appointment(appointment=office, until=TODAY, because="Moved on. ", by=world.gwen)

    assert events(office).count("appointment.ended") == 1


def test_an_end_that_is_recorded_gets_no_other_reason(world):
    office = held(world.dev, Office.DSP)
    services.end_appointment(appointment=office, until=TODAY, because="Moved on.", by=world.gwen)

    with pytest.raises(WrongState, match=r"recorded already that the office ends on that day. The reason: Moved on."):
        services.end_appointment(appointment=office, until=TODAY, because="Retired.", by=world.gwen)

    assert events(office).count("appointment.ended") == 1


def test_a_term_that_was_known_from_the_first_gets_its_reason_once(world):
    office = appoint(world, world.ines, Office.OBSERVER, until=TODAY + timedelta(30))

    for _ in range(2):
        ended = services.end_appointment(appointment=office, until=TODAY + timedelta(30), by=world.gwen)

    assert ended.ended_because == "The office came to its end."
    assert events(office).count("appointment.ended") == 1


def test_a_correction_that_changes_nothing_is_not_on_the_record(world):
    office = held(world.dev, Office.DSP)

    for _ in range(2):
        services.correct(appointment=office, job_title=" Director ", authority="Letter of May", by=world.gwen)

    assert events(office).count("appointment.corrected") == 1
