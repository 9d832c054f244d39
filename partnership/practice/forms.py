"""Moving the clock: to a moment that a button names, or to a day that is typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from partnership.web.forms import DayField, Form


class MomentField(forms.CharField):
    """An aware moment in ISO form, from a button's value."""

    def clean(self, value: Any) -> datetime:
        try:
            moment = parse_datetime(super().clean(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError("Choose one of the buttons")
        return moment


class PresetForm(Form):
    moment = MomentField()


class DayForm(Form):
    day = DayField(
        label="Move to 9am on", help_text="For example, 30 9 2026. It must be later than today’s practice date."
    )
