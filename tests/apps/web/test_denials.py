"""Every no to somebody who is signed in leaves one line in the log, with ids and the rule and without a word of content."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from partnership.accounts import invitations
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.settings import traces  # noqa: TID251  it is no setting
from partnership.web import denials, errors, rest
from partnership.web.request_lines import RequestLines
from tests import worlds

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
CANARY = "canary-in-the-sentence"


@pytest.fixture
def lines(caplog):
    """The lines of the access log so far, as the keys that production shows."""
    caplog.set_level(logging.INFO, logger="partnership.access")
    return lambda: [
        {key: getattr(record, key) for key in denials.KEYS}
        for record in caplog.records
        if record.name == "partnership.access"
    ]


def as_(person, **more) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def test_a_missing_right_is_logged_by_the_name_of_the_permission(world, lines):
    where = reverse("funding:add_contribution", args=[world.area.slug, "2025-26"])

    as_(world.femi).get(where)

    assert lines() == [
        {
            "actor": world.femi.pk,
            "method": "GET",
            "page": "funding:add_contribution",
            "arguments": {"area": world.area.slug, "year": "2025-26"},
            "rule": "record_funding",
            "status": 403,
        }
    ]


def test_what_lies_in_another_area_is_logged_as_outside(world, lines):
    as_(world.harry).get(reverse("areas:people", args=[world.area.slug]))

    assert [(row["rule"], row["status"], row["page"]) for row in lines()] == [("outside", 404, "areas:people")]


def test_an_address_that_does_not_exist_is_logged_without_what_was_typed(world, lines):
    as_(world.gwen).get(f"/{CANARY}/?q={CANARY}")

    (row,) = lines()
    assert (row["page"], row["arguments"], row["rule"]) == ("(no such address)", {}, "outside")


def test_the_right_person_at_the_wrong_time_is_logged_with_the_kind_of_no(world, lines):
    version = worlds.in_sign_off(world)
    where = reverse("documents:publish", args=[world.area.slug, "yearly-report/2025-26", version.number])

    as_(world.gwen).post(where, {})

    assert [(row["rule"], row["status"], row["arguments"]["number"]) for row in lines()] == [("WrongState", 409, "1")]


def test_a_refusal_that_a_page_says_in_its_own_words_is_logged_too(world, lines):
    version = worlds.written(world)
    where = reverse("documents:section", args=[world.area.slug, "yearly-report/2025-26", "funding"])

    as_(world.femi).post(where, {"body": CANARY, "seen_revision": version.sections.get(key="funding").revision})

    assert [(row["rule"], row["status"]) for row in lines()] == [("draft_document", 403)]


def test_a_form_without_its_token_is_logged_as_such(world, lines):
    where = reverse("funding:add_contribution", args=[world.area.slug, "2025-26"])

    as_(world.gwen, enforce_csrf_checks=True).post(where, {"payer": CANARY})

    assert [(row["rule"], row["status"]) for row in lines()] == [("csrf", 403)]


@pytest.mark.parametrize(
    ("refusal", "rule"),
    [
        (NotAllowed(CANARY), "NotAllowed"),
        (NotAllowed(CANARY, rule="sign_document"), "sign_document"),
        (WrongState(CANARY), "WrongState"),
        (Conflict(CANARY), "Conflict"),
        (Incomplete(CANARY), "Incomplete"),
    ],
)
def test_each_kind_of_refusal_is_one_line_without_its_sentence(world, lines, caplog, refusal, rule):
    request = RequestFactory().post(f"/areas/{world.area.slug}/people/?q={CANARY}", {"reason": CANARY})
    request.user = world.gwen

    answer = denials.Denials(lambda asked: errors.refused(asked, refusal))(request)

    assert answer.status_code in {403, 409}
    assert [row["rule"] for row in lines()] == [rule]
    assert CANARY not in caplog.text
    assert not any(CANARY in str(vars(record)) for record in caplog.records if record.name == "partnership.access")


def test_a_refusal_of_the_api_and_one_of_django_are_named(world, lines):
    request = RequestFactory().get("/api/v1/documents/")
    request.user = world.gwen
    wrapped = type("Asked", (), {"_request": request})()

    rest.problem(Conflict("Not now."), {"request": wrapped})
    named = denials.rule_of(request, 409)
    errors.permission_denied(request, PermissionDenied(CANARY))

    assert (named, denials.rule_of(request, 403)) == ("Conflict", "PermissionDenied")


def test_a_page_that_names_no_rule_is_logged_all_the_same(world, lines):
    request = RequestFactory().post(f"/areas/{world.area.slug}/people/")
    request.user = world.gwen

    denials.Denials(lambda asked: HttpResponse(status=409))(request)

    assert [row["rule"] for row in lines()] == ["refused"]


def test_an_address_without_its_slash_leaves_one_line_and_not_two(world, lines):
    as_(world.harry).get(f"/areas/{world.area.slug}/people", follow=True)

    assert [row["page"] for row in lines()] == ["areas:people"]


def test_nobody_who_is_led_to_sign_in_and_no_open_page_is_a_denial(client, world, lines):
    client.get(reverse("areas:people", args=[world.area.slug]))
    client.get("/nowhere/")
    as_(world.gwen).get(reverse("areas:people", args=[world.area.slug]))

    assert lines() == []


def test_tokens_hashes_and_names_of_files_are_never_told(world, lines):
    worlds.begun(world)
    as_(world.gwen).get(reverse("documents:picture", args=[world.area.slug, "yearly-report/2025-26", CANARY]))
    as_(world.gwen).get(reverse("practice:message", args=[f"1-{CANARY}.eml"]))

    assert [row["status"] for row in lines()] == [404, 404]
    assert CANARY not in str(lines())
    assert lines()[0]["arguments"] == {"area": world.area.slug, "document": "yearly-report/2025-26"}


def test_django_logs_no_path_with_a_token_in_it(client, caplog):
    caplog.set_level(logging.DEBUG)

    client.get(reverse("accounts:accept", args=[CANARY]))
    client.get(f"/{CANARY}/")

    told = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert told == ["Gone: GET accounts:accept", "Not Found: GET (no such address)"]
    assert CANARY not in caplog.text


def test_a_host_that_is_not_ours_is_one_line_without_what_was_sent(client, caplog):
    answer = client.get("/accessibility/", headers={"host": f"{CANARY}.example"})

    assert answer.status_code == 400
    (record,) = [record for record in caplog.records if record.name.startswith("django.security")]
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert record.getMessage() == "Bad request (DisallowedHost): GET web:accessibility"
    assert CANARY not in caplog.text


def test_the_line_of_a_request_in_production_has_no_path_and_no_query(world):
    path = "/" + invitations.make(world.gwen).link.split("/", 3)[3]

    told = RequestLines.format_request(RequestFactory().get(f"{path}?q={CANARY}"))

    assert told == "GET accounts:accept"


def test_a_stack_trace_leaves_out_what_the_database_tells_of_a_row():
    try:
        try:
            raise ValueError(f'new row violates "a_check"\nDETAIL:  Failing row contains (1, {CANARY}\n{CANARY}).')
        except ValueError as error:
            raise RuntimeError("The save failed.") from error
    except RuntimeError:
        told = traces.trace(sys.exc_info())

    assert CANARY not in told
    assert 'violates "a_check"' in told
    assert "RuntimeError: The save failed." in told


PRODUCTION = """
import django, logging
django.setup()
from partnership.web import denials
said = {"actor": 12, "method": "GET", "page": "areas:people", "arguments": {"area": "leeds"}, "rule": "outside"}
denials.log.info(denials.LINE, {**said, "told": "area=leeds", "status": 404}, extra={**said, "status": 404})
"""


def test_production_writes_the_line_as_json_with_a_key_for_each_part():
    required = {
        "DJANGO_SETTINGS_MODULE": "partnership.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "safe.example",
        "PUBLIC_ADDRESS": "https://safe.example",
        "EMAIL_HOST": "mail.example",
    }

    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        cwd=ROOT,
        env={**os.environ, **required},
        capture_output=True,
        text=True,
        check=True,
    )

    row = json.loads(done.stderr.strip().splitlines()[-1])
    assert {key: row[key] for key in denials.KEYS} == {
        "actor": 12,
        "method": "GET",
        "page": "areas:people",
        "arguments": {"area": "leeds"},
        "rule": "outside",
        "status": 404,
    }
    assert row["logger"] == "partnership.access"
