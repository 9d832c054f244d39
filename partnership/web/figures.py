"""Figures as people write and read them: £12,900, 12900 or 12,900.50. No field here takes 1e5, or shows 24.0."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

AMOUNT = re.compile(r"£?\s*(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)", re.ASCII)
NEGATIVE = re.compile(r"£?\s*[-−–]")
NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
HOW = "Enter the amount in pounds with figures only, such as 12,900 or 12,900.50"


class MoneyInput(forms.TextInput):
    """A text box with the pound sign before it."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"class": "govuk-input--width-10", "spellcheck": "false", "autocomplete": "off", **(attrs or {})}
        )


class MoneyField(forms.Field):
    """Pounds as a Decimal. What it cannot read it refuses with a sentence, and what was typed stays on the page."""

    widget = MoneyInput
    default_error_messages = {"invalid": HOW, "max_value": "Enter an amount below {below:,} pounds"}

    def __init__(self, *, below: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.below = below

    def to_python(self, value: Any) -> Decimal | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        if found := AMOUNT.fullmatch(typed):
            return self._within(Decimal(found["figure"].replace(",", "")))
        if NEGATIVE.match(typed):
            raise ValidationError("Enter an amount that is not negative")
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def _within(self, amount: Decimal) -> Decimal:
        if self.below is not None and amount >= self.below:
            raise ValidationError(self.error_messages["max_value"].format(below=self.below), code="max_value")
        return amount

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


class NumberField(forms.DecimalField):
    """A number written with figures and a point, shown again without noughts at its end."""

    def to_python(self, value: Any) -> Any:
        typed = str("" if value is None else value).strip()
        if typed and not NUMBER.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class CountField(NumberField):
    """The same, typed in a box; thousands may stand in groups as in 1,204."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "govuk-input--width-10", "inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        typed = str("" if value is None else value).strip()
        if NEGATIVE.match(typed):
            raise ValidationError("Enter a number that is not negative")
        return super().to_python(typed.replace(",", "") if GROUPED.fullmatch(typed) else typed)
