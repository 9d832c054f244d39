"""April to September 2026: the shared budget that the partners signed after its year began, and new criteria in draft."""

from datetime import date

from partnership.operations.demo import cast, money, walk
from partnership.operations.demo.places import HAMMERSMITH, MET, NEW_BOARD
from partnership.operations.demo.years_2024_25 import GWEN, RUKHSANA, TOMASZ

BUDGET, THRESHOLDS = "budget", "thresholds"
SIGNED = (
    (HAMMERSMITH, "grace.oyelaran", "2026-06-02 09:10"),
    (NEW_BOARD, "anjali.deshmukh", "2026-06-04 12:30"),
    (MET, "marcus.whitfield", "2026-06-09 17:20"),
)


def budget() -> None:
    """Begun when the new board had come, signed in June, with the contributions of the year before beside them."""
    document = walk.begin(HAMMERSMITH, BUDGET, "2026-27", by=GWEN, at="2026-04-27 11:00")
    with cast.at("2026-05-12 09:40"):
        money.record_invented(document.area, 2026, money.HAMMERSMITH_LATER[2026], cast.person(GWEN))
    walk.write(document, "hammersmith-budget-2026-27", by=(GWEN, TOMASZ), first=date(2026, 5, 13))
    version = walk.send(document, by=RUKHSANA, at="2026-05-27 16:00")
    for seat, by, at in SIGNED:
        walk.sign(version, seat=seat, by=by, at=at)
    walk.publish(version, by=GWEN, at="2026-06-15 10:00")


def threshold_document() -> None:
    """A draft that somebody has begun to write; the levels of need themselves are not written yet."""
    document = walk.begin(HAMMERSMITH, THRESHOLDS, "2026", by=GWEN, at="2026-08-17 10:20")
    walk.write(document, "hammersmith-thresholds-2026", by=(GWEN, TOMASZ), first=date(2026, 8, 24))
