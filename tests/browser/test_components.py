"""Every component in a real browser: accessible, narrow and wide, with and without JavaScript."""

import shutil

import pytest
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import violations

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="No Chromium or Chrome was found.")


@pytest.fixture
def chromium(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def server(django_db_setup, django_db_blocker):
    """A live server that only reads: nothing has to be flushed after it, which append-only tables would refuse."""
    with django_db_blocker.unblock():
        started = LiveServer("localhost")
        yield started
        started.stop()


@pytest.fixture(autouse=True)
def practice(settings):
    settings.PRACTICE = True


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/components/", "/accessibility/", "/account/login/", "/nowhere/"])
def test_the_page_is_accessible_and_fits(chromium, server, path, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(server.url + path)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 320])
def test_the_errors_of_a_form_are_accessible_and_lead_to_their_fields(chromium, server, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(server.url + "/components/")
    page.get_by_role("button", name="Send").click()

    assert violations(page) == []
    page.get_by_role("link", name="Answer the question “Whose turn is it?”").click()
    assert page.evaluate("document.activeElement.id") == "id_turn_0"


def test_the_content_security_policy_blocks_nothing_of_ours(chromium, server):
    page = chromium.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(server.url + "/components/")

    assert said == []
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")


def test_the_typeface_is_ours(chromium, server):
    page = chromium.new_page()
    page.goto(server.url + "/components/")

    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible Next\"'))")
    families = page.evaluate(
        "[...document.querySelectorAll('body *:not(input, option)')].map(e => getComputedStyle(e).fontFamily)"
    )
    assert {family.split(",")[0] for family in families} <= {'"Atkinson Hyperlegible Next"', "ui-monospace"}


def test_the_year_is_drawn_where_there_is_room_and_told_in_words_where_not(chromium, server):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server.url + "/components/")
    wide = page.locator(".app-year").first

    assert wide.locator("svg").is_visible()
    page.set_viewport_size({"width": 320, "height": 900})
    assert not wide.locator("svg").is_visible()
    assert wide.get_by_text("Today is 14 September 2026.").bounding_box()["height"] > 10


def test_a_form_can_be_sent_without_javascript(chromium, server):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(server.url + "/components/")
    page.get_by_role("button", name="Send").click()

    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert page.title().startswith("Error: ")
