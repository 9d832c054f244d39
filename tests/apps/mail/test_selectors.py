"""What is told about the outbox: lists, ages, the command, the letters."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from partnership import clock
from partnership.mail import jobs, letters, selectors
from partnership.mail.workflow import Status

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 9, 30, 11, tzinfo=UTC)


@pytest.fixture
def troubles(queue, relay):
    """One sent, one waiting, one failed, one uncertain, all of noon; the last in another area."""
    relay.rcpt = {"waiting@example.org": "450 Busy", "failed@example.org": "550 No"}
    mails = {}
    with clock.frozen(NOON):
        for name in ("sent", "waiting", "failed"):
            mails[name] = queue(to=f"{name}@example.org", area_slug="ealing")
        jobs.deliver_due()
        relay.breaks = "after_final_dot"
        mails["uncertain"] = queue(to="uncertain@example.org", area_slug="invented")
        jobs.deliver_due()
    return mails


def test_failed_and_waiting_lists_what_has_not_gone_as_it_should(troubles):
    assert [mail.status for mail in selectors.failed_and_waiting()] == ["uncertain", "failed", "waiting"]
    assert [mail.status for mail in selectors.failed_and_waiting("ealing")] == ["failed", "waiting"]


@pytest.mark.parametrize(
    ("minutes", "statuses"),
    [(0, {"failed"}), (30, {"failed", "uncertain"}), (60, {"failed", "uncertain", "waiting"})],
)
def test_a_person_is_needed_at_once_after_half_an_hour_or_after_an_hour(troubles, minutes, statuses):
    needing = selectors.needing_a_person(NOON + timedelta(minutes=minutes))

    assert {mail.status for mail in needing} == statuses


def test_the_oldest_undelivered_age_looks_at_what_still_has_to_go(queue, relay):
    assert selectors.oldest_undelivered_age(NOON) == timedelta(0)
    with clock.frozen(NOON):
        queue()
    assert selectors.oldest_undelivered_age(NOON + timedelta(minutes=4)) == timedelta(minutes=4)
    with clock.frozen(NOON):
        jobs.deliver_due()
    assert selectors.oldest_undelivered_age(NOON + timedelta(minutes=4)) == timedelta(0)


def test_deliveries_tells_every_message_as_json(troubles):
    out = StringIO()

    call_command("deliveries", "--json", stdout=out)

    deliveries = {each["recipient"]: each for each in json.loads(out.getvalue())}
    sent, failed = deliveries["sent@example.org"], deliveries["failed@example.org"]
    assert len(deliveries) == 4
    assert set(sent) >= {"reference", "recipient", "subject", "purpose", "state", "attempts", "message_id"}
    assert (sent["state"], sent["attempts"], sent["answer"]) == ("sent", 1, "250 Ok: queued as 4XyZ")
    assert sent["message_id"] == troubles["sent"].message_id
    assert sent["created_at"] == sent["sent_at"] == NOON.isoformat()
    assert (failed["state"], failed["sent_at"]) == ("failed", None)
    assert "550 No" in failed["error"]


def test_deliveries_without_json_is_a_line_for_each_message(queue):
    out = StringIO()
    queue(subject="Yearly report 2025-26")

    call_command("deliveries", stdout=out)

    assert "queued" in out.getvalue()
    assert "Yearly report 2025-26" in out.getvalue()


def test_deliveries_says_when_there_is_nothing():
    out = StringIO()

    call_command("deliveries", stdout=out)

    assert out.getvalue() == "No message has been queued yet.\n"


@pytest.fixture
def letter(settings, tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "please_sign.subject.txt").write_text("Please sign:\n{{ title }}\n")
    (tmp_path / "mail" / "please_sign.body.txt").write_text(
        '{% extends "mail/layout.txt" %}{% block body %}Sign {{ title }}: {{ link }}{% endblock %}'
    )
    (tmp_path / "mail" / "please_sign.body.html").write_text(
        '{% extends "mail/layout.html" %}{% block body %}<p>Sign {{ title }}</p>{% endblock %}'
    )
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    return "please_sign"


def test_a_letter_has_a_subject_on_one_line_and_escapes_html_alone(letter, settings):
    settings.PUBLIC_ADDRESS = "https://partnership.example/"

    subject, text, html = letters.render(letter, {"title": "O'Brien & <Co>", "link": "https://x.example/?a=1&b=2"})

    assert subject == "Please sign: O'Brien & <Co>"
    assert text.startswith("Sign O'Brien & <Co>: https://x.example/?a=1&b=2\n")
    assert "<p>Sign O&#x27;Brien &amp; &lt;Co&gt;</p>" in html
    assert "<title>Please sign: O&#x27;Brien &amp; &lt;Co&gt;</title>" in html
    assert settings.SERVICE_NAME in text
    assert settings.SERVICE_NAME in html
    assert "https://partnership.example" in text


@pytest.mark.parametrize("is_practice", [True, False])
def test_a_letter_says_when_it_comes_from_a_practice_area(letter, settings, is_practice):
    settings.PRACTICE = is_practice

    _, text, html = letters.render(letter, {"title": "T", "link": "L"})

    assert ("practice area" in text) == is_practice
    assert ("practice area" in html) == is_practice


def test_a_sent_message_is_not_among_the_troubled(troubles):
    troubles["sent"].refresh_from_db()

    assert troubles["sent"].status == Status.SENT
    assert troubles["sent"] not in selectors.failed_and_waiting()
