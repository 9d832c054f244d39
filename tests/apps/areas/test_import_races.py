"""One list, confirmed twice in the same instant, over real connections: recorded once."""

import threading

import pytest
from django.db import connection, transaction

from partnership.areas import services
from partnership.areas.models import Appointment, MemberImport
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict
from partnership.mail.models import OutgoingMail
from tests import worlds
from tests.apps.areas.lists import kept
from tests.apps.documents.test_races import at_once

ROUNDS = 5
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_confirmed_twice_in_the_same_instant_is_recorded_once():
    world = worlds.area_with_its_cast()
    for number in range(ROUNDS):
        address = f"n{number}@practice.example"
        upload = kept(world.area, world.gwen, {"email": address, "name": f"N {number}"})
        shown = services.seal(services.examine(upload=upload, by=world.gwen))

        results = at_once(*[lambda u=upload, s=shown: services.confirm_list(upload=u, seen=s, by=world.gwen)] * 2)

        assert [done.recorded for done in results] == [1, 1]
        assert OutgoingMail.objects.filter(to=address, dedupe_key__startswith="accounts.invitation").count() == 1
    assert Appointment.objects.filter(office=Office.BUSINESS_SUPPORT).count() == ROUNDS
    assert AuditEntry.objects.filter(event=Event.MEMBERS_IMPORTED).count() == ROUNDS


def test_two_lists_with_the_same_office_leave_one_holder_and_one_refusal():
    world = worlds.area_with_its_cast()
    health = {"office": "DSP", "agency": "NHS Ashdown Integrated Care Board"}
    uploads = [
        kept(world.area, world.gwen, {**health, "email": f"{name}@practice.example", "name": name})
        for name in ("a", "b")
    ]
    shown = [services.seal(services.examine(upload=upload, by=world.gwen)) for upload in uploads]

    results = at_once(
        *[
            lambda u=upload, s=seal: services.confirm_list(upload=u, seen=s, by=world.gwen)
            for upload, seal in zip(uploads, shown, strict=True)
        ]
    )

    assert sorted(type(result) for result in results if isinstance(result, Conflict)) == [Conflict]
    assert Appointment.objects.filter(office=Office.DSP, seat=world.health).count() == 1
    assert MemberImport.objects.filter(confirmed_at__isnull=False).count() == 1


def test_a_click_that_comes_while_a_long_list_is_being_recorded_is_told_so():
    world = worlds.area_with_its_cast()
    upload = kept(world.area, world.gwen, {})
    holds, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            MemberImport.objects.select_for_update().get(pk=upload.pk)
            holds.set()
            may_end.wait(20)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    holds.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")

    with pytest.raises(Conflict, match="is being recorded at this moment"):
        services.confirm_list(upload=upload, seen="", by=world.gwen)

    may_end.set()
    other.join(20)
    connection.close()
