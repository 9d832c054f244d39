"""The one clock. Moments are aware and in UTC; days are days in London; the practice area may run at another time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _real_time() -> timedelta:
    return timedelta(0)


_offset: Callable[[], timedelta] = _real_time
_frozen: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen or datetime.now(UTC) + _offset()


def real() -> datetime:
    """This moment by the machine's own clock, for what is known of the machinery: moving the practice clock stops no job."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Today's date in London: at 00:30 British Summer Time it is already the new day."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The calendar day in London on which an aware moment falls."""
    return moment.astimezone(LONDON).date()


def in_words(moment: datetime) -> str:
    """A moment in London: 30 September 2026 at 4:15pm."""
    at = moment.astimezone(LONDON)
    return f"{at.day} {at:%B %Y} at {at.hour % 12 or 12}:{at:%M}{'pm' if at.hour >= 12 else 'am'}"


def use(offset: Callable[[], timedelta]) -> None:
    """Let the practice area say how far its clock is from the real one. Called once, at start."""
    global _offset
    _offset = offset


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still (tests, demo data, the walk through a calendar)."""
    global _frozen
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
