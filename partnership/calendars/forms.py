"""What somebody says of an address for their calendar."""

from collections.abc import Sequence
from typing import Any

from django import forms

from partnership.areas.models import Area
from partnership.calendars.models import LONGEST_NAME
from partnership.web.forms import IdempotentForm
from partnership.web.lines import LineField

ALL = "all"


class FeedForm(IdempotentForm):
    """A name, and for whom serves several areas which of them."""

    name = LineField(
        label="What do you call it?",
        help_text="So that you know later which calendar reads it, such as “Outlook at work”.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Enter a name, such as “Outlook at work”."},
    )
    area = forms.ChoiceField(
        label="Which dates?", widget=forms.RadioSelect, error_messages={"required": "Select which dates it is to give."}
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {area.slug: area for area in areas}
        choice: Any = self.fields["area"]
        choice.choices = [
            (ALL, "All my areas, and those that I serve later"),
            *((area.slug, area.name) for area in areas),
        ]
        choice.initial = ALL

    @property
    def chosen(self) -> Area | None:
        """One area, or None for all."""
        return self._areas.get(self.cleaned_data["area"])
