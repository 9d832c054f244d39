"""What is filled in about sections and passages. A form says what is wrong at its field and keeps what was typed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents.forms import NO_CASES, STALE
from partnership.documents.models import Section
from partnership.drafting.models import CommentKind, SectionTask
from partnership.drafting.services import Owner
from partnership.web.forms import DayField, Form, IdempotentForm

PREFIX = "owner-"
MOST_WORDS = 4000


class OwnersForm(Form):
    """Who writes each section, and by when whoever is newly asked has to be ready."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": STALE})
    due_on = DayField(label="Ready by")
    moves_dates = forms.BooleanField(label="It is the new day for everybody who has not handed in yet", required=False)

    def __init__(
        self,
        *args: Any,
        sections: Sequence[Section],
        tasks: Mapping[str, SectionTask],
        held: Sequence[Appointment],
        earliest: date,
        latest: date | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._owners = owners_of(held)
        for section in sections:
            self.fields[PREFIX + section.key] = _owner(section, tasks.get(section.key), self._owners)
        due: Any = self.fields["due_on"]
        example = min(earliest + timedelta(days=28), latest or date.max)
        due.help_text = f"For everybody whom you newly ask. For example, {max(example, earliest):%-d %-m %Y}."
        due.earliest, due.latest = earliest, max(latest, earliest) if latest else None

    @property
    def owner_fields(self) -> list[Any]:
        """The fields that name owners, in the order of the sections."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def chosen(self) -> dict[str, Owner | None]:
        """The owner of each section, by its key. One who is no longer among those who may write stays as they are."""
        said = self.cleaned_data.items()
        found = {name.removeprefix(PREFIX): value for name, value in said if name.startswith(PREFIX)}
        return {key: self._owners[value][1] if value else None for key, value in found.items() if value != STAYS}


STAYS = "stays"


def owners_of(held: Sequence[Appointment]) -> dict[str, tuple[str, Owner]]:
    """Everybody who may own a section, by the value of the choice: offices first, then people by name."""
    offices, people = {}, {}
    for row in held:
        office = Office(row.office)
        seat = f", {row.seat.agency.name}" if row.seat else ""
        offices[f"office:{office}:{row.seat_id or ''}"] = (
            f"{office.label}{seat} (whoever holds the office)",
            Owner(office=office, seat=row.seat),
        )
        people[f"person:{row.person_id}"] = (row.person.name, Owner(person=row.person))
    return {**offices, **dict(sorted(people.items(), key=lambda pair: pair[1][0]))}


def value_of(task: SectionTask) -> str:
    """The value of the choice that stands for the owner of a task."""
    return f"person:{task.person_id}" if task.person_id else f"office:{task.office}:{task.seat_id or ''}"


def _owner(section: Section, task: SectionTask | None, owners: dict[str, tuple[str, Owner]]) -> forms.ChoiceField:
    choices = [("", "Nobody in particular"), *((value, words) for value, (words, _) in owners.items())]
    initial = value_of(task) if task else ""
    if task and initial not in owners:
        choices.insert(1, (STAYS, f"{task.owner} (may not write here today)"))
        initial = STAYS
    field = forms.ChoiceField(label=section.title, choices=choices, required=False, initial=initial)
    field.error_messages["invalid_choice"] = f"Choose again who writes “{section.title}”."
    return field


class WordsForm(Form):
    """What somebody says in one box."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}), max_length=MOST_WORDS)

    def __init__(self, *args: Any, label: str, hint: str, missing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text, field.error_messages["required"] = label, f"{hint} {NO_CASES}".strip(), missing


class AnswerForm(IdempotentForm, WordsForm):
    """A reply to a comment, or what became of it."""


class CommentForm(IdempotentForm):
    """What somebody says about one passage."""

    kind = forms.ChoiceField(
        label="What kind of comment is it?",
        choices=[
            (CommentKind.QUESTION, "A question"),
            (CommentKind.FIX, "Something to be mended. It stops the sending until it is resolved"),
            (CommentKind.CHALLENGE, "A challenge to what is said"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of comment it is."},
    )
    words = forms.CharField(
        label="Your comment",
        help_text=f"Everybody who holds an office in this area can read it. It is never published. {NO_CASES}",
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}),
        max_length=MOST_WORDS,
        error_messages={"required": "Write your comment."},
    )


class UnsavedForm(Form):
    """What the browser's script keeps of a section while somebody types."""

    body = forms.CharField(required=False, strip=False, max_length=60_000, widget=forms.Textarea)
    explanation = forms.CharField(required=False, max_length=4000, widget=forms.Textarea)
    seen_revision = forms.IntegerField(min_value=0)
