"""The end of an office: the second of its day, the hand-over, the reason, and what is on record of it."""

from datetime import date, datetime, timedelta

import pytest

from partnership import clock
from partnership.areas import access, services
from partnership.areas.models import HandOver
from partnership.areas.roles import Office, Permission
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.errors import WrongState
from tests.apps.areas.test_appointing import TODAY, appoint, events, held, leave

pytestmark = pytest.mark.django_db


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
