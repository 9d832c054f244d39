"""What every statutory document has in common. A kind is this, with what is its own: read `statutory/budget.py` for one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.text import slugify

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Area
from partnership.carrying import selectors as carrying
from partnership.companions import selectors as companions
from partnership.companions import services as companion_services
from partnership.contributions import selectors as contributions
from partnership.counts import facts as counts_facts
from partnership.counts import selectors as counts
from partnership.deadlines import lateness
from partnership.documents import facts as documents
from partnership.documents import meeting, personal, redactions
from partnership.documents.kinds import DocumentKind, Period, Problem
from partnership.documents.models import Document, Version
from partnership.drafting import selectors as drafting
from partnership.drafting.carrying import OWNERS
from partnership.drafting.services import owning
from partnership.funding import facts as funding_facts
from partnership.funding import selectors as funding
from partnership.guidance.financial_years import FinancialYear
from partnership.living import clerical
from scrutiny import facts as challenges
from scrutiny import selectors as scrutiny
from scrutiny.carrying import CHALLENGES
from statutory.years import CalendarYears, FinancialYears

Check = Callable[[Version], list[Problem]]
Pages = Sequence[tuple[str, str]]
Years = CalendarYears | FinancialYears
Tables = dict[str, Callable[[], dict[str, Any]]]
WARNINGS: tuple[Check, ...] = (
    meeting.unanswered,
    contributions.not_taken,
    drafting.open_comments,
    drafting.not_handed_in,
)
PAGES: Pages = (
    ("Contributions of agencies", "contributions:rooms"),
    ("The scrutineer's statement", "scrutiny:statement"),
)
TABLES: dict[str, Callable[[Area, FinancialYear], dict[str, Any]]] = {
    "funding contributions": funding.contributions_table,
    "funding spending": funding.spending_table,
    "attendance": counts.attendance_table,
}


def statutory(
    *,
    title: str,
    years: Years,
    blockers: Sequence[Check] = (),
    warnings: Sequence[Check] = (),
    pages: Pages = (),
    **own: Any,
) -> DocumentKind:
    """A kind of statutory document: what all of them have, and its `own`. Names of children are looked for last.

    Unless a kind says otherwise it is called by its title: on its pages, in sentences, and in its address.
    """
    called = {"noun": title.lower(), "address": slugify(title), "title_of": titled(title)}
    return DocumentKind(
        title=title,
        parse_period=years.parse,
        open_periods=years.open,
        facts=facts,
        blockers=(scrutiny.unanswered_challenges, drafting.unresolved_fixes, carrying.unconfirmed, *blockers),
        warnings=(redactions.warnings, *WARNINGS, *warnings, personal.warnings),
        statements=scrutiny.statement_of,
        carried=scrutiny.carried,
        holds_back=scrutiny.taken_out_since,
        before_publishing=(redactions.warnings, companions.warnings, personal.warnings),
        goes_along=companions.goes_along,
        publish_along=companion_services.publish_along,
        carriers=(OWNERS, CHALLENGES),
        pages=(*pages, *PAGES),
        section_notes=drafting.notes,
        with_others=drafting.with_others,
        after_taking=(owning.tell_of_text,),
        **{**called, **own},
    )


def standing(*, published_pages: Pages = (), **own: Any) -> DocumentKind:
    """One that stands until the next replaces it: once published, it is held against the records of today."""
    return statutory(
        one_current_in_area=True,
        is_living=True,
        comes_into_force=True,
        statement_of=clerical.statement,
        blockers=(clerical.problems,),
        published_pages=(*published_pages, ("Facts and the records", "living:facts")),
        **own,
    )


def titled(words: str) -> Callable[[Area, Period], str]:
    """The title of a document: these words and its period, such as `Yearly report 2025-26`."""
    return lambda area, period: f"{words} {period.label}"


def figures(*names: str) -> Callable[[Document], Tables]:
    """The tables, of these names, that the text of a document may draw on for its year."""
    return lambda document: tables(document.area, year_of(document), *names)


def tables(area: Area, year: FinancialYear, *names: str) -> Tables:
    """Tables from the records of one year, by name. A table is read when a text asks for it."""
    return {name: partial(TABLES[name], area, year) for name in names}


def facts(document: Document) -> documents.Facts:
    """The facts that a text may name: the registers of today, the money and counts of its year, the challenges."""
    today, area, year = clock.today(), document.area, year_of(document)
    words = documents.words(areas.statutory_seats(area, today))
    return {
        **documents.of_registers(area, today),
        **funding_facts.of_year(area, year, today, words),
        **counts_facts.of_year(area, year, today, words),
        **challenges.of_document(document, today),
        **lateness.of_document(document, today),
    }


def year_of(document: Document) -> FinancialYear:
    """The financial year of a document: its own, or the one that begins in its calendar year."""
    return FinancialYear.containing(document.period.lower.replace(month=4))
