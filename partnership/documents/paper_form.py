"""What is recorded of a signature on paper."""

from datetime import date
from typing import Any

from django import forms

from partnership.areas.forms.instrument import WHAT, WithInstrument
from partnership.documents.forms import NO_CASES
from partnership.web.forms import DayField


class PaperForm(WithInstrument):
    """The scan, the day and the fingerprint that stand on it, and a reservation if there is one."""

    signed_on = DayField(
        label="Which day stands on the paper?",
        error_messages={"required": "Enter the day that stands on the paper."},
    )
    fingerprint = forms.CharField(
        label="Which fingerprint stands on the paper?",
        help_text="At least its first 16 figures, as they stand on the paper. They show that it is of this text.",
        max_length=100,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Enter the fingerprint that stands on the paper."},
    )
    reservation = forms.CharField(
        label="Reservation on the paper (optional)",
        help_text=f"Word for word. It is published under the signature. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
        max_length=2000,
        required=False,
    )
    field_order = ("instrument", "signed_on", "fingerprint", "reservation")

    def __init__(self, *args: Any, earliest: date, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].label = "The scan of the paper or letter"
        self.fields["instrument"].help_text = f"{WHAT} Whoever sees the area may read it; it is not published."
        day: Any = self.fields["signed_on"]
        day.earliest, day.latest = earliest, latest
        day.help_text = f"From the day on which the text was frozen. For example, {latest:%-d %-m %Y}."

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if self.stored is None and "instrument" not in self.errors:
            self.add_error("instrument", "Add the scan of the paper or letter.")
        return found
