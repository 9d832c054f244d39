"""What a yearly report needs: read this first.

Sections, requirements, signatories, recipients and the date come from the guidance edition of its period.
"""

from datetime import date
from typing import Any

from partnership import clock
from partnership.deadlines import services as deadlines
from partnership.documents.kinds import Addressed
from partnership.guidance import loader
from partnership.guidance.financial_years import FinancialYear
from partnership.impact import selectors as impact
from partnership.submissions import presenting
from partnership.submissions import services as submissions
from reports import checks, services
from scrutiny import selectors as scrutiny
from statutory import common
from statutory.years import FinancialYears


def too_early(year: FinancialYear) -> str:
    """Why the report of a year cannot be begun yet."""
    return f"The year {year.label} is not over yet. Its report can be begun from {year.next.start:%-d %B %Y}."


def not_yet(today: date) -> str:
    """Why the year that runs is not offered, and from when it is."""
    running = FinancialYear.containing(today)
    return (
        f"A yearly report can be begun when its year is over: that of {running.label} from "
        f"{running.next.start:%-d %B %Y}. A year whose report has been begun already is not offered again."
    )


def recipients(version: Any) -> list[str]:
    """Who the report is sent to on publication, by name."""
    edition = loader.edition(version.document.edition_key)
    return [recipient.name for recipient in edition.recipients_for(version.document.kind)]


def addressed(version: Any) -> list[Addressed]:
    """To which address of each of them it would be sent today, and what is to be known of that first."""
    edition = loader.edition(version.document.edition_key)
    named = [(recipient.party, recipient.name) for recipient in edition.recipients_for(version.document.kind)]
    return presenting.addressed(version, named, clock.today())


# The oldest year offered; older reports were made under guidance that is not held here.
YEARS = FinancialYears(noun="yearly report", first=2018, newest=lambda running: running.previous, too_early=too_early)

YEARLY_REPORT = common.statutory(
    key="yearly_report",
    title="Yearly report",
    years=YEARS,
    not_yet=not_yet,
    statement=(
        "I have read this yearly report. I approve it, as lead safeguarding partner for my agency, "
        "as the joint report of the safeguarding partners for this period."
    ),
    figures=common.figures("funding contributions", "funding spending", "attendance"),
    blockers=(impact.problems,),
    warnings=(scrutiny.without_statement, checks.last_one_was_late),
    claims=impact.printed,
    after_begin=(services.record_year, deadlines.take_up),
    after_publication=(deadlines.note_publication, services.submit),
    after_withdrawal=(submissions.tell_withdrawn,),
    pages=(("Effects and their evidence", "impact:impact"), ("Where it was presented", "presentations:log")),
    section_pages=(("Mark what is an effect here", "impact:section"),),
    recipients=recipients,
    addressed=addressed,
)
