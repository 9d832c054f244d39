"""Recording a list: all or nothing, once, only what was shown, and forgotten within a day."""

from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import jobs, services
from partnership.areas.models import Appointment, Departure, MemberImport
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests.apps.areas.lists import kept

pytestmark = pytest.mark.django_db
COUNCIL = "Ashdown Council"
NEW = {"email": "o@practice.example", "name": "Obi Okoro", "office": "contributor", "agency": COUNCIL}


def seen(upload, by):
    return services.seal(services.examine(upload=upload, by=by))


def confirm(upload, by):
    return services.confirm_list(upload=upload, seen=seen(upload, by), by=by)


def test_a_confirmed_list_appoints_everybody_in_it_with_one_invitation_for_each_new_person(world):
    upload = kept(world.area, world.gwen, {}, NEW, {**NEW, "agency": "", "office": "observer"})

    done = confirm(upload, world.gwen)

    nia, obi = User.objects.get(email="nia@practice.example"), User.objects.get(email="o@practice.example")
    assert (done.recorded, done.confirmed_at, done.rows) == (3, clock.now(), [])
    assert [held.office for held in nia.appointments.all()] == [Office.BUSINESS_SUPPORT]
    assert {held.office for held in obi.appointments.all()} == {Office.CONTRIBUTOR, Office.OBSERVER}
    for person in (nia, obi):
        assert OutgoingMail.objects.filter(to=person.email, dedupe_key__startswith="accounts.invitation").count() == 1


def test_what_a_row_says_is_what_is_recorded(world):
    cells = {
        "office": "sub-group chair", "sub_group": "Learning", "agency": COUNCIL, "job_title": "Head", "last": "31/3/2027",
        "basis": "interim", "authority": "Minute 4",
    }  # fmt: skip

    confirm(kept(world.area, world.gwen, cells), world.gwen)

    held = Appointment.objects.get(office=Office.SUB_GROUP_CHAIR)
    assert (held.sub_group, held.seat, held.job_title, held.basis) == ("Learning", world.council, "Head", "interim")
    assert (held.during.lower, held.during.upper) == (date(2026, 10, 1), date(2027, 4, 1))
    assert (held.authority, held.recorded_by) == ("Minute 4", world.gwen)


def test_a_reason_is_noted_as_a_departure(world):
    cells = {"office": "LSP", "agency": COUNCIL, "basis": "acting", "is_head": "no", "reason": "The post is empty."}

    confirm(kept(world.area, world.gwen, cells), world.gwen)

    assert Departure.objects.get().reason == "The post is empty."
    assert not Appointment.objects.get(basis="acting").may_sign


def test_the_record_tells_of_the_list_and_of_each_appointment(world):
    before = AuditEntry.objects.filter(event=Event.APPOINTED).count()

    confirm(kept(world.area, world.gwen, {}, NEW), world.gwen)

    assert AuditEntry.objects.get(event=Event.MEMBERS_IMPORTED).data == {"file": "members.csv", "count": 2}
    assert AuditEntry.objects.filter(event=Event.APPOINTED).count() == before + 2


def test_rows_without_errors_are_recorded_and_the_others_are_kept_to_be_shown_once_more(world):
    upload = kept(world.area, world.gwen, {}, {**NEW, "office": "Wizard"})

    done = confirm(upload, world.gwen)

    assert done.recorded == 1
    assert [number for number, _ in done.rows] == [3]
    assert not User.objects.filter(email="o@practice.example").exists()


def test_a_list_is_recorded_once(world):
    upload = kept(world.area, world.gwen, {})
    shown = seen(upload, world.gwen)
    for _ in range(2):
        services.confirm_list(upload=upload, seen=shown, by=world.gwen)

    assert Appointment.objects.filter(office=Office.BUSINESS_SUPPORT).count() == 1
    assert AuditEntry.objects.filter(event=Event.MEMBERS_IMPORTED).count() == 1


def test_nothing_is_recorded_when_the_register_changed_since_the_list_was_shown(world):
    upload = kept(world.area, world.gwen, {}, NEW)
    shown = seen(upload, world.gwen)
    confirm(kept(world.area, world.gwen, NEW), world.gwen)

    with pytest.raises(Conflict, match="The register changed while you were reading"):
        services.confirm_list(upload=upload, seen=shown, by=world.gwen)

    assert not User.objects.filter(email="nia@practice.example").exists()
    assert MemberImport.objects.get(pk=upload.pk).confirmed_at is None


def test_one_row_that_is_refused_in_the_last_moment_leaves_nothing_recorded(world, monkeypatch):
    upload = kept(world.area, world.gwen, {}, NEW)
    real = services.importing.appoint_by_address

    def refusing(**details):
        if details["email"] == "o@practice.example":
            raise WrongState("The seat has just been closed.")
        return real(**details)

    monkeypatch.setattr(services.importing, "appoint_by_address", refusing)

    with pytest.raises(Conflict, match=r"Row 3: The seat has just been closed\. Nothing of the list was recorded\."):
        confirm(upload, world.gwen)

    assert not User.objects.filter(email="nia@practice.example").exists()
    assert not OutgoingMail.objects.filter(to="nia@practice.example").exists()


def test_a_list_in_which_nothing_can_be_recorded_is_refused(world):
    with pytest.raises(WrongState, match="No row of this list can be recorded"):
        confirm(kept(world.area, world.gwen, {"office": "Wizard"}), world.gwen)


def test_only_who_uploaded_a_list_and_may_still_appoint_confirms_it(world):
    upload = kept(world.area, world.gwen, {})
    shown = seen(upload, world.gwen)

    for who in (world.eve, world.dev, world.harry):
        with pytest.raises(NotAllowed):
            services.confirm_list(upload=upload, seen=shown, by=who)
        with pytest.raises(NotAllowed):
            services.discard_list(upload=upload, by=who)
    with pytest.raises(NotAllowed):
        kept(world.area, world.harry, {})


def test_a_list_that_was_thrown_away_is_gone_and_one_that_was_recorded_stays(world):
    upload, other = kept(world.area, world.gwen, {}), kept(world.area, world.gwen, NEW)
    confirm(other, world.gwen)

    services.discard_list(upload=upload, by=world.gwen)

    assert MemberImport.objects.get() == other
    with pytest.raises(WrongState, match="not kept any more"):
        services.confirm_list(upload=upload, seen="", by=world.gwen)
    with pytest.raises(WrongState, match="is recorded"):
        services.discard_list(upload=other, by=world.gwen)


def test_after_a_day_lists_are_forgotten_and_what_they_recorded_stays(world):
    waiting = kept(world.area, world.gwen, {})
    recorded = confirm(kept(world.area, world.gwen, NEW, {"office": "Wizard"}), world.gwen)

    early = jobs.forget_lists()
    with clock.frozen(clock.now() + timedelta(days=1)):
        late = jobs.forget_lists()
        again = jobs.forget_lists()

    recorded.refresh_from_db()
    assert (early, late, again) == (0, 2, 0)
    assert not MemberImport.objects.filter(pk=waiting.pk).exists()
    assert (recorded.rows, recorded.recorded) == ([], 1)


def test_a_list_fills_the_vacancies_that_it_names(world):
    services.end_appointment(
        appointment=Appointment.objects.get(office=Office.SCRUTINEER), until=date(2026, 9, 14), by=world.gwen
    )
    vacancy = world.area.vacancies.get(office=Office.SCRUTINEER)

    confirm(kept(world.area, world.gwen, {"office": "scrutineer", "is_paid": "no", "since": "14/9/2026"}), world.gwen)

    vacancy.refresh_from_db()
    assert vacancy.filled_on == date(2026, 9, 14)
