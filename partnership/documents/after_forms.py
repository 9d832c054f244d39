"""What people fill in about what is published: how it is corrected, why it is withdrawn, what takes it in, its reviews."""

from datetime import date, timedelta
from typing import Any

from django import forms

from partnership.documents.forms import NO_CASES
from partnership.documents.models import Document, Ground, Nature
from partnership.web.forms import DayField, Form


class CorrectionForm(Form):
    """Clerical or material, and why: both are frozen with the text."""

    nature = forms.ChoiceField(
        label="How far does the correction go?",
        choices=[
            (
                Nature.CLERICAL,
                "Clerical: a slip, such as a wrong name, date or sum, that changes nothing the partners hold",
            ),
            (Nature.MATERIAL, "Material: anything else. It is read and signed like a new text"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the correction is clerical or material."},
    )
    reason = forms.CharField(
        label="What was wrong, and what is corrected?",
        help_text=f"This is the change note: it is signed with the text, and the public reads it. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=1000,
        error_messages={"required": "Say what was wrong and what is corrected."},
    )

    def __init__(self, *args: Any, may_be_clerical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nature: Any = self.fields["nature"]
        if not may_be_clerical:
            nature.choices = [row for row in nature.choices if row[0] == Nature.MATERIAL]


class TakeDownForm(Form):
    """Why a publication is withdrawn, for the record and in words for the public."""

    ground = forms.ChoiceField(
        label="On which ground?",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the ground on which it is withdrawn."},
    )
    note = forms.CharField(
        label="What the public reads in its place",
        help_text="In general words. Do not repeat here what made you withdraw it.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=1000,
        error_messages={"required": "Say why, in words that the public can read."},
    )


class ConsolidateForm(Form):
    """Which published document has taken this one in, and why."""

    into = forms.ModelChoiceField(
        label="Which document has taken it in?",
        queryset=Document.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the document that has taken it in."},
    )
    reason = forms.CharField(
        label="What the public reads of it",
        help_text="For example, which part of the other document it is now.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=1000,
        error_messages={"required": "Say what became of it, in words that the public can read."},
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = offered


class ReviewForm(Form):
    """A review of what stands that left it as it is."""

    reviewed_on = DayField(label="Day of the review", error_messages={"required": "Enter the day of the review."})
    found = forms.CharField(
        label="What did the review find?",
        help_text=f"The public reads it. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        max_length=1000,
        error_messages={"required": "Say what the review found."},
    )
    next_on = DayField(label="Day of the next review", error_messages={"required": "Enter the day of the next review."})

    def __init__(self, *args: Any, earliest: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewed: Any = self.fields["reviewed_on"]
        reviewed.earliest, reviewed.latest = earliest, today
        following: Any = self.fields["next_on"]
        following.earliest = today + timedelta(days=1)
