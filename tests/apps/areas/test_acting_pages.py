"""An acting lead on the pages: the letter by which they may sign, kept, refused, and downloaded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.areas import services
from partnership.areas.models import (
    Appointment,
)
from partnership.areas.roles import Office
from tests import worlds
from tests.apps.areas.test_office_pages import LETTER, TODAY, TYPED, page, send

pytestmark = pytest.mark.django_db


def acting(world, **more):
    return {
        **TYPED,
        "seat": world.council.pk,
        "is_head": "yes",
        "basis": "acting",
        "may_sign_while_acting": "on",
        **more,
    }


def test_an_acting_lead_who_may_sign_needs_the_letter(client, world):
    text = send(client, world, "gwen", acting(world), "appoint_to", "lsp").content.decode()

    assert "Add the letter that says that this person may sign while acting" in text


def test_the_letter_is_kept_while_another_field_is_mended(client, world):
    file = SimpleUploadedFile("letter.pdf", LETTER)

    first = send(client, world, "gwen", acting(world, instrument=file, authority=""), "appoint_to", "lsp")
    kept = first.context["form"]["kept"].value()
    second = send(client, world, "gwen", acting(world, kept=kept), "appoint_to", "lsp")

    assert "Kept: letter.pdf" in first.content.decode()
    assert second.status_code == 302
    made = Appointment.objects.get(person__email="new.person@ashdown.example")
    assert client.get(page(world, "instrument", made.pk)).content == LETTER


@pytest.mark.parametrize("kept", ["forged", "WyJhIl0:x:y"])
def test_a_forged_kept_letter_is_refused(client, world, kept):
    text = send(client, world, "gwen", acting(world, kept=kept), "appoint_to", "lsp").content.decode()

    assert "Choose the decision or letter again" in text


def test_a_letter_that_is_no_letter_is_refused(client, world):
    file = SimpleUploadedFile("letter.pdf", b"MZ a program", content_type="application/pdf")

    text = send(client, world, "gwen", acting(world, instrument=file), "appoint_to", "lsp").content.decode()

    assert "must be a PDF, a PNG or a JPEG" in text


def test_the_letter_is_a_download_that_opens_nothing(client, world):
    made = services.appoint(
        person=world.ines, area=world.area, office=Office.OBSERVER, since=TODAY, authority="x",
        instrument=worlds.letter(), instrument_name="a.pdf", by=world.gwen,
    )  # fmt: skip
    client.force_login(world.amina)

    answer = client.get(page(world, "instrument", made.pk))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
