"""Signing: the text that was seen, by the person whose seat it is, once; and what the database refuses of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.documents import services
from partnership.documents.models import SignOff, Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, NotAllowed
from tests import worlds
from tests.apps.documents.test_services import happened

pytestmark = pytest.mark.django_db


def test_sign_records_seat_hash_person_and_capacity(world):
    version = worlds.in_sign_off(world)

    worlds.sign(version, world.council, world.amina)

    sign_off = version.sign_offs.get()
    assert (sign_off.person_name, sign_off.agency_name, sign_off.capacity) == (
        "Amina",
        "Ashdown Council",
        "substantive",
    )
    assert sign_off.sha256 == version.sha256
    version.refresh_from_db()
    assert version.status == Status.IN_SIGN_OFF


def test_a_second_click_signs_once(world):
    version = worlds.in_sign_off(world)

    worlds.sign(version, world.council, world.amina)
    worlds.sign(version, world.council, world.amina)

    assert version.sign_offs.count() == 1
    assert happened(Event.VERSION_SIGNED) == 1


def test_the_last_signature_completes_the_sign_off(world):
    version = worlds.signed(world)

    assert version.status == Status.SIGNED and version.signed_at
    assert happened(Event.SIGN_OFF_COMPLETED) == 1
    assert [rendition.kind for rendition in version.renditions.all()] == ["final"]


def test_sign_refuses_another_text_than_the_one_seen(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(Conflict, match="changed since you opened it"):
        services.sign(version=version, seat=world.council, seen_sha256="0" * 64, by=world.amina, proof=worlds.proof())
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("name", ["dev", "eve", "femi", "gwen", "ben", "olu", "ines"])
def test_nobody_signs_for_a_seat_that_is_not_theirs(world, name):
    version = worlds.in_sign_off(world)

    with pytest.raises(NotAllowed):
        services.sign(
            version=version,
            seat=world.council,
            seen_sha256=version.sha256,
            by=getattr(world, name),
            proof=worlds.proof(),
        )
    assert not SignOff.objects.exists()


def test_an_office_that_ended_yesterday_signs_nothing(world):
    version = worlds.in_sign_off(world)
    appointment = Appointment.objects.get(person=world.amina, office=Office.LSP)
    areas.end_appointment(appointment=appointment, until=worlds.clock.today(), by=world.gwen)

    with pytest.raises(NotAllowed):
        services.sign(
            version=version, seat=world.council, seen_sha256=version.sha256, by=world.amina, proof=worlds.proof()
        )


def test_the_database_refuses_a_signature_under_other_words_or_by_somebody_else(world):
    version = worlds.in_sign_off(world)
    held = Appointment.objects.get(person=world.amina, office=Office.LSP)
    row = {
        "version": version,
        "seat": world.council,
        "sha256": version.sha256,
        "appointment": held,
        "agency_name": "a",
        "office_name": "o",
        "person_name": "p",
        "capacity": "substantive",
        "statement": "s",
        "wording": "w",
        "proved_by": "A passkey",
        "proved_at": clock.now(),
        "signed_at": clock.now(),
        "signed_by": world.amina,
    }
    long_ago = clock.now() - timedelta(minutes=11)

    for wrong, refusal in (
        ({"sha256": "0" * 64}, "documents_signature_of_this_text"),
        ({"signed_by": world.ben}, "documents_signer_holds_the_seat"),
        ({"seat": world.health}, "documents_signer_holds_the_seat"),
        ({"proved_at": None}, "documents_signer_was_proved"),
        ({"proved_at": long_ago}, "documents_signer_was_proved"),
        ({"wording": ""}, "documents_signer_was_proved"),
        ({"position": "reserve"}, "documents_reservation_has_its_words"),
        ({"reservation": "But."}, "documents_reservation_has_its_words"),
    ):
        with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
            SignOff.objects.create(**{**row, **wrong})
            transaction.get_connection().cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_to_change_or_remove_a_signature(world):
    version = worlds.in_sign_off(world)
    worlds.sign(version, world.council, world.amina)

    for act in (lambda rows: rows.update(person_name="Else"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(IntegrityError, match="documents_evidence_is_kept"), transaction.atomic():
            act(SignOff.objects.all())


def test_the_database_refuses_signed_while_a_seat_is_missing(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(IntegrityError, match="documents_a_seat_is_missing"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(status=Status.SIGNED, signed_at=worlds.clock.now())
