"""What people type about counts and attendance."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Agency, Area
from partnership.counts import policies
from partnership.counts.kinds import SMALL, STANDARD, Figure, Meetings, Unit
from partnership.counts.models import LARGEST, Attendance, Count
from partnership.errors import Refused
from partnership.guidance.financial_years import FinancialYear
from partnership.web.figures import CountField, NumberField
from partnership.web.forms import DayField, Form
from partnership.web.lines import LineField
from partnership.web.wording import AGAIN

STALE = dict.fromkeys(("required", "invalid"), AGAIN)
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
    unit = forms.ChoiceField(
        label="Unit",
        help_text="Only an indicator of your own may be a share in per cent.",
        choices=Unit.choices,
        widget=forms.RadioSelect,
        initial=Unit.NUMBER,
        error_messages={"required": "Select the unit"},
    )
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


class CountCorrectionForm(_Dated):
    """A better number. The hidden fields say what stood there when the page was drawn."""

    value = _value()
    as_of = _as_of()
    source = _source()
    seen_value = NumberField(widget=forms.HiddenInput, error_messages=STALE)
    seen_as_of = forms.DateField(widget=forms.HiddenInput, error_messages=STALE)
    seen_source = forms.CharField(widget=forms.HiddenInput, max_length=policies.TEXT, strip=False, error_messages=STALE)

    def __init__(self, *args: Any, row: Count, **kwargs: Any) -> None:
        super().__init__(*args, year=FinancialYear(row.start_year), initial=_initial(row.figure), **kwargs)
        self.row = row

    def clean_value(self) -> Any:
        _as_sentence(policies.check_value, self.cleaned_data["value"], self.row.unit, self.row.key)
        return self.cleaned_data["value"]

    @property
    def typed(self) -> Figure:
        return Figure(**{name: self.cleaned_data[name] for name in _names(Figure)})

    @property
    def seen(self) -> Figure:
        return Figure(**{name: self.cleaned_data[f"seen_{name}"] for name in _names(Figure)})


class _OfMeetings(_Dated):
    """The three numbers of an agency belong together."""

    def clean(self) -> None:
        numbers = [self.cleaned_data.get(name) for name in ("held", "attended", "by_deputy")]
        if None not in numbers:
            self._at("attended", policies.check_meetings, *numbers)


class AttendanceForm(_OfMeetings, _New):
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
    is_invented = _invented()

    def __init__(self, *args: Any, area: Area, year: FinancialYear, **kwargs: Any) -> None:
        super().__init__(*args, year=year, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = areas.agencies_in(area, year).order_by("name")

    @property
    def recorded(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        found = self.cleaned_data
        meetings = Meetings(**{name: found[name] for name in _names(Meetings)})
        return {"agency": found["agency"], "meetings": meetings, "is_invented": found.get("is_invented", False)}


class AttendanceCorrectionForm(_OfMeetings):
    """Better numbers of one agency, with what stood there when the page was drawn."""

    held = _held()
    attended = _attended()
    by_deputy = _by_deputy()
    as_of = _as_of()
    source = _source()
    seen_held = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_attended = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_by_deputy = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen_as_of = forms.DateField(widget=forms.HiddenInput, error_messages=STALE)
    seen_source = forms.CharField(widget=forms.HiddenInput, max_length=policies.TEXT, strip=False, error_messages=STALE)

    def __init__(self, *args: Any, row: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, year=FinancialYear(row.start_year), initial=_initial(row.meetings), **kwargs)

    @property
    def typed(self) -> Meetings:
        return Meetings(**{name: self.cleaned_data[name] for name in _names(Meetings)})

    @property
    def seen(self) -> Meetings:
        return Meetings(**{name: self.cleaned_data[f"seen_{name}"] for name in _names(Meetings)})


def _names(what: type[Figure] | type[Meetings]) -> list[str]:
    return list(what.__dataclass_fields__)


def _initial(now: Figure | Meetings) -> dict[str, Any]:
    return {**vars(now), **{f"seen_{name}": value for name, value in vars(now).items()}}
