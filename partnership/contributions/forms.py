"""What people fill in about contributions. A form says what is wrong at its field and keeps what was typed."""

from typing import Any

from django import forms

from partnership import clock
from partnership.areas.models import Agency, Appointment
from partnership.contributions.policies import FURTHEST, LONGEST
from partnership.documents.forms import NO_CASES, STALE, TOO_LONG, count_down
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.guidance import schema as guidance
from partnership.web.forms import DayField, Form, most

READ_BY_ALL = f"Everybody who holds an office in this area reads it. {NO_CASES}"


def _revision() -> forms.IntegerField:
    sentences = dict.fromkeys(("required", "invalid", "min_value"), STALE)
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages=sentences)


def _body(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        strip=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": f"{TOO_LONG} {most(MOST_CHARACTERS)}"},
        **more,
    )


class _DueForm(Form):
    """Asks for a day from today to a year ahead."""

    due_on = DayField(
        label="By which day?",
        help_text="For example, 30 9 2026.",
        error_messages={"required": "Enter the day by which you need it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due: Any = self.fields["due_on"]
        due.earliest, due.latest = clock.today(), clock.today() + FURTHEST


class AskForm(_DueForm):
    """Which agency is asked for what, for which section, by when."""

    section_key = forms.ChoiceField(
        label="For which section?", error_messages={"required": "Select the section that it is for."}
    )
    agency = forms.ChoiceField(
        label="Which agency?",
        help_text="Everybody named here is told, and sees what is written in the room.",
        error_messages={"required": "Select the agency that you ask."},
    )
    asked = forms.CharField(
        label="What do you ask for?",
        help_text=f"What it is about, and how long it should be. {READ_BY_ALL}",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": "Enter what you ask for."},
    )
    field_order = ["section_key", "agency", "asked", "due_on"]

    def __init__(
        self, *args: Any, sections: dict[str, str], agencies: list[tuple[Agency, list[Appointment]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency, _ in agencies}
        choices: Any = self.fields["section_key"]
        choices.choices = [("", "Choose a section"), *sections.items()]
        choices.error_messages["invalid_choice"] = "Choose a section from the list."
        choices = self.fields["agency"]
        choices.choices = [("", "Choose an agency")] + [
            (str(agency.pk), f"{agency.name}: {_names(held)}") for agency, held in agencies
        ]
        choices.error_messages["invalid_choice"] = "Choose an agency from the list."

    def clean_agency(self) -> Agency:
        return self._agencies[self.cleaned_data["agency"]]


def _names(held: list[Appointment]) -> str:
    return ", ".join(dict.fromkeys(appointment.person.name for appointment in held))


class WriteForm(Form):
    """The text of a room, with the revision that its writer had before them."""

    body = _body("Your agency's text", required=False, help_text=NO_CASES)
    seen_revision = _revision()


class UnsavedForm(Form):
    """What the browser's script keeps of a room's text while somebody types."""

    body = _body("Your agency's text", required=False)
    seen_revision = _revision()


class ReleaseForm(Form):
    """Nothing to fill in: the revision of the text that was on the screen."""

    seen_revision = _revision()


class HandBackForm(_DueForm):
    """What is to change, and the new day."""

    comment = forms.CharField(
        label="What is to change?",
        help_text=READ_BY_ALL,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": "Say what the agency is asked to change."},
    )
    field_order = ["comment", "due_on"]


class TakeForm(Form):
    """The section with the released text in it, and the revision of the section that was on the screen."""

    body = _body("The section with the contribution in it", help_text=NO_CASES)
    seen_revision = _revision()

    def __init__(self, *args: Any, rule: guidance.Section | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count_down(self.fields["body"], rule)


class WithoutForm(Form):
    """Why the document goes without a contribution."""

    reason = forms.CharField(
        label="Why does the document go without it? (optional)",
        help_text=f"Whoever sends the document for sign-off reads it before. {READ_BY_ALL}",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
    )
