"""Characters that nobody sees, or that turn the direction of text: what is read must be what is stored.

A line, such as a name, is refused with the place of the first one. From longer text, which is often pasted out of
letters and pages full of them, they are dropped. What some scripts need to write a name stays.
"""

import unicodedata
from collections.abc import Iterable

UNSHOWN = frozenset({"Cc", "Cs", "Co", "Cn"})  # controls, half characters, private and unassigned ones
LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
NON_JOINER, JOINER = "\u200c", "\u200d"
VIRAMA = 9  # the combining class of the sign that takes a vowel away
SHOWN = 20


def _span(*spans: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in spans for code in range(first, last + 1))


TURNING = _span((0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069))
UNSEEN = _span(
    (0xAD, 0xAD), (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200D),
    (0x2060, 0x2065), (0x206A, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
VARIANTS = _span((0xE0100, 0xE01EF))
# Scripts in which a joiner changes the shape of a letter, as the names of their characters begin.
JOINED = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR",
)  # fmt: skip


def fault(text: str) -> str:
    """What may not stand in a line and where, such as “an invisible character after “Ann””; empty if nothing."""
    for place, character in enumerate(text):
        if kind := _kind(text, place, character):
            before = without(text[:place]).split()
            return f"{kind} after “{before[-1][-SHOWN:]}”" if before else f"{kind} at its beginning"
    return ""


def sentence(name: str, text: str) -> str:
    """The sentence for the first fault of a line called `name`, without its full stop; empty if there is none."""
    found = fault(text)
    return f"{name} has {found}. Delete the text and type it again" if found else ""


def without(text: str) -> str:
    """Text without any of them. Line ends and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for place, sign in enumerate(text) if sign in "\n\t" or not _kind(text, place, sign))


def in_one_line(text: str) -> str:
    """The same as one line, with single spaces."""
    return " ".join(without(text).split())


def _kind(text: str, place: int, character: str) -> str:
    if character in TURNING:
        return "a character that changes the direction of the text"
    if character in UNSEEN:
        return "" if _is_needed(text, place, character) else "an invisible character"
    if character in LINE_ENDS:
        return "a line break"
    if character == "\t":
        return "a tab"
    return "a character that cannot be shown" if unicodedata.category(character) in UNSHOWN else ""


def _is_needed(text: str, place: int, character: str) -> bool:
    """Whether a name of its script is written with it: a joiner among letters that join, a variant of an ideograph."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if character in VARIANTS:
        return _begins(before, ("CJK",))
    if character not in (NON_JOINER, JOINER) or not _begins(before, JOINED):
        return False
    return _begins(after, JOINED) or (character == JOINER and unicodedata.combining(before) == VIRAMA)


def _begins(character: str, names: Iterable[str]) -> bool:
    return bool(character) and unicodedata.name(character, "").startswith(tuple(names))
