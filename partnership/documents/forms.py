"""What people fill in about documents. A form says what is wrong at its field and keeps what was typed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from partnership import clock
from partnership.areas.forms.same_person import AsksWhoItIs
from partnership.areas.models import Area
from partnership.documents import fonts
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.documents.models import Document, Explanation, Position, Reason
from partnership.errors import Refused
from partnership.guidance import loader
from partnership.guidance import schema as guidance
from partnership.guidance.vocabulary import EditionError
from partnership.web.forms import DayField, EmailField, FileField, Form, most

STALE = "Load the page again, then send it once more."
TOO_LONG = "This text is too long to be saved. It"
NO_CASES = "Never put in a child's name, date of birth or anything else about a single case."


class BeginForm(Form):
    """Which period a new document is for. Any period may be sent; what cannot be begun is answered with its reason."""

    period = forms.CharField(widget=forms.RadioSelect, max_length=40)

    def __init__(self, *args: Any, kind: DocumentKind, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        field = self.fields["period"]
        verb = "are" if kind.noun.endswith("s") else "is"
        field.label = f"Which period {verb} the {kind.noun} for?"
        field.error_messages["required"] = "Select a period."
        field.widget.choices = [(period.label, period.label) for period in periods]  # type: ignore[attr-defined]

    def clean_period(self) -> Period:
        """The period, or the kind's own sentence about why it cannot be begun."""
        try:
            period = self.kind.parse_period(self.cleaned_data["period"], clock.today())
            loader.edition_for(self.kind.key, period.first, period.last)
        except (Refused, EditionError) as refusal:
            raise ValidationError(str(refusal)) from refusal
        return period


class SectionForm(Form):
    """One section of a draft. Longer than the guidance's limit is saved and named; longer than can be read is not."""

    body = forms.CharField(
        label="Text of this section",
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
    )
    explanation = forms.CharField(
        label="If this section is not answered, explain why",
        help_text="The explanation is published.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        required=False,
        max_length=4000,
    )
    seen_revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )

    def __init__(self, *args: Any, rule: guidance.Section | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = rule.hint if rule else ""
        if rule is None or not rule.required:
            said = self.fields["explanation"]
            said.label = "If you leave this section out, why (optional)"
            said.help_text = "You do not have to say. An explanation is published."
        body = self.fields["body"]
        body.help_text = f"{hint} {NO_CASES}".strip()
        count_down(body, rule)

    def clean_body(self) -> str:
        """An empty text is one; a form that came without its text is not, and would empty the section."""
        if "body" not in self.data:
            raise ValidationError(STALE)
        return self.cleaned_data["body"]


def count_down(body: Any, rule: guidance.Section | None) -> None:
    """Count a section's text on screen against the guidance's limit, which is checked before the document is sent."""
    body.error_messages["max_length"] = f"{TOO_LONG} {most(rule.max_characters if rule else MOST_CHARACTERS)}"
    if rule:
        body.max_length = rule.max_characters


class MarksForm(Form):
    """Which passages are ticked, which were when the page was drawn, and of which text."""

    seen_revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )

    def marks(self, sent: QueryDict) -> dict[str, Any]:
        """What to add, what to take back, and the text that was seen, as the service takes them."""
        ticked, seen = _claims(sent.getlist("marks")), _claims(sent.getlist("seen"))
        return {
            "add": ticked - seen,
            "remove": seen - ticked,
            "seen_revision": self.cleaned_data["seen_revision"],
        }


def _claims(values: list[str]) -> set[tuple[str, str]]:
    pairs = (value.partition(":") for value in values)
    return {(key, requirement) for key, _, requirement in pairs if requirement}


class ExplanationForm(Form):
    """Why a requirement is not met, or does not apply here."""

    reason = forms.ChoiceField(
        label="What is to be explained?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is not met or does not apply."},
    )
    text = forms.CharField(
        label="Explanation",
        help_text=f"It is signed with the document and published. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true"}),
        max_length=4000,
        error_messages={"required": "Say why it is not met or does not apply."},
    )
    seen_revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )

    def __init__(self, *args: Any, explanation: Explanation | None = None, **kwargs: Any) -> None:
        if explanation:
            said = {"reason": explanation.reason, "text": explanation.text, "seen_revision": explanation.revision}
            kwargs["initial"] = said
        else:
            kwargs["initial"] = {"seen_revision": 0}
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        """The text, if every character of it can be printed."""
        text: str = self.cleaned_data["text"]
        if strange := fonts.unknown(text):
            raise ValidationError(f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")
        return text


class PictureWordsForm(Form):
    """What is said with a picture: the alternative text, which is demanded, and a caption."""

    alt = forms.CharField(
        label="What does the picture show?",
        help_text="For people who cannot see it. Say what matters in it, not that it is a picture.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": "Describe the picture for people who cannot see it."},
    )
    caption = forms.CharField(label="Caption (optional)", required=False, max_length=300)


class PictureForm(PictureWordsForm):
    """A picture with its words."""

    file = FileField(label="Picture", error_messages={"required": "Choose a picture."})
    field_order = ["file", "alt", "caption"]


class ReasonForm(Form):
    """Why something comes back or is given up. Everybody will read it."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)

    def __init__(self, *args: Any, label: str, hint: str, missing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.error_messages["required"] = label, hint, missing


class SignForm(Form):
    """The position, the statement of the signature, and the fingerprint of the text that was on the screen."""

    position = forms.ChoiceField(
        label="How do you sign?",
        choices=[
            (Position.APPROVE, "I approve it"),
            (Position.RESERVE, "I approve it with a reservation, which is published under my signature"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you approve it with or without a reservation."},
    )
    reservation = forms.CharField(
        label="Your reservation, if you have one",
        help_text=f"It is published word for word. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
        max_length=2000,
        required=False,
    )
    agree = forms.BooleanField(error_messages={"required": "Tick the statement if you agree with it."})
    seen_sha256 = forms.CharField(
        widget=forms.HiddenInput, max_length=64, error_messages=dict.fromkeys(("required", "max_length"), STALE)
    )

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = statement

    def clean(self) -> None:
        position, words = self.cleaned_data.get("position"), self.cleaned_data.get("reservation", "")
        if position == Position.RESERVE and not words.strip() and "reservation" not in self.errors:
            self.add_error("reservation", "Write your reservation, or approve it without one.")
        if position == Position.APPROVE and words.strip():
            self.add_error("position", "You wrote a reservation. Select to approve with it, or clear its words.")
        if strange := fonts.unknown(words):
            self.add_error(
                "reservation", f"These characters cannot be printed: {' '.join(strange)}. Use words instead."
            )

    @property
    def words(self) -> str | None:
        """The reservation of a valid form, or None."""
        return self.cleaned_data["reservation"] if self.cleaned_data["position"] == Position.RESERVE else None


class ShareForm(AsksWhoItIs):
    """Who reads a document by name, why, and until when."""

    email = EmailField(
        label="Email address of the reader",
        help_text="The person signs in with it. Somebody without an account gets an invitation.",
    )
    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(
        label="Why are they to read it?",
        error_messages={"required": "Say why they are to read it"},
        help_text=f"It is kept on record, where everybody who holds an office in this area reads it. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )
    until = DayField(label="Last day")

    def __init__(self, *args: Any, area: Area, today: date, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        until: Any = self.fields["until"]
        until.earliest, until.latest = today, latest
        example = min(today + timedelta(days=28), latest)
        until.help_text = f"At most twelve months from today. For example, {example:%-d %-m %Y}."

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("email") and found.get("name"):
            self.ask_who_it_is(found, self.area)
        return found


def periods_not_begun(kind: DocumentKind, begun: list[Document]) -> list[Period]:
    """The periods that may be begun today, held by an edition of the guidance, without those begun already."""
    taken = {document.period_label for document in begun}
    return [
        period for period in kind.open_periods(clock.today()) if period.label not in taken and _is_held(kind, period)
    ]


def _is_held(kind: DocumentKind, period: Period) -> bool:
    try:
        loader.edition_for(kind.key, period.first, period.last)
    except EditionError:
        return False
    return True
