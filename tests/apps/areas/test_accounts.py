"""What an area's people may do to an account, and the pages that show who can sign in."""

import time
from datetime import date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from partnership import clock
from partnership.accounts import sessions
from partnership.accounts.models import FactorReset, KeptPost, User
from partnership.areas import jobs, marks, services
from partnership.areas.models import Appointment, SignInCheck
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.errors import NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


@pytest.fixture
def later(monkeypatch):
    """Let real time go on by so many seconds."""
    return lambda seconds: monkeypatch.setattr(sessions, "real_now", lambda: time.time() + seconds)


def page(world, name, *arguments):
    return reverse(f"areas:{name}", args=[world.area.slug, *arguments])


def send(client, world, who, data, name, *arguments):
    client.force_login(world.people[who])
    return client.post(page(world, name, *arguments), data)


def read(client, world, who, name, *arguments):
    client.force_login(world.people[who])
    answer = client.get(page(world, name, *arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def serves_elsewhere(world, name="ben"):
    seat = worlds.seat(world.other_area, "NHS Otherham", "health")
    worlds.appoint(world.people[name], Office.LSP, world.other_area, seat)


def test_the_address_of_somebody_who_serves_here_is_changed_and_both_addresses_hear(world):
    before = world.ben.email

    services.change_address(person=world.ben, email="ben@new.example", area=world.area, by=world.gwen)

    world.ben.refresh_from_db()
    assert world.ben.email == "ben@new.example"
    assert {before, "ben@new.example"} <= set(OutgoingMail.objects.values_list("to", flat=True))


def test_another_area_hears_of_a_changed_address_without_the_address(world):
    serves_elsewhere(world)
    worlds.appoint(world.gwen, Office.BUSINESS_MANAGER, world.other_area)

    services.change_address(person=world.ben, email="ben@new.example", area=world.area, by=world.gwen)

    letter = OutgoingMail.objects.get(to=world.harry.email)
    assert "ben@new.example" not in letter.text
    assert AuditEntry.objects.filter(event="person.address_changed_elsewhere", area_slug=world.other_area.slug).exists()


@pytest.mark.parametrize("act", ["change_address", "close_account", "ask_factor_reset", "invite_again"])
def test_nobody_touches_the_account_of_somebody_who_never_served_here(world, act):
    more = {"change_address": {"email": "x@new.example"}, "invite_again": {}}.get(act, {"reason": "Because."})

    with pytest.raises(NotAllowed, match="holds no office in Ashdown"):
        getattr(services, act)(person=world.harry, area=world.area, by=world.gwen, **more)
    with pytest.raises(NotAllowed):
        getattr(services, act)(person=world.ben, area=world.area, by=world.amina, **more)


def test_an_account_that_serves_another_area_is_not_closed_from_here(world):
    serves_elsewhere(world)

    with pytest.raises(NotAllowed, match="also holds an office elsewhere"):
        services.close_account(person=world.ben, area=world.area, reason="Left.", by=world.gwen)

    worlds.appoint(world.gwen, Office.BUSINESS_MANAGER, world.other_area)
    services.close_account(person=world.ben, area=world.area, reason="Left.", by=world.gwen)
    assert not User.objects.get(pk=world.ben.pk).is_active


def test_one_area_alone_does_not_change_the_address_of_somebody_who_serves_several(client, world):
    serves_elsewhere(world)

    with pytest.raises(NotAllowed, match="also holds an office elsewhere"):
        services.change_address(person=world.ben, email="x@new.example", area=world.area, by=world.gwen)

    client.force_login(world.gwen)
    answer = client.get(page(world, "account_act", world.ben.pk, "address"))
    assert answer.status_code == 403
    assert "Ask whoever runs this service" in answer.content.decode()
    assert User.objects.get(pk=world.ben.pk).email == world.ben.email


def test_a_closed_account_is_opened_again(world):
    services.close_account(person=world.dev, area=world.area, reason="Left.", by=world.gwen)

    services.open_account(person=User.objects.get(pk=world.dev.pk), area=world.area, reason="Back.", by=world.gwen)

    assert User.objects.get(pk=world.dev.pk).is_active


def test_a_lost_factor_takes_two_others_and_a_link_to_the_person(world):
    reset = services.ask_factor_reset(person=world.ben, area=world.area, reason="New phone.", by=world.gwen)

    for who in (world.gwen, world.ben, world.amina, world.femi):
        with pytest.raises(NotAllowed):
            services.confirm_factor_reset(reset=reset, area=world.area, by=who)
    services.confirm_factor_reset(reset=reset, area=world.area, by=world.dev)

    assert not Authenticator.objects.filter(user=world.ben).exists()
    assert "/people/" in OutgoingMail.objects.filter(to=world.ben.email).latest("pk").text


def test_two_people_of_one_area_cannot_take_over_somebody_who_serves_several(world):
    serves_elsewhere(world)
    elsewhere = worlds.seat(world.other_area, "Otherham Police", "police")
    worlds.appoint(world.ines, Office.DSP, world.other_area, elsewhere)
    reset = services.ask_factor_reset(person=world.ben, area=world.area, reason="New phone.", by=world.gwen)

    with pytest.raises(NotAllowed, match="somebody of another of them"):
        services.confirm_factor_reset(reset=reset, area=world.area, by=world.dev)
    with pytest.raises(NotAllowed):
        services.confirm_factor_reset(reset=reset, area=world.other_area, by=world.dev)
    services.confirm_factor_reset(reset=reset, area=world.other_area, by=world.ines)

    assert FactorReset.objects.get().confirmed_by == world.ines


def test_the_question_in_june_is_asked_again_once_a_day(world):
    jobs.ask_who_can_sign_in(today=TODAY)
    check = SignInCheck.objects.get(person=world.ben)
    User.objects.filter(pk=world.ben.pk).update(email="ben@new.example")

    for _ in range(2):
        services.ask_sign_in_again(check=check, area=world.area, by=world.gwen)

    assert OutgoingMail.objects.filter(to="ben@new.example").count() == 1
    assert SignInCheck.objects.get(person=world.ben).address == "ben@new.example"
    SignInCheck.objects.filter(pk=check.pk).update(confirmed_at=clock.now())
    with pytest.raises(WrongState, match="has signed in since"):
        services.ask_sign_in_again(check=check, area=world.area, by=world.gwen)


def test_the_list_says_of_everybody_whether_they_can_sign_in(client, world):
    services.appoint_by_address(
        email="new@ashdown.example", name="New Person", area=world.area, office=Office.OBSERVER, since=TODAY,
        authority="Decision", by=world.gwen,
    )  # fmt: skip
    User.objects.filter(pk=world.amina.pk).update(
        last_signed_in_at=datetime(2026, 9, 1, 9, tzinfo=clock.LONDON), last_means="passkey"
    )
    jobs.ask_who_can_sign_in(today=TODAY)
    OutgoingMail.objects.filter(pk=SignInCheck.objects.get(person=world.ben).mail_id)

    text = read(client, world, "gwen", "accounts")

    assert "Invited" in text
    assert "Last on 1 September 2026" in text
    assert "Asked on 14 September 2026" in text
    assert "Harry" not in text


def test_the_list_costs_the_same_however_many_people_there_are(client, world, django_assert_max_num_queries):
    def fill(number):
        for row in range(number):
            worlds.appoint(worlds.person(f"Extra{row}"), Office.OBSERVER, world.area)

    fill(2)
    read(client, world, "gwen", "accounts")
    with django_assert_max_num_queries(40) as few:
        read(client, world, "gwen", "accounts")
    fill(15)
    with django_assert_max_num_queries(40) as many:
        read(client, world, "gwen", "accounts")

    assert len(few) == len(many)


def test_an_invitation_is_sent_again_from_the_page_and_not_once_accepted(client, world):
    made = services.appoint_by_address(
        email="new@ashdown.example", name="New Person", area=world.area, office=Office.OBSERVER, since=TODAY,
        authority="Decision", by=world.gwen,
    )  # fmt: skip

    assert "Send a new invitation" in read(client, world, "gwen", "account", made.person_id)
    assert send(client, world, "gwen", {}, "invite_again", made.person_id).status_code == 302
    assert send(client, world, "gwen", {}, "invite_again", world.ben.pk).status_code == 409


def test_acts_on_an_account_are_done_from_their_pages(client, world):
    ben = world.ben.pk
    first = {"email": "ben@new.example", "seen": marks.of_address(world.ben)}
    send(client, world, "gwen", first, "account_act", ben, "address")
    world.ben.refresh_from_db()
    second = {"email": world.dev.email, "seen": marks.of_address(world.ben)}
    taken = send(client, world, "gwen", second, "account_act", ben, "address")
    send(client, world, "gwen", {"reason": "New phone."}, "account_act", ben, "reset")
    again = send(client, world, "gwen", {"reason": "New phone."}, "account_act", ben, "reset")

    assert "There is already an account for this email address" in taken.content.decode()
    assert again.status_code == 409
    assert "Somebody else has to agree" in read(client, world, "gwen", "account", ben)
    reset = FactorReset.objects.get()
    assert "Agree and send the link" in read(client, world, "dev", "factor_resets")
    assert send(client, world, "dev", {}, "confirm_factor_reset", reset.pk).status_code == 302
    assert send(client, world, "dev", {}, "confirm_factor_reset", reset.pk).status_code == 404
    send(client, world, "gwen", {"reason": "Left."}, "account_act", world.dev.pk, "close")
    send(client, world, "gwen", {"reason": "Back."}, "account_act", world.dev.pk, "open")
    assert User.objects.get(pk=world.dev.pk).is_active


@pytest.mark.parametrize("act", ["address", "reset", "close", "open"])
def test_an_act_on_an_account_asks_again_who_it_is(client, world, later, act):
    client.force_login(world.gwen)
    later(11 * 60)

    for asked in (client.get, client.post):
        answer = asked(page(world, "account_act", world.ben.pk, act))
        assert answer.url.startswith("/account/2fa/reauthenticate/")


@pytest.mark.parametrize("act", ["address", "reset", "close"])
def test_ones_own_account_is_refused_before_anybody_is_asked_who_they_are(client, world, later, act):
    client.force_login(world.gwen)
    later(11 * 60)

    answer = client.post(page(world, "account_act", world.gwen.pk, act), {"reason": "Left.", "email": "a@b.example"})

    assert answer.status_code == 403
    assert not KeptPost.objects.exists()


@pytest.mark.parametrize(
    ("act", "data", "sentence"),
    [
        ("address", {"email": "nothing"}, "Enter an email address in the right form"),
        ("close", {"reason": " "}, "Say why"),
        ("open", {"reason": "Why not"}, "is open"),
    ],
)
def test_bad_input_is_said_at_its_field(client, world, act, data, sentence):
    answer = send(client, world, "gwen", data, "account_act", world.ben.pk, act)

    assert sentence in answer.content.decode()


def test_somebody_who_never_served_here_is_not_there(client, world):
    client.force_login(world.gwen)

    for name, more in (("account", ()), ("account_act", ("close",))):
        assert client.get(page(world, name, world.harry.pk, *more)).status_code == 404
    assert client.get(page(world, "account_act", world.ben.pk, "dance")).status_code == 404
    assert client.post(page(world, "ask_sign_in", world.ben.pk)).status_code == 404
    assert Appointment.objects.filter(person=world.harry).count() == 1


def test_the_second_person_finds_the_request_on_home_and_who_asked_does_not(client, world):
    services.ask_factor_reset(person=world.ben, area=world.area, reason="New phone.", by=world.gwen)

    def home(who):
        client.force_login(world.people[who])
        return client.get("/").content.decode()

    assert "Ben lost their second factor" in home("dev")
    assert all("lost their second factor" not in home(who) for who in ("gwen", "ben", "amina", "harry"))


def test_of_who_serves_several_areas_the_request_shows_in_another_area_alone(client, world):
    serves_elsewhere(world)
    elsewhere = worlds.seat(world.other_area, "Otherham Police", "police")
    worlds.appoint(world.ines, Office.DSP, world.other_area, elsewhere)
    services.ask_factor_reset(person=world.ben, area=world.area, reason="New phone.", by=world.gwen)

    def home(who):
        client.force_login(world.people[who])
        return client.get("/").content.decode()

    assert "Ben lost their second factor" in home("ines")
    assert "lost their second factor" not in home("dev")


@pytest.mark.parametrize("same", ["{}", " {} ", "upper"])
def test_the_same_address_again_is_said_at_its_field(client, world, same):
    email = world.ben.email.upper() if same == "upper" else same.format(world.ben.email)
    typed = {"email": email, "seen": marks.of_address(world.ben)}

    answer = send(client, world, "gwen", typed, "account_act", world.ben.pk, "address")

    assert answer.status_code == 409
    assert answer.context["form"].errors["email"] == ["This is the address already."]
    assert not OutgoingMail.objects.filter(to=world.ben.email).exists()
