"""The threshold document: the local criteria for action. It stands until the next one, so its facts are kept true."""

from statutory import common
from statutory.years import CalendarYears

YEARS = CalendarYears(what="A threshold document", first=2024)

THRESHOLDS = common.standing(
    key="thresholds",
    title="Threshold document",
    noun="threshold document",
    address="threshold-document",
    title_of=common.titled("Threshold document"),
    parse_period=YEARS.parse,
    open_periods=YEARS.open,
    statement=(
        "I have read this threshold document. I approve it, as lead safeguarding partner for my agency, "
        "as the joint local criteria for action of the safeguarding partners."
    ),
)
