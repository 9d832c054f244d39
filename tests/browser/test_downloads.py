"""A version that was taken away as one page is as accessible as the pages of the service, with nothing around it."""

import pytest
from django.urls import reverse

from partnership.documents.kinds import address_of
from tests.browser import places
from tests.browser.looking import PHONE, WIDE, faults, keep_picture

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_page_that_was_taken_away_reads_well_at_both_widths(opened, client, tmp_path):
    stage, _ = places.drafting()
    client.force_login(stage.world.gwen)
    where = [stage.world.area.slug, address_of(stage.document), 1]
    kept = tmp_path / "report.html"
    kept.write_bytes(client.get(reverse("word:html", args=where)).content)

    page = opened(viewport=WIDE, bypass_csp=True)  # so that the checker itself may run; the page has no script
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.goto(kept.as_uri())
        keep_picture(page, f"taken-away-{size['width']}")
        assert not faults(page)
    assert page.locator("script").count() == 0
