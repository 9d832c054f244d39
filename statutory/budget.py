"""The shared annual budget: what each partner gives in a financial year, what that pays for, and how it was agreed.

Its sums are drawn from the record of funding, and frozen with the text when it is sent for sign-off.
"""

from partnership import clock
from partnership.deadlines import services as deadlines
from partnership.documents.kinds import Problem
from partnership.documents.models import Document, Version
from partnership.guidance.financial_years import FinancialYear
from statutory import common
from statutory.years import FinancialYears


def too_early(year: FinancialYear) -> str:
    """Why the budget of a year cannot be begun yet."""
    return f"The budget of {year.label} can be begun from {year.previous.start:%-d %B %Y}, a year before it holds."


def begun_late(version: Version) -> list[Problem]:
    """That the year of a first budget runs already, so that whoever signs knows. It is common, and stops nothing."""
    year, before = common.year_of(version.document), version.document.versions.exclude(published_at=None)
    if clock.today() < year.start or before.exists():
        return []
    began = f"The financial year {year.label} began on {year.start:%-d %B %Y}, before this budget was signed."
    return [Problem(f"{began} Say in it what has applied since then.")]


def figures(document: Document) -> common.Tables:
    """What each agency contributes in its year; and beside it the contributions and the spending of the year before.

    The record of spending tells of what was spent, so what is planned for the year is written and not drawn.
    """
    last = common.year_of(document).previous
    before = common.tables(document.area, last, "funding contributions", "funding spending")
    now = common.figures("funding contributions")(document)
    return {**now, **{f"{name} last year": table for name, table in before.items()}}


BUDGET = common.statutory(
    key="budget",
    title="Shared annual budget",
    address="budget",
    years=FinancialYears(noun="budget", first=2024, newest=lambda running: running.next, too_early=too_early),
    statement=(
        "I have read this shared annual budget, with what each agency contributes and what it pays for. I approve it, "
        "as lead safeguarding partner for my agency, as the joint budget of the safeguarding partners for this year."
    ),
    figures=figures,
    warnings=(begun_late,),
    after_begin=(deadlines.take_up,),
)
