"""The threshold document: the local criteria for action. It stands until the next one, so its facts are kept true."""

from statutory import common
from statutory.years import CalendarYears

THRESHOLDS = common.standing(
    key="thresholds",
    title="Threshold document",
    years=CalendarYears(what="A threshold document", first=2024),
    statement=(
        "I have read this threshold document. I approve it, as lead safeguarding partner for my agency, "
        "as the joint local criteria for action of the safeguarding partners."
    ),
)
