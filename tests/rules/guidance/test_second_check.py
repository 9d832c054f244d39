"""No row is confirmed by one person alone. What was read once before this rule stands in a list that only shrinks."""

from pathlib import Path

from partnership.guidance.loader import editions

READ_ONCE = Path(__file__).parent / "read_once.txt"


def name(edition, rule):
    """What a row is called in the list."""
    names = ("id", "key", "party", "role")
    own = next(getattr(rule, name) for name in names if getattr(rule, name, ""))
    return " ".join((edition.key, type(rule).__name__.lower(), getattr(rule, "document", ""), own)).replace("  ", " ")


def confirmed_by_one():
    return {
        name(edition, rule)
        for edition in editions()
        for rule in edition.rules
        if rule.confirmed and not rule.checked_by
    }


def listed():
    return {line for line in READ_ONCE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def test_a_row_that_is_new_to_the_confirmed_ones_was_checked_by_a_second_person():
    assert confirmed_by_one() - listed() == set(), (
        "Put checked_by and checked_on into these rows, once somebody has read them."
    )


def test_what_has_been_checked_or_is_no_longer_confirmed_leaves_the_list():
    assert listed() - confirmed_by_one() == set()
