"""What the scrutineer and the partners write to each other."""

from typing import Any

from django import forms

from partnership.documents.forms import NO_CASES, STALE, TOO_LONG
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.web.forms import Form, most
from scrutiny.models import Position
from scrutiny.policies import LONGEST, LONGEST_REASON


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


class RedactForm(Form):
    """What stands in the place of a passage, and why. `seen`: the redaction that was on the screen, 0 for none."""

    words = forms.CharField(
        label="The words that everybody reads from now on",
        help_text=f"Take out what must not be read, and say in square brackets that something was taken out. {NO_CASES}",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8, "spellcheck": "true"}),
        error_messages={"required": "Write the words that stand in its place."},
    )
    reason = forms.CharField(
        label="Why words are taken out",
        help_text="In general words, such as “Somebody could be known from it”. Everybody in the area reads this: repeat "
        "nothing of what you take out.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2, "spellcheck": "true"}),
        error_messages={"required": "Say why words are taken out."},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )


class _SeenForm(Form):
    seen_revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )


class StatementForm(_SeenForm):
    """The scrutineer's own statement. It has no limit but what can be read at all."""

    body = forms.CharField(
        label="Your statement",
        help_text=f"What you have evaluated and contributed, in your words. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": f"{TOO_LONG} {most(MOST_CHARACTERS)}"},
    )


class GiveForm(_SeenForm):
    """The scrutineer's act, and the revision of the text that was on the screen."""

    agree = forms.BooleanField(
        label="I have evaluated and contributed to this document, as its independent scrutineer. This is my statement.",
        error_messages={"required": "Tick the sentence if this is your statement."},
    )
