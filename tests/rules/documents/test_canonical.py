"""What is signed: the same for every way of storing it, other for every visible change."""

import copy
import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.documents import canonical
from tests.rules.documents.samples import document

WORDS = st.text(alphabet=st.sampled_from("abc éŵ12£,."), min_size=1, max_size=30)


def mark(frozen):
    return canonical.fingerprint(canonical.canonical(frozen))


def turned(value, change):
    """A copy with every text changed by `change` and every dict's keys in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key], change) for key in reversed(value)}
    if isinstance(value, list):
        return [turned(part, change) for part in value]
    return change(value) if isinstance(value, str) else value


def leaves(value, path=()):
    """The path of every value that is not a container."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for key, part in pairs for found in leaves(part, (*path, key))]
    return [path]


FROZEN = document()
LEAVES = leaves({key: part for key, part in FROZEN.items() if key != "form"})


@given(WORDS, st.sampled_from(["  ", "\n", "\t ", "\u00a0", " \u2009 "]), st.booleans())
def test_white_space_encoding_and_key_order_leave_the_fingerprint_equal(words, space, decompose):
    frozen = document(title=f"Report {words}")

    def stored_otherwise(text):
        text = text.replace(" ", space)
        return unicodedata.normalize("NFD", text) if decompose else text

    assert mark(turned(frozen, stored_otherwise)) == mark(frozen)


@given(st.sampled_from(LEAVES), WORDS.filter(str.strip))
def test_any_other_value_anywhere_alters_the_fingerprint(path, words):
    changed = copy.deepcopy(FROZEN)
    place = changed
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = old + 1 if isinstance(old, int) else f"{old} {words}"
    if path[-1] == "type":
        with pytest.raises(ValueError, match="no block"):
            mark(changed)
    else:
        assert mark(changed) != mark(FROZEN)


def test_moving_a_paragraph_or_losing_one_alters_the_fingerprint():
    moved, lost = document(), document()
    moved["sections"][0]["blocks"].reverse()
    lost["sections"][0]["blocks"].pop()

    assert len({mark(FROZEN), mark(moved), mark(lost)}) == 3


def test_the_text_comes_back_to_the_letter():
    text = canonical.canonical(FROZEN)

    assert canonical.canonical(canonical.load(text)) == text
    assert ": " not in text.split('"title"')[0]


@pytest.mark.parametrize("text", ["{}", "[]", "null", '{"form":2}', "not json"])
def test_load_refuses_what_is_not_the_form(text):
    with pytest.raises(ValueError, match=r"."):
        canonical.load(text)


def test_load_refuses_a_text_with_one_more_space():
    with pytest.raises(ValueError, match="not in the canonical form"):
        canonical.load(canonical.canonical(FROZEN).replace('{"', '{ "', 1))


@pytest.mark.parametrize("value", [1.5, date(2026, 3, 31), b"x", {"a"}, {1: "a"}, {"é": "a"}])
def test_values_that_the_form_does_not_know_are_refused(value):
    with pytest.raises(TypeError):
        mark(document(notes=[value]))


def test_unknown_parts_forms_and_blocks_are_refused():
    with pytest.raises(ValueError, match="form is 3"):
        mark(document(form=4))
    with pytest.raises(ValueError, match="unknown"):
        mark(document(comments=[]))
    with pytest.raises(ValueError, match="no block"):
        mark(document(sections=[{"key": "a", "title": "a", "explanation": "", "blocks": [{"type": "script"}]}]))


EVER = "a11d5c3c6df286754675e6629e8742d6ff00db7bbf76c0d8e1c99e91a9890b09"


def test_the_fingerprint_of_form_one_never_changes():
    frozen = {key: [] for key in canonical.PARTS[1]} | {"form": 1, "title": "Cafe\u0301  report"}

    assert canonical.canonical(frozen).endswith('"signatories":[],"title":"Café report"}')
    assert mark(frozen) == EVER


def test_the_fingerprint_of_form_two_never_changes():
    frozen = {key: [] for key in canonical.PARTS[2]} | {"form": 2, "title": "Cafe\u0301  report"}

    assert mark(frozen) == "4891032ca912c88621940785bc7297eb47a3402b4a7bfaf0747c885b08da7ad7"


def test_a_fingerprint_is_shortened_for_people():
    assert canonical.short("3f9a1c22aabbccdd" + "0" * 48) == "3f9a 1c22 aabb ccdd"
    assert json.loads(canonical.canonical(FROZEN))["form"] == 1
