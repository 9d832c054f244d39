"""A contribution is released, taken back, handed back, taken into the draft, or done without."""

import hashlib
from datetime import timedelta

import pytest

from partnership import clock
from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.contributions import selectors, services
from partnership.contributions.models import Release
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.errors import Conflict, NotAllowed, WrongState
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.rooms import SECRET
from tests.apps.contributions.test_services import (
    document,  # noqa: F401  (fixtures)
    letters,
    news,
    told,
)

pytestmark = pytest.mark.django_db


def test_the_delegated_partner_releases_exactly_the_text_on_the_screen(world, document):
    room, release = rooms.released(world, document)

    assert (release.body, release.sha256) == (SECRET, hashlib.sha256(SECRET.encode()).hexdigest())
    assert (release.agency_name, release.person_name) == ("Ashdown Police", "Eve")
    assert release.office_name == "Delegated safeguarding partner"
    assert news("released") == [world.gwen.email]
    assert told(Event.ROOM_RELEASED) == [
        "Eve released the contribution of Ashdown Police to “Training” of Yearly report 2025-26."
    ]
    assert services.release(room=room, seen_revision=room.revision, by=world.eve) == release


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cerys", "Only a delegated safeguarding partner of Ashdown Police may release"),
        *((name, "seen by nobody but the people") for name in ("amina", "dev", "femi", "gwen", "harry", "ines")),
    ],
)
def test_nobody_else_releases_or_takes_back(world, document, name, sentence):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)

    with pytest.raises(NotAllowed, match=sentence):
        services.release(room=room, seen_revision=1, by=getattr(world, name))
    services.release(room=room, seen_revision=1, by=world.eve)
    with pytest.raises(NotAllowed, match=sentence):
        services.take_back(room=room, by=getattr(world, name))


def test_a_contributor_of_an_agency_without_a_delegated_partner_releases(world, document):
    seat, sol = rooms.school(world)
    room = rooms.asked(world, document, seat)
    rooms.write(room, sol)

    release = services.release(room=room, seen_revision=1, by=sol)

    assert (release.person_name, release.office_name) == ("Sol", "Agency contributor")


def test_a_contributor_of_a_statutory_partner_never_releases_even_while_it_has_no_delegate(world, document):
    worlds.appoint(world.ines, Office.CONTRIBUTOR, world.area, world.health)
    room = rooms.asked(world, document, world.health)
    rooms.write(room, world.ines)

    with pytest.raises(NotAllowed, match="Only a delegated safeguarding partner of NHS Ashdown"):
        services.release(room=room, seen_revision=1, by=world.ines)


def test_an_interim_delegate_releases(world, document):
    worlds.appoint(world.ines, Office.DSP, world.area, world.health, basis=Basis.INTERIM)
    room = rooms.asked(world, document, world.health)
    rooms.write(room, world.ines)

    assert services.release(room=room, seen_revision=1, by=world.ines)


def test_what_a_colleague_changed_meanwhile_or_never_wrote_is_not_released(world, document):
    room = rooms.asked(world, document)
    with pytest.raises(WrongState, match="Nothing is written here yet"):
        services.release(room=room, seen_revision=0, by=world.eve)
    rooms.write(room, world.eve)
    rooms.write(room, world.cerys, "Other words.")

    with pytest.raises(Conflict, match="A colleague has saved"):
        services.release(room=room, seen_revision=1, by=world.eve)
    assert not Release.objects.exists()


def test_nothing_is_written_beside_a_released_text_until_it_is_taken_back(world, document):
    room, first = rooms.released(world, document)
    with pytest.raises(WrongState, match="This text is released"):
        rooms.write(room, world.eve, "More.")

    services.take_back(room=room, by=world.eve)
    assert rooms.write(room, world.eve, "More.").changed
    second = services.release(room=room, seen_revision=2, by=world.eve)

    first.refresh_from_db()
    assert (first.body, second.body) == (SECRET, "More.")
    assert set(room.releases.all()) == {first, second}


def test_what_was_taken_back_is_read_by_the_agency_alone(world, document):
    room, release = rooms.released(world, document)
    assert list(selectors.releases(room, world.gwen)) == [release]

    services.take_back(room=room, by=world.eve)

    assert list(selectors.releases(room, world.eve)) == [release]
    assert not selectors.releases(room, world.gwen)


def test_a_released_text_is_handed_back_and_the_agency_goes_on_from_it(world, document):
    room, release = rooms.released(world, document)
    day = clock.today() + timedelta(days=3)

    services.hand_back(room=room, comment="Say how many.", due_on=day, by=world.gwen)

    room.refresh_from_db()
    release.refresh_from_db()
    assert (room.round, room.due_on, release.comment) == (2, day, "Say how many.")
    assert letters("contribution handed back") == sorted([world.cerys.email, world.eve.email])
    assert selectors.text_of(room) == SECRET
    rooms.write(room, world.eve, "Forty officers.")
    assert services.release(room=room, seen_revision=2, by=world.eve).round == 2
    assert [row.body for row in selectors.releases(room, world.gwen)] == ["Forty officers.", SECRET]


@pytest.mark.parametrize("name", ["dev", "eve", "femi", "amina", "harry"])
def test_only_those_who_gather_hand_back_take_or_do_without(world, document, name):
    room, _ = rooms.released(world, document)
    who = {"by": getattr(world, name)}
    acts = [
        lambda: services.hand_back(room=room, comment="No.", due_on=clock.today(), **who),
        lambda: services.take(room=room, body="Both.", seen_revision=0, **who),
        lambda: services.do_without(room=room, reason="", **who),
    ]

    for act in acts:
        with pytest.raises(NotAllowed, match="Only a business manager or somebody in business support"):
            act()


def test_a_released_text_is_taken_into_the_draft_and_the_record_says_into_which(world, document):
    room, release = rooms.released(world, document)

    saved = rooms.taken(world, room)

    release.refresh_from_db()
    room.refresh_from_db()
    assert saved.section.body == "Both texts."
    assert (release.taken_by, release.taken_into.number, release.taken_revision) == (world.gwen, 1, 1)
    assert room.closed_at
    assert told(Event.ROOM_TAKEN) == [
        "Gwen took the contribution of Ashdown Police into “Training” of Yearly report 2025-26, version 1."
    ]
    for late in (
        lambda: services.take_back(room=room, by=world.eve),
        lambda: rooms.write(room, world.eve, "More."),
        lambda: rooms.taken(world, room),
    ):
        with pytest.raises(WrongState, match="has been taken into the draft"):
            late()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_and_nothing_counts_as_taken(world, document):
    room, release = rooms.released(world, document)
    section = documents.draft(document).sections.get(key="training")
    worlds.write(section, "Dev was here.", world.dev)

    saved = services.take(room=room, body="Both.", seen_revision=0, by=world.gwen)

    release.refresh_from_db()
    assert saved.kept_aside.body == "Both."
    assert release.taken_at is None
    assert documents.draft(document).sections.get(key="training").body == "Dev was here."


def test_what_is_not_released_is_not_taken(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)

    with pytest.raises(WrongState, match="has not released"):
        rooms.taken(world, room)


def test_a_document_may_go_without_it_and_the_agency_is_told(world, document):
    room, _ = rooms.released(world, document)

    services.do_without(room=room, reason="It came too late.", by=world.gwen)

    assert news("no longer needed") == sorted([world.cerys.email, world.eve.email])
    with pytest.raises(WrongState, match="goes without"):
        rooms.taken(world, room)
    assert rooms.asked(world, document).number == 2  # and it can be asked for anew


def test_what_was_not_taken_is_listed_before_sending_and_stops_nothing(world):
    version = worlds.written(world)
    document = version.document
    rooms.asked(world, document, world.council, section_key="funding")
    rooms.released(world, document)
    without = rooms.asked(world, document, section_key="voice")
    services.do_without(room=without, reason="It came too late.", by=world.gwen)
    unexplained = rooms.asked(world, document, section_key="funding")
    services.do_without(room=unexplained, reason="", by=world.gwen)

    assert [problem.sentence for problem in selectors.not_taken(version)] == [
        "The contribution of Ashdown Council to “Funding” has not been released. It was asked for by 28 September 2026.",
        "The contribution of Ashdown Police to “Training” was released on 14 September 2026 and has not been taken into "
        "the draft.",
        f"The draft goes without the contribution of Ashdown Police to “{without.section_title}”. It came too late.",
        "The draft goes without the contribution of Ashdown Police to “Funding”. No reason was given.",
    ]
    assert drafting.send_for_sign_off(version=version, by=world.gwen).frozen_at


def test_what_was_taken_is_not_listed(world, document):
    room, _ = rooms.released(world, document)
    rooms.taken(world, room)

    assert not selectors.not_taken(documents.draft(document))
