"""Two people at the same moment, on two real connections."""

import pytest

from arrangements import services
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict
from partnership.mail.models import OutgoingMail
from tests.apps.arrangements.told import CHARITY, SCHOOL, name_agency
from tests.apps.scrutiny.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_acknowledgements_at_once_are_one(told):
    token = told.token()

    first, second = together(
        lambda: services.acknowledge(token=token, name="Nour", office="Head"),
        lambda: services.acknowledge(token=token, name="Jo", office="Clerk"),
    )

    kept = told.notice().acknowledged_by_name
    assert first.acknowledged_by_name == second.acknowledged_by_name == kept
    assert AuditEntry.objects.filter(event="arrangements.acknowledged").count() == 1


def test_the_link_and_a_letter_at_once_are_one_acknowledgement(told):
    token, seat, gwen = told.token(), told.seats[SCHOOL], told.places.person("gwen")
    said = {"name": "Jo", "office": "Clerk", "way": Way.LETTER, "on": clock.today()}

    _, recorded = together(
        lambda: services.acknowledge(token=token, name="Nour", office="Head"),
        lambda: services.record_acknowledgement(version=told.version, seat=seat, by=gwen, **said),
    )

    assert AuditEntry.objects.filter(event="arrangements.acknowledged").count() == 1
    assert isinstance(recorded, Conflict) or told.notice().way == "letter"


def test_those_named_since_are_told_once_by_two_clicks_at_once(told):
    name_agency(told.places, "Oakshire Scouts", "scouts@agencies.example")
    gwen = told.places.person("gwen")

    outcomes = together(*[lambda: services.tell_named_since(version=told.version, by=gwen)] * 2)

    assert sorted(len(outcome) for outcome in outcomes) == [0, 1]
    assert AgencyNotice.objects.count() == 3


def test_two_clicks_on_tell_again_send_one_message(told):
    told.places.deliver(charity="permanent")
    notice, gwen = told.notice(CHARITY), told.places.person("gwen")

    together(*[lambda: services.tell_again(notice=notice, by=gwen)] * 2)

    assert OutgoingMail.objects.filter(to="charity@agencies.example").count() == 2
