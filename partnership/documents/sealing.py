"""The seal on a published PDF: a certificate of the organisation says that not one byte was changed since. See ADR 24.

Without a certificate nothing is sealed. The only user of pyHanko. The simple call would break both standards that the
file keeps, so three things are done: the metadata stays byte for byte, the field lies beside the page and has a name
that can be read aloud, and its look asks for no font.
"""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from django.conf import settings
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation.generic_cms import extract_certificate_info, extract_tst_data_iter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from partnership import clock
from partnership.documents import tagging
from partnership.errors import Refused

FIELD, READ_ALOUD = "Seal", "Document seal"
ANSWERS_WITHIN = 20  # seconds that a time-stamping authority has
SOON = timedelta(days=30)
_ANSWER = "application/timestamp-reply"
_BESIDE_THE_PAGE = (-30, -30, -20, -20)


class Unusable(Refused):
    """What is configured cannot seal anything. The sentence names the variable."""


@dataclass(frozen=True)
class Seal:
    """A certificate with its chain and its key."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: Any

    @property
    def holder(self) -> str:
        """Whose seal it is, in words: the organisation that the certificate names, or else its common name."""
        for kind in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
            if named := self.certificate.subject.get_attributes_for_oid(kind):
                return str(named[0].value)
        return self.certificate.subject.rfc4514_string()


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Keep the metadata byte for byte: written anew, it would lose the description that PDF/A asks for."""


class _Authority(timestamps.TimeStamper):
    """A time-stamping authority (RFC 3161), asked as everything outside is: through the proxy that the environment names."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": _ANSWER}
        try:
            answer = requests.post(self.address, req.dump(), headers=headers, timeout=ANSWERS_WITHIN)
            answer.raise_for_status()
        except requests.RequestException as error:
            raise Refused("The time-stamping authority in SEAL_TIMESTAMP_URL did not answer.") from error
        if answer.headers.get("Content-Type", "").split(";")[0].strip() != _ANSWER:
            raise Refused("What is at SEAL_TIMESTAMP_URL is no time-stamping authority.")
        return tsp.TimeStampResp.load(answer.content)


def is_configured() -> bool:
    """Whether published PDFs are to be sealed."""
    return any(settings.SEAL.values())


def holder() -> str:
    """Whose seal published PDFs bear, for people to read; empty where there is none."""
    try:
        return usable().holder if is_configured() else ""
    except Unusable:  # told at the start and by the worker; a reader of the page can do nothing about it
        return ""


def usable() -> Seal:
    """The seal, good at this moment. Unusable otherwise."""
    said = settings.SEAL
    if not said["certificate"]:
        raise Unusable("Set SEAL_CERTIFICATE_FILE: without a certificate nothing can be sealed.")
    if said["timestamps"] and urlsplit(said["timestamps"]).scheme not in {"http", "https"}:
        raise Unusable("SEAL_TIMESTAMP_URL must begin with https:// or http://.")
    certificate = _read(said["certificate"], "SEAL_CERTIFICATE_FILE")
    key = _read(said["key"], "SEAL_KEY_FILE") if said["key"] else b""
    found = _opened(certificate, key, said["passphrase"])
    day = clock.now()
    if day < found.certificate.not_valid_before_utc:
        raise Unusable(f"The certificate in SEAL_CERTIFICATE_FILE is not valid before {_day(found)[0]}.")
    if day > found.certificate.not_valid_after_utc:
        raise Unusable(f"The certificate in SEAL_CERTIFICATE_FILE expired on {_day(found)[1]}.")
    return found


def ends_soon() -> str:
    """A sentence if the certificate has to be renewed within a month; else empty."""
    found = usable()
    if clock.now() + SOON < found.certificate.not_valid_after_utc:
        return ""
    return f"The certificate in SEAL_CERTIFICATE_FILE expires on {_day(found)[1]}. No PDF can be sealed afterwards."


def sealed(data: bytes) -> bytes:
    """The PDF with its seal, which says that nothing may be changed any more. The bytes before it stay as they are.

    Raises Unusable for a certificate that is not good now, Refused where the time-stamping authority gives no answer.
    """
    seal = usable()
    signer = partial(
        signers.PdfSigner,
        signature_meta=signers.PdfSignatureMetadata(
            field_name=FIELD,
            name=seal.holder,
            reason="Published as signed. Nothing in it was changed since.",
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        ),
        signer=_signer(seal),
        timestamper=_authority(),
        stamp_style=StaticStampStyle(
            background=RawContent(b" ", box=BoxConstraints(width=10, height=10)), border_width=0
        ),
    )
    for padding in range(tagging.MOST_PADDING):
        # pyHanko runs an event loop of its own, which a thread that has one already would refuse.
        with ThreadPoolExecutor(max_workers=1) as alone:
            done: bytes = alone.submit(signer().sign_pdf, _writer(data, padding)).result().getvalue()
        if tagging.ends_plainly(done[len(data) :]):
            return done
    raise Refused("The PDF could not be sealed so that every reader agrees on its length. Try again.")


def signature(data: bytes) -> bytes:
    """A signature of the same certificate beside some bytes that are no PDF, with a time stamp where one is to be had.

    It is a detached CMS (RFC 5652) in DER, which `openssl cms -verify` reads. Raises as `sealed` does.
    """
    signer, authority = _signer(usable()), _authority()
    with ThreadPoolExecutor(max_workers=1) as alone:
        made = alone.submit(asyncio.run, signer.async_sign_general_data(data, "sha256", timestamper=authority)).result()
    return bytes(made.dump())


def told_of(data: bytes) -> dict[str, str]:
    """Whose seal a PDF bears, and when which authority stamped it, as the file says; empty for what is not sealed.

    Whether it is good is for the reader's own program to say: nothing is verified here.
    """
    if b"/ByteRange" not in data:
        return {}
    seals = PdfFileReader(BytesIO(data)).embedded_regular_signatures
    if not seals:
        return {}
    said = {"by": _organisation(seals[0].signer_cert)}
    for stamp in extract_tst_data_iter(seals[0].signer_info, signed=False):
        moment = stamp["encap_content_info"]["content"].parsed["gen_time"].native
        authority = extract_certificate_info(stamp).signer_cert
        said |= {"stamped_at": moment.isoformat(timespec="seconds"), "stamped_by": _organisation(authority)}
    return said


def _organisation(certificate: asn1_x509.Certificate) -> str:
    named = certificate.subject.native
    return str(named.get("organization_name") or named.get("common_name") or certificate.subject.human_friendly)


def _authority() -> _Authority | None:
    address = settings.SEAL["timestamps"]
    return _Authority(address) if address else None


def _writer(data: bytes, padding: int) -> _Writer:
    """What writes the seal behind a PDF; `padding`: entries that say nothing, as in tagging.finish."""
    writer = _Writer(BytesIO(data))
    for _ in range(padding):
        writer.add_object(DictionaryObject())
    box = fields.SigFieldSpec(FIELD, on_page=0, box=_BESIDE_THE_PAGE, readable_field_name=READ_ALOUD)
    fields.append_signature_field(writer, box)
    return writer


@lru_cache(maxsize=1)  # opening a locked key is slow on purpose; by what is in the files, so that new ones count
def _opened(certificate: bytes, key: bytes, passphrase: str) -> Seal:
    word = passphrase.encode() or None
    seal = _of_pem(certificate, key, word) if key else _of_pkcs12(certificate, word)
    if _public(seal.key) != _public(seal.certificate):
        raise Unusable("The key does not belong to the first certificate in SEAL_CERTIFICATE_FILE.")
    try:
        usage = seal.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return seal
    if not (usage.digital_signature or usage.content_commitment):
        raise Unusable("The certificate in SEAL_CERTIFICATE_FILE is not meant for signing (its key usage says so).")
    return seal


def _read(path: str, variable: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Unusable(f"{variable} names a file that cannot be read: {error.strerror}.") from error


def _of_pem(certificates: bytes, key: bytes, passphrase: bytes | None) -> Seal:
    try:
        first, *chain = x509.load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise Unusable("SEAL_CERTIFICATE_FILE holds no certificate in PEM form.") from error
    try:
        return Seal(first, tuple(chain), load_pem_private_key(key, passphrase))
    except (ValueError, TypeError) as error:  # TypeError: a passphrase too many, or none where one is needed
        raise Unusable("The key in SEAL_KEY_FILE cannot be opened. Look at its form and at SEAL_PASSPHRASE.") from error


def _of_pkcs12(data: bytes, passphrase: bytes | None) -> Seal:
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as error:
        raise Unusable(
            "SEAL_CERTIFICATE_FILE cannot be opened as PKCS#12. Look at SEAL_PASSPHRASE, or name the key of a "
            "certificate in PEM form in SEAL_KEY_FILE."
        ) from error
    if key is None or certificate is None:
        raise Unusable("The PKCS#12 file in SEAL_CERTIFICATE_FILE holds no certificate with its key.")
    return Seal(certificate, tuple(chain), key)


def _public(of: Any) -> str:
    key = of.public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _day(seal: Seal) -> tuple[str, str]:
    moments = (seal.certificate.not_valid_before_utc, seal.certificate.not_valid_after_utc)
    first, last = (f"{clock.london_day(at).day} {clock.london_day(at):%B %Y}" for at in moments)
    return first, last


def _signer(seal: Seal) -> signers.SimpleSigner:
    key = seal.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificates = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in seal.chain]
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(seal.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs(certificates),
    )
