"""Two sweeps in the same instant, over real connections: nobody hears twice."""

from datetime import datetime

import pytest

from partnership import clock
from partnership.dashboard import digest
from partnership.mail.models import OutgoingMail
from partnership.notices import services
from partnership.notices.models import Digest, Notice
from tests import worlds
from tests.apps.documents.test_races import at_once
from tests.apps.notices.test_telling import tell

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 9, 14, 9, tzinfo=clock.LONDON)


def test_two_sweeps_make_one_digest_and_two_occasions_one_notice():
    world = worlds.area_with_its_cast()

    at_once(lambda: tell(world.gwen, key="one"), lambda: tell(world.gwen, key="one"))
    assert Notice.objects.filter(dedupe_key="one").count() == 1
    with clock.frozen(MONDAY):
        at_once(digest.send_due, digest.send_due)

    of_gwen = OutgoingMail.objects.filter(to=world.gwen.email, purpose="digest")
    assert of_gwen.count() == 1
    people = Digest.objects.filter(period_start=MONDAY.date()).values_list("person", flat=True)
    assert len(people) == len(set(people))
    services.settle(about="nothing")
