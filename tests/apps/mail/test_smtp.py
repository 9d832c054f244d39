"""What a reply means depends on the step at which it comes. No database, no network."""

import smtplib
import ssl

import pytest

from partnership.mail import smtp
from partnership.mail.smtp import Step, classify
from partnership.mail.workflow import Outcome


@pytest.mark.parametrize(
    ("step", "code", "outcome", "stops"),
    [
        (Step.CONNECT, 421, Outcome.TEMPORARY, True),
        (Step.CONNECT, 554, Outcome.CONFIGURATION, True),
        (Step.CONNECT, -1, Outcome.TEMPORARY, True),
        (Step.SIGN_IN, 454, Outcome.TEMPORARY, True),
        (Step.SIGN_IN, 535, Outcome.CONFIGURATION, True),
        (Step.SENDER, 451, Outcome.TEMPORARY, False),
        (Step.SENDER, 530, Outcome.CONFIGURATION, True),
        (Step.SENDER, 550, Outcome.CONFIGURATION, True),
        (Step.SENDER, 552, Outcome.PERMANENT, False),
        (Step.RECIPIENT, 421, Outcome.TEMPORARY, False),
        (Step.RECIPIENT, 550, Outcome.PERMANENT, False),
        (Step.RECIPIENT, 530, Outcome.CONFIGURATION, True),
        (Step.DATA, 451, Outcome.TEMPORARY, False),
        (Step.DATA, 554, Outcome.PERMANENT, False),
        (Step.DATA, 250, Outcome.TEMPORARY, False),
        (Step.DATA, -1, Outcome.TEMPORARY, False),
        (Step.FINAL_DOT, 452, Outcome.TEMPORARY, False),
        (Step.FINAL_DOT, 552, Outcome.PERMANENT, False),
        (Step.FINAL_DOT, 354, Outcome.UNCERTAIN, False),
        (Step.FINAL_DOT, -1, Outcome.UNCERTAIN, False),
    ],
)
def test_a_reply_at_a_step_has_one_meaning(step, code, outcome, stops):
    report = classify(step, code, "words")

    assert (report.outcome, report.relay_unusable) == (outcome, stops)


@pytest.mark.parametrize(
    ("step", "error", "outcome", "stops"),
    [
        (Step.CONNECT, TimeoutError(), Outcome.TEMPORARY, True),
        (Step.CONNECT, ssl.SSLCertVerificationError("self-signed"), Outcome.CONFIGURATION, True),
        (Step.CONNECT, ssl.SSLEOFError("gone"), Outcome.TEMPORARY, True),
        (Step.DATA, ConnectionResetError(), Outcome.TEMPORARY, False),
        (Step.FINAL_DOT, ConnectionResetError(), Outcome.UNCERTAIN, False),
        (Step.FINAL_DOT, ssl.SSLError("broken"), Outcome.UNCERTAIN, False),
        (Step.FINAL_DOT, RuntimeError("the task ran out of time"), Outcome.UNCERTAIN, False),
    ],
)
def test_a_break_at_a_step_has_one_meaning(step, error, outcome, stops):
    report = smtp._broken_off(step, error)

    assert (report.outcome, report.relay_unusable) == (outcome, stops)


def test_a_relay_that_turns_us_away_at_the_door_is_reported_in_its_own_words(settings, monkeypatch):
    def turned_away(*args, **kwargs):
        raise smtplib.SMTPConnectError(421, b"Too many connections")

    monkeypatch.setattr(smtplib, "SMTP", turned_away)

    report = smtp.deliver(sender="a@example.org", recipient="b@example.org", message=b"")

    assert (report.outcome, report.is_reply) == (Outcome.TEMPORARY, True)
    assert report.answer == "421 Too many connections (at connecting)"
