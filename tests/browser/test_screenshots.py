"""The two pictures of the README, taken of the demo: SCREENSHOTS=1 takes them anew, otherwise they are only looked for."""

import os
from pathlib import Path

import pytest
from PIL import Image

from partnership.accounts.models import User
from partnership.documents import selectors
from partnership.operations.demo import load
from tests.browser.looking import PHONE, WIDE, let_in

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "partnership" / "docs" / "screenshots"
LARGEST = 250_000
NAMES = ("home.png", "sign.png")


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_shows_a_picture_that_is_there_and_small(name):
    assert f"partnership/docs/screenshots/{name}" in (ROOT / "README.md").read_text()
    assert 10_000 < (FOLDER / name).stat().st_size < LARGEST


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(os.environ.get("SCREENSHOTS") != "1", reason="SCREENSHOTS=1 takes the README's pictures anew.")
def test_take_the_pictures_of_the_readme(opened, relay):
    load.load()
    manager = let_in(opened(viewport=WIDE), User.objects.get(email="gwen.pritchard@practice.example"))
    manager.goto("/")
    year = manager.locator(".app-year").first.bounding_box()
    assert year
    shown = {"x": 0, "y": 0, "width": WIDE["width"], "height": year["y"] + year["height"] + 20}
    manager.screenshot(path=FOLDER / "home.png", full_page=True, clip=shown)
    partner = next(user for user in User.objects.order_by("pk") if selectors.waiting_for_signature_of(user))
    phone = let_in(opened(viewport={**PHONE, "width": 390, "height": 844}, is_mobile=True), partner)
    phone.goto("/")
    phone.locator("main a", has_text="Read and sign").first.click()
    phone.screenshot(path=FOLDER / "sign.png", full_page=True)
    for name in NAMES:  # a page has few colours, and a picture of so many only seems to have more
        with Image.open(FOLDER / name) as picture:
            picture.convert("RGB").quantize(256).save(FOLDER / name, optimize=True)
