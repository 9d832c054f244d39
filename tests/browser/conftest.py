"""One browser for all journeys; a wide screen and a phone; a server that the browser talks to."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from partnership.embedded import browser as finding
from tests.apps.mail.fake_smtp import Relay, serving
from tests.browser import looking
from tests.plain import drawn_plainly

CHROMIUM = finding.find()
NONE = "No Chromium was found: install it, or name one in the variable CHROMIUM."
SLOWEST = 15_000  # milliseconds; the machine that runs this may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey, and is skipped with its reason where there is no browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=NONE))


@pytest.fixture(autouse=True)
def _plainly() -> Iterator[None]:
    with drawn_plainly():
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, started once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a screen of its own, with nobody signed in. Given what Playwright's new_context takes."""
    contexts = []

    def open_page(**given: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce", **given)
        context.set_default_timeout(SLOWEST)
        contexts.append(context)
        return looking.watched(context.new_page())

    yield open_page
    for context in contexts:
        # A page that is left sends what was typed in it; the database is emptied meanwhile, and neither may wait.
        if context.pages:  # a test may have closed it, or all that was open in it
            context.set_offline(True)
        context.close()


@pytest.fixture
def wide(opened: Callable[..., Page]) -> Page:
    """A screen on a desk."""
    return opened(viewport=looking.WIDE)


@pytest.fixture
def phone(opened: Callable[..., Page]) -> Page:
    """A small phone, touched."""
    return opened(viewport=looking.PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def relay(settings: Any) -> Iterator[Relay]:
    """A mail relay on this machine that keeps what it accepts."""
    settings.EMAIL_HOST = "127.0.0.1"
    with serving(Relay()) as running:
        settings.EMAIL_PORT = running.port
        yield running
