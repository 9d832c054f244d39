import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from partnership import clock
from partnership.mail import services
from partnership.mail.incoming import imap
from partnership.mail.models import OutgoingMail
from tests.apps.mail import fake_imap
from tests.apps.mail.fake_smtp import Relay, serving


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    """Files and mailbox of each test in its own folder, and nothing waits long."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "file_permissions_mode": 0o640},
        },
    }
    settings.EMAIL_TIMEOUT = 3
    settings.MAIL_ARCHIVE_FINDER = settings.MAIL_ARCHIVE = ""


@pytest.fixture
def relay(settings) -> Iterator[Relay]:
    """A relay that accepts everything, until the test gives it another script."""
    settings.EMAIL_HOST = "127.0.0.1"
    with serving(Relay()) as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def queue() -> Callable[..., OutgoingMail]:
    """Queue a message; what a test does not care about is filled in."""
    keys = iter(range(1_000))

    def queue(**given) -> OutgoingMail:
        return services.queue(
            **{
                "to": "panel@example.org",
                "subject": "Yearly report 2025-26",
                "text": "Reference A1.",
                "dedupe_key": f"key-{next(keys)}",
                **given,
            }
        )

    return queue


@pytest.fixture
def gwen() -> SimpleNamespace:
    """The business manager, as far as mail knows people: a name and a number."""

    class Person(SimpleNamespace):
        def __str__(self) -> str:
            return self.name

    return Person(pk=7, name="Gwen Price")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example")])
    # The system's own clock judges certificates, so this one is valid for long around any practice date.
    today = clock.datetime.now(clock.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "relay.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def server_side(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def box(settings, server_side, monkeypatch, certificate):
    """A mailbox on this machine, whose certificate is trusted."""
    monkeypatch.setattr(imap, "_context", lambda: ssl.create_default_context(cafile=certificate))
    settings.MAILBOX_READER = "partnership.mail.incoming.imap"
    with fake_imap.serving(fake_imap.Mailbox(), server_side) as serving:
        settings.MAILBOX = {
            "host": "127.0.0.1", "port": str(serving.port), "user": "post", "password": serving.password, "folder": "INBOX",
        }  # fmt: skip
        yield serving
