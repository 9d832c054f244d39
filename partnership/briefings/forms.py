"""What to compare."""

from typing import Any

from django import forms

from partnership.briefings import selectors
from partnership.guidance import loader
from partnership.guidance.schema import Edition
from partnership.guidance.vocabulary import DOCUMENTS
from partnership.web.forms import Form

BETWEEN = ".."


class CompareForm(Form):
    """Two editions of one guidance, and for which document."""

    editions = forms.ChoiceField(
        label="From which edition to which",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select two editions of one guidance."),
    )
    document = forms.ChoiceField(
        label="For which document",
        choices=list(DOCUMENTS.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select a kind of document."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["editions"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{old.key}{BETWEEN}{new.key}", f"{old.short_title} to {new.short_title}")
            for old, new in selectors.pairs()
        ]

    def clean_editions(self) -> tuple[Edition, Edition]:
        old, _, new = self.cleaned_data["editions"].partition(BETWEEN)
        return loader.edition(old), loader.edition(new)
