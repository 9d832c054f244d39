"""What the scrutineer and the partners write to each other."""

from typing import Any

from django import forms

from partnership.web.forms import Form
from scrutiny.models import Position
from scrutiny.policies import LONGEST


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 8}))


class RaiseForm(Form):
    """A challenge, on the whole document or on one of its sections."""

    section_key = forms.ChoiceField(label="What it is about", required=False)
    text = _words("Your challenge")

    def __init__(self, *args: Any, sections: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section_key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "The whole document"), *sections.items()]
        field.error_messages["invalid_choice"] = "Choose a section from the list"


class AnswerForm(Form):
    """One agency's answer."""

    position = forms.ChoiceField(label="Your position", choices=Position.choices, widget=forms.RadioSelect)
    text = _words("Your answer")


class CloseForm(Form):
    """The scrutineer's last word on a challenge."""

    view = _words("Your view of the answers")
