"""Relevant agencies are told again, and an acknowledgement of another way is recorded."""

from datetime import timedelta

import pytest

from arrangements import selectors, services
from arrangements.models import Way
from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests.apps.arrangements.test_services import SAID, TODAY, TOMORROW, record, sentences
from tests.apps.arrangements.told import CHARITY, CLUB, SCHOOL, name_agency


def test_telling_again_makes_the_earlier_link_worthless(told):
    old, first = told.token(), told.notice().mail

    with clock.frozen(TOMORROW):
        notice = services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert notice.mail != first
    assert notice.told_at == TOMORROW
    assert selectors.notice_for(old) is None
    assert selectors.notice_for(told.token()) == notice
    first.refresh_from_db()
    assert first.status == "cancelled"
    assert sentences("arrangements.told_again") == [
        "Gwen had Oakshire School told of Multi-agency safeguarding arrangements 2026 again. "
        "The earlier link no longer works."
    ]


def test_telling_again_uses_the_address_of_today(told):
    areas.name_relevant_agency(
        area=told.places.area, agency=told.seats[SCHOOL].agency, category="voluntary", reason="It teaches.", since=TODAY,
        contact_name="The office", contact_email="office@agencies.example", by=told.places.person("gwen"),
    )  # fmt: skip

    with clock.frozen(TOMORROW):
        notice = services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert (notice.address, notice.contact_name, notice.mail.to) == (
        "office@agencies.example", "The office", "office@agencies.example",
    )  # fmt: skip


def test_an_agency_is_told_at_most_once_a_day(told):
    with pytest.raises(WrongState, match="told today already"):
        services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    with clock.frozen(TOMORROW):
        services.tell_again(notice=told.notice(), by=told.places.person("gwen"))
        with pytest.raises(WrongState, match="told today already"):
            services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert OutgoingMail.objects.filter(purpose="arrangements").count() == 3


def test_after_a_message_that_failed_an_agency_is_told_again_the_same_day(told):
    told.places.deliver(school="permanent")
    assert told.notice().mail.status == "failed"

    notice = services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert notice.mail.status == "queued"


def test_nobody_is_told_again_who_acknowledged_or_is_no_relevant_agency_or_of_an_old_edition(told):
    services.acknowledge(token=told.token(), **SAID)
    areas.drop_relevant_agency(seat=told.seats[CHARITY], today=TODAY, by=told.places.person("gwen"))
    gwen = told.places.person("gwen")

    with clock.frozen(TOMORROW):
        with pytest.raises(WrongState, match="acknowledged these arrangements already"):
            services.tell_again(notice=told.notice(), by=gwen)
        with pytest.raises(WrongState, match="no relevant agency today"):
            services.tell_again(notice=told.notice(CHARITY), by=gwen)
        told.places.publish(label="2027", key="arrangements")
        with pytest.raises(WrongState, match="not the one that is published now"):
            services.tell_again(notice=told.notice(CHARITY), by=gwen)


def test_those_named_since_are_told_once(told):
    seat = name_agency(told.places, "Oakshire Scouts", "scouts@agencies.example")
    gwen = told.places.person("gwen")

    first = services.tell_named_since(version=told.version, by=gwen)
    second = services.tell_named_since(version=told.version, by=gwen)

    assert [notice.seat for notice in first] == [seat]
    assert second == []
    assert OutgoingMail.objects.filter(purpose="arrangements").count() == 3


def test_an_acknowledgement_of_another_way_names_who_recorded_it(told):
    notice = record(told, way=Way.MEETING, on=TODAY, note="Minute 4.")

    assert (notice.agency_name, notice.mail, notice.told_at) == (CLUB, None, None)
    assert (notice.recorded_by, notice.way, notice.acknowledged_on) == (told.places.person("gwen"), "meeting", TODAY)
    assert sentences("arrangements.acknowledged")[0].endswith(
        "for Oakshire Swimmers, by word at a meeting; recorded by Gwen."
    )
    with pytest.raises(Conflict, match="acknowledged these arrangements already"):
        record(told)


def test_what_was_recorded_here_is_what_the_link_shows(told):
    record(told, SCHOOL)

    assert services.acknowledge(token=told.token(), name="Other", office="Clerk").acknowledged_by_name == "Nour Haddad"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_an_acknowledgement_lies_between_publication_and_today(told, day):
    with pytest.raises(WrongState, match="between the publication and today"):
        record(told, on=day)


def test_an_acknowledgement_is_recorded_only_for_a_relevant_agency_of_the_area_and_never_as_by_the_link(told):
    with pytest.raises(WrongState, match="no relevant agency of this area"):
        record(told, seat=told.places.seats["oakshire"][0])
    with pytest.raises(WrongState, match="by the link"):
        record(told, way=Way.LINK)
    told.places.publish(label="2027", key="arrangements")
    with pytest.raises(WrongState, match="not the one that is published now"):
        record(told)


@pytest.mark.parametrize("name", ["amina", "dev", "sana"])
def test_only_who_names_agencies_acts_on_notices(told, name):
    who = told.places.person(name)
    acts = (
        lambda: services.tell_named_since(version=told.version, by=who),
        lambda: services.tell_again(notice=told.notice(), by=who),
        lambda: record(told, by=who),
    )
    with clock.frozen(TOMORROW):
        for act in acts:
            with pytest.raises(NotAllowed, match="Only a business manager"):
                act()


def test_business_support_acts_on_notices_too(told):
    told.places.appoint("tom", Office.BUSINESS_SUPPORT, told.places.area)

    assert record(told, by=told.places.person("tom")).recorded_by == told.places.person("tom")
