"""What anybody reads works without script, fits a phone, prints as text alone, and has a quick way out."""

import pytest

from partnership.documents.kinds import address_of
from tests.browser import places
from tests.browser.looking import PHONE, WIDE, faults

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_sections_are_read_one_after_another_without_script(opened, relay):
    stage = places.public(relay)[0]
    whole = f"/published/{stage.world.area.slug}/{address_of(stage.document)}/"
    page = opened(viewport=PHONE, java_script_enabled=False)
    page.goto(whole)
    page.get_by_role("link", name="one section at a time").click()
    first = page.locator("h2.document-title").first.inner_text()
    page.locator("a[rel=next]").click()
    assert page.locator("h2.document-title").first.inner_text() != first
    page.locator("a[rel=prev]").click()
    assert page.locator("h2.document-title").first.inner_text() == first
    assert page.locator("a[rel=prev]").count() == 0
    number = page.get_by_role("link", name="Paragraph 1.1")
    number.click()
    assert page.url.endswith(number.get_attribute("href"))
    page.get_by_role("link", name="The whole document", exact=True).click()
    assert page.url.endswith(whole)


def test_who_must_leave_quickly_can_without_script_and_paper_shows_the_text_alone(opened, relay):
    stage = places.public(relay)[0]
    whole = f"/published/{stage.world.area.slug}/{address_of(stage.document)}/"
    page = opened(viewport=WIDE, java_script_enabled=False)
    for address in ("/published/", f"/published/{stage.world.area.slug}/", whole, f"{whole}sections/foreword/"):
        page.goto(address)
        leave = page.get_by_role("button", name="Exit this page")
        assert leave.is_visible()
        assert leave.get_attribute("href").startswith("https://")
        assert page.locator("main h1").is_visible()
        page.emulate_media(media="print")
        assert not leave.is_visible()
        assert page.locator("main h1").is_visible()
        assert not page.locator("nav.govuk-pagination").first.is_visible()
        page.emulate_media(media="screen")


def test_a_section_breaks_no_rule_of_accessibility(opened, relay):
    stage = places.public(relay)[0]
    page = opened(viewport=WIDE)
    for key in ("foreword", "year_at_a_glance", "training"):
        page.goto(f"/published/{stage.world.area.slug}/{address_of(stage.document)}/sections/{key}/")
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            assert list(faults(page)) == []
