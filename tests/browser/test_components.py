"""Every component in a real browser: accessible, narrow and wide, with and without JavaScript."""

import pytest

from tests.browser.looking import PHONE, WIDE, look


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_page_that_is_not_there_says_so_accessibly_and_fits(opened, size):
    page = opened(viewport=size)
    page.goto("/nowhere/")

    assert page.get_by_role("heading", name="Page not found").is_visible()
    look(page, f"nowhere-{size['width']}")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_errors_of_a_form_are_accessible_and_lead_to_their_fields(opened, size):
    page = opened(viewport=size)
    page.goto("/components/")
    page.get_by_role("button", name="Send").click()

    look(page, f"components-errors-{size['width']}")
    page.get_by_role("link", name="Select whose turn it is").click()
    assert page.evaluate("document.activeElement.id") == "id_turn_0"


def test_the_script_of_the_pages_runs_under_the_content_security_policy(wide):
    wide.goto("/components/")

    assert wide.evaluate("document.body.classList.contains('govuk-frontend-supported')")


def test_the_typeface_is_ours(wide):
    wide.goto("/components/")

    assert wide.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible Next\"'))")
    families = wide.evaluate(
        "[...document.querySelectorAll('body *:not(input, option)')].map(e => getComputedStyle(e).fontFamily)"
    )
    assert {family.split(",")[0] for family in families} <= {'"Atkinson Hyperlegible Next"', "ui-monospace"}


def test_the_year_is_drawn_where_there_is_room_and_told_in_words_where_not(wide):
    wide.goto("/components/")
    year = wide.locator(".app-year").first

    assert year.locator("svg").is_visible()
    wide.set_viewport_size(PHONE)
    assert not year.locator("svg").is_visible()
    assert year.get_by_text("Today is 14 September 2026.").bounding_box()["height"] > 10


def test_a_form_can_be_sent_without_javascript(opened):
    page = opened(java_script_enabled=False)
    page.goto("/components/")
    page.get_by_role("button", name="Send").click()

    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert page.title().startswith("Error: ")
