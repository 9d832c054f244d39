"""What people type about counts and attendance."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Agency, Area
from partnership.counts import policies
from partnership.counts.kinds import SMALL, STANDARD, Came, Counted, Figure, Meetings, Unit
from partnership.counts.models import LARGEST, Attendance, Count
from partnership.errors import Refused
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import STALE, CorrectionForm, SeenChoice, seen_line
from partnership.web.figures import CountField, NumberField
from partnership.web.forms import DayField, Form
from partnership.web.lines import LineField

OWN = "own"
NO_CHILD = "Never anything about a child, family or case."
THINK = "A count under five may point to a child or a family. Think before you publish it."
assert SMALL == 5, "the sentence names the number"


class _Dated(Form):
    """Whatever is recorded here says when it was so and where that is written."""

    def __init__(self, *args: Any, year: FinancialYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_as_of(self) -> date:
        as_of: date = self.cleaned_data["as_of"]
        _as_sentence(policies.check_day, as_of, self.year, clock.today())
        return as_of

    def _at(self, field: str, check: Callable[..., Any], *args: Any) -> None:
        try:
            check(*args)
        except Refused as refusal:
            self.add_error(field, refusal.sentence)


def _as_sentence(check: Callable[..., Any], *args: Any) -> None:
    """Let a rule of the domain speak at a field."""
    try:
        check(*args)
    except Refused as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal


def _value() -> CountField:
    return CountField(
        label="Number",
        help_text=f"With figures only, such as 24. {THINK}",
        max_value=LARGEST,
        error_messages={"required": "Enter the number", "max_value": "Enter a number below one billion"},
    )


def _unit() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Unit",
        help_text="Only an indicator of your own may be a share in per cent.",
        choices=Unit.choices,
        widget=forms.RadioSelect,
        initial=Unit.NUMBER,
        error_messages={"required": "Select the unit"},
    )


def _as_of() -> DayField:
    return DayField(label="As of", help_text="The day on which the source says so, such as 31 3 2026.")


def _source() -> LineField:
    return LineField(
        label="Source",
        help_text=f"Where the figure comes from, such as the name of a report or a minute. It is printed. {NO_CHILD}",
        max_length=policies.TEXT,
        error_messages={"required": "Enter where the figure comes from"},
    )


def _held() -> forms.IntegerField:
    help_text = "Meetings of the safeguarding partners, while the agency was a member."
    return forms.IntegerField(label="Meetings held", help_text=help_text, widget=_narrow())


def _attended() -> forms.IntegerField:
    return forms.IntegerField(label="Attended by its member", help_text="Never name anybody.", widget=_narrow())


def _by_deputy() -> forms.IntegerField:
    help_text = "Meetings to which a deputy came instead of the member. They are counted once."
    return forms.IntegerField(label="Attended by a deputy", help_text=help_text, widget=_narrow())


def _narrow() -> forms.TextInput:
    return forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"})


def _invented() -> forms.BooleanField:
    return forms.BooleanField(
        label="This figure is invented",
        help_text="It will be shown as invented wherever it appears.",
        required=False,
    )


class _New(_Dated):
    """Only in the practice area may a figure be invented, and then it says so wherever it is shown."""

    def __init__(self, *args: Any, practice: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not practice:
            del self.fields["is_invented"]


class CountForm(_New):
    """One number of a year: one of those offered, or an indicator of one's own."""

    key = forms.ChoiceField(
        label="What is counted",
        choices=[*STANDARD.items(), (OWN, "An indicator of your own")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is counted"},
    )
    label = LineField(
        label="Name of your own indicator (optional)",
        help_text=f"Only for an indicator of your own, such as “Children seen within five days”. {NO_CHILD}",
        max_length=policies.NAME,
        required=False,
    )
    unit = _unit()
    value = _value()
    as_of = _as_of()
    source = _source()
    is_invented = _invented()

    def clean(self) -> None:
        found = self.cleaned_data
        if "key" not in found:
            return
        key = "" if found["key"] == OWN else found["key"]
        if key and found.get("label"):
            self.add_error("label", "Leave the name empty, or select “An indicator of your own”")
        elif not key and "label" in found:
            self._at("label", lambda: policies.key_of(policies.label_of(found["label"])))
        if unit := found.get("unit"):
            self._at("unit", policies.check_unit, unit, key)
            if "value" in found:
                self._at("value", policies.check_value, found["value"], unit, key)

    @property
    def recorded(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        found = self.cleaned_data
        figure = Figure(found["value"], found["as_of"], found["source"])
        named = {"label": found["label"]} if found["key"] == OWN else {"key": found["key"]}
        return {"figure": figure, "unit": found["unit"], "is_invented": found.get("is_invented", False), **named}


class CountCorrectionForm(_Dated, CorrectionForm):
    """A better count. What is offered to everybody keeps its name and its unit."""

    written = Counted
    label = LineField(
        label="Name of your own indicator",
        help_text=NO_CHILD,
        max_length=policies.NAME,
        error_messages={"required": "Enter the name of your indicator"},
    )
    unit = _unit()
    value = _value()
    as_of = _as_of()
    source = _source()
    seen_label = seen_line(policies.NAME, required=True)
    seen_unit = forms.ChoiceField(choices=Unit.choices, widget=forms.HiddenInput, error_messages=STALE)
    seen_value = NumberField(widget=forms.HiddenInput, error_messages=STALE)
    seen_as_of = forms.DateField(widget=forms.HiddenInput, error_messages=STALE)
    seen_source = seen_line(policies.TEXT, required=True)

    def __init__(self, *args: Any, row: Count, **kwargs: Any) -> None:
        super().__init__(*args, row=row, year=FinancialYear(row.start_year), **kwargs)
        if row.key in STANDARD:
            for name in ("label", "unit", "seen_label", "seen_unit"):
                del self.fields[name]

    def clean(self) -> None:
        found = self.cleaned_data
        if "label" in found:
            self._at("label", lambda: policies.key_of(policies.label_of(found["label"])))
        if "value" in found:
            key = self.row.key if self.row.key in STANDARD else ""
            self._at("value", policies.check_value, found["value"], found.get("unit", self.row.unit), key)


class _OfMeetings(_Dated):
    """The three numbers of an agency belong together."""

    def clean(self) -> None:
        numbers = [self.cleaned_data.get(name) for name in ("held", "attended", "by_deputy")]
        if None not in numbers:
            self._at("attended", policies.check_meetings, *numbers)


class _Coming(_OfMeetings):
    """How often one agency came."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        label="Organisation",
        help_text="One that had a place in the area in this year.",
        queryset=None,
        empty_label="Select an organisation",
    )
    held = _held()
    attended = _attended()
    by_deputy = _by_deputy()
    as_of = _as_of()
    source = _source()


class AttendanceForm(_Coming, _New):
    """How often one agency came, for the first time."""

    is_invented = _invented()

    def __init__(self, *args: Any, area: Area, year: FinancialYear, **kwargs: Any) -> None:
        super().__init__(*args, year=year, **kwargs)
        _offer(self.fields["agency"], areas.agencies_in(area, year))

    @property
    def recorded(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        found = self.cleaned_data
        meetings = Meetings(**{name: found[name] for name in Meetings.__dataclass_fields__})
        return {"agency": found["agency"], "meetings": meetings, "is_invented": found.get("is_invented", False)}


class AttendanceCorrectionForm(_Coming, CorrectionForm):
    """Better numbers of one agency, with what stood there when the page was drawn."""

    written = Came
    seen_agency = SeenChoice()
    seen_held = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_attended = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_by_deputy = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_as_of = forms.DateField(widget=forms.HiddenInput, error_messages=STALE)
    seen_source = seen_line(policies.TEXT, required=True)

    def __init__(self, *args: Any, row: Attendance, **kwargs: Any) -> None:
        year = FinancialYear(row.start_year)
        super().__init__(*args, row=row, year=year, **kwargs)
        there = areas.agencies_in(row.area, year).values("pk")
        for name in ("agency", "seen_agency"):  # the one on record stays on offer, wherever it is now
            _offer(self.fields[name], Agency.objects.filter(Q(pk__in=there) | Q(pk=row.agency_id)))


def _offer(field: forms.Field, agencies: QuerySet[Agency]) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = agencies.order_by("name")
