"""What people fill in about dates."""

from datetime import date
from typing import Any

from django import forms

from partnership.deadlines import policies, selectors
from partnership.guidance import dates
from partnership.web.forms import DayField, Form
from partnership.web.lines import LineField

MONTHS = f"Enter a number of months from 1 to {policies.FURTHEST}."
NO_CHILD = "Never anything about a child, family or case."


def _reason(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"Everybody with an office in the area reads it. {NO_CHILD}",
        max_length=policies.REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing},
    )


class TargetForm(Form):
    """A day of the area's own before the date."""

    on = DayField(
        label="Your own day (leave empty to have none)",
        help_text="On or before the date. The date itself cannot be moved here.",
        required=False,
    )
    reason = _reason("Why this day?", "Say why this day.")

    def __init__(self, *args: Any, today: date, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.earliest, day.latest = today, max(due_on, today)


class HoldForm(Form):
    """Why reminders should stop."""

    reason = _reason("Why should the reminders stop?", "Say why the reminders should stop.")


class LateForm(Form):
    """What the public reads of a lateness."""

    text = forms.CharField(
        label="Why is it late?",
        help_text=f"The public reads it beside the date, at once. Say when it will come. {NO_CHILD}",
        max_length=policies.LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write what the public should read."},
    )


class CycleForm(Form):
    """What the area has agreed to do on a day, once or again and again."""

    rule_key = forms.ChoiceField(
        label="What was agreed?", widget=forms.RadioSelect, error_messages={"required": "Select what was agreed."}
    )
    title = LineField(
        label="What you call it",
        help_text=f"Such as “Section 11 self-assessment, all agencies”. {NO_CHILD}",
        max_length=160,
        error_messages={"required": "Give it a name."},
    )
    first_on = DayField(label="By which day first?", error_messages={"required": "Enter the first day."})
    every_months = forms.IntegerField(
        label="How many months later again? (leave empty if it comes once)",
        required=False,
        min_value=1,
        max_value=policies.FURTHEST,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), MONTHS),
    )
    agreed_where = LineField(
        label="Where is it written that this was agreed?",
        help_text=f"Such as the minutes of a meeting, with their day. {NO_CHILD}",
        max_length=300,
        error_messages={"required": "Say where it is written that this was agreed."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["rule_key"]
        choice.choices = [(key, rule.title) for key, rule in selectors.local_rules().items()]
        day: Any = self.fields["first_on"]
        day.earliest, day.latest = today, dates.add_months(today, policies.FURTHEST)


class TurnForm(Form):
    """That it was done, and what shows it."""

    done_on = DayField(label="Done on", error_messages={"required": "Enter the day on which it was done."})
    record = LineField(
        label="Which record shows it?",
        help_text=f"Such as the minutes of a meeting or the name of a report, with its day. {NO_CHILD}",
        max_length=300,
        error_messages={"required": "Name the record that shows it."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["done_on"]
        day.latest = today


class MeetingForm(Form):
    """A day on which the lead partners meet."""

    on = DayField(label="When do they meet?", error_messages={"required": "Enter the day on which they meet."})
    called = LineField(
        label="What is the meeting called?",
        help_text=f"Such as “Lead partners’ meeting”. No agenda and no minutes. {NO_CHILD}",
        max_length=policies.CALLED,
        error_messages={"required": "Say what the meeting is called."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.earliest, day.latest = today, dates.add_months(today, policies.MEETINGS_AHEAD)


class CallOffForm(Form):
    """Why a meeting does not take place."""

    reason = _reason("Why does it not take place?", "Say why the meeting does not take place.")


class SwitchOffForm(Form):
    """Why an area needs no reminder at a step."""

    reason = _reason("Why does nobody need this step?", "Say why nobody needs this step.")
