"""Counts and attendance of the practice data for 2025-26. All of it is made up, and marked so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnership.accounts.models import User
from partnership.areas.models import Area
from partnership.counts import services as counts
from partnership.counts.kinds import Figure, Meetings, Unit
from partnership.guidance.financial_years import FinancialYear
from partnership.operations.demo import places

YEAR = FinancialYear(2025)
INVENTED = "Invented for practice"


@dataclass(frozen=True)
class Numbers:
    """Of one area: counts by their keys, its own indicators in per cent, and for each body held, attended, by deputy."""

    offered: dict[str, int]
    own: dict[str, int]
    came: dict[str, tuple[int, int, int]]


HAMMERSMITH_2025 = Numbers(
    offered={"rapid-reviews": 1, "practice-reviews-started": 0, "actions-agreed": 14, "actions-finished": 9},
    own={"Babies visited within two weeks": 93},
    came={
        places.HAMMERSMITH: (8, 8, 0),
        places.MET: (8, 6, 2),
        places.OLD_BOARD: (8, 7, 1),
        places.EDUCATION: (8, 8, 0),
    },
)
EALING_2025 = Numbers(
    offered={"rapid-reviews": 2, "practice-reviews-started": 0, "actions-agreed": 11, "actions-finished": 8},
    own={},
    came={places.EALING: (4, 4, 0), places.MET: (4, 3, 1), places.OLD_BOARD: (4, 4, 0)},
)
MARLBRIDGE_2025 = Numbers(
    offered={"rapid-reviews": 3, "practice-reviews-published": 1, "actions-agreed": 17, "actions-finished": 12},
    own={},
    came={
        places.COUNCIL_1: (2, 2, 0),
        places.COUNCIL_2: (2, 2, 0),
        places.FORCE: (2, 1, 1),
        places.BOARD_1: (2, 2, 0),
        places.BOARD_2: (2, 1, 0),
    },
)


def record(area: Area, numbers: Numbers, on: date, by: User) -> None:
    """What was counted in the year and who came, as of a day."""
    where: dict[str, Any] = {"area": area, "year": YEAR, "is_invented": True, "by": by}
    for key, value in numbers.offered.items():
        counts.record_count(key=key, figure=Figure(Decimal(value), on, INVENTED), **where)
    for label, value in numbers.own.items():
        counts.record_count(label=label, unit=Unit.PER_CENT, figure=Figure(Decimal(value), on, INVENTED), **where)
    for slug, (held, attended, by_deputy) in numbers.came.items():
        meetings = Meetings(held, attended, by_deputy, on, INVENTED)
        counts.record_attendance(agency=places.agency(slug), meetings=meetings, **where)
