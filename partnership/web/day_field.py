"""A date in three parts: day, month, year."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership.web.wording import name_of

PARTS = ("day", "month", "year")

# The years in which a day of this service can lie; another one is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1950, 2099
MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


class DayInput(forms.Widget):
    """Three inputs; its value is a dict of what was typed, so that a wrong date comes back as it was written."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, dict) else _parts_of(value)
        context["widget"]["has_error"] = context["widget"]["attrs"].pop("has_error", False)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{base}_{part}",
                "label": part.capitalize(),
                "value": typed[part],
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class DayField(forms.Field):
    """Gives a datetime.date. `today` in its limits comes from the caller: earliest and latest are dates."""

    widget = DayInput

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> date | None:
        typed = value if isinstance(value, dict) else _parts_of(value)
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            return super().clean(None)
        if missing:
            raise ValidationError(
                f"{self._name()} must include a {' and a '.join(missing)}",
                code="incomplete",
            )
        found = self._read(typed)
        self._check_limits(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _parts_of(initial) != (data if isinstance(data, dict) else _parts_of(data))

    def _name(self) -> str:
        return name_of(str(self.label or ""), otherwise="The day")

    def _read(self, typed: dict[str, str]) -> date:
        wrong = ValidationError(
            f"{self._name()} must be a real date, such as 30 September 2026",
            code="invalid",
        )
        if typed["year"].isdigit() and len(typed["year"]) != 4:
            raise ValidationError("Year must have 4 numbers, such as 2026", code="invalid")
        try:
            found = date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
        except (ValueError, OverflowError) as error:
            raise wrong from error
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(f"{self._name()} lies too far away. Check the year", code="too_far")
        return found

    def _check_limits(self, found: date) -> None:
        if self.earliest and found < self.earliest:
            raise ValidationError(
                f"{self._name()} must be {_full(self.earliest)} or later",
                code="earliest",
            )
        if self.latest and found > self.latest:
            raise ValidationError(f"{self._name()} must be {_full(self.latest)} or earlier", code="latest")


def _full(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _month(typed: str) -> int:
    """A number, or a name of three letters or more."""
    name = typed.lower()[:3]
    return MONTHS.index(name) + 1 if name in MONTHS else int(typed)


def _parts_of(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {
            "day": str(value.day),
            "month": str(value.month),
            "year": str(value.year),
        }
    return dict.fromkeys(PARTS, "")
