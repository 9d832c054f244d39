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
from partnership.accounts import sessions
from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.accounts.organisations import services
from partnership.audit.models import AuditEntry
from partnership.errors import WrongState
from partnership.mail.models import OutgoingMail
from tests.apps.accounts.fake_provider import KEY, OTHER_KEY, TENANT
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
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
IDENTITIES = "/people/me/organisations/"
ADD = "/people/me/organisations/add/marlbridge/"


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


LIES = {
    "wrong issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "wrong audience": {"claims": {"aud": "another-service"}},
    "one audience of several without us as the party": {"claims": {"aud": ["the-service", "another"]}},
    "another authorised party": {"claims": {"azp": "another-service"}},
    "expired": {"claims": {"exp": int(time.time()) - 600}},
    "without an end": {"claims": {"exp": None}},
    "wrong nonce": {"claims": {"nonce": "of-another-sign-in"}},
    "without a nonce": {"claims": {"nonce": None}},
    "wrong tenant": {"claims": {"tid": "tenant-2"}},
    "without a tenant": {"claims": {"tid": None}},
    "without a subject": {"claims": {"sub": None}},
    "empty subject": {"claims": {"sub": ""}},
    "a subject that is a number": {"claims": {"sub": 7}},
    "a subject that is too long": {"claims": {"sub": "s" * 256}},
    "a subject that no database keeps": {"claims": {"sub": "a\0b"}},
    "another signing key": {"key": OTHER_KEY},
    "signed with the secret": {"key": "a secret of the client, made long enough", "algorithm": "HS256"},
    "not signed": {"key": None, "algorithm": "none"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_prove_who_it_is_signs_nobody_in(client, provider, bound, lie):
    for name, value in LIES[lie].items():
        setattr(provider, name, value)

    answer = there_and_back(client, provider, start())

    assert answer.status_code == 403
    assert "does not prove who you are" in answer.content.decode()
    assert signed_in_as(client) is None
    provider.claims, provider.key, provider.algorithm = {}, KEY, "RS256"
    there_and_back(client, provider, start())
    assert signed_in_as(client) == str(bound.pk)


def test_a_token_of_another_tenant_is_good_where_no_tenant_is_asked_for(client, provider, bound):
    Organisation.objects.update(tenant="")

    there_and_back(client, provider, start())

    assert signed_in_as(client) == str(bound.pk)


def test_an_answer_counts_once(client, provider, bound):
    back = there(client, provider, start())
    client.get(back)
    client.post("/account/logout/")

    answer = client.get(back)

    assert answer.status_code == 409
    assert "is done already. Begin again." in answer.content.decode()
    assert signed_in_as(client) is None


def test_an_answer_with_the_state_of_another_organisation_is_refused(client, provider, bound):
    organisation = services.add(
        name="Other", slug="other", issuer="https://other.example", client_id="x", client_secret="y", by=None
    )
    back = there(client, provider, start())

    assert client.get(back.replace("marlbridge", organisation.slug)).status_code == 409


def test_an_answer_that_names_another_issuer_is_refused(client, provider, bound):
    back = there(client, provider, start()).replace("iss=http", "iss=https")

    assert client.get(back).status_code == 403
    assert "/token" not in provider.asked[-1:]


def test_a_code_of_another_journey_is_refused(client, provider, bound):
    ours, theirs = there(client, provider, start()), there(type(client)(), provider, start())
    code, stolen = (asked(f"?{path.partition('?')[2]}")["code"] for path in (ours, theirs))

    assert client.get(ours.replace(code, stolen)).status_code == 403
    assert signed_in_as(client) is None


def test_who_breaks_off_there_is_told_what_to_do(client, provider, bound):
    state = asked(leads_to(client.post(start())))["state"]

    answer = client.get(reverse("accounts:answer", args=["marlbridge"]), {"error": "access_denied", "state": state})

    assert answer.status_code == 403
    assert "did not sign you in. Begin again, or sign in with your password." in answer.content.decode()


def test_discovery_that_names_another_issuer_is_refused(client, provider, bound):
    provider.discovery = {"issuer": "https://elsewhere.example"}

    answer = client.post(start())

    assert answer.status_code == 403
    assert "is not what was set up here" in answer.content.decode()


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/x", "javascript:alert(1)", None, "//x", "https://a@b/"])
def test_discovery_with_an_unsafe_address_is_refused(client, provider, bound, name, address):
    provider.discovery = {name: address}

    assert client.post(start()).status_code == 403


# --- when nobody answers

UNREACHABLE = "We could not reach Marlbridge Council’s sign-in. Try again, or sign in with your password."


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_provider_that_fails_is_a_page_and_not_an_error(client, provider, bound, status):
    provider.failing = {"/.well-known/openid-configuration": status}

    answer = client.post(start())

    assert answer.status_code == 503
    assert UNREACHABLE in answer.content.decode()


@pytest.mark.parametrize("path", ["/token", "/jwks"])
def test_a_provider_that_fails_on_the_way_back_is_a_page_too(client, provider, bound, path):
    back = there(client, provider, start())
    provider.failing = {path: 502}

    answer = client.get(back)

    assert answer.status_code == 503
    assert UNREACHABLE in answer.content.decode()


@pytest.mark.parametrize("path", ["/token", "/jwks", "/.well-known/openid-configuration"])
@pytest.mark.parametrize("nonsense", ["", "5", "null", "[]", '["access_token"]', "{}", '{"keys": 5}', '{"keys": [5]}'])
def test_an_answer_that_makes_no_sense_is_a_page_and_not_an_error(client, provider, bound, path, nonsense):
    back = there(client, provider, start())
    provider.nonsense = {path: nonsense}

    answer = client.post(start()) if "well-known" in path else client.get(back)

    assert answer.status_code in {403, 503}
    assert signed_in_as(client) is None


def test_discovery_that_leads_elsewhere_is_not_followed(client, provider, bound):
    provider.moved = {"/.well-known/openid-configuration": f"{provider.url}/elsewhere"}

    assert client.post(start()).status_code == 503
    assert "/elsewhere" not in provider.asked


def test_a_provider_that_is_not_there_is_a_page(client, provider, bound):
    Organisation.objects.update(issuer="http://127.0.0.1:9")

    assert UNREACHABLE in client.post(start()).content.decode()


def test_a_secret_stored_under_a_key_that_is_gone_is_a_page(client, provider, bound, settings):
    settings.SECRET_KEY = "another key, with nothing to fall back on, of a new installation"

    answer = client.post(start())

    assert answer.status_code == 409
    assert "has to be set up again by the operator" in answer.content.decode()


# --- one's own account


def test_an_organisation_is_added_by_somebody_who_is_signed_in(client, provider, organisation, amina):
    sign_in(client, amina)
    assert "Add Marlbridge Council" in client.get(IDENTITIES).content.decode()

    answer = there_and_back(client, provider, ADD)

    assert answer.url == IDENTITIES
    assert OrganisationIdentity.objects.get().user == amina
    html = client.get(IDENTITIES).content.decode()
    assert "Marlbridge Council now opens your account as well." in html
    assert "Add Marlbridge Council" not in html
    assert "Marlbridge Council" in client.get(reverse("mfa_index")).content.decode()


def test_adding_takes_a_second_factor_used_lately(client, organisation, amina, monkeypatch):
    totp.TOTP.activate(amina, SECRET)
    client.force_login(amina)
    later = sessions.real_now() + 11 * 60
    monkeypatch.setattr(sessions, "real_now", lambda: later)

    assert client.post(ADD).url == IDENTITIES
    assert client.get(IDENTITIES).url.startswith(reverse("mfa_reauthenticate"))


def test_who_signed_out_on_the_way_adds_nothing(client, provider, organisation, amina):
    sign_in(client, amina)
    back = there(client, provider, ADD)
    client.post("/account/logout/")

    assert client.get(back).status_code == 409
    assert not OrganisationIdentity.objects.exists()


def test_whoever_is_signed_in_when_it_ends_must_have_begun_it(client, provider, organisation, amina):
    sign_in(client, amina)
    back = there(client, provider, ADD)
    states = client.session["socialaccount_states"]
    client.force_login(User.objects.create_user("ben@example.org", PASSWORD, name="Ben"))
    session = client.session
    session["socialaccount_states"] = states
    session.save()

    answer = client.get(back)

    assert answer.status_code == 403
    assert "no longer signed in as the person who began this" in answer.content.decode()
    assert not OrganisationIdentity.objects.exists()


def test_adding_somebody_who_is_bound_elsewhere_is_refused(client, provider, bound, amina):
    sign_in(client, amina)

    answer = there_and_back(client, provider, ADD)

    assert answer.status_code == 409
    assert OrganisationIdentity.objects.get().user == bound


def test_an_organisation_is_removed(client, provider, organisation, amina):
    sign_in(client, amina)
    there_and_back(client, provider, ADD)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    assert "Remove Marlbridge Council" in client.get(path).content.decode()
    assert client.post(path).url == IDENTITIES

    assert not OrganisationIdentity.objects.exists()
    assert there_and_back(client, provider, start()).status_code == 403
    assert list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))[-2:] == [
        "identity.bound",
        "identity.unbound",
    ]


def test_the_only_way_in_is_not_removed(client, bound):
    client.force_login(bound)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    html = client.get(path).content.decode()

    assert "Marlbridge Council is your only way in." in html
    assert "<button" not in html.partition("<main")[2].partition("</main>")[0]
    assert client.post(path).status_code == 409
    assert OrganisationIdentity.objects.count() == 1


def test_the_only_way_in_is_removed_once_a_password_is_set(client, bound):
    client.force_login(bound)
    assert "None" in client.get(reverse("mfa_index")).content.decode()
    page = client.get(reverse("account_change_password"))
    client.post(page.url, {"password1": PASSWORD, "password2": PASSWORD})
    bound.refresh_from_db()
    sign_in(client, bound)

    client.post(reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk]))

    assert not OrganisationIdentity.objects.exists()


def test_nobody_removes_what_is_somebody_elses(client, provider, bound, amina):
    sign_in(client, amina)
    path = reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk])

    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_each_notice_goes_to_the_holder_and_says_where_to_look(client, provider, organisation, amina):
    sign_in(client, amina)
    there_and_back(client, provider, ADD)
    client.post(reverse("accounts:remove_identity", args=[OrganisationIdentity.objects.get().pk]))

    letters = OutgoingMail.objects.order_by("pk")

    assert [letter.subject for letter in letters] == [
        "Marlbridge Council now opens your account",
        "Marlbridge Council no longer opens your account",
    ]
    assert {letter.to for letter in letters} == {amina.email}
    assert all("http://localhost:8000/account/2fa/" in letter.text for letter in letters)
    assert not any("subject-of-femi" in letter.text for letter in letters)
