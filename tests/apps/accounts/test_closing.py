"""Closing an account, changing its address, and taking factors away: who, when, what ends, who is told."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from partnership import clock
from partnership.accounts import invitations, services
from partnership.accounts.models import FactorReset
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
REASON = "Left the council."


@pytest.fixture
def jo():
    return worlds.person("Jo")


@pytest.fixture
def gwen():
    return worlds.person("Gwen")


@pytest.fixture
def sam():
    return worlds.person("Sam")


@pytest.fixture
def session(jo):
    client = Client()
    client.force_login(jo)
    assert client.get("/people/kept/").status_code == 200
    return client


def ended(client):
    return client.get("/people/kept/").status_code == 302


def told():
    return {(letter.to, letter.subject) for letter in OutgoingMail.objects.all()}


def test_a_closed_account_is_out_at_once_and_cannot_come_back(client, jo, gwen, session):
    services.deactivate(user=jo, by=gwen, area_slug="ashdown", reason=REASON)

    assert ended(session)
    client.post("/account/login/", {"login": jo.email, "password": worlds.PASSWORD})
    assert "_auth_user_id" not in client.session
    assert sentence(AuditEntry.objects.get()) == "Gwen closed the account of Jo: Left the council."
    assert told() == {(jo.email, "Your account is closed")}


def test_a_session_from_before_does_not_come_back_with_the_account(jo, gwen, session):
    services.deactivate(user=jo, by=gwen, area_slug="ashdown", reason=REASON)

    services.reactivate(user=jo, by=gwen, area_slug="ashdown", reason="Came back.")

    jo.refresh_from_db()
    assert jo.is_active
    assert ended(session)
    assert sentence(AuditEntry.objects.latest("pk")) == "Gwen opened the account of Jo again: Came back."


def test_nobody_closes_their_own_account_or_a_closed_one(jo, gwen):
    with pytest.raises(NotAllowed):
        services.deactivate(user=jo, by=jo, area_slug="", reason=REASON)
    services.deactivate(user=jo, by=gwen, area_slug="", reason=REASON)
    with pytest.raises(WrongState, match="closed already"):
        services.deactivate(user=jo, by=gwen, area_slug="", reason=REASON)


def test_an_open_account_is_not_opened(jo, gwen):
    with pytest.raises(WrongState, match="is open"):
        services.reactivate(user=jo, by=gwen, area_slug="", reason="Why not.")


def test_a_changed_address_is_told_to_both_and_ends_the_sessions(client, jo, gwen, session):
    old = jo.email
    EmailAddress.objects.create(user=jo, email=old, primary=True, verified=True)

    services.change_address(user=jo, email=" Jo.Bell@Example.org ", by=gwen, area_slug="ashdown")

    assert ended(session)
    assert {to for to, _ in told()} == {old, "jo.bell@example.org"}
    assert sentence(AuditEntry.objects.get()) == "Gwen changed the email address of Jo."
    assert client.post("/account/login/", {"login": old, "password": worlds.PASSWORD}).status_code == 200
    assert (
        client.post("/account/login/", {"login": "jo.bell@example.org", "password": worlds.PASSWORD}).status_code == 302
    )


def test_an_address_that_somebody_else_has_is_refused(jo, gwen):
    with pytest.raises(Conflict):
        services.change_address(user=jo, email=gwen.email.upper(), by=gwen, area_slug="")

    assert not OutgoingMail.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_same_address_again_changes_nothing(jo, gwen, session):
    services.change_address(user=jo, email=jo.email, by=gwen, area_slug="")

    assert not ended(session)
    assert not OutgoingMail.objects.exists()


def test_two_others_take_the_factors_away_and_a_link_goes_to_the_person(client, jo, gwen, sam, session):
    asked = services.ask_factor_reset(user=jo, reason="The phone is lost.", by=gwen, area_slug="ashdown")
    assert Authenticator.objects.filter(user=jo).exists()
    assert not ended(session)

    services.confirm_factor_reset(reset=asked, by=sam)

    jo.refresh_from_db()
    assert not Authenticator.objects.filter(user=jo).exists()
    assert not jo.has_usable_password()
    assert ended(session)
    letter = OutgoingMail.objects.get(subject="Set up anew how you sign in")
    token = letter.text.split("/invitations/")[1].split("/")[0]
    assert letter.to == jo.email
    assert invitations.holder(token) == jo
    sentences = [sentence(entry) for entry in AuditEntry.objects.order_by("pk")]
    assert sentences == [
        "Gwen asked that Jo set up a new second factor: The phone is lost.",
        "Sam agreed with Gwen that Jo set up a new second factor.",
    ]


def test_asking_tells_the_person_and_changes_nothing_else(jo, gwen):
    services.ask_factor_reset(user=jo, reason="The phone is lost.", by=gwen, area_slug="")

    assert told() == {(jo.email, "Somebody asked for your second factor to be removed")}


@pytest.mark.parametrize("who", ["jo", "gwen"])
def test_neither_the_person_nor_whoever_asked_can_agree(jo, gwen, who):
    asked = services.ask_factor_reset(user=jo, reason="Lost.", by=gwen, area_slug="")

    with pytest.raises(NotAllowed):
        services.confirm_factor_reset(reset=asked, by={"jo": jo, "gwen": gwen}[who])
    assert Authenticator.objects.filter(user=jo).exists()


def test_nobody_asks_for_themselves_or_twice(jo, gwen, sam):
    with pytest.raises(NotAllowed):
        services.ask_factor_reset(user=jo, reason="Lost.", by=jo, area_slug="")
    services.ask_factor_reset(user=jo, reason="Lost.", by=gwen, area_slug="")
    with pytest.raises(WrongState, match="asked already"):
        services.ask_factor_reset(user=jo, reason="Lost.", by=sam, area_slug="")


def test_a_reset_is_agreed_once_and_within_a_week(jo, gwen, sam):
    asked = services.ask_factor_reset(user=jo, reason="Lost.", by=gwen, area_slug="")
    with clock.frozen(clock.now() + timedelta(days=7)):
        with pytest.raises(WrongState, match="more than a week ago"):
            services.confirm_factor_reset(reset=asked, by=sam)
        again = services.ask_factor_reset(user=jo, reason="Lost.", by=gwen, area_slug="")
        services.confirm_factor_reset(reset=again, by=sam)
        with pytest.raises(WrongState, match="agreed already"):
            services.confirm_factor_reset(reset=again, by=sam)


def test_nobody_asks_for_a_closed_account(jo, gwen):
    services.deactivate(user=jo, by=gwen, area_slug="", reason=REASON)

    with pytest.raises(WrongState):
        services.ask_factor_reset(user=jo, reason="Lost.", by=gwen, area_slug="")


@pytest.mark.parametrize(("asked", "confirmed"), [("jo", "sam"), ("gwen", "jo"), ("gwen", "gwen")])
def test_the_database_itself_wants_three_people(jo, gwen, sam, asked, confirmed):
    people = {"jo": jo, "gwen": gwen, "sam": sam}

    with pytest.raises(IntegrityError, match="takes_two_others"), transaction.atomic():
        FactorReset.objects.create(
            user=jo, reason="Lost.", asked_by=people[asked], confirmed_by=people[confirmed], confirmed_at=clock.now()
        )


def test_an_invitation_is_not_sent_again_to_somebody_with_a_passkey(gwen):
    invited = services.invite(email="femi@example.org", name="Femi", by=gwen)
    services.accept_with_passkey(
        token=OutgoingMail.objects.get().text.split("/invitations/")[1].split("/")[0], name="Phone", credential={}
    )

    with pytest.raises(WrongState, match="already accepted"):
        services.resend(user=invited, by=gwen)


def test_an_invitation_accepted_with_a_passkey_works_once_and_sets_no_password(gwen):
    invited = services.invite(email="femi@example.org", name="Femi", by=gwen)
    token = OutgoingMail.objects.get().text.split("/invitations/")[1].split("/")[0]

    services.accept_with_passkey(token=token, name="Phone", credential={})

    invited.refresh_from_db()
    assert not invited.has_usable_password()
    assert Authenticator.objects.get(user=invited).data["name"] == "Phone"
    with pytest.raises(WrongState):
        services.accept_with_passkey(token=token, name="Phone", credential={})
    with pytest.raises(WrongState):
        services.accept(token=token, password="four words none related")


@pytest.mark.parametrize("broken", ["deactivate", "change_address"])
def test_nothing_changes_when_the_letter_cannot_be_queued(jo, gwen, monkeypatch, broken):
    monkeypatch.setattr("partnership.mail.services.queue", lambda **_: 1 / 0)
    acts = {
        "deactivate": lambda: services.deactivate(user=jo, by=gwen, area_slug="", reason=REASON),
        "change_address": lambda: services.change_address(user=jo, email="new@example.org", by=gwen, area_slug=""),
    }

    with pytest.raises(ZeroDivisionError):
        acts[broken]()

    before = (jo.email, jo.is_active, jo.session_round)
    jo.refresh_from_db()
    assert (jo.email, jo.is_active, jo.session_round) == before
    assert not AuditEntry.objects.exists()
