"""What somebody types in a section is kept by the page's script, and found again by whoever left without saving."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnership.documents.kinds import address_of
from partnership.drafting.models import Unsaved
from tests import worlds
from tests.browser.looking import WIDE, let_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TYPED = "The first paragraph.\n\n- a list\n- of two\n\nThe second."


def test_paragraphs_are_kept_while_somebody_types_and_when_they_leave_without_saving(world, opened):
    document = worlds.begun(world)
    where = reverse("documents:section", args=[world.area.slug, address_of(document), "foreword"])
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.goto(where)
    page.locator("#id_body").press_sequentially(TYPED)
    expect(page.locator("[data-kept]")).to_contain_text("Kept for you at", timeout=20_000)
    assert Unsaved.objects.get().body == TYPED

    page.locator("#id_body").press_sequentially(" And left at once.")
    page.goto("/")
    for _ in range(100):  # what is sent by a page that is gone is nobody's answer to wait for
        if Unsaved.objects.get().body.endswith("at once."):
            break
        page.wait_for_timeout(100)
    page.goto(where)
    expect(page.locator("main")).to_contain_text("And left at once.")
