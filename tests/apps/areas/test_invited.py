"""Whom an invitation or the link of a lost factor lets in, and for how long."""

from datetime import date, datetime

import pytest

from partnership import clock
from partnership.accounts import invitations
from partnership.accounts.models import User
from partnership.areas import services
from partnership.areas.roles import Office
from partnership.documents import services as documents
from partnership.errors import WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds
from tests.apps.areas.test_accounts import TODAY

pytestmark = pytest.mark.django_db


def invited(world):
    """Somebody new in an office, and the path of their link."""
    made = services.appoint_by_address(
        email="jo@ashdown.example", name="Jo Bell", area=world.area, by=world.gwen, office=Office.BUSINESS_SUPPORT,
        since=TODAY, authority="Letter",
    )  # fmt: skip
    return made, newest_link()


def newest_link():
    """The path of the link in the newest invitation."""
    letter = OutgoingMail.objects.filter(subject__icontains="invite").latest("pk")
    link = next(word for word in letter.text.split() if "/people/invitations/" in word)
    return "/" + link.split("/", 3)[3]


def test_an_invitation_is_no_good_once_its_office_has_ended(client, world):
    made, link = invited(world)
    assert client.get(link).status_code == 200
    services.void(appointment=made, reason="The wrong Jo.", by=world.gwen)

    answer = client.post(link, {"password1": "four words none related", "password2": "four words none related"})

    assert answer.status_code == 410
    assert "It also ends when nothing is left for which it was sent" in answer.content.decode()
    assert not User.objects.get(pk=made.person_id).has_usable_password()


def test_an_office_that_only_begins_keeps_the_invitation_good(client, world):
    made, link = invited(world)
    services.void(appointment=made, reason="The wrong day.", by=world.gwen)
    worlds.appoint(made.person, Office.BUSINESS_SUPPORT, world.area, since=date(2026, 11, 1))

    assert client.get(link).status_code == 200


def test_a_document_that_is_shared_keeps_the_invitation_good(client, world):
    made, _ = invited(world)
    services.void(appointment=made, reason="A reader, and no more.", by=world.gwen)
    document = worlds.begun(world)
    documents.share_document(
        document=document, email=made.person.email, name="", reason="Advice.", until=date(2026, 9, 20), by=world.gwen
    )
    link = newest_link()

    with clock.frozen(datetime(2026, 9, 18, 12, tzinfo=clock.LONDON)):
        assert client.get(link).status_code == 200
    with clock.frozen(datetime(2026, 9, 21, 1, tzinfo=clock.LONDON)):
        assert client.get(link).status_code == 410


def test_the_link_of_a_lost_factor_asks_for_no_office(client, world):
    world.ines.last_signed_in_at = clock.now()
    world.ines.save()

    assert invitations.holder(invitations.make(world.ines).link.rstrip("/").rpartition("/")[2]) == world.ines


def test_nobody_is_invited_again_to_nothing(world):
    made, _ = invited(world)
    services.void(appointment=made, reason="The wrong Jo.", by=world.gwen)

    with pytest.raises(WrongState, match="Jo Bell holds no office now or later"):
        services.invite_again(person=made.person, area=world.area, by=world.gwen)
