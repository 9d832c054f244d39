from datetime import UTC, datetime, timedelta

import pytest

from partnership import clock
from partnership.accounts import invitations, services
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict, WrongState
from partnership.mail import services as mail
from partnership.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
PASSWORD = "four words none related"


@pytest.fixture
def gwen():
    return User.objects.create_user("gwen@example.org", PASSWORD, name="Gwen Price")


@pytest.fixture
def femi(gwen):
    with clock.frozen(NOW):
        return services.invite(email="Femi@Example.org", name="Femi Adeyemi", by=gwen, area_slug="ealing")


def token(letter):
    return letter.text.split("/invitations/")[1].split("/")[0]


def test_invite_makes_an_account_that_nobody_can_enter_yet(femi):
    assert femi.email == "femi@example.org"
    assert not femi.has_usable_password()


def test_invite_sends_one_letter_with_the_link_and_its_end(femi):
    letter = OutgoingMail.objects.get()

    assert letter.subject == "You are invited to Manage a safeguarding partnership"
    assert "Gwen Price has invited you" in letter.text
    assert "until 21 September 2026 at 10:00am" in letter.text
    assert token(letter) in letter.html


def test_invite_is_on_the_record(femi, gwen):
    entry = AuditEntry.objects.get()

    assert (entry.event, entry.actor_id, entry.area_slug) == ("person.invited", gwen.pk, "ealing")
    assert entry.data == {"person": "Femi Adeyemi"}


def test_invite_refuses_an_address_that_has_an_account_and_changes_nothing(femi, gwen):
    with pytest.raises(Conflict, match="already an account"):
        services.invite(email="femi@example.ORG", name="Somebody else", by=gwen)

    assert User.objects.filter(email__iexact="femi@example.org").count() == 1
    assert OutgoingMail.objects.count() == 1


def test_nothing_is_made_when_the_letter_cannot_be_queued(gwen, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(mail, "queue", broken)
    with pytest.raises(RuntimeError):
        services.invite(email="femi@example.org", name="Femi Adeyemi", by=gwen)

    assert not User.objects.filter(email="femi@example.org").exists()
    assert not AuditEntry.objects.exists()


def test_accept_sets_the_password(femi):
    with clock.frozen(NOW + timedelta(days=6, hours=23)):
        services.accept(token=token(OutgoingMail.objects.get()), password=PASSWORD)

    femi.refresh_from_db()
    assert femi.check_password(PASSWORD)


def test_accept_works_once(femi):
    link = token(OutgoingMail.objects.get())
    with clock.frozen(NOW):
        services.accept(token=link, password=PASSWORD)

        with pytest.raises(WrongState):
            services.accept(token=link, password="another four words here")

    femi.refresh_from_db()
    assert femi.check_password(PASSWORD)


def test_accept_refuses_after_seven_days(femi):
    with clock.frozen(NOW + timedelta(days=7, seconds=1)), pytest.raises(WrongState):
        services.accept(token=token(OutgoingMail.objects.get()), password=PASSWORD)


def test_accept_refuses_a_link_of_somebody_who_left(femi):
    User.objects.filter(pk=femi.pk).update(is_active=False)

    with clock.frozen(NOW), pytest.raises(WrongState):
        services.accept(token=token(OutgoingMail.objects.get()), password=PASSWORD)


def test_accept_refuses_a_forged_link(femi):
    with clock.frozen(NOW), pytest.raises(WrongState):
        services.accept(token=token(OutgoingMail.objects.get())[:-1] + "?", password=PASSWORD)


def test_resend_replaces_the_link(femi, gwen):
    earlier = token(OutgoingMail.objects.get())
    with clock.frozen(NOW + timedelta(days=10)):
        services.resend(user=femi, by=gwen)

        latest = token(OutgoingMail.objects.latest("pk"))
        assert invitations.holder(earlier) is None
        assert invitations.holder(latest) == femi
    assert OutgoingMail.objects.count() == 2


def test_resend_refuses_somebody_who_has_accepted(gwen):
    with pytest.raises(WrongState, match="Gwen Price has already accepted"):
        services.resend(user=gwen, by=gwen)

    assert not OutgoingMail.objects.exists()
