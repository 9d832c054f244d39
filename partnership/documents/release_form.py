"""What is proposed to be published: when, from when it holds, and what goes out with it."""

import re
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership import clock
from partnership.documents.kinds import Along, DocumentKind
from partnership.documents.models import Version
from partnership.web.forms import DayField, Form

NOW, LATER = "now", "later"
WRONG = "Enter a time such as 9:30am or 14:00."
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")


class ReleaseForm(Form):
    """A time is one of the United Kingdom. What was found is ticked as looked at, by whoever proposes."""

    when = forms.ChoiceField(
        label="When is it to be published?",
        choices=[(NOW, "As soon as a second person confirms it"), (LATER, "On a day, at a time")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select when it is to be published."},
    )
    day = DayField(label="Day", required=False)
    time = forms.CharField(
        label="Time, in the United Kingdom",
        help_text="For example, 9:30am or 14:00. It goes out within a minute or two of it.",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
    )
    in_force_from = DayField(
        label="From which day does it hold?", error_messages={"required": "Enter the day from which it holds."}
    )
    review_on = DayField(
        label="When will it be reviewed next? (optional)",
        help_text="The public reads the day, and that the review is overdue once it has passed.",
        required=False,
    )
    along = forms.MultipleChoiceField(
        label="What goes out together with it?",
        help_text="If one of them cannot go out when the time comes, nothing does, and everybody is told.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "What you ticked is not there any more. Look again."},
    )
    looked = forms.BooleanField(
        label="I have looked at every place that is listed. None of them tells the reader who a child or family is.",
        error_messages={"required": "Look at what is listed, and tick that you have."},
    )

    def __init__(
        self, *args: Any, what: DocumentKind, version: Version, offered: list[Along], is_warned: bool, **kwargs: Any
    ) -> None:
        today = clock.today()
        starts = version.document.period.lower
        kwargs.setdefault("initial", {"in_force_from": max(starts, today), "along": [row.key for row in offered]})
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.earliest, day.latest = today, today + timedelta(days=365)
        day.help_text = f"For example, {today + timedelta(days=7):%-d %-m %Y}."
        along: Any = self.fields["along"]
        along.choices = [(row.key, row.title) for row in offered]
        no_force = not what.comes_into_force
        unwanted = {"in_force_from": no_force, "review_on": no_force, "along": not offered, "looked": not is_warned}
        for name, is_unwanted in unwanted.items():
            if is_unwanted:
                del self.fields[name]

    def clean_time(self) -> time_of_day | None:
        """The time of day as it was meant; empty where none was written."""
        typed = "".join(self.cleaned_data["time"].casefold().split())
        return _time(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["release_at"] = None
        starts, review = found.get("in_force_from"), found.get("review_on")
        if starts and review and review <= max(starts, clock.today()):
            self.add_error("review_on", "Enter a day after it has come into force, that lies ahead.")
        if found.get("when") == LATER and not {"day", "time"} & set(self.errors):
            self._settle(found)
        return found

    def _settle(self, found: dict[str, Any]) -> None:
        day, at = found.get("day"), found.get("time")
        if day is None:
            self.add_error("day", "Enter the day on which it is to be published.")
        if at is None:
            self.add_error("time", "Enter the time at which it is to be published.")
        if day is None or at is None:
            return
        moment = _moment(day, at)
        if moment is None:
            self.add_error("time", "That time does not exist: in that hour the clocks go forward. Choose another one.")
        elif moment <= clock.now():
            self.add_error("time", "Enter a time that lies ahead.")
        else:
            found["release_at"] = moment

    @property
    def plan(self) -> dict[str, Any]:
        """What the service is told, of a valid form."""
        names = ("release_at", "in_force_from", "review_on", "along")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _time(typed: str) -> time_of_day:
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise ValidationError(WRONG)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if (not half and found[2] is None) or minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ValidationError(WRONG)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time_of_day(hour, minute)


def _moment(day: date, at: time_of_day) -> datetime | None:
    """The moment of a time in London, the first of two where the clocks go back; None in the hour that is left out."""
    moment = datetime.combine(day, at, tzinfo=clock.LONDON)
    instant = moment.astimezone(UTC)
    there_and_back = instant.astimezone(clock.LONDON)
    return instant if there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None) else None
