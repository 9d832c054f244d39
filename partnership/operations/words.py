"""Lengths of time in words."""

from datetime import timedelta

UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def in_words(length: timedelta) -> str:
    """A length of time in its largest unit, such as `3 hours`; one that would be negative is nothing: `0 seconds`."""
    seconds = max(int(length.total_seconds()), 0)
    size, unit = next((pair for pair in UNITS if seconds >= pair[0]), UNITS[-1])
    number = seconds // size
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
