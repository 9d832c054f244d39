"""Telling relevant agencies, and their acknowledgements: each act, each refusal, each twice."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from arrangements import selectors, services
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.documents import services as documents
from partnership.errors import WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds
from tests.apps.arrangements.told import CHARITY, CLUB, SCHOOL, name_agency, token_in

TODAY = date(2026, 9, 14)
TOMORROW = datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)
SAID = {"name": "Nour Haddad", "office": "Head teacher"}


def sentences(event):
    return [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event=event).order_by("pk")]


def record(told, name=CLUB, **changes):
    what = {"version": told.version, "seat": told.seats[name], "way": Way.LETTER, "on": TODAY, **SAID, **changes}
    return services.record_acknowledgement(**{"by": told.places.person("gwen"), **what})


def test_publication_tells_each_agency_with_an_address_and_no_other(told):
    notices = AgencyNotice.objects.order_by("agency_name")

    assert [(row.agency_name, row.address, row.contact_name) for row in notices] == [
        (CHARITY, "charity@agencies.example", "The head"),
        (SCHOOL, "school@agencies.example", "The head"),
    ]
    assert {row.mail.to for row in notices} == {"charity@agencies.example", "school@agencies.example"}
    assert {(row.told_at, row.told_by) for row in notices} == {(clock.now(), told.places.person("gwen"))}
    assert sentences("arrangements.told") == [
        f"A message to {name} about Multi-agency safeguarding arrangements 2026 was queued."
        for name in (CHARITY, SCHOOL)
    ]


def test_the_message_says_what_is_asked_and_nothing_that_is_written(told):
    mail = told.notice().mail

    assert mail.subject == "Oakshire Partnership: its arrangements are published"
    for text in (mail.text, mail.html):
        assert "name Oakshire School as a relevant agency" in text
        assert "/published/oakshire/arrangements/2026/" in text
        assert f"/acknowledge/{told.token()}/" in text
        assert str(told.notice().reference) in text
        assert "What there is to say of" not in text
    assert mail.attachments.count() == 0


def test_the_token_is_kept_nowhere_but_in_the_message(told):
    token = told.token()

    assert len(token) == 43
    assert token != told.token(CHARITY)
    assert told.notice().token_sha256 == selectors.digest(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM arrangements_agencynotice n WHERE n::text LIKE %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)
    assert not AuditEntry.objects.filter(data__icontains=token).exists()


def test_an_address_that_no_relay_takes_does_not_stop_the_publication(places):
    name_agency(places, SCHOOL, "schule@schüle.example")

    version = places.publish(label="2026", key="arrangements")

    assert version.published_at
    assert not AgencyNotice.objects.exists()


def test_a_report_tells_nobody(places):
    name_agency(places, SCHOOL, "school@agencies.example")

    places.publish()

    assert not AgencyNotice.objects.exists()


def test_an_acknowledgement_by_the_link_is_recorded_once(told):
    first = services.acknowledge(token=told.token(), note="We will bring it to the governors.", **SAID)
    second = services.acknowledge(token=told.token(), name="Somebody else", office="Clerk")

    assert first == second
    notice = told.notice()
    assert (notice.acknowledged_by_name, notice.acknowledged_office, notice.way) == (
        "Nour Haddad",
        "Head teacher",
        "link",
    )
    assert (notice.acknowledged_on, notice.acknowledged_at, notice.recorded_by) == (TODAY, clock.now(), None)
    assert notice.note == "We will bring it to the governors."
    assert sentences("arrangements.acknowledged") == [
        "Nour Haddad acknowledged Multi-agency safeguarding arrangements 2026 for Oakshire School, "
        "by the link in the message."
    ]
    assert told.notice(CHARITY).acknowledged_at is None


@pytest.mark.parametrize("missing", ["name", "office"])
def test_an_acknowledgement_needs_somebody_with_an_office(told, missing):
    with pytest.raises(WrongState, match="Say who acknowledges"):
        services.acknowledge(token=told.token(), **{**SAID, missing: "  "})

    assert told.notice().acknowledged_at is None


def test_a_link_that_never_was_acknowledges_nothing(told):
    with pytest.raises(WrongState, match="not good"):
        services.acknowledge(token="x" * 43, **SAID)

    assert not AgencyNotice.objects.exclude(acknowledged_at=None).exists()


def test_a_replaced_edition_is_not_acknowledged_and_the_newer_one_has_its_own_link(told):
    old = told.token()
    newer = told.places.publish(label="2027", key="arrangements")

    with pytest.raises(WrongState, match="not the one that is published now"):
        services.acknowledge(token=old, **SAID)

    assert AgencyNotice.objects.filter(version=newer).count() == 2
    again = AgencyNotice.objects.get(version=newer, agency_name=SCHOOL)
    assert services.acknowledge(token=token_in(again.mail.text), **SAID) == again


def test_a_corrected_version_is_told_anew(told):
    draft = worlds.correct(told.version, told.places.person("gwen"))
    version = documents.send_for_sign_off(version=draft, by=told.places.person("gwen"))
    worlds.publish(told.places.sign(version), told.places.person("gwen"))

    assert AgencyNotice.objects.filter(version=version).count() == 2


@pytest.mark.parametrize(
    "change", [{"acknowledged_by_name": "Other"}, {"way": "letter"}, {"acknowledged_at": None}, {"note": "More."}]
)
def test_the_database_keeps_an_acknowledgement_as_it_was_given(told, change):
    services.acknowledge(token=told.token(), **SAID)

    with pytest.raises(IntegrityError, match="arrangements_"), transaction.atomic():
        AgencyNotice.objects.filter(pk=told.notice().pk).update(**change)


def test_the_database_refuses_removal_and_another_agency_in_an_old_row(told):
    rows = AgencyNotice.objects.filter(pk=told.notice().pk)
    for act in (rows.delete, lambda: rows.update(seat=told.seats[CLUB]), lambda: rows.update(agency_name="Other")):
        with pytest.raises(IntegrityError, match="arrangements_acknowledgements_stay"), transaction.atomic():
            act()


def test_the_database_refuses_half_an_acknowledgement_and_half_a_message(told):
    rows = AgencyNotice.objects.filter(pk=told.notice().pk)
    halves = ({"acknowledged_at": clock.now()}, {"way": "link"}, {"told_at": None}, {"token_sha256": None})
    for half in halves:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)


def test_an_agency_is_silent_ten_working_days_after_it_was_told(told):
    area = [told.places.area.pk]
    told.places.deliver()
    services.acknowledge(token=told.token(CHARITY), **SAID)

    def silent(day):
        with clock.frozen(datetime(2026, 9, day, 0, 1, tzinfo=clock.LONDON)):
            return [version.silent for version in selectors.overdue(area)]

    assert silent(27) == []
    assert silent(28) == [1]
    assert selectors.overdue([]).count() == 0


def test_a_message_that_failed_is_trouble_and_not_silence(told):
    told.places.deliver(school="permanent", charity="uncertain")

    with clock.frozen(datetime(2026, 11, 2, 9, tzinfo=clock.LONDON)):
        assert {notice.agency_name for notice in selectors.troubled([told.places.area.pk])} == {SCHOOL, CHARITY}
        assert not selectors.overdue([told.places.area.pk])


def test_publishing_twice_tells_once(told):
    proposal = told.version.proposals.get()
    documents.agree(proposal=proposal, by=proposal.decided_by)

    assert AgencyNotice.objects.count() == 2


def test_what_was_told_is_undone_with_a_publication_that_fails(places, monkeypatch):
    name_agency(places, SCHOOL, "school@agencies.example")
    version = places.sign(places.send(label="2026", key="arrangements"))
    monkeypatch.setattr("partnership.documents.letters.published", lambda version: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        worlds.publish(version, places.person("gwen"))

    assert not AgencyNotice.objects.exists()
    assert not OutgoingMail.objects.filter(purpose="arrangements").exists()
