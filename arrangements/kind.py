"""What the published arrangements need: read this first. Sections and requirements come from the guidance edition."""

from arrangements import selectors, services
from partnership.areas.models import Area
from partnership.carrying import selectors as carrying
from partnership.companions import selectors as companions
from partnership.companions import services as companion_services
from partnership.contributions import selectors as contributions
from partnership.documents import meeting, personal
from partnership.documents.kinds import DocumentKind, Period
from partnership.drafting import selectors as drafting
from partnership.drafting.carrying import OWNERS
from partnership.drafting.services import owning
from partnership.living import clerical
from scrutiny import selectors as scrutiny
from scrutiny.carrying import CHALLENGES


def title_of(area: Area, period: Period) -> str:
    """The title of the arrangements, such as `Multi-agency safeguarding arrangements 2026`."""
    return f"Multi-agency safeguarding arrangements {period.label}"


ARRANGEMENTS = DocumentKind(
    key="arrangements",
    title="Published arrangements",
    noun="arrangements",
    address="arrangements",
    title_of=title_of,
    parse_period=selectors.parse_period,
    open_periods=selectors.open_periods,
    statement=(
        "I have read these arrangements, with the plan for independent scrutiny. I approve them, as lead "
        "safeguarding partner for my agency, as the joint arrangements of the safeguarding partners."
    ),
    one_current_in_area=True,
    figures=selectors.figures,
    facts=selectors.facts,
    is_living=True,
    statement_of=clerical.statement,
    blockers=(
        scrutiny.unanswered_challenges,
        drafting.unresolved_fixes,
        carrying.unconfirmed,
        clerical.problems,
    ),
    warnings=(
        meeting.unanswered,
        contributions.not_taken,
        drafting.open_comments,
        drafting.not_handed_in,
        personal.warnings,
    ),
    statements=scrutiny.statement_of,
    carried=scrutiny.carried,
    before_publishing=(companions.warnings, personal.warnings),
    goes_along=companions.goes_along,
    publish_along=companion_services.publish_along,
    comes_into_force=True,
    carriers=(OWNERS, CHALLENGES),
    after_begin=(services.record_start,),
    after_publication=(services.tell_agencies,),
    after_withdrawal=(services.tell_withdrawn,),
    pages=(
        ("Contributions of agencies", "contributions:rooms"),
        ("The scrutineer's statement", "scrutiny:statement"),
    ),
    published_pages=(
        ("Relevant agencies: told and acknowledged", "arrangements:notices"),
        ("Facts and the records", "living:facts"),
    ),
    section_notes=drafting.notes,
    with_others=drafting.with_others,
    after_taking=(owning.tell_of_text,),
)
