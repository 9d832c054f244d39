"""The page behind an agency's link, the team's page of notices, and what home says of them."""

from datetime import datetime

import pytest
from django.test import Client

from arrangements import services
from arrangements.models import AgencyNotice
from partnership import clock
from partnership.audit.models import AuditEntry
from tests.apps.arrangements.told import CHARITY, SCHOOL

TOMORROW = datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)
AGENCIES = "/areas/oakshire/arrangements/2026/agencies/"
SAID = {"name": "Nour Haddad", "office": "Head teacher", "note": "", "agree": "on"}
PAST_TEN_DAYS = datetime(2026, 9, 28, 9, tzinfo=clock.LONDON)


def page(told, name=SCHOOL):
    return f"/acknowledge/{told.token(name)}/"


def read(client, told, path=AGENCIES, name="gwen", **more):
    client.force_login(told.places.person(name))
    return client.get(path, **more)


def post(client, told, path, data=None, name="gwen", **more):
    client.force_login(told.places.person(name))
    return client.post(path, data or {}, **more)


def needs(client, told, name="gwen"):
    return [need["row"] for need in read(client, told, "/", name).context.get("needs", [])]


# the page behind the link


def test_the_page_says_who_is_asked_for_what_without_an_account(client, told):
    answer = client.get(page(told))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Oakshire Partnership has published its Multi-agency safeguarding arrangements 2026" in text
    assert "I have read the arrangements and know what they ask of Oakshire School" in text
    assert 'href="/published/oakshire/arrangements/2026/"' in text
    assert "Write nothing about any child" in text
    assert CHARITY not in text and "school@agencies.example" not in text


def test_the_page_is_for_no_cache_no_search_engine_and_no_other_site(client, told):
    for answer in (client.get(page(told)), client.post(page(told), SAID), client.get(page(told))):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_acknowledges_nothing(client, told, method):
    getattr(client, method)(page(told))
    getattr(client, method)(page(told), SAID)

    assert told.notice().acknowledged_at is None


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_the_page_takes_nothing_but_a_form(client, told, method):
    assert getattr(client, method)(page(told)).status_code == 405
    assert told.notice().acknowledged_at is None


def test_sending_the_form_records_it_and_shows_it(client, told):
    answer = client.post(page(told), SAID, follow=True)

    assert answer.redirect_chain == [(page(told), 302)]
    assert "Nour Haddad, Head teacher" in answer.content.decode()
    assert "<form" not in answer.content.decode().split("<main")[1]
    assert told.notice().acknowledged_by_name == "Nour Haddad"


def test_a_second_sending_shows_the_first_record(client, told):
    client.post(page(told), SAID)

    answer = client.post(page(told), {**SAID, "name": "Somebody else"}, follow=True)

    assert "Nour Haddad" in answer.content.decode()
    assert "Somebody else" not in answer.content.decode()
    assert AuditEntry.objects.filter(event="arrangements.acknowledged").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("agree", "", "Tick the statement to acknowledge the arrangements"),
        ("name", "  ", "Enter your name"),
        ("office", "", "Enter your office at the agency"),
        ("name", "N" * 121, "Your name must be 120 characters or fewer."),
        ("note", "n" * 1001, "must be 1,000 characters or fewer."),
        ("name", "Nour\x00", "Your name has a character that cannot be shown after “Nour”"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_recorded(client, told, field, value, sentence):
    answer = client.post(page(told), {**SAID, field: value})

    assert sentence in answer.content.decode()
    assert told.notice().acknowledged_at is None


def test_what_an_agency_writes_is_shown_as_text_and_not_run(client, told):
    client.post(page(told), {**SAID, "name": "<script>alert(1)</script>", "note": "<img src=x onerror=alert(2)>"})

    for text in (client.get(page(told)).content.decode(), read(client, told).content.decode()):
        assert "<script>alert" not in text and "<img src=x" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%00", "%ff%fe", "..", "None", "é" * 43])
def test_a_link_that_never_was_is_not_found(client, told, token):
    for answer in (client.get(f"/acknowledge/{token}/"), client.post(f"/acknowledge/{token}/", SAID)):
        assert answer.status_code == 404
    assert not AgencyNotice.objects.exclude(acknowledged_at=None).exists()


def test_the_fingerprint_of_a_token_opens_nothing(client, told):
    assert client.get(f"/acknowledge/{told.notice().token_sha256}/").status_code == 404
    assert client.get(f"/acknowledge/{told.notice().reference}/").status_code == 404


def test_the_link_opens_nothing_else(client, told):
    client.get(page(told))
    client.post(page(told), SAID)

    assert client.get(AGENCIES).status_code == 302
    assert client.get("/areas/oakshire/arrangements/2026/").status_code == 302


def test_a_form_from_another_site_is_refused(told):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(page(told), SAID).status_code == 403
    assert told.notice().acknowledged_at is None


def test_a_replaced_link_is_not_found(client, told):
    old = page(told)
    with clock.frozen(TOMORROW):
        services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert client.get(old).status_code == 404
    assert client.get(page(told)).status_code == 200


def test_a_replaced_edition_says_so_and_leads_to_the_newer_one(client, told):
    told.places.publish(label="2027", key="arrangements")

    answer = client.post(page(told), SAID, follow=True)
    text = answer.content.decode()

    assert "A newer edition has replaced these arrangements" in text
    assert "This link is about" in text and "version 1, published on 14 September 2026" in text
    assert 'href="/published/oakshire/arrangements/2027/"' in text
    assert told.notice().acknowledged_at is None


def test_an_edition_acknowledged_before_it_was_replaced_shows_both(client, told):
    client.post(page(told), SAID)
    told.places.publish(label="2027", key="arrangements")

    text = client.get(page(told)).content.decode()

    assert "Nour Haddad" in text and "/published/oakshire/arrangements/2027/" in text


def test_somebody_signed_in_sees_the_same_page(client, told):
    assert "I have read the arrangements" in read(client, told, page(told), "amina").content.decode()


# the page of notices


# home
