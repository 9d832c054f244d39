"""What every page owes its reader, and how a person gets to one."""

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from partnership.accounts.models import User
from tests import worlds
from tests.browser.axe import violations

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}
HOME = re.compile(r"^http://[^/]+/$")

# An answer that refuses is named by the browser as an error of its own; that it refuses is what the test asks for.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
_said: dict[Page, list[str]] = {}


def watched(page: Page) -> Page:
    """Remember what a page complains about: scripts, styles and blocked content."""
    said = _said[page] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("close", lambda closed: _said.pop(closed, None))
    return page


def faults(page: Page, *, colours: bool = True, layout_alone: bool = False) -> list[str]:
    """What is wrong with the page as it stands: accessibility, sideways scrolling, complaints of the browser."""
    found = violations(page, colours=colours, layout_alone=layout_alone)
    box: dict[str, Any] = page.evaluate("({page: document.scrollingElement.scrollWidth, screen: innerWidth})")
    if box["page"] > box["screen"]:
        found.append(f"scrolls sideways: {box['page']} of {box['screen']} pixels")
    found.extend(words for words in _said.get(page, []) if not words.startswith(EXPECTED))
    return found


def keep_picture(page: Page, name: str) -> None:
    """Where LOOK_FOLDER names a folder, a picture of the whole page for people to look at."""
    if folder := os.environ.get("LOOK_FOLDER"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def look(page: Page, name: str) -> None:
    """Fail unless the page is accessible, fits and makes the browser complain of nothing."""
    keep_picture(page, name)
    found = faults(page)
    assert not found, f"{name} ({page.url}): " + "; ".join(found)


def sign_in(page: Page, user: User) -> Page:
    """Through the real pages, with the password and the app of every test person."""
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(worlds.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    return page


def let_in(page: Page, user: User) -> Page:
    """Signed in without the sign-in page, where that page is not what the test is about."""
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(client.session.session_key)}
    page.context.add_cookies([{**cookie, "domain": "localhost", "path": "/"}])  # type: ignore[list-item]
    return page
