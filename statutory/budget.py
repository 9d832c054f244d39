"""The shared annual budget: what each partner gives in a financial year, what that pays for, and how it was agreed.

Its sums are drawn from the record of funding, and frozen with the text when it is sent for sign-off.
"""

from partnership import clock
from partnership.documents.kinds import Problem
from partnership.documents.models import Version
from partnership.guidance.financial_years import FinancialYear
from statutory import common
from statutory.years import FinancialYears


def too_early(year: FinancialYear) -> str:
    """Why the budget of a year cannot be begun yet."""
    return f"The budget of {year.label} can be begun from {year.previous.start:%-d %B %Y}, a year before it holds."


def begun_late(version: Version) -> list[Problem]:
    """That the year runs already, so that whoever signs knows. It is common, and stops nothing."""
    year = common.year_of(version.document)
    if clock.today() < year.start:
        return []
    began = f"The financial year {year.label} began on {year.start:%-d %B %Y}, before this budget was signed."
    return [Problem(f"{began} Say in it what has applied since then.")]


YEARS = FinancialYears(noun="budget", first=2024, newest=lambda running: running.next, too_early=too_early)

BUDGET = common.statutory(
    key="budget",
    title="Shared annual budget",
    noun="shared budget",
    address="budget",
    title_of=common.titled("Shared annual budget"),
    parse_period=YEARS.parse,
    open_periods=YEARS.open,
    statement=(
        "I have read this shared annual budget, with what each agency contributes and what it pays for. I approve it, "
        "as lead safeguarding partner for my agency, as the joint budget of the safeguarding partners for this year."
    ),
    figures=common.figures("funding contributions", "funding spending"),
    warnings=(begun_late,),
)
