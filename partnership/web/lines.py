"""What is typed into one line, as it is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership.errors import WrongState

MARKS = ("{{", "}}", "[[", "]]")
NO_MARKS = "Leave out double brackets, {{ }} and [[ ]]: they have a meaning in texts."


def line_of(text: str, *, longest: int, missing: str = "") -> str:
    """Text in one line without stray spaces. `missing` is the sentence for nothing, where something is needed."""
    cleaned = " ".join(text.split())
    if missing and not cleaned:
        raise WrongState(missing)
    if len(cleaned) > longest:
        raise WrongState(f"Shorten “{cleaned[:40]}…” to {longest} characters or fewer.")
    if holds_marks(cleaned):
        raise WrongState(NO_MARKS)
    return cleaned


def holds_marks(text: str) -> bool:
    """Whether a text that is printed in a section would be read as a token or a directive there."""
    shown = "".join(filter(str.isprintable, text))  # what cannot be seen does not part two brackets
    return any(mark in shown for mark in MARKS)


class LineField(forms.CharField):
    """One line that is printed in sections, drawn from the records."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if holds_marks(value):
            raise ValidationError(NO_MARKS)
