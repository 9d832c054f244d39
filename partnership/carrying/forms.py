"""What is asked before a document is rolled forward."""

from django import forms

from partnership.documents.forms import STALE, BeginForm


class RollForm(BeginForm):
    """The period, and the version that was on the screen when somebody said yes."""

    source = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )
