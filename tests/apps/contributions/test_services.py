"""Asking, writing, releasing, taking back, handing back, taking: each good act, each refusal, and the record of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.contributions import access, jobs, selectors, services
from partnership.contributions.models import Outcome, Release, Room, RoomReminder, Writing
from partnership.documents import services as drafting
from partnership.errors import NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from partnership.notices.kinds import Kind
from tests import told as telling
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.rooms import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return worlds.begun(world)


def told(event: Event) -> list[str]:
    return [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event=event).order_by("pk")]


def letters(purpose: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(purpose=purpose).values_list("to", flat=True))


def news(ends: str) -> list[str]:
    """Who was told of what became of a contribution: it waits for the mail of the week."""
    found = telling.of("contribution").filter(kind=Kind.NEWS, title__contains=ends)
    return sorted(found.values_list("person__email", flat=True))


def test_an_agency_is_asked_and_everybody_who_writes_for_it_is_told(world, document):
    room = rooms.asked(world, document)

    assert (room.number, room.agency_name, room.section_title, room.revision) == (1, "Ashdown Police", "Training", 0)
    assert letters("contribution asked") == sorted([world.cerys.email, world.eve.email])
    assert told(Event.ROOM_ASKED) == [
        "Gwen asked Ashdown Police for a contribution to “Training” of Yearly report 2025-26 by 28 September 2026."
    ]


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi", "harry", "ines"])
def test_only_those_who_gather_ask(world, document, name):
    with pytest.raises(NotAllowed, match="Only a business manager or somebody in business support of Ashdown may ask"):
        rooms.asked(world, document, by=getattr(world, name))
    assert not Room.objects.exists()


def test_the_same_question_twice_is_one_room_and_another_one_is_refused(world, document):
    first = rooms.asked(world, document)

    assert rooms.asked(world, document) == first
    assert len(letters("contribution asked")) == 2
    with pytest.raises(WrongState, match="Ashdown Police has been asked for a contribution to “Training” already"):
        rooms.asked(world, document, asked="Something else.")
    assert rooms.asked(world, document, section_key="funding").number == 2


def test_an_agency_for_which_nobody_could_write_is_not_asked(world, document):
    seat = worlds.seat(world.area, "Ashdown Scouts", "other", "relevant")

    with pytest.raises(WrongState, match="Nobody in Ashdown holds an office in which they could write for Ashdown Sc"):
        rooms.asked(world, document, seat)


def test_an_agency_of_another_area_is_not_asked(world, document):
    theirs = world.other_area.seats.get()

    with pytest.raises(WrongState, match="Nobody in Ashdown"):
        rooms.asked(world, document, theirs)


@pytest.mark.parametrize("days", [-1, 367])
def test_the_day_lies_from_today_to_a_year_ahead(world, document, days):
    with pytest.raises(WrongState, match="Choose a day from today"):
        rooms.asked(world, document, due_on=clock.today() + timedelta(days=days))


def test_nothing_is_asked_of_a_document_without_a_draft(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(WrongState, match="no draft"):
        rooms.asked(world, version.document)


def test_the_suggested_day_is_the_one_of_the_guidances_plan_while_it_lies_ahead(world, document):
    assert selectors.suggested_due(document, clock.today().replace(month=4)) == clock.today().replace(month=7, day=1)
    late = selectors.suggested_due(document, clock.today())
    assert clock.today() < late < document.duties.get().due_on


def test_whoever_is_of_the_agency_writes_and_the_record_says_only_that_it_was_begun(world, document):
    room = rooms.asked(world, document)

    assert rooms.write(room, world.cerys).changed
    assert rooms.write(room, world.eve, "Later words.").changed

    room.refresh_from_db()
    assert (room.revision, selectors.text_of(room)) == (2, "Later words.")
    assert [row.body for row in selectors.writings(room, world.cerys)] == ["Later words.", SECRET]
    assert told(Event.ROOM_BEGUN) == [
        "Ashdown Police has begun its contribution to “Training” of Yearly report 2025-26."
    ]


@pytest.mark.parametrize("name", ["amina", "ben", "dev", "femi", "gwen", "harry", "ines"])
def test_nobody_else_writes(world, document, name):
    room = rooms.asked(world, document)

    with pytest.raises(NotAllowed, match="seen by nobody but the people of Ashdown Police until they release it"):
        rooms.write(room, getattr(world, name))
    assert not Writing.objects.exists()


def test_two_who_write_at_once_lose_nothing(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve, "Eve's words.")

    late = services.write(room=room, body="Cerys's words.", seen_revision=0, by=world.cerys)

    assert not late.changed
    assert (late.kept_aside.body, late.kept_aside.outcome) == ("Cerys's words.", Outcome.KEPT_ASIDE)
    assert selectors.text_of(late.room) == "Eve's words."
    again = services.write(room=room, body="Cerys's words.", seen_revision=0, by=world.cerys)
    assert again.kept_aside == late.kept_aside


def test_a_save_that_changes_nothing_writes_nothing(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)

    assert not rooms.write(room, world.eve).changed
    assert Writing.objects.count() == 1


def test_an_office_that_ended_reads_and_writes_nothing_more(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.cerys)
    office = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)

    with pytest.raises(NotAllowed):
        rooms.write(room, world.cerys, "More.")
    assert not selectors.writings(room, world.cerys)
    assert not selectors.to_write(world.cerys)


def test_a_suspended_office_reads_and_writes_nothing(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.cerys)
    areas.suspend(appointment=Appointment.objects.get(person=world.cerys), reason="An inquiry.", by=world.gwen)

    with pytest.raises(NotAllowed):
        rooms.write(room, world.cerys, "More.")
    assert not selectors.writings(room, world.cerys)


def test_who_serves_two_agencies_sees_the_rooms_of_both_and_no_third(world, document):
    worlds.appoint(world.cerys, Office.CONTRIBUTOR, world.area, world.health)
    mine = [rooms.asked(world, document), rooms.asked(world, document, world.health)]
    rooms.asked(world, document, world.council)

    assert set(access.rooms_of(world.cerys)) == set(mine)
    assert set(access.rooms_of(world.ben)) == {mine[1]}


def test_the_same_agency_in_another_area_opens_nothing_here(world, document):
    room = rooms.asked(world, document)
    theirs = areas.open_seat(
        area=world.other_area, agency=world.police.agency, kind="statutory", since=worlds.SINCE, by=None
    )
    worlds.appoint(world.ines, Office.DSP, world.other_area, theirs)

    assert not access.is_of_agency(world.ines, room)
    with pytest.raises(NotAllowed):
        rooms.write(room, world.ines)


def test_an_observer_or_chair_of_a_sub_group_tied_to_the_agency_is_not_let_in(world, document):
    room = rooms.asked(world, document, seat=world.council)
    worlds.appoint(world.ines, Office.OBSERVER, world.area, world.council)

    assert not access.is_of_agency(world.ines, room)


def test_an_agency_is_reminded_once_before_the_day_and_once_after_it(world, document):
    room = rooms.asked(world, document)
    soon, late = room.due_on - timedelta(days=7), room.due_on + timedelta(days=1)

    assert jobs.remind(today=soon - timedelta(days=1)) == 0
    assert [jobs.remind(today=soon), jobs.remind(today=soon), jobs.remind(today=room.due_on)] == [1, 0, 0]
    with clock.frozen(clock.now() + (late - clock.today())):
        assert [jobs.remind(today=late), jobs.remind(today=late + timedelta(days=9))] == [1, 0]

    assert len(letters("contribution reminder")) == 4
    assert RoomReminder.objects.count() == 2
    assert told(Event.ROOM_REMINDED)[0].endswith("went to Cerys, Eve.")


def test_nobody_is_reminded_of_what_is_released_or_was_asked_today(world, document):
    rooms.released(world, document)
    rooms.asked(world, document, section_key="funding", due_on=clock.today())

    assert jobs.remind(today=clock.today()) == 0
    assert jobs.remind(today=clock.today() + timedelta(days=1)) == 1


def test_once_the_text_is_frozen_nobody_is_asked_or_reminded_until_it_comes_back(world):
    version = worlds.written(world)
    rooms.asked(world, version.document, due_on=clock.today())
    rooms.released(world, version.document, section_key="voice")
    sent = drafting.send_for_sign_off(version=version, by=world.gwen)
    tomorrow, here = clock.today() + timedelta(days=1), {world.area.pk}

    assert not selectors.to_write(world.eve) and not selectors.to_settle(here) and not selectors.waited_for(here)
    assert jobs.remind(today=tomorrow) == 0

    drafting.return_for_changes(version=sent, seat=world.health, reason="Old figures.", by=world.ben)
    assert selectors.to_write(world.eve).count() == selectors.to_settle(here).count() == 1
    assert jobs.remind(today=tomorrow) == 1


def test_no_letter_holds_a_word_of_the_text_or_of_what_was_asked(world, document):
    room, _ = rooms.released(world, document, asked="A peculiar request")
    services.hand_back(room=room, comment="A peculiar comment", due_on=clock.today(), by=world.gwen)
    jobs.remind(today=clock.today() + timedelta(days=2))

    told = telling.of("contribution").select_related("mail")
    assert told.count() >= 7
    for row in told:
        mail = row.mail.subject + row.mail.text + row.mail.html if row.mail else ""
        assert not {"unmistakable", "peculiar"} & set(f"{row.title} {row.text} {mail}".split())


def test_no_entry_of_the_record_holds_a_word_of_the_text(world, document):
    room, _ = rooms.released(world, document)
    rooms.taken(world, room)

    assert not AuditEntry.objects.filter(data__icontains="unmistakable")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Release, {"body": "Other words."}),
        (Release, {"person_name": "Somebody else"}),
        (Writing, {"body": "Other words."}),
        (Room, {"asked": "Something else."}),
        (Room, {"revision": 0}),
    ],
)
def test_the_database_keeps_what_was_asked_written_and_released(world, document, model, change):
    rooms.released(world, document)

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all().delete()


def test_the_database_lets_a_release_end_once(world, document):
    room, _release = rooms.released(world, document)
    rooms.taken(world, room)

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        Release.objects.update(taken_back_at=clock.now(), taken_back_by=world.eve)


def test_the_database_refuses_a_hash_that_is_not_of_the_text(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)
    words = {"agency_name": "P", "person_name": "E", "office_name": "D", "released_by": world.eve}

    with pytest.raises(IntegrityError, match="contributions_release_hash"), transaction.atomic():
        Release.objects.create(room=room, round=1, body=SECRET, sha256="0" * 64, **words)
