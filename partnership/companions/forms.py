"""What is filled in about a children's or an Easy Read version."""

from django import forms

from partnership.companions.models import Kind
from partnership.companions.text import MOST
from partnership.documents.forms import NO_CASES
from partnership.web.forms import FileField, Form


class CompanionForm(Form):
    """A PDF, a short text, or both."""

    kind = forms.ChoiceField(
        label="Which version is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select which version it is.", "invalid_choice": "Select which version it is."},
    )
    file = FileField(label="PDF (optional)", help_text="A tagged PDF that says its language.", required=False)
    text = forms.CharField(
        label="Short text (optional)",
        help_text=f"It is shown as a web page. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
        required=False,
        max_length=MOST,
    )
