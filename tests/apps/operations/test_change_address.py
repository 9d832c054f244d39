"""The operator's command for the address of somebody who serves several areas."""

import pytest
from django.core.management import CommandError, call_command

from partnership.accounts.models import User
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db


def test_the_address_changes_and_both_addresses_and_each_area_are_told(world, capsys):
    worlds.appoint(world.ben, Office.OBSERVER, world.other_area)
    before = world.ben.email

    call_command("change_address", before, "ben@new.example")

    assert "signs in with ben@new.example" in capsys.readouterr().out
    assert User.objects.get(pk=world.ben.pk).email == "ben@new.example"
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert {before, "ben@new.example", world.gwen.email, world.harry.email} <= told
    areas = set(AuditEntry.objects.filter(event="person.address_changed").values_list("area_slug", flat=True))
    assert {world.area.slug, world.other_area.slug} <= areas


@pytest.mark.parametrize(
    ("address", "new", "sentence"),
    [
        ("nobody@example.org", "x@new.example", "There is no account"),
        ("BEN", "nothing", "is no email address"),
        ("BEN", "GWEN", "already an account"),
    ],
)
def test_what_cannot_be_done_is_said(world, address, new, sentence):
    known = {"BEN": world.ben.email, "GWEN": world.gwen.email}

    with pytest.raises(CommandError, match=sentence):
        call_command("change_address", known.get(address, address), known.get(new, new))
