"""The moments for which the clock page has a button."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from partnership.clock import LONDON, london_day
from partnership.practice.policies import in_words
from partnership.practice.services import morning_of


@dataclass(frozen=True)
class Preset:
    """A button. It carries the moment itself, so that pressed twice it moves once."""

    text: str
    moment: datetime

    @property
    def words(self) -> str:
        return in_words(self.moment)


def presets(now: datetime) -> list[Preset]:
    """Tomorrow, in a week, the evening before the yearly report is late, and the morning after."""
    today = london_day(now)
    eve = _at(today.year, time(23))
    if eve <= now:
        eve = _at(today.year + 1, time(23))
    return [
        Preset("Next day", morning_of(today + timedelta(days=1))),
        Preset("Next week", morning_of(today + timedelta(days=7))),
        Preset("Evening of the deadline", eve),
        Preset("Morning after", morning_of(london_day(eve) + timedelta(days=1))),
    ]


def _at(year: int, at: time) -> datetime:
    return datetime.combine(date(year, 9, 30), at, tzinfo=LONDON)
