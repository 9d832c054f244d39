"""What a yearly report needs: read this first.

Sections, requirements, signatories, recipients and the date come from the guidance edition of its period.
"""

from typing import Any

from partnership.areas.models import Area
from partnership.carrying import selectors as carrying
from partnership.companions import selectors as companions
from partnership.companions import services as companion_services
from partnership.contributions import selectors as contributions
from partnership.deadlines import services as deadlines
from partnership.documents import meeting, personal
from partnership.documents.kinds import DocumentKind, Period
from partnership.drafting import selectors as drafting
from partnership.drafting.carrying import OWNERS
from partnership.drafting.services import owning
from partnership.guidance import loader
from partnership.impact import selectors as impact
from partnership.submissions import services as submissions
from reports import selectors, services
from scrutiny import selectors as scrutiny
from scrutiny.carrying import CHALLENGES


def title_of(area: Area, period: Period) -> str:
    """The title of a report, such as `Yearly report 2025-26`."""
    return f"Yearly report {period.label}"


def recipients(version: Any) -> list[str]:
    """Who the report is sent to on publication, by name."""
    edition = loader.edition(version.document.edition_key)
    return [recipient.name for recipient in edition.recipients_for(version.document.kind)]


YEARLY_REPORT = DocumentKind(
    key="yearly_report",
    title="Yearly report",
    noun="yearly report",
    address="yearly-report",
    title_of=title_of,
    parse_period=selectors.parse_period,
    open_periods=selectors.open_periods,
    not_yet=selectors.not_yet,
    statement=(
        "I have read this yearly report. I approve it, as lead safeguarding partner for my agency, "
        "as the joint report of the safeguarding partners for this period."
    ),
    figures=selectors.figures,
    facts=selectors.facts,
    blockers=(
        scrutiny.unanswered_challenges,
        drafting.unresolved_fixes,
        carrying.unconfirmed,
        impact.problems,
    ),
    warnings=(
        meeting.unanswered,
        contributions.not_taken,
        drafting.open_comments,
        drafting.not_handed_in,
        scrutiny.without_statement,
        personal.warnings,
    ),
    statements=scrutiny.statement_of,
    carried=scrutiny.carried,
    claims=impact.printed,
    before_publishing=(companions.warnings, personal.warnings),
    goes_along=companions.goes_along,
    publish_along=companion_services.publish_along,
    carriers=(OWNERS, CHALLENGES),
    after_begin=(services.record_year, deadlines.take_up),
    after_publication=(deadlines.note_publication, services.submit),
    after_withdrawal=(submissions.tell_withdrawn,),
    pages=(
        ("Effects and their evidence", "impact:impact"),
        ("Contributions of agencies", "contributions:rooms"),
        ("The scrutineer's statement", "scrutiny:statement"),
    ),
    section_notes=drafting.notes,
    with_others=drafting.with_others,
    after_taking=(owning.tell_of_text,),
    section_pages=(("Mark what is an effect here", "impact:section"),),
    recipients=recipients,
)
