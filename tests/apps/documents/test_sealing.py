"""The seal: nothing without a certificate; with one, every changed byte shows, and both standards are kept."""

import hashlib
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO

import page as validator
import pytest
from asn1crypto import cms
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from partnership.documents import certificate, checks, jobs, sealing, tagging
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.files import services as files
from tests import worlds
from tests.apps.documents import certificates
from tests.apps.documents.certificates import Certificate, time_stamps
from tests.apps.documents.test_rendering import make

NOTHING = {"certificate": "", "key": "", "passphrase": "", "timestamps": ""}


@pytest.fixture(scope="module")
def root():
    return certificates.root()


@pytest.fixture(scope="module")
def seal(root):
    return Certificate("Document seal", root)


@pytest.fixture(scope="module")
def plain():
    return make(evidence="{}").data


@pytest.fixture
def use(settings, tmp_path):
    def use(**said):
        found = dict(NOTHING)
        for name, value in said.items():
            found[name] = value
            if isinstance(value, bytes):
                (tmp_path / name).write_bytes(value)
                found[name] = str(tmp_path / name)
        settings.SEAL = found

    return use


def looked_at(data, root):
    trusted = ValidationContext(trust_roots=[root.asn1], allow_fetching=False)
    embedded = PdfFileReader(BytesIO(data)).embedded_signatures
    assert len(embedded) == 1
    with ThreadPoolExecutor(max_workers=1) as alone:  # the browser's event loop may run in this thread
        return alone.submit(validate_pdf_signature, embedded[0], trusted, ts_validation_context=trusted).result()


def sentences():
    return [found.msg for found in checks.seal(None)]


def test_nothing_is_configured_of_itself_and_nothing_is_sealed(settings):
    assert settings.SEAL == NOTHING
    assert not sealing.is_configured()
    assert sentences() == []


def test_a_sealed_pdf_is_intact_trusted_and_covered_whole_and_may_not_be_changed(use, plain, seal, root):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())

    sealed = sealing.sealed(plain)
    found = looked_at(sealed, root)

    assert found.bottom_line and found.intact and found.trusted
    assert found.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert found.docmdp_ok
    permissions = PdfReader(BytesIO(sealed)).trailer["/Root"]["/Perms"]["/DocMDP"]["/Reference"][0]["/TransformParams"]
    assert permissions["/P"] == 1
    assert sealed.startswith(plain)
    (field,) = PdfReader(BytesIO(sealed)).trailer["/Root"]["/AcroForm"]["/Fields"]
    assert field["/TU"] == "Document seal"  # what a screen reader says of it


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_sealed_pdf_keeps_both_standards(use, plain, seal, root, profile):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())

    report = validator.validate_pdf_bytes(sealing.sealed(plain), profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_a_seal_without_a_time_stamp_and_a_file_without_a_seal_say_so(use, plain, seal, root):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())

    assert sealing.told_of(sealing.sealed(plain)) == {"by": "Ashdown Safeguarding Partnership"}
    assert sealing.told_of(plain) == {}


def test_a_seal_with_a_stream_that_ends_like_a_line_is_made_again(use, plain, seal, root, monkeypatch):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())
    seen = []
    monkeypatch.setattr(tagging, "ends_plainly", lambda data: seen.append(data) or len(seen) == 2)

    sealed = sealing.sealed(plain)

    assert sealed == plain + seen[1]
    assert looked_at(sealed, root).bottom_line
    for profile in ("3a", "ua1"):
        assert validator.validate_pdf_bytes(sealed, profile=profile).is_compliant


def test_a_certificate_that_was_renewed_in_its_place_counts_at_once(use, seal, root):
    use(certificate=seal.pem, key=seal.key_pem())
    first = sealing.usable()
    other = Certificate("Renewed", root)
    use(certificate=other.pem, key=other.key_pem())

    assert sealing.usable().certificate != first.certificate


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_noticed(use, plain, seal, root, where):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())
    sealed = bytearray(sealing.sealed(plain))
    # In the middle of something compressed, so that the file can still be opened.
    start = sealed.index(b"stream\n", int(len(plain) * where)) + 40
    sealed[start] ^= 1

    assert not looked_at(bytes(sealed), root).intact


def test_a_seal_of_somebody_else_is_not_trusted(use, plain, seal, root):
    use(certificate=seal.pem, key=seal.key_pem())

    assert not looked_at(sealing.sealed(plain), certificates.root()).trusted


def test_a_time_stamping_authority_is_asked_and_its_word_is_in_the_seal(use, plain, seal, root):
    authority = Certificate("Local time", root, usages=("digital_signature",), stamps=True)

    with time_stamps(authority, root) as address:
        use(certificate=seal.pem + root.pem, key=seal.key_pem(), timestamps=address)
        sealed = sealing.sealed(plain)
        beside = cms.ContentInfo.load(sealing.signature(b"A list."))["content"]["signer_infos"][0]

    found = looked_at(sealed, root)
    assert found.bottom_line
    assert found.timestamp_validity.valid and found.timestamp_validity.trusted
    told = sealing.told_of(sealed)
    assert (told["by"], told["stamped_by"]) == ("Ashdown Safeguarding Partnership", "Ashdown Safeguarding Partnership")
    assert datetime.fromisoformat(told["stamped_at"]) == found.timestamp_validity.timestamp.replace(microsecond=0)
    assert [row["type"].native for row in beside["unsigned_attrs"]] == ["signature_time_stamp_token"]
    assert validator.validate_pdf_bytes(sealed, profile="ua1").is_compliant
    assert validator.validate_pdf_bytes(sealed, profile="3a").is_compliant


def test_a_pkcs12_file_with_its_passphrase_does_as_well(use, plain, seal, root):
    use(certificate=seal.pkcs12("open sesame", root), passphrase="open sesame")

    assert sentences() == []
    assert looked_at(sealing.sealed(plain), root).bottom_line


def test_so_does_a_locked_key(use, seal):
    use(certificate=seal.pem, key=seal.key_pem("open sesame"), passphrase="open sesame")

    assert sentences() == []
    assert sealing.holder() == "Ashdown Safeguarding Partnership"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (lambda s, r: {"key": s.key_pem()}, "Set SEAL_CERTIFICATE_FILE"),
        (lambda s, r: {"timestamps": "http://stamps.example"}, "Set SEAL_CERTIFICATE_FILE"),
        (lambda s, r: {"certificate": "/nowhere/seal.pem", "key": s.key_pem()}, "SEAL_CERTIFICATE_FILE names a file"),
        (lambda s, r: {"certificate": s.pem, "key": "/nowhere/key.pem"}, "SEAL_KEY_FILE names a file that cannot"),
        (lambda s, r: {"certificate": b"no", "key": s.key_pem()}, "holds no certificate in PEM form"),
        (lambda s, r: {"certificate": s.pem, "key": b"no"}, "The key in SEAL_KEY_FILE cannot be opened"),
        (lambda s, r: {"certificate": s.pem, "key": s.key_pem("a"), "passphrase": "b"}, "cannot be opened"),
        (lambda s, r: {"certificate": s.pem, "key": s.key_pem("a")}, "cannot be opened"),
        (lambda s, r: {"certificate": s.pem}, "cannot be opened as PKCS#12"),
        (lambda s, r: {"certificate": s.pkcs12("a"), "passphrase": "b"}, "cannot be opened as PKCS#12"),
        (lambda s, r: {"certificate": r.pem, "key": s.key_pem()}, "does not belong to the first certificate"),
        (lambda s, r: {"certificate": r.pem, "key": r.key_pem()}, "not meant for signing"),
        (
            lambda s, r: {"certificate": s.pem, "key": s.key_pem(), "timestamps": "stamps.example"},
            "SEAL_TIMESTAMP_URL must begin with",
        ),
    ],
)
def test_a_configuration_that_cannot_seal_is_told_at_the_start(use, seal, root, said, sentence):
    use(**said(seal, root))

    (found,) = sentences()
    assert sentence in found
    with pytest.raises(SystemCheckError, match="SEAL_"):
        call_command("check")


def test_so_is_a_certificate_that_is_over_and_one_that_soon_will_be(use, root):
    over = Certificate("Over", root, ends=certificates.BEGINS.replace(month=9))
    use(certificate=over.pem, key=over.key_pem())
    assert sentences() == ["The certificate in SEAL_CERTIFICATE_FILE expired on 1 September 2026."]
    assert checks.seal(None)[0].is_serious()

    soon = Certificate("Soon over", root, ends=certificates.soon_over())
    use(certificate=soon.pem, key=soon.key_pem())
    assert sentences()[0].startswith("The certificate in SEAL_CERTIFICATE_FILE expires on 28 September 2026.")
    assert not checks.seal(None)[0].is_serious(40)


@pytest.mark.django_db
def test_a_proof_is_not_sealed(use, seal, root):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())
    version = worlds.in_sign_off(worlds.area_with_its_cast())

    assert jobs.render_missing() == 1

    assert b"/ByteRange" not in files.read(Rendition.objects.get(version=version, kind=RenditionKind.PROOF).file)


@pytest.mark.real_pdf
@pytest.mark.django_db
def test_the_final_pdf_of_a_version_is_sealed_and_holds_the_evidence(use, seal, root):
    use(certificate=seal.pem + root.pem, key=seal.key_pem())

    version = worlds.published(worlds.area_with_its_cast())

    final = files.read(Rendition.objects.get(version=version, kind=RenditionKind.FINAL).file)
    assert looked_at(final, root).bottom_line
    reader = PdfReader(BytesIO(final))
    inside = json.loads(reader.attachments["evidence.json"][0])
    assert inside == certificate.evidence(version) | {"published_at": None}
    assert hashlib.sha256(reader.attachments["document.json"][0]).hexdigest() == version.sha256
    public = Client().get(reverse("public:check")).content.decode()
    assert "Ashdown Safeguarding Partnership" in public


@pytest.mark.real_pdf
@pytest.mark.django_db
def test_where_the_seal_fails_no_final_pdf_is_made_until_it_works(use, seal, root, caplog):
    world = worlds.area_with_its_cast()
    use(certificate=seal.pem, key=seal.key_pem(), timestamps="http://127.0.0.1:9/")

    with caplog.at_level(logging.CRITICAL, logger="partnership"):
        version = worlds.signed(world)

    assert not Rendition.objects.filter(version=version, kind=RenditionKind.FINAL).exists()
    use(certificate=seal.pem + root.pem, key=seal.key_pem())
    assert jobs.render_missing() == 1
    assert Version.objects.get(pk=version.pk).renditions.filter(kind=RenditionKind.FINAL).exists()
