"""Correcting and removing one row of the records: the form that knows what was seen, and the pages of both acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from partnership.audit import selectors as audit
from partnership.errors import Conflict, Refused, WrongState
from partnership.web.errors import told
from partnership.web.forms import Form
from partnership.web.lines import LineField, line_of
from partnership.web.wording import AGAIN

STALE = dict.fromkeys(("required", "invalid", "invalid_choice"), AGAIN)
GONE = "It has been removed already."


class Written(Protocol):
    """What is written down of a row: a dataclass whose fields are those of the form."""

    @classmethod
    def of(cls, row: Any) -> Self:
        """As it stands in the row."""

    def in_full(self) -> str:
        """All of it in words, to show beside what somebody else wrote."""


class CorrectionForm(Form):
    """Better words for a row. Its hidden fields `seen_…` say what stood there when the page was drawn."""

    written: ClassVar[type[Written]]
    row: Any

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        now = vars(self.written.of(row))
        initial = {**now, **{f"seen_{name}": value for name, value in now.items()}}
        super().__init__(*args, initial=initial, **kwargs)
        self.row = row

    def _made(self, prefix: str) -> Any:
        now = vars(self.written.of(self.row))
        made = cast(Callable[..., Written], self.written)
        return made(**{name: self.cleaned_data.get(f"{prefix}{name}", now[name]) for name in now})

    @property
    def typed(self) -> Any:
        return self._made("")

    @property
    def seen(self) -> Any:
        return self._made("seen_")


def seen_line(longest: int, *, required: bool = False) -> forms.CharField:
    """The words of a line as they were seen, down to their spaces."""
    return forms.CharField(
        widget=forms.HiddenInput, required=required, max_length=longest, strip=False, error_messages=STALE
    )


class SeenChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The row of another table that was seen. Whatever else is sent was not written by us."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(queryset=None, widget=forms.HiddenInput, required=required)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            raise ValidationError(AGAIN) from error


class RemovalForm(Form):
    """Why a row is removed."""

    reason = LineField(
        label="Why it is removed",
        help_text="It goes into the area’s timeline, with all that was recorded. Never name a child or a family.",
        max_length=300,
        error_messages={"required": "Enter why it is removed"},
    )


def reason_of(reason: str) -> str:
    return line_of(reason, longest=300, missing="Enter why it is removed.")


@dataclass(frozen=True)
class Place:
    """What the page of an act on a row says around its form."""

    back: str
    caption: str
    heading: str
    context: dict[str, Any]

    @property
    def shown(self) -> dict[str, Any]:
        return {"back": self.back, "caption": self.caption, "heading": self.heading, **self.context}


def corrected(
    request: HttpRequest, form: CorrectionForm, place: Place, *, field: str, act: Callable[[Any], str]
) -> HttpResponse:
    """Show a correction, or make it. When somebody else was quicker, both are shown and what was typed stays."""
    row, status = form.row, 200
    context = {**place.shown, "form": form}
    if form.is_valid():
        try:
            done = act(form)
        except Conflict as refusal:
            status = told(request, refusal)
            row.refresh_from_db()
            context |= {"clash": refusal.sentence, "yours": form.typed.in_full(), "form": _again(form)}
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error(field, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect(place.back)
    context["before"] = form.written.of(row).in_full()
    return render(request, "records/correct.html", context, status=status)


def _again(form: CorrectionForm) -> CorrectionForm:
    """A form with the same words that knows what the other wrote: to send it again is on purpose."""
    typed = cast(QueryDict, form.data).copy()
    for name, value in vars(form.written.of(form.row)).items():
        typed[f"seen_{name}"] = "" if value is None else str(value.pk if isinstance(value, Model) else value)
    return type(form)(typed, row=form.row)


def removed(request: HttpRequest, place: Place, *, act: Callable[[str], str]) -> HttpResponse:
    """Ask why a row is to be removed, or remove it. A second click finds it gone, and that is no fault."""
    form = RemovalForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            done = act(form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, done)
            return redirect(place.back)
    return render(request, "records/remove.html", {**place.shown, "form": form}, status=status)


def gone(request: HttpRequest, row: type[Model], key: int, area_slug: str, back: str) -> HttpResponse:
    """For a row that is not there: back to its year if it was removed there, and no page if it never was."""
    if not audit.was_removed(row, key, area_slug):
        raise Http404(GONE)
    messages.info(request, GONE)
    return redirect(back)
