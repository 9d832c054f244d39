"""When a briefing can be acknowledged."""

from partnership import clock
from partnership.briefings.models import Briefing
from partnership.errors import WrongState


def check_can_acknowledge(briefing: Briefing) -> None:
    """Once. Raises WrongState, with who did it and when, for one that was acknowledged."""
    if briefing.acknowledged_at:
        day = clock.london_day(briefing.acknowledged_at)
        raise WrongState(f"{briefing.acknowledged_by} acknowledged this briefing on {day:%-d %B %Y}.")
