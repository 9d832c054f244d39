"""PDF and page of a frozen document: for everyone, to keep, the same bytes each time, and nothing fetched."""

import copy
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page as validator
import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from partnership.documents import canonical, numbering, rendering
from partnership.documents.compare import compare
from tests.rules.documents.samples import PICTURE, SHA256, document

ROWS = [{"requirement": "Its impact", "level": "Must", "source": "Chapter 2, paragraph 107", "where": "Section 1"}]
REPOSITORY = Path(__file__).resolve().parents[3]


def signature(agency="Example Council"):
    return {
        "agency": agency,
        "office": "Lead safeguarding partner",
        "name": "Amina Example",
        "capacity": "Chief executive",
        "at": datetime(2026, 9, 14, 15, 5, tzinfo=UTC),
        "fingerprint": canonical.fingerprint(canonical.canonical(document())),
    }


def make(frozen=None, **changes):
    frozen = frozen or document()
    values = {
        "status": "Signed by one of two lead partners",
        "signatures": [signature()],
        "fingerprint": canonical.fingerprint(canonical.canonical(frozen)),
        "address": "https://safeguarding.example/example/yearly-report/2025-26",
        "attachments": {SHA256: PICTURE},
        "guidance_rows": ROWS,
    }
    return rendering.to_pdf(frozen, **{**values, **changes})


@pytest.fixture(scope="module")
def pdf():
    return make()


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(BytesIO(pdf.data))


@pytest.fixture(scope="module")
def words(reader):
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def entries(reader, kind):
    """Every structure element of a kind, in reading order."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            return [found for child in node for found in walk(child)]
        if not isinstance(node, dict):
            return []
        own = [node] if node.get("/S") == kind else []
        return own + (walk(node["/K"]) if "/K" in node and not isinstance(node["/K"], int) else [])

    return walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_pdf_breaks_no_rule_of_pdf_a_3a_and_pdf_ua_1(pdf, profile):
    report = validator.validate_pdf_bytes(pdf.data, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_the_pdf_says_its_language_title_and_tags(reader):
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Yearly report 2025-26, Example"


def test_pictures_and_charts_have_alternative_text(reader):
    alternatives = [str(entry.get("/Alt", "")) for entry in entries(reader, "/Figure")]

    assert "A plan of the new room" in alternatives
    assert any(text.startswith("Contacts by quarter. Bar chart of 3 figures") for text in alternatives)
    assert all(alternatives)


def test_header_cells_name_their_scope(reader):
    scopes = {entry["/A"].get_object()["/Scope"] for entry in entries(reader, "/TH")}

    assert scopes == {"/Column", "/Row"}


def test_bookmarks_follow_the_sections(reader):
    def titles(outline):
        return [
            title for entry in outline for title in (titles(entry) if isinstance(entry, list) else [str(entry.title)])
        ]

    found = titles(reader.outline)
    assert [title for title in found if title in ("1 What the partnership did", "2 What comes next", "Signatures")] == [
        "1 What the partnership did", "2 What comes next", "Signatures",
    ]  # fmt: skip


def test_the_text_has_numbers_figures_signature_and_guidance(words, pdf):
    fingerprint = canonical.fingerprint(canonical.canonical(document()))

    for expected in [
        "Signed by one of two lead partners", "1 April 2025 to 31 March 2026", fingerprint[:32], fingerprint[32:],
        "1.1", "Siân Ŵyn", "Table 1. Contacts by quarter", "1,204 contacts", "Amina Example", "Chief executive",
        "14 September 2026 at 4:05pm", canonical.short(fingerprint), "Still to be signed by:", "Example Police",
        "Challenge 1, raised by Femi", "We asked again in May.", "Explanation: Begun late.", "Chapter 2, paragraph 107",
        f"Page 2 of {pdf.pages}",
    ]:  # fmt: skip
        assert expected in words


EFFECT = {
    "type": "effect", "section": "impact", "block": 1, "for_whom": "Families", "none_yet": "", "look_again_on": "",
    "evidence": [{
        "sort": "A survey", "before": "58 of 120", "after": "82 of 120", "period": "2025-26", "source": "Survey",
        "strength": "", "limits": "Few answered.", "by": "Example Council",
    }],
}  # fmt: skip
WAITING = {**EFFECT, "block": 2, "evidence": [], "none_yet": "It shows in years.", "look_again_on": "2028-05-03"}
NEGLECT = {"type": "priority", "words": "Neglect", "effects": [{"section": "impact", "block": 1}]}
CLAIMS = [
    EFFECT, WAITING, {**NEGLECT, "why": "", "what_next": ""},
    {"type": "priority", "words": "Exploitation", "effects": [], "why": "No agreement.", "what_next": "We meet in May."},
    {"type": "accepted", "reason": "The first year.", "by": "Eve, partnership chair", "on": "2026-09-10"},
]  # fmt: skip


def test_effects_and_priorities_are_printed_with_links_to_their_passages_and_break_no_rule():
    made = make(document(form=2, claims=CLAIMS, statements=[], facts=[]), signatures=[])

    assert [failure.message for failure in validator.validate_pdf_bytes(made.data, profile="ua1").failures] == []
    found = PdfReader(BytesIO(made.data))
    words = " ".join(" ".join(sheet.extract_text() for sheet in found.pages).split())
    for expected in [
        "Effects and their evidence", "How 1.1 is known", "Effect claimed in paragraph 1.1 (What the partnership did)",
        "Before: 58 of 120. Now: 82 of 120.",
        "What it does not show: Few answered.", "Contributed by Example Council.", "No evidence yet. It shows in years.",
        "look again on 3 May 2028", "Little or no progress. No agreement.", "What comes next: We meet in May.",
        "Eve, partnership chair, accepted that on 10 September 2026, for this reason: The first year.",
    ]:  # fmt: skip
        assert expected in words


def test_a_proof_says_by_whom_it_is_not_yet_signed():
    proof = make(signatures=[], status="Proof for sign-off", guidance_rows=())

    last = PdfReader(BytesIO(proof.data)).pages[-1].extract_text()
    assert "Not yet signed by:" in last
    assert "Example Council" in last


def test_the_content_that_was_signed_lies_in_the_pdf(reader):
    attached = reader.attachments["document.json"][0].decode()

    assert attached == canonical.canonical(document())
    assert canonical.load(attached)["title"] == "Yearly report 2025-26"


def test_only_our_own_typeface_is_in_the_pdf(reader):
    names = {
        str(font.get_object()["/BaseFont"])
        for sheet in reader.pages
        for font in sheet["/Resources"].get_object().get("/Font", {}).get_object().values()
    }

    assert names
    assert all("Atkinson-Hyperlegible-Next" in name for name in names)


def test_two_processes_make_the_same_bytes(pdf):
    code = "import django; django.setup()\nfrom tests.apps.documents.test_rendering import make\nprint(make().sha256)"
    places = os.pathsep.join([str(REPOSITORY), *sys.path])
    results = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": places, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    }

    assert results == {pdf.sha256}


def test_the_page_has_the_same_numbers_and_no_style_of_its_own():
    view = numbering.view(document(), "/pictures/{}".format)

    page = render_to_string("documents/body/document.html", {"view": view})

    assert 'id="p-1-1"' in page
    assert "Show the figures" in page
    assert 'role="region"' in page
    assert f'src="/pictures/{SHA256}"' in page
    assert "style=" not in page
    assert "<style" not in page
    assert "None" not in page


def test_a_table_or_picture_without_a_caption_has_its_number_alone():
    frozen = copy.deepcopy(document())
    for block in frozen["sections"][0]["blocks"]:
        if block["type"] in ("table", "picture"):
            block["caption"] = ""

    page = render_to_string("documents/body/document.html", {"view": numbering.view(frozen, str)})
    assert ">Table 1</caption>" in page
    assert ">Figure 4</figcaption>" in page


def test_the_comparison_says_added_and_removed_in_words():
    new = copy.deepcopy(document())
    new["title"] = "Yearly report 2025-27"

    page = render_to_string("documents/body/compare.html", {"differences": compare(document(), new)})

    assert '<ins><span class="govuk-visually-hidden">Added: </span>2025-27<' in page
    assert '<del><span class="govuk-visually-hidden">Removed: </span>2025-26<' in page
    assert page.count("<section") == 1
