"""August and September 2026: four agencies are asked for contributions, and the scrutineer writes a statement."""

from datetime import date

from partnership.contributions import services as contributions
from partnership.contributions.models import Room
from partnership.documents.models import Document
from partnership.operations.demo import cast, offices
from partnership.operations.demo.places import HAMMERSMITH, MET, NEW_BOARD
from partnership.operations.demo.relevant import YOUTH_JUSTICE
from partnership.operations.demo.year_2026 import LABEL
from partnership.operations.demo.years_2024_25 import GWEN, REPORT, RUKHSANA
from scrutiny import services as scrutiny

DANIEL, FEMI = "daniel.okafor", "femi.adeyemi"
DUE = date(2026, 9, 18)


def is_told() -> bool:
    """Whether the agencies were asked."""
    return Room.objects.filter(document__area__slug=HAMMERSMITH).exists()


def tell() -> None:
    """Two have not begun, the police have, the council has released its text; the statement is not given yet."""
    with cast.at("2026-08-20 10:00"):
        cast.appoint(offices.OFFICES_OF_OTHERS)
    document = Document.objects.get(area__slug=HAMMERSMITH, kind=REPORT, period_label=LABEL)
    _asked(document, NEW_BOARD, "local_context", "What changed for children when the boards were reorganised?")
    _asked(document, YOUTH_JUSTICE, "voice", "What did young people tell you this year, and what came of it?")
    begun = _asked(document, MET, "audits_and_data", "What did your dip samples of missing children's records show?")
    released = _asked(document, HAMMERSMITH, "training", "What is different since your staff were trained?")
    with cast.at("2026-09-03 15:25"):
        text = "We looked at 40 records in May. (Invented for practice.)\n\n- In most, the risk was graded within the hour."
        contributions.write(room=begun, body=text, seen_revision=0, by=cast.person(DANIEL))
    with cast.at("2026-09-07 11:40"):
        text = (
            "Some 180 of our staff were trained in the year. (Invented for practice.)\n\n"
            "Table: What staff said three months later\n\n"
            "| Answer | Staff |\n| --- | ---: |\n| I work differently now | 104 |\n| I do not | 31 |\n\n"
            "Source: survey of the council (invented)\n\n"
            "We do not know yet what children noticed of it. In 2026-27 we ask them."
        )
        contributions.write(room=released, body=text, seen_revision=0, by=cast.person(RUKHSANA))
    with cast.at("2026-09-08 09:15"):
        contributions.release(room=released, seen_revision=1, by=cast.person(RUKHSANA))
    with cast.at("2026-09-10 16:05"):
        text = (
            "I have evaluated the work of the partnership in 2025-26 and contributed to this report. (Invented for "
            "practice.)\n\nThe partners answer challenges more openly than two years ago. What I still miss is"
        )
        scrutiny.save_statement(document=document, body=text, seen_revision=0, by=cast.person(FEMI))


def _asked(document: Document, seat: str, section: str, asked: str) -> Room:
    with cast.at("2026-08-24 10:00"):
        return contributions.ask(
            document=document,
            section_key=section,
            agency=cast.seat(HAMMERSMITH, seat).agency,
            asked=f"{asked} About half a page.",
            due_on=DUE,
            by=cast.person(GWEN),
        )
