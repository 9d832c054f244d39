"""What is filled in about case reviews: days, and choices. No field takes words."""

from datetime import date
from typing import Any

from django import forms

from partnership.case_reviews import rules, selectors
from partnership.case_reviews.models import CaseReview, Step, Why
from partnership.web.forms import DayField, Form, IdempotentForm

FIRST = (Step.BECAME_AWARE, Step.INCIDENT, Step.NOTIFIED)


def _day(label: str, **more: Any) -> DayField:
    return DayField(label=label, error_messages={"required": "Enter the day."}, **more)


class OpenForm(IdempotentForm):
    """The first thing that is known of a case, and its day."""

    step = forms.ChoiceField(
        label="What is known first?",
        choices=[(step.value, step.label) for step in FIRST],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is known first."},
    )
    on = _day(
        "On which day?", help_text="Only the day. Nothing else about the case is asked for, and nothing can be written."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.latest = today


class StepForm(Form):
    """The next thing that happened, and its day."""

    step = forms.ChoiceField(
        label="What happened?", widget=forms.RadioSelect, error_messages={"required": "Select what happened."}
    )
    on = _day("On which day?")

    def __init__(self, *args: Any, case: CaseReview | None = None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["step"]
        there = selectors.days(case) if case else {}
        choice.choices = [(step.value, step.label) for step in Step if step not in there]
        day: Any = self.fields["on"]
        day.latest = today


class CorrectionForm(Form):
    """A better day, or that it did not happen."""

    why = forms.ChoiceField(
        label="Why is it corrected?",
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why it is corrected."},
    )
    on = DayField(label="The right day (leave empty if it did not happen)", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.latest = today


class StartForm(Form):
    """From which event the area counts each clock."""

    def __init__(
        self, *args: Any, starts: dict[str, str] | None = None, titles: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, title in (titles or {}).items():
            offered = rules.choices(key)
            if len(offered) > 1:
                self.fields[key] = forms.ChoiceField(
                    label=f"{title}: counted from",
                    choices=offered,
                    widget=forms.RadioSelect,
                    initial=(starts or {}).get(key),
                    error_messages={"required": "Select from which event it is counted."},
                )
