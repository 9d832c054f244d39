"""A form over something that others may change meanwhile: it carries the mark of what was shown (areas.marks)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from partnership.web.forms import Form


class SeenForm(Form):
    """Give the mark as the initial `seen`; the service compares it under its lock."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=64,
        error_messages=dict.fromkeys(("required", "max_length"), "Load the page again, then send it once more"),
    )

    def renew(self, mark: str, now: Mapping[str, Any]) -> None:
        """Drawn again, keep what was typed, carry the mark of what is there now, and say that beside what differs."""
        for name, value in now.items():
            typed = self.fields[name].clean(self[name].data)
            if (value or None) != (typed or None):
                words = _in_words(self.fields[name], value)
                self[name].help_text = f"{self[name].help_text} It is now: {words}".strip()
        data: Any = self.data
        self.data = data.copy()
        self.data["seen"] = mark  # type: ignore[index]


def _in_words(field: forms.Field, value: Any) -> str:
    if value in (None, ""):
        return "nothing."
    if isinstance(value, date):
        return f"{value:%-d %B %Y}."
    return str(dict(getattr(field, "choices", ())).get(value, value))
