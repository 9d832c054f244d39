"""Certificates made in the test: a root, a seal, a local time-stamping authority that answers over HTTP (RFC 3161)."""

import asyncio
import contextlib
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
USAGES = [
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
]  # fmt: skip


class Certificate:
    """A key and its certificate, issued by another or by itself."""

    def __init__(
        self, name, issuer=None, *, usages=("digital_signature", "content_commitment"), ends=ENDS, stamps=False
    ):
        # The local authority that pyHanko brings knows RSA alone.
        self.key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
        named = x509.Name(
            [
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Ashdown Safeguarding Partnership"),
                x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
            ]
        )
        above = issuer or self
        builder = (
            x509.CertificateBuilder(named if issuer is None else issuer.certificate.subject, named)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGINS)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**{one: one in usages for one in USAGES}), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()), critical=False)
        )
        if stamps:
            only = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(only, critical=True)
        self.certificate = builder.sign(above.key, hashes.SHA256())

    @property
    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def asn1(self):
        return asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))

    def key_pem(self, passphrase=""):
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)

    def pkcs12(self, passphrase, *chain):
        locked = BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(
            b"seal", self.key, self.certificate, [one.certificate for one in chain], locked
        )


def root():
    return Certificate("Root of the test", usages=("key_cert_sign", "crl_sign"))


def soon_over():
    return BEGINS + timedelta(days=270)  # 28 September 2026: two weeks after the day of the tests


@contextlib.contextmanager
def time_stamps(authority, above):
    """The address of a local time-stamping authority."""
    key = asn1_keys.PrivateKeyInfo.load(authority.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    stamper = DummyTimeStamper(authority.asn1, key, certs_to_embed=SimpleCertificateStore.from_certs([above.asn1]))

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        running = threading.Thread(target=server.serve_forever)
        running.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            running.join()
