"""What people type about where a report was presented."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from partnership import clock
from partnership.errors import Refused
from partnership.presentations import policies
from partnership.presentations.kinds import PRESENTERS, Forum, Said, State
from partnership.presentations.models import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, Entry
from partnership.web.forms import DayField, Form, IdempotentForm
from partnership.web.lines import LineField
from partnership.web.wording import AGAIN

NO_CHILD = "Never write anything about a single child, family or case."


class _Occasion(Form):
    """Before whom, when, by whom, and what was asked and answered."""

    forum = forms.ChoiceField(
        label="Before whom?",
        choices=Forum.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the body before which it is presented"},
    )
    forum_name = LineField(
        label="Its own name (optional)",
        help_text="As it calls itself, such as “Ashdown People’s Scrutiny Committee”. Needed for another body.",
        max_length=LONGEST_NAME,
        required=False,
    )
    day = DayField(label="Day", help_text="For example, 14 10 2026.", error_messages={"required": "Enter the day"})
    state = forms.ChoiceField(
        label="How does it stand?",
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is planned or took place"},
    )
    office = forms.ChoiceField(
        label="Which office presents it?",
        choices=[(row.value, row.label) for row in PRESENTERS],
        error_messages={"required": "Select the office that presents it"},
    )
    asked = forms.CharField(
        label="What was asked (optional)",
        help_text=f"In short, of what took place. {NO_CHILD}",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    answered = forms.CharField(
        label="What was answered (optional)",
        help_text=NO_CHILD,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    minutes = forms.CharField(
        label="Address of the public minutes (optional)",
        help_text="For example, https://council.example/minutes/12",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        max_length=LONGEST_ADDRESS,
        required=False,
    )

    def clean(self) -> None:
        found = self.cleaned_data
        if "forum" in found and "forum_name" in found:
            self._at("forum_name", policies.check_body, found["forum"], found["forum_name"])
        if isinstance(found.get("day"), date) and "state" in found:
            self._at("day", policies.check_day, found["day"], found["state"], clock.today())
        self._at("minutes", policies.check_address, found.get("minutes", ""))
        if not self.errors:
            self._at("asked", policies.check_outcome, self.said)

    def _at(self, field: str, check: Callable[..., None], *args: Any) -> None:
        """Let a rule of the domain speak at a field."""
        try:
            check(*args)
        except Refused as refusal:
            self.add_error(field, refusal.sentence)

    @property
    def said(self) -> Said:
        """What was typed, as the service takes it."""
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})


class RecordForm(_Occasion, IdempotentForm):
    """An occasion for the first time: it is planned, or took place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = [row for row in State.choices if row[0] != State.NOT_PRESENTED]


class CorrectForm(_Occasion):
    """What is known better by now. `seen`: the number of the entry that was on the screen."""

    reason = LineField(
        label="Why is it corrected?",
        help_text=f"For example, “The minutes are out.” What was recorded before stays on record. {NO_CHILD}",
        max_length=LONGEST_REASON,
        error_messages={"required": "Enter why it is corrected"},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid", "min_value"), AGAIN)
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, initial={**vars(entry.said), "seen": entry.number}, **kwargs)
