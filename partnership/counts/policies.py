"""What may be written down as a count or as attendance."""

from datetime import date
from decimal import Decimal

from django.utils.text import slugify

from partnership.counts.kinds import STANDARD, Unit
from partnership.counts.models import LARGEST, MOST_MEETINGS
from partnership.errors import WrongState
from partnership.guidance.financial_years import FinancialYear
from partnership.web.lines import line_of

NAME, TEXT = 100, 300  # the lengths of the columns
HUNDREDTHS = -2
HUNDRED = Decimal(100)


def check_value(value: Decimal, unit: str, key: str = "") -> None:
    """A count is not negative, a share at most a hundred; what is offered to everybody is counted one by one."""
    if not value.is_finite():
        raise WrongState("Enter a number with figures only, such as 24 or 24.5.")
    if value < 0:
        raise WrongState("Enter a number that is not negative.")
    if value > LARGEST:
        raise WrongState("Enter a number below one billion.")
    if unit == Unit.PER_CENT and value > HUNDRED:
        raise WrongState("Enter a share of 100 per cent or less.")
    if key in STANDARD and value != value.to_integral_value():
        raise WrongState("Enter a whole number, such as 24: this is counted one by one.")
    if int(value.normalize().as_tuple().exponent) < HUNDREDTHS:
        raise WrongState("Enter a number with no more than two figures after the point.")


def check_unit(unit: str, key: str = "") -> None:
    """What is offered to everybody is a number; an indicator of one's own may be a share."""
    if unit not in Unit.values:
        raise WrongState("Say whether the indicator is a number or a share in per cent.")
    if key in STANDARD and unit != Unit.NUMBER:
        raise WrongState(f"“{STANDARD[key]}” is counted in numbers. Select “{Unit.NUMBER.label}”.")


def check_day(as_of: date, year: FinancialYear, today: date) -> None:
    """The day of a figure has come, and is not before the year that it tells of."""
    if as_of > today:
        raise WrongState("Enter a day that has come: today or an earlier one.")
    if as_of < year.start:
        raise WrongState(f"The year {year.label} begins on {year.start:%-d %B %Y}. Enter that day or a later one.")


def check_meetings(held: int, attended: int, by_deputy: int) -> None:
    """Nobody comes to more meetings than were held."""
    if not 1 <= held <= MOST_MEETINGS:
        raise WrongState(f"Enter how many meetings were held, between 1 and {MOST_MEETINGS}.")
    if min(attended, by_deputy) < 0:
        raise WrongState("Enter numbers of meetings that are not negative.")
    if attended + by_deputy > held:
        raise WrongState(
            f"{attended + by_deputy} meetings attended, by the member or a deputy, are more than the {held} held. "
            "Check the three numbers."
        )


def key_of(label: str) -> str:
    """The key that tokens use for an indicator of one's own. Raises WrongState for a name without one."""
    key = slugify(label).replace("_", "-").strip("-")
    key = "-".join(filter(None, key.split("-")))
    if not key:
        raise WrongState("Enter a name for the indicator with letters or figures.")
    if len(key) > NAME:
        raise WrongState(f"Shorten the name of the indicator to {NAME} characters or fewer.")
    if key in STANDARD:
        raise WrongState(f"“{STANDARD[key]}” is offered in the list. Select it there.")
    return key


def label_of(label: str) -> str:
    return line_of(label, longest=NAME, missing="Enter the name of your indicator.")


def source_of(source: str) -> str:
    return line_of(source, longest=TEXT, missing="Enter where the figure comes from.")
