"""Nothing leaves in clear text, and no unknown certificate is trusted."""

import ssl

import pytest

from partnership.mail import jobs, smtp
from partnership.mail.workflow import Status
from tests.apps.mail.fake_smtp import Relay, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setattr(smtp, "_context", lambda: ssl.create_default_context(cafile=certificate))


def delivered(queue, settings, relay):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
    mail = queue()
    jobs.deliver_due()
    mail.refresh_from_db()
    return mail


def test_outside_the_practice_area_a_clear_connection_is_not_even_opened(queue, settings, relay):
    settings.PRACTICE = False

    mail = delivered(queue, settings, relay)

    assert (mail.status, relay.connections) == (Status.WAITING, 0)
    assert "Encryption to the relay is required" in mail.last_error


def test_a_relay_without_starttls_gets_nothing(queue, settings, relay):
    settings.EMAIL_USE_TLS = True

    mail = delivered(queue, settings, relay)

    assert (mail.status, relay.messages) == (Status.WAITING, [])
    assert "does not offer STARTTLS" in mail.last_error


def test_a_certificate_that_nobody_vouches_for_gets_nothing(queue, settings, server_side):
    settings.EMAIL_USE_SSL = True
    with serving(Relay(), tls=server_side) as relay:
        mail = delivered(queue, settings, relay)

    assert (mail.status, relay.messages) == (Status.WAITING, [])
    assert "CERTIFICATE_VERIFY_FAILED" in mail.last_error


def test_a_trusted_relay_gets_the_message_over_tls(queue, settings, server_side, trusted):
    settings.EMAIL_USE_SSL, settings.PRACTICE = True, False
    with serving(Relay(), tls=server_side) as relay:
        mail = delivered(queue, settings, relay)

    assert (mail.status, len(relay.messages)) == (Status.SENT, 1)


def test_a_trusted_relay_gets_the_message_over_starttls(queue, settings, server_side, trusted):
    settings.EMAIL_USE_TLS, settings.PRACTICE = True, False
    with serving(Relay(), starttls=server_side) as relay:
        mail = delivered(queue, settings, relay)

    assert (mail.status, len(relay.messages)) == (Status.SENT, 1)
