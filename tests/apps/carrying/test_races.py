"""Two people in the same instant, over real connections."""

import pytest

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.carrying import selectors, services
from partnership.carrying.models import Carried, RollForward
from partnership.documents import services as workflow
from partnership.documents.kinds import kind
from partnership.documents.workflow import Status
from partnership.errors import Refused
from tests import worlds
from tests.apps.carrying import rolled
from tests.apps.documents.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_roll_forward_at_once_are_led_to_one_document():
    world = worlds.area_with_its_cast()
    rolled.last_year(world)
    results = at_once(*[lambda: rolled.roll(world)] * 4)
    assert not [row for row in results if isinstance(row, Refused)]
    assert [row.is_new for row in results].count(True) == 1
    assert len({row.document.pk for row in results}) == 1
    assert RollForward.objects.count() == 1


def test_rolling_forward_and_beginning_plainly_at_once_make_one_document():
    world = worlds.area_with_its_cast()
    rolled.last_year(world)
    what = kind(rolled.REPORT)
    period = what.parse_period("2025-26", rolled.clock.today())
    at_once(
        lambda: rolled.roll(world), lambda: workflow.begin(area=world.area, kind=what, period=period, by=world.gwen)
    )
    document = world.area.documents.get(period_label="2025-26")
    rows = Carried.objects.filter(document=document).count()
    assert bool(rows) == RollForward.objects.filter(document=document).exists()


def test_confirming_at_once_confirms_once_and_never_after_sending():
    world = worlds.area_with_its_cast()
    rolled.last_year(world)
    document = rolled.roll(world).document
    row = selectors.waiting(rolled.draft_of(document))[0].row
    at_once(*[lambda: services.confirm(row=row, by=world.dev)] * 3)
    assert AuditEntry.objects.filter(event=Event.CARRIED_CONFIRMED).count() == 1
    draft = rolled.draft_of(document)
    results = at_once(
        lambda: services.confirm(row=Carried.objects.filter(document=document, confirmed_at=None)[0], by=world.dev),
        lambda: workflow.send_for_sign_off(version=draft, by=world.gwen),
    )
    assert isinstance(results[1], Refused)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
