"""What people fill in about Word files. A form says what is wrong at its field and keeps what was typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership import clock
from partnership.documents import plain
from partnership.documents.forms import NO_CASES
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Section
from partnership.errors import Refused
from partnership.web.forms import FileField, Form
from partnership.word import joining
from partnership.word.models import ImportedPart, ImportedPicture
from partnership.word.reading import MOST_BYTES
from partnership.word.services import Choice, Words

APPEND, REPLACE = "append", "replace"
FIRST = "Not decided yet"
MODES = [
    (APPEND, "Put the new text after what is there"),
    (REPLACE, "Replace what is there. It stays under “Texts saved before”"),
]


class WordField(FileField):
    """A Word file, which may be larger than other files."""

    most = MOST_BYTES

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Word file (.docx)")
        kwargs.setdefault("help_text", f"At most {MOST_BYTES // (1024 * 1024)} MB. {NO_CASES}")
        kwargs.setdefault("error_messages", {"required": "Choose a Word file."})
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".docx"}))
        super().__init__(**kwargs)


class UploadForm(Form):
    """A file to take text from."""

    file = WordField()


class EarlierForm(Form):
    """A document of an earlier period, as a file."""

    period = forms.CharField(widget=forms.RadioSelect, max_length=40)
    file = WordField()

    def __init__(self, *args: Any, kind: DocumentKind, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        field = self.fields["period"]
        field.label = "Which period is it for?"
        field.error_messages["required"] = "Select a period."
        field.widget.choices = [(period.label, period.label) for period in periods]  # type: ignore[attr-defined]

    def clean_period(self) -> Period:
        """The period, or the kind's own sentence about why it is none."""
        try:
            return self.kind.parse_period(self.cleaned_data["period"], clock.today())
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from refusal


def _add_words(form: Form, picture: ImportedPicture) -> None:
    """The fields for what is said with a picture."""
    number = picture.number
    form.fields[f"alt_{number}"] = forms.CharField(
        label=f"What does picture {number} show?",
        help_text="For people who cannot see it. Say what matters in it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
        initial=picture.alt,
    )
    form.fields[f"caption_{number}"] = forms.CharField(
        label=f"Caption of picture {number} (optional)", max_length=300, required=False, initial=picture.caption
    )


class TakeForm(Form):
    """Where each heading of a file goes, what is said with its pictures, and what happens to text that is there."""

    mode = forms.ChoiceField(
        label="If a section that you choose has text already",
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens to text that is there already."},
    )

    def __init__(
        self,
        *args: Any,
        parts: list[ImportedPart],
        sections: list[Section],
        pictures: list[ImportedPicture],
        with_others: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.sections, self.pictures = parts, sections, pictures
        self.with_others = with_others
        for place, part in enumerate(parts):
            self.fields[f"part_{part.pk}"] = self._target(part, is_first=place == 0)
        for picture in pictures:
            _add_words(self, picture)
            self.fields[f"out_{picture.number}"] = forms.BooleanField(
                label=f"Leave picture {picture.number} out", required=False
            )
        for section in sections:
            self.fields[f"seen_{section.key}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, required=False, initial=section.revision
            )

    def _target(self, part: ImportedPart, *, is_first: bool) -> forms.ChoiceField:
        with_above = [] if is_first else [("above", "Together with the heading above")]
        choices: list[Any] = [
            ("", FIRST),
            *with_above,
            ("new", "A new section of its own"),
            ("out", "Not taken"),
            ("Sections", [(section.key, self._named(section)) for section in self.sections]),
        ]
        same = next((s.key for s in self.sections if s.title.casefold() == part.title.casefold()), "")
        return forms.ChoiceField(
            label=f"Where does {part.named} go?",
            choices=choices,
            required=False,
            error_messages={"invalid_choice": "Choose one of the sections of this document."},
            initial=same or ("above" if part.level > 1 and not is_first else ""),
        )

    def _named(self, section: Section) -> str:
        """A section by its title; where somebody else writes it, with whom it is."""
        held = self.with_others.get(section.key)
        return f"{section.title} ({held})" if held else section.title

    @property
    def sentences(self) -> list[str]:
        """Which sections are with somebody else until when."""
        held = self.with_others
        return [f"“{section.title}” is {held[section.key]}." for section in self.sections if section.key in held]

    def choice(self) -> Choice:
        """What was decided."""
        said = self.cleaned_data
        return Choice(
            targets={part.pk: said.get(f"part_{part.pk}", "") for part in self.parts},
            pictures={
                picture.number: Words(
                    said.get(f"alt_{picture.number}", ""),
                    said.get(f"caption_{picture.number}", ""),
                    bool(said.get(f"out_{picture.number}")),
                )
                for picture in self.pictures
            },
            seen={
                section.key: seen for section in self.sections if (seen := said.get(f"seen_{section.key}")) is not None
            },
            replaces=said["mode"] == REPLACE,
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each heading with its text, its field, and its pictures with theirs."""
        known = {picture.number: picture for picture in self.pictures}
        texts = plain.shown(*((f"part-{part.pk}", joining.without_pictures(part.body)) for part in self.parts))
        return [
            {
                "part": part,
                "text": text,
                "field": self[f"part_{part.pk}"],
                "pictures": [
                    {
                        "picture": known[number],
                        "fields": [self[f"{name}_{number}"] for name in ("alt", "caption", "out")],
                    }
                    for number in joining.pictures_in(part.body)
                    if number in known
                ],
            }
            for part, text in zip(self.parts, texts, strict=True)
        ]


class WordsForm(Form):
    """The words of the pictures of an imported document."""

    def __init__(self, *args: Any, pictures: list[ImportedPicture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = pictures
        for picture in pictures:
            _add_words(self, picture)

    def words(self) -> dict[int, tuple[str, str]]:
        """Alternative text and caption by the number of the picture."""
        said = self.cleaned_data
        return {p.number: (said[f"alt_{p.number}"], said[f"caption_{p.number}"]) for p in self.pictures}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each picture with its fields."""
        return [
            {"picture": picture, "fields": [self[f"{name}_{picture.number}"] for name in ("alt", "caption")]}
            for picture in self.pictures
        ]
