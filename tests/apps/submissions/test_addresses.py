"""The addresses of the national bodies: changed by two persons, looked at again, and never edited."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents.kinds import address_of
from partnership.errors import Conflict, WrongState
from partnership.submissions import selectors, services
from partnership.submissions.models import AddressChange, Recipient, RecipientCheck
from tests import worlds
from tests.apps.documents.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db
PANEL, OLGA, PETRA = "national_panel", "Olga Operator", "Petra Second"


@pytest.fixture(autouse=True)
def on_record():
    worlds.national_bodies()


def propose(**given):
    usual = {"party": PANEL, "address": "new@panel.example", "source": "Their letter of 3 September", "evidence": "S"}
    return services.propose(**{**usual, "valid_from": clock.today(), "by": OLGA, **given})


def told(*arguments):
    call_command("recipients", *arguments)


def test_a_change_is_used_once_another_person_confirmed_it():
    change = propose()
    assert selectors.recipient(PANEL).address == "national-panel@practice.example"

    services.confirm(change=change, by=PETRA)

    assert selectors.recipient(PANEL).address == "new@panel.example"
    old = Recipient.objects.get(address="national-panel@practice.example")
    assert old.valid_until == clock.today()
    entry = AuditEntry.objects.get(event=Event.RECIPIENT_CHANGED)
    assert (entry.data["operator"], entry.data["proposer"]) == (PETRA, OLGA)


@pytest.mark.parametrize("by", [OLGA, "olga  operator", " OLGA OPERATOR "])
def test_whoever_proposed_it_does_not_confirm_it_however_they_write_their_name(by):
    change = propose()

    with pytest.raises(WrongState, match="Another person has to look"):
        services.confirm(change=change, by=by)
    assert selectors.recipient(PANEL).address == "national-panel@practice.example"


def test_the_database_refuses_one_person_who_does_both():
    change = propose()

    with pytest.raises(IntegrityError, match="submissions_second_person"), transaction.atomic():
        AddressChange.objects.filter(pk=change.pk).update(
            outcome="confirmed", decided_by="OLGA operator", decided_at=clock.now()
        )


def test_the_database_refuses_an_address_that_is_edited_removed_or_put_in_by_one():
    row = Recipient.objects.get(party=PANEL)
    for act in (
        lambda: Recipient.objects.filter(pk=row.pk).update(address="mine@evil.example"),
        lambda: Recipient.objects.filter(pk=row.pk).update(checked_on=row.checked_on - timedelta(1)),
        row.delete,
        lambda: AddressChange.objects.filter(pk=propose().pk).update(address="mine@evil.example"),
        lambda: AddressChange.objects.create(
            party="x", name="x", address="x@x.example", source="x", evidence="S", valid_from=clock.today(),
            proposed_by=OLGA, outcome="confirmed", decided_by=PETRA, decided_at=clock.now(),
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_change_is_decided_once():
    change = propose()
    services.decline(change=change, reason="It is not theirs.", by=OLGA)

    with pytest.raises(Conflict):
        services.confirm(change=change, by=PETRA)
    assert AuditEntry.objects.get(event=Event.RECIPIENT_DECLINED).data["reason"] == "It is not theirs."


def test_one_change_waits_at_a_time_and_what_is_in_use_is_not_proposed():
    with pytest.raises(WrongState, match="address in use"):
        propose(address="National-Panel@practice.example")
    propose()

    with pytest.raises(WrongState, match="waits already"):
        propose(address="other@panel.example")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"address": "nobody"}, "is no email address"),
        ({"address": "naïve@panel.example"}, "is no email address"),
        ({"source": " "}, "where the address was read"),
        ({"evidence": "X"}, "Evidence is one of"),
        ({"by": " "}, "name of the person"),
        ({"valid_from": worlds.SINCE}, "Give a later day"),
        ({"party": "somebody_new"}, "Give its name"),
    ],
)
def test_what_is_proposed_must_be_something(given, sentence):
    with pytest.raises(WrongState, match=sentence):
        propose(**given)


def test_a_day_to_come_is_not_used_before_it():
    services.confirm(change=propose(valid_from=clock.today() + timedelta(3)), by=PETRA)

    assert selectors.recipient(PANEL).address == "national-panel@practice.example"
    with clock.frozen(clock.now() + timedelta(3)):
        assert selectors.recipient(PANEL).address == "new@panel.example"


def test_a_check_moves_the_day_and_stays_on_record():
    services.recheck(party=PANEL, on=clock.today(), source="Their page", by=OLGA)

    row = selectors.recipient(PANEL)
    assert row.checked_on == clock.today()
    assert not selectors.is_stale(row, clock.today())
    assert AuditEntry.objects.get(event=Event.RECIPIENT_CHECKED).data["operator"] == OLGA
    with pytest.raises(IntegrityError), transaction.atomic():
        RecipientCheck.objects.update(checked_by="Somebody else")


@pytest.mark.parametrize(("on", "sentence"), [(date(2027, 1, 1), "lie ahead"), (date(2023, 1, 1), "a later one")])
def test_a_check_is_not_of_a_day_to_come_or_before_the_last(on, sentence):
    with pytest.raises(WrongState, match=sentence):
        services.recheck(party=PANEL, on=on, source="Their page", by=OLGA)


def test_the_commands_that_fill_a_service_put_in_the_first_address_and_no_other():
    row = selectors.recipient(PANEL)
    known = {"party": PANEL, "name": row.name, "source": "x", "evidence": "S"}
    days = {"checked_on": clock.today(), "valid_from": clock.today()}

    assert services.record_recipient(address=row.address, **known, **days) == row
    with pytest.raises(WrongState, match="Two persons change it"):
        services.record_recipient(address="other@panel.example", **known, **days)


def test_an_operator_does_all_of_it_by_command(capsys):
    told("propose", PANEL, "new@panel.example", "--source", "Their letter", "--evidence", "S", "--by", OLGA)
    number = str(AddressChange.objects.get().pk)
    with pytest.raises(CommandError, match="Another person"):
        told("confirm", number, "--by", OLGA)
    told("confirm", number, "--by", PETRA)
    told("recheck", PANEL, "--source", "Their page", "--by", OLGA)
    told("propose", "foundations", "new@foundations.example", "--source", "A call", "--by", OLGA)
    told("decline", str(AddressChange.objects.latest("pk").pk), "--reason", "Nobody there knows it.", "--by", PETRA)
    told("list")

    text = capsys.readouterr().out
    assert "in use: new@panel.example" in text
    assert "in use: foundations@practice.example" in text
    assert "was last checked 987 days ago" in text
    with pytest.raises(CommandError, match="There is no change 0"):
        told("confirm", "0", "--by", PETRA)


def test_whoever_sees_the_area_reads_the_addresses_and_is_warned(client, places):
    change = propose()
    services.confirm(change=change, by=PETRA)
    places.appoint("omar", Office.OBSERVER, places.area)
    client.force_login(places.person("omar"))

    text = client.get("/areas/oakshire/submissions/addresses/").content.decode()

    assert "new@panel.example, since 14 September 2026" in text
    assert "Their letter of 3 September" in text
    assert "national-panel@practice.example, from 1 January 2024 until before 14 September 2026" in text
    assert f"proposed by {OLGA}, confirmed by {PETRA}" in text
    assert text.count("was last checked 987 days ago") == 1  # that of Foundations; the new one was looked at today


def test_the_page_before_publishing_says_to_which_address_it_goes(client, world):
    version = worlds.signed(world)
    client.force_login(world.gwen)
    where = [world.area.slug, address_of(version.document), version.number]

    text = client.get(reverse("documents:publish", args=where)).content.decode()

    assert "national-panel@practice.example" in text
    assert "was last checked 987 days ago" in text
    assert "no-reply@safeguarding.example" in text


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_in_the_same_instant_change_it_once():
    for number in range(ROUNDS):
        change = propose(address=f"new{number}@panel.example", valid_from=clock.today() + timedelta(number))

        results = at_once(*[lambda by=by, c=change: services.confirm(change=c, by=by) for by in (PETRA, "Quinn Third")])

        assert sum(isinstance(result, Conflict) for result in results) == 1
        assert Recipient.objects.filter(party=PANEL, valid_until=None).count() == 1
