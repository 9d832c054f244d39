"""What every answer carries, and how a refusal, a mistake or an unknown address is told."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError

from partnership.accounts.models import User
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.web import errors, rest
from partnership.web.middleware import NoBodyForHead, Refusals

pytestmark = pytest.mark.django_db


def ask(path="/areas/ealing/"):
    request = RequestFactory().get(path)
    request.user = User(name="Amina Khan", email="amina@example.org")
    return request


def refuse(refusal, path="/areas/ealing/"):
    return Refusals(lambda request: HttpResponse()).process_exception(ask(path), refusal)


@pytest.mark.parametrize(("kind", "status"), [(NotAllowed, 403), (WrongState, 409), (Conflict, 409), (Incomplete, 409)])
def test_a_refusal_becomes_a_page_with_its_sentence(kind, status):
    response = refuse(kind("Only a lead safeguarding partner may sign."))

    assert response.status_code == status
    assert "Only a lead safeguarding partner may sign." in response.content.decode()


def test_what_is_missing_is_listed_with_its_place():
    response = refuse(Incomplete("The report cannot be sent.", (("Write on funding", "/funding"), "Two signatures")))

    assert '<a href="/funding">Write on funding</a>' in response.content.decode()
    assert "<li>Two signatures</li>" in response.content.decode()


def gave_up(sqlstate, **sent):
    error = OperationalError("canceling statement")
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": sqlstate})()
    request = RequestFactory().post("/areas/ealing/", sent)
    request.user = User(name="Amina Khan", email="amina@example.org")
    return Refusals(lambda request: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize("sqlstate", ["55P03", "40P01"])
def test_whoever_waited_in_vain_for_a_lock_is_told_and_may_send_it_again(sqlstate):
    response = gave_up(sqlstate, reason="Because")

    assert response.status_code == 409
    assert '<input type="hidden" name="reason" value="Because">' in response.content.decode()


def test_a_page_for_sending_again_holds_no_proof_of_who_somebody_is():
    response = gave_up("55P03", reason="Because", code="123456", password="a secret")

    assert "123456" not in response.content.decode()
    assert "a secret" not in response.content.decode()
    assert "Send it again" not in response.content.decode()


def test_a_statement_that_took_too_long_is_a_fault_of_ours():
    assert gave_up("57014") is None


def test_other_errors_are_not_taken_for_refusals():
    assert refuse(ValueError("broken")) is None


@pytest.mark.parametrize("kind", [NotAllowed, WrongState])
def test_the_api_gets_a_refusal_as_a_problem_document(kind):
    response = refuse(kind("Not now."), "/api/v1/documents/")

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["detail"] == "Not now."
    assert json.loads(response.content)["status"] == response.status_code


def test_a_view_of_the_api_answers_a_refusal_with_the_places_of_its_problems():
    response = rest.problem(Incomplete("Not yet.", (("Write on funding", "/funding"),)), {})

    assert response.status_code == 409
    assert response.data["errors"] == [["Write on funding", "/funding"]]
    assert response.content_type == "application/problem+json"


def test_a_view_of_the_api_names_the_fields_that_are_wrong():
    response = rest.problem(ValidationError({"year": ["Unknown."]}), {})

    assert (response.status_code, response.data["errors"]) == (400, {"year": ["Unknown."]})


def test_a_view_of_the_api_leaves_an_unknown_error_to_the_500_page():
    assert rest.problem(ValueError("broken"), {}) is None


def test_an_unknown_address_says_what_to_do(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "If you typed the address, check it." in response.content.decode()


def test_an_unknown_address_of_the_api_is_a_problem_document(client):
    assert client.get("/api/nowhere/")["Content-Type"] == "application/problem+json"


def test_a_reason_given_for_a_403_is_shown():
    response = errors.permission_denied(ask(), PermissionDenied("This file is not yours."))

    assert "This file is not yours." in response.content.decode()


def test_the_500_page_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "The fault is on our side" in response.content.decode()


def test_a_form_from_a_page_that_is_too_old_is_answered_with_what_to_do():
    response = errors.csrf_failure(ask())

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()


def test_a_page_of_a_signed_in_person_is_kept_by_no_cache_and_no_search_engine(client):
    client.force_login(User.objects.create_user("amina@example.org", name="Amina Khan"))

    response = client.get("/accessibility/")

    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]


def test_an_open_page_may_be_found_and_kept(client):
    response = client.get("/accessibility/")

    assert "X-Robots-Tag" not in response
    assert "no-store" not in response.get("Cache-Control", "")


def test_a_private_page_sends_to_sign_in_and_is_not_indexed(client):
    response = client.get("/")

    assert response.status_code == 302
    assert "noindex" in response["X-Robots-Tag"]


def test_every_answer_switches_device_features_off_and_allows_no_foreign_script(client):
    response = client.get("/accessibility/")

    assert "camera=()" in response["Permissions-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/accessibility/", "/account/login/"])
def test_a_visitor_finds_what_is_published_and_no_components(client, settings, path):
    settings.PRACTICE = True
    page = client.get(path).content.decode()
    footer = page.split("<footer")[1]

    assert '<a class="govuk-link" href="/published/">What partnerships have published</a>' in footer
    assert "Components" not in page


def test_the_page_to_sign_in_leads_to_what_is_published(client):
    main = client.get("/account/login/").content.decode().split("<main")[1].split("</main>")[0]

    assert 'href="/published/">what partnerships have published</a>' in main


def test_head_is_answered_with_the_length_of_the_page_and_no_body(rf, settings):
    page = rf.get("/accessibility/")
    whole = NoBodyForHead(lambda request: HttpResponse(b"a page"))(page)
    empty = NoBodyForHead(lambda request: HttpResponse(b"a page", headers={"Content-Length": "6"}))(rf.head("/"))
    streamed = NoBodyForHead(lambda request: StreamingHttpResponse([b"a file"]))(rf.head("/"))

    assert whole.content == b"a page"
    assert (empty.content, empty["Content-Length"]) == (b"", "6")
    assert b"".join(streamed) == b""
    assert "partnership.web.middleware.NoBodyForHead" in settings.MIDDLEWARE


def test_the_components_are_shown_in_the_practice_area_alone(client, settings):
    settings.PRACTICE = False

    assert client.get("/components/").status_code == 404


def test_the_practice_area_says_so_with_its_date(client, settings):
    settings.PRACTICE = True

    assert (
        "Practice area. People and some figures are invented. Today is"
        in client.get("/accessibility/").content.decode()
    )


def test_nothing_is_said_of_practice_elsewhere(client, settings):
    settings.PRACTICE = False

    assert "Practice area" not in client.get("/accessibility/").content.decode()
