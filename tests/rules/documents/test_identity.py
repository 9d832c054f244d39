"""A paragraph stays the same paragraph while it is edited, moved, split or joined; a new one is a new one."""

import random

from hypothesis import given
from hypothesis import strategies as st

from partnership.documents import identity, markdown
from partnership.documents.identity import Known, Written
from tests.rules.documents.samples import Figures

WORDS = st.text("abcdef ", min_size=1, max_size=30)
TEXTS = st.lists(WORDS, max_size=8)


def written(*texts):
    return [Written(identity.mark_of({"text": text}), text) for text in texts]


def known(*texts, gone=()):
    rows = [*((text, False) for text in texts), *((text, True) for text in gone)]
    return [Known(key, identity.mark_of({"text": text}), text, is_gone) for key, (text, is_gone) in enumerate(rows)]


def test_an_edited_paragraph_keeps_its_key_and_a_new_one_gets_none():
    before = known("The partners met four times in the year.", "Training reached 400 people.")
    after = written(
        "The partners met five times in the year.", "We audited forty files.", "Training reached 400 people."
    )
    assert identity.match(before, after) == [0, None, 1]


def test_of_a_paragraph_that_was_split_the_larger_part_stays_it():
    before = known("One two three four five six seven eight nine ten.")
    after = written("One two three four", "five six seven eight nine ten.")
    assert identity.match(before, after) == [None, 0]


def test_a_passage_that_comes_back_word_for_word_is_known_again():
    assert identity.match(known("Stays.", gone=["Was taken out."]), written("Was taken out.", "Stays.")) == [1, 0]
    assert identity.match(known(gone=["Was taken out by somebody."]), written("Was taken out by us.")) == [None]


def test_other_words_are_another_paragraph():
    assert identity.match(known("Neglect fell in every ward."), written("The board bought new chairs.")) == [None]


@given(TEXTS)
def test_saving_the_same_text_changes_no_key(texts):
    assert identity.match(known(*texts), written(*texts)) == list(range(len(texts)))


@given(TEXTS, st.randoms(use_true_random=False))
def test_moving_paragraphs_about_loses_none(texts, chance):
    order = list(range(len(texts)))
    random.Random(chance.random()).shuffle(order)
    found = identity.match(known(*texts), written(*(texts[place] for place in order)))
    assert sorted(found) == list(range(len(texts)))
    assert all(texts[key] == texts[place] for key, place in zip(found, order, strict=True))


@given(TEXTS, TEXTS, TEXTS)
def test_no_key_is_given_twice(before, gone, after):
    found = [key for key in identity.match(known(*before, gone=gone), written(*after)) if key is not None]
    assert len(found) == len(set(found))


def test_what_is_drawn_from_records_is_its_directive_whatever_the_records_say():
    def marks(amount):
        class Records(Figures):
            def figures(self, name):
                return {"caption": "Money", "head": ["Who", "£"], "rows": [["Council", amount]],
                        "align": ["left", "right"], "source": "Ledger"}  # fmt: skip

        return markdown.to_blocks("Before.\n\n[[funding]]", Records()).marks

    assert marks("1") == marks("2")
    assert marks("1")[0] != marks("1")[1]


def test_of_very_many_paragraphs_each_edited_one_is_still_itself_and_few_are_held_against_each_other(monkeypatch):
    held = []
    monkeypatch.setattr(identity, "ALIKE", _Counting(identity.ALIKE, held))
    before = [f"Paragraph {n} of the report tells of the year." for n in range(900)]
    after = [f"Paragraph {n} of the report tells of the year anew." for n in range(900)]
    assert identity.match(known(*before), written(*after)) == list(range(900))
    assert len(held) <= 3 * identity.MOST_PAIRS


class _Counting(float):
    """A share that counts how often a pair is held against it."""

    def __new__(cls, value, held):
        made = super().__new__(cls, value)
        made.held = held
        return made

    def __mul__(self, size):
        self.held.append(size)
        return float(self) * size
