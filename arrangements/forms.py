"""What a relevant agency says when it acknowledges the arrangements, and what is recorded of it here."""

from datetime import date
from typing import Any

from django import forms

from arrangements.models import Way
from partnership.web.forms import DayField, Form


class Acknowledgement(Form):
    """Who acknowledges, and a note if they wish."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    office = forms.CharField(
        label="Your office at the agency",
        help_text="Such as head of service, or designated safeguarding lead.",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    note = forms.CharField(
        label="Note to the partnership (optional)",
        help_text="Never put in a child's name, date of birth or anything else about a single case.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    agree = forms.BooleanField(error_messages={"required": "Tick the statement to acknowledge the arrangements"})

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = f"I have read the arrangements and know what they ask of {agency}"


class OtherWay(Form):
    """An acknowledgement that came by letter, at a meeting or in another way."""

    name = forms.CharField(
        label="Who acknowledged?",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter who acknowledged"},
    )
    office = forms.CharField(
        label="Their office at the agency", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    way = forms.ChoiceField(
        label="How?",
        widget=forms.RadioSelect,
        choices=[
            (Way.LETTER, "By letter"),
            (Way.EMAIL, "By a reply by email"),
            (Way.MEETING, "At a meeting"),
            (Way.TELEPHONE, "By telephone"),
        ],
        error_messages={"required": "Select how it was acknowledged"},
    )
    on = DayField(
        label="On which day?",
        help_text="For example, 12 1 2026.",
        error_messages={"required": "Enter the day on which it was acknowledged"},
    )
    note = forms.CharField(
        label="Note (optional)",
        help_text="Such as the minute of the meeting. Never anything about a child, family or case.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, earliest: date | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on: Any = self.fields["on"]
        on.earliest, on.latest = earliest, today
