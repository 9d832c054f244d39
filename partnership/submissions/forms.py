"""What a person says about a submission."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from partnership import clock
from partnership.areas.forms.instrument import WHAT, WithInstrument, kind_of
from partnership.mail.workflow import Ruling
from partnership.submissions.models import How
from partnership.web.forms import DayField, Form


class Acknowledgement(WithInstrument):
    """How a body said that it has it: in its own words, or who said what and when; with its receipt, if there is one."""

    how = forms.ChoiceField(
        label="How did they say that they have it?",
        choices=How.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=How.REPLY,
        error_messages={"invalid_choice": "Select how they said that they have it"},
    )
    received_on = DayField(label="On which day did they say so? (optional)", required=False)
    words = forms.CharField(
        label="What did they say?",
        help_text="Give the first lines of the reply or receipt, and who sent it. Leave out anything about a child.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say who acknowledged it and how, such as the first line of their reply"},
    )
    field_order = ("how", "received_on", "words", "instrument")

    def __init__(self, *args: Any, since: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["instrument"].label = "Their receipt (optional)"
        self.fields["instrument"].help_text = f"{WHAT} Whoever sees the area may read it; it is not published."
        day: Any = self.fields["received_on"]
        day.earliest, day.latest = since or today, today
        day.help_text = f"For example, {today:%-d %-m %Y}."

    def clean_instrument(self) -> UploadedFile | None:
        """The receipt, if it is what it may be."""
        file: UploadedFile | None = self.cleaned_data.get("instrument")
        if file is not None and kind_of(file) is None:
            raise ValidationError("Their receipt must be a PDF, a PNG or a JPEG")
        return file

    def clean_how(self) -> How:
        """How it was said; a reply where nothing else is."""
        return How(self.cleaned_data["how"] or How.REPLY)


class Settlement(Form):
    """What somebody found out about a message of which it is not known whether it was sent."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        choices=[
            (Ruling.ARRIVED, "It arrived"),
            (Ruling.SEND_AGAIN, "It did not arrive: send it again"),
            (Ruling.GIVEN_UP, "It did not arrive, and it must not be sent again from here"),
        ],
        error_messages={"required": "Select what you found"},
    )
    evidence = forms.CharField(
        label="How do you know?",
        help_text="For example, “Their clerk confirmed by telephone on 2 October that it is there.”",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say how you know, so that others can rely on it"},
    )
