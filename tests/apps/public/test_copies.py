"""A copy is told genuine, superseded or unknown from its fingerprint alone; and the evidence beside it says who signed."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import jobs, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Version
from partnership.files.models import StoredFile
from tests import worlds
from tests.apps.documents import not_signing

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def where(version):
    return [version.document.area.slug, address_of(version.document)]


def pdf_of(version):
    return b"".join(Client().get(reverse("public:pdf", args=where(version))))


def told(fingerprint):
    return Client().get(reverse("public:checked", args=[fingerprint])).content.decode()


def check(**sent):
    return Client().post(reverse("public:check"), sent, follow=True).content.decode()


def corrected(world, first):
    draft = worlds.correct(first, world.gwen)
    worlds.write(draft.sections.get(key="voice"), "We heard more families.", world.gwen)
    version = services.send_for_sign_off(version=draft, by=world.gwen)
    for seat, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, seat, who)
    jobs.render_missing()
    return worlds.publish(Version.objects.get(pk=version.pk), world.gwen)


def test_the_pdf_the_data_and_the_printed_fingerprint_are_known_as_genuine(world):
    version = worlds.published(world)
    content = Client().get(reverse("public:content", args=where(version))).content
    files = StoredFile.objects.count()
    for name, data in (("report.pdf", pdf_of(version)), ("report.json", content)):
        page = check(file=SimpleUploadedFile(name, data))
        assert "This copy is genuine" in page and version.document.title in page
    assert StoredFile.objects.count() == files
    for typed in (
        version.sha256,
        version.sha256.upper(),
        " ".join(version.sha256[at : at + 4] for at in (0, 4, 8, 12)),
    ):
        said = check(fingerprint=typed)
        assert "This is the fingerprint of a published text" in said and "only the file can show" in said


def test_a_copy_that_was_changed_by_a_letter_is_unknown(world):
    data = pdf_of(worlds.published(world))
    assert "We do not know this copy" in check(file=SimpleUploadedFile("report.pdf", data + b" "))


def test_a_superseded_copy_leads_to_what_stands_in_its_place(world):
    first = worlds.published(world)
    old = hashlib.sha256(pdf_of(first)).hexdigest()
    second = corrected(world, first)
    headings = ("This copy is genuine, and no longer stands", "This is the fingerprint of a text that no longer stands")
    for fingerprint, heading in zip((old, first.sha256), headings, strict=True):
        page = told(fingerprint)
        assert heading in page
        assert "version 2" in page and reverse("public:document", args=where(second)) in page
    assert "This copy is genuine</h1>" in told(hashlib.sha256(pdf_of(second)).hexdigest())


def test_what_is_not_public_is_unknown_to_the_letter(world):
    version = worlds.signed(world)
    final = version.renditions.get(kind="final").file_id
    unknown = told("0" * 64).replace("0" * 64, "")
    for fingerprint in (version.sha256, final):
        assert told(fingerprint).replace(fingerprint, "") == unknown


@pytest.mark.parametrize("typed", ["", "12345", "g" * 64, "0" * 63, "0" * 17])
def test_what_is_no_fingerprint_is_said_at_the_field(world, typed):
    page = check(fingerprint=typed)
    assert ("A fingerprint has 64 figures" in page) or ("Choose the copy, or enter its fingerprint." in page)
    if typed:
        assert Client().get(reverse("public:checked", args=[typed])).status_code == 404


@pytest.mark.real_pdf
def test_the_evidence_lies_in_the_pdf_and_beside_it_and_its_hashes_can_be_computed(world):
    version = worlds.published(world)
    data, content = pdf_of(version), Client().get(reverse("public:content", args=where(version))).content
    beside = Client().get(reverse("public:evidence", args=where(version))).json()
    within = json.loads(PdfReader(BytesIO(data)).attachments["evidence.json"][0])
    assert beside["content"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert beside["pdf"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert {row["sha256"] for row in beside["signatures"]} == {version.sha256}
    assert within["signatures"] == beside["signatures"]
    assert (within["pdf"], within["published_at"]) == (None, None)
    row = within["signatures"][0]
    assert (row["position"], row["wording"], row["proved_by"]) == ("approve", "yearly-report 1", "A code from an app")
    assert beside["required"] == ["Ashdown Council", "Ashdown Police", "NHS Ashdown Integrated Care Board"]


def test_the_evidence_says_who_did_not_sign_and_who_let_it_go_out(world):
    version = worlds.in_sign_off(world)
    not_signing.all_but_the_police(world, version)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date is near.", by=world.gwen)
    services.agree(proposal=row, by=world.amina)
    jobs.render_missing()
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    beside = Client().get(reverse("public:evidence", args=where(version))).json()
    assert [row["agency"] for row in beside["not_signed"]] == ["Ashdown Police"]
    assert beside["signed_by_all_at"] is None
    assert beside["settled_without"]["agreed_as"].startswith("Amina, Lead safeguarding partner")
    api = Client().get(reverse("api-document", args=where(version))).json()
    assert [row["agency"] for row in api["not_signed"]] == ["Ashdown Police"]
    assert api["evidence_url"].endswith(reverse("public:evidence", args=where(version)))
    page = Client().get(reverse("public:document", args=where(version))).content.decode()
    assert "Not signed by every lead safeguarding partner: Ashdown Police has not signed." in page
    assert "Signed by every lead" not in page


def test_who_left_before_publication_signed_all_the_same_and_it_says_so(world):
    with clock.frozen(clock.now() - timedelta(days=5)):
        version = worlds.signed(world)
    held = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    areas.end_appointment(
        appointment=held, until=clock.today() - timedelta(days=2), because="A new post.", by=world.gwen
    )
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    page = Client().get(reverse("public:document", args=where(version))).content.decode()
    assert "before it was published. The signature stands." in page
    beside = Client().get(reverse("public:evidence", args=where(version))).json()
    left = {row["name"]: row["left_office_before_publication"] for row in beside["signatures"]}
    assert left["Cerys"] and left["Amina"] is None


def test_asking_costs_the_same_for_what_is_known_and_what_is_not(world, django_assert_max_num_queries):
    version = worlds.published(world)
    for fingerprint in (version.sha256, "0" * 64):
        with django_assert_max_num_queries(6):
            told(fingerprint)
