"""Signing in through an organisation, from the button to the account, against a provider on this machine."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.accounts.organisations import services
from partnership.errors import WrongState
from partnership.mail.models import OutgoingMail
from tests.apps.accounts.fake_provider import TENANT
from tests.apps.accounts.journeys import (
    PASSWORD,
    asked,
    invited,
    leads_to,
    set_up,
    start,
    there,
    there_and_back,
)
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db
ADD = "/people/me/organisations/add/marlbridge/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def organisation(provider):
    return set_up(provider)


@pytest.fixture
def amina():
    return User.objects.create_user("amina@example.org", PASSWORD, name="Amina Khan")


@pytest.fixture
def bound(client, provider, organisation, amina):
    """Femi, who accepted an invitation through the organisation and signed out again."""
    there_and_back(client, provider, invited(amina) + "marlbridge/")
    client.post("/account/logout/")
    return User.objects.get(email="femi@example.org")


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def sign_in(client, user):
    """As somebody who has used their second factor a moment ago."""
    client.force_login(user)


# --- accepting an invitation


def test_an_invitation_is_accepted_by_signing_in_at_the_organisation(client, provider, organisation, amina):
    link = invited(amina)

    assert "Sign in with Marlbridge Council" in client.get(link).content.decode()
    response = there_and_back(client, provider, link + "marlbridge/")

    femi = User.objects.get(email="femi@example.org")
    identity = OrganisationIdentity.objects.get()
    assert response.url == "/"
    assert signed_in_as(client) == str(femi.pk)
    assert (identity.user, identity.organisation) == (femi, organisation)
    assert (identity.issuer, identity.tenant, identity.subject) == (provider.url, TENANT, "subject-of-femi")
    assert not femi.has_usable_password()


def test_an_invitation_is_used_up_by_it(client, bound):
    link = (
        "/people/invitations/" + OutgoingMail.objects.order_by("pk").first().text.split("/invitations/")[1].split()[0]
    )

    assert client.get(link).status_code == 410
    assert client.post(link + "marlbridge/").status_code == 410


def test_two_journeys_from_one_invitation_bind_one_person(client, provider, organisation, amina):
    link = invited(amina)
    first, second = (there(client, provider, link + "marlbridge/") for _ in range(2))
    client.get(first)
    provider.subject = "somebody-else"

    answer = client.get(second)

    assert answer.status_code == 409
    assert "This invitation has been used or is over." in answer.content.decode()
    assert OrganisationIdentity.objects.count() == 1


def test_an_invitation_that_ended_on_the_way_binds_nobody(client, provider, organisation, amina):
    back = there(client, provider, invited(amina) + "marlbridge/")

    with clock.frozen(MONDAY + timedelta(days=8)):
        answer = client.get(back)

    assert answer.status_code == 409
    assert "This invitation has been used or is over." in answer.content.decode()
    assert not OrganisationIdentity.objects.exists()


def test_an_invitation_to_a_subject_who_has_an_account_is_refused_and_stays_good(client, provider, bound, amina):
    link = invited(amina, "other@example.org")

    answer = there_and_back(client, provider, link + "marlbridge/")

    assert answer.status_code == 409
    assert "is bound already" in answer.content.decode()
    assert client.get(link).status_code == 200
    assert signed_in_as(client) is None


def test_another_browser_cannot_end_what_this_one_began(client, provider, organisation, amina):
    back = there(client, provider, invited(amina) + "marlbridge/")

    answer = type(client)().get(back)

    assert answer.status_code == 409
    assert not OrganisationIdentity.objects.exists()


def test_nobody_is_sent_a_second_invitation_once_bound(bound, amina):
    with pytest.raises(WrongState, match="already accepted"):
        accounts.resend(user=bound, by=amina)


def test_who_is_bound_to_an_organisation_that_is_switched_off_is_invited_anew(bound, amina, organisation):
    services.switch(organisation=organisation, on=False, by=None)

    accounts.resend(user=bound, by=amina)

    assert OutgoingMail.objects.latest("pk").to == bound.email


# --- signing in


def test_who_is_bound_signs_in_again(client, provider, bound):
    response = there_and_back(client, provider, start(), next="/accessibility/")

    assert response.url == "/accessibility/"
    assert signed_in_as(client) == str(bound.pk)


def test_the_way_from_the_sign_in_page_keeps_where_somebody_wanted_to_go(client, organisation):
    html = client.get("/account/login/", {"next": "/accessibility/"}).content.decode()

    assert 'href="/people/organisations/?next=/accessibility/"' in html
    html = client.get("/people/organisations/", {"next": "/accessibility/"}).content.decode()
    assert '<input type="hidden" name="next" value="/accessibility/">' in html


def test_an_address_elsewhere_is_not_followed_afterwards(client, provider, bound):
    response = there_and_back(client, provider, start(), next="https://elsewhere.example/")

    assert response.url == "/"


def test_a_changed_email_changes_nothing_because_only_the_subject_counts(client, provider, bound):
    provider.claims = {"email": "new.name@marlbridge.example", "preferred_username": "new"}

    there_and_back(client, provider, start())

    assert signed_in_as(client) == str(bound.pk)


def test_an_unknown_subject_is_refused_even_with_a_known_address_and_nothing_is_made(client, provider, bound, amina):
    provider.subject = "somebody-else"
    provider.claims = {"email": amina.email, "email_verified": True}
    people = User.objects.count()

    answer = there_and_back(client, provider, start())

    assert answer.status_code == 403
    assert "Your organisation knows you, and this service does not: open the link in your invitation first" in (
        answer.content.decode()
    )
    assert signed_in_as(client) is None
    assert User.objects.count() == people
    assert not any(model.objects.exists() for model in (SocialAccount, SocialApp, SocialToken))


def test_the_same_subject_in_another_tenant_is_somebody_else(client, provider, bound):
    Organisation.objects.update(tenant="tenant-2")
    provider.claims = {"tid": "tenant-2"}

    assert there_and_back(client, provider, start()).status_code == 403
    assert signed_in_as(client) is None


def test_a_closed_account_is_refused_with_a_sentence(client, provider, bound):
    User.objects.filter(pk=bound.pk).update(is_active=False)

    answer = there_and_back(client, provider, start())

    assert answer.status_code == 403
    assert "This account is closed." in answer.content.decode()
    assert signed_in_as(client) is None


def test_an_organisation_that_is_switched_off_is_not_offered_and_refused(client, provider, bound, organisation):
    back = there(client, provider, start())
    services.switch(organisation=organisation, on=False, by=None)

    for answer in (client.get(back), client.post(start())):
        assert answer.status_code == 403
        assert "Signing in through Marlbridge Council is switched off." in answer.content.decode()
    assert "Marlbridge" not in client.get(reverse("accounts:organisations")).content.decode()
    assert "your organisation" not in client.get("/account/login/").content.decode()


def test_a_second_factor_is_still_asked_for(client, provider, bound):
    totp.TOTP.activate(bound, SECRET)
    cache.clear()

    response = there_and_back(client, provider, start(), next="/accessibility/")

    assert response.url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    assert client.post(response.url, {"code": code}).url == "/accessibility/"
    assert signed_in_as(client) == str(bound.pk)


def test_somebody_else_who_is_signed_in_is_signed_out_before_the_second_factor_is_asked_for(
    client, provider, bound, amina
):
    totp.TOTP.activate(bound, SECRET)
    client.force_login(amina)

    response = there_and_back(client, provider, start())

    assert response.url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


def test_the_way_there_is_a_link_on_a_page_and_carries_pkce_state_and_nonce(client, provider, organisation):
    answer = client.post(start())

    assert answer.status_code == 200
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    address = leads_to(answer)
    sent = asked(address)
    assert address.startswith(f"{provider.url}/authorize?")
    assert sent["code_challenge_method"] == "S256"
    assert all(len(sent[name]) >= 16 for name in ("state", "nonce", "code_challenge"))
    assert sent["redirect_uri"] == "http://localhost:8000/people/organisations/marlbridge/answer/"


@pytest.mark.parametrize("path", [start(), ADD, "/people/invitations/x/marlbridge/"])
def test_no_journey_is_begun_by_a_link(client, organisation, amina, path):
    client.force_login(amina)

    assert client.get(path).status_code == 405


@pytest.mark.parametrize("name", ["socialaccount_signup", "socialaccount_connections", "openid_connect_login"])
def test_allauth_has_no_page_of_its_own_for_providers(name):
    for given in ([], ["marlbridge"]):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=given)


def test_nothing_is_asked_of_the_organisation_but_who_it_is(client, provider, bound):
    there_and_back(client, provider, start())

    assert set(provider.asked) == {"/.well-known/openid-configuration", "/token", "/jwks"}


# --- what is not believed


# --- when nobody answers


# --- one's own account
