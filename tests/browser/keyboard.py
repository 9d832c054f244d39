"""Going through pages by the keyboard alone."""

from playwright.sync_api import Page


def reach(page: Page, name: str, role: str = "link") -> None:
    """Tab until the control of this name has the focus, which must show, and never be caught on the way."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    wanted.wait_for()
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            assert shows_focus(page), f"the focus on “{name}” cannot be seen"
            return
    raise AssertionError(f"“{name}” cannot be reached by the keyboard on {page.url}")


def shows_focus(page: Page) -> bool:
    """Whether what has the focus is drawn otherwise than without it."""
    return page.evaluate(
        """() => {
            const drawn = e => ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor'].map(
                p => getComputedStyle(e)[p]).join() + (e.nextElementSibling
                    ? getComputedStyle(e.nextElementSibling, '::before').boxShadow : '');
            const e = document.activeElement, box = e.getBoundingClientRect(), focused = drawn(e);
            e.blur(); const plain = drawn(e); e.focus();
            return focused !== plain && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
        }"""
    )


def type_into(page: Page, name: str, words: str) -> None:
    """Tab to a field and type."""
    reach(page, name, "textbox")
    page.keyboard.type(words)


def press(page: Page, name: str) -> None:
    """Tab to a button and press it."""
    reach(page, name, "button")
    page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    """Tab to a link and follow it."""
    reach(page, name)
    page.keyboard.press("Enter")
