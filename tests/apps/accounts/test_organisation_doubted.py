"""What an organisation says and is not believed, and what is shown when it does not answer."""

import time

import pytest
from django.urls import reverse

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import services
from tests.apps.accounts.fake_provider import KEY, OTHER_KEY
from tests.apps.accounts.journeys import (
    asked,
    leads_to,
    start,
    there,
    there_and_back,
)
from tests.apps.accounts.test_organisation_pages import amina, bound, organisation, signed_in_as  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
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
