"""Each section of a published document has an address of its own, and each paragraph one number wherever it is read."""

import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from partnership.documents import canonical
from tests import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.real_pdf]


@pytest.fixture
def version():
    return worlds.published(worlds.area_with_its_cast())


def whole(version):
    return f"/published/{version.document.area.slug}/yearly-report/2025-26/"


def read(address):
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def keys(version):
    return [section["key"] for section in canonical.load(version.content)["sections"]]


def numbers(page):
    """Each paragraph's number with its anchor, in the order of the page."""
    found = re.findall(r'href="#([^"]+)"><span class="govuk-visually-hidden">Paragraph </span>([\d.]+)</a>', page)
    assert found
    return found


def test_each_section_is_a_page_that_leads_on_and_back(version):
    every = keys(version)
    for place, key in enumerate(every):
        page = read(f"{whole(version)}sections/{key}/")
        ways = dict(re.findall(r'href="([^"]+)" rel="(prev|next)"', page))
        expected = {}
        if place:
            expected[f"{whole(version)}sections/{every[place - 1]}/"] = "prev"
        if place + 1 < len(every):
            expected[f"{whole(version)}sections/{every[place + 1]}/"] = "next"
        assert ways == expected
        assert f'<link rel="canonical" href="{whole(version)}">' in page
        assert 'data-module="govuk-exit-this-page"' in page
    assert f"{whole(version)}sections/{every[0]}/" in read(whole(version))


def test_what_is_no_section_is_not_found(version):
    assert Client().get(f"{whole(version)}sections/signatures/").status_code == 404


def test_the_pages_together_hold_every_paragraph_of_the_whole_by_the_same_number(version):
    apart = [row for key in keys(version) for row in numbers(read(f"{whole(version)}sections/{key}/"))]

    assert apart == numbers(read(whole(version)))
    assert len({number for _, number in apart}) == len({anchor for anchor, _ in apart}) == len(apart)


def test_the_pdf_has_the_same_numbers_at_the_same_addresses(version):
    found = numbers(read(whole(version)))
    reader = PdfReader(BytesIO(Client().get(f"{whole(version)}document.pdf").content))
    words = "".join("".join(sheet.extract_text() for sheet in reader.pages).split())

    sections = canonical.load(version.content)["sections"]
    for (_, number), section in zip(found, sections, strict=True):
        text = re.sub(r"<[^>]+>|\s", "", section["blocks"][0]["html"])
        # It stands in the margin, so whoever takes the words out of the PDF finds it behind its paragraph.
        assert f"{text}{number}" in words
    # Requirements and signatures lead to passages by the very names that the page has.
    linked = {name for name in reader.named_destinations if name in dict(found)}
    assert linked


def test_no_link_of_a_section_leads_nowhere(version):
    everything = read(whole(version))
    for key in keys(version):
        page = read(f"{whole(version)}sections/{key}/")
        for address, anchor in re.findall(r'href="([^"#]*)#([^"]+)"', page):
            target = everything if address == whole(version) else page if not address else read(address)
            assert f'id="{anchor}"' in target, (key, address, anchor)


def test_who_needs_another_format_is_told_whom_to_ask(version):
    area = f"/published/{version.document.area.slug}/"
    for page in (read(whole(version)), read(f"{whole(version)}sections/{keys(version)[0]}/")):
        assert f'href="{area}#another-format"' in page
    assert 'id="another-format"' in read(area)
