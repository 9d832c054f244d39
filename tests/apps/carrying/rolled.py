"""The report of 2025-26 rolled forward from that of 2024-25, through the services."""

from partnership import clock
from partnership.accounts.models import User
from partnership.carrying import services
from partnership.documents import selectors as documents
from partnership.documents import services as workflow
from partnership.documents.kinds import kind
from partnership.documents.models import Document, Version
from tests import answered, worlds

REPORT = "yearly_report"
TEXT = (
    "## What we agreed\n\nIn 2024-25 we held 34 reviews.\n\nThe partners meet every six weeks.\n\n- Council\n- Police"
)


def last_year(world: worlds.World) -> Version:
    """A draft of 2024-25 with texts, an answer, explanations, a picture and two owners."""
    version = worlds.written(world, label="2024-25")
    worlds.write(version.sections.get(key="year_at_a_glance"), TEXT, world.gwen)
    answered.answer_musts(version, world.gwen, world.dev)
    worlds.write(version.sections.get(key="training"), "", world.gwen, explanation="No training was held.")
    said = {"reason": "not_met", "text": "The accounts of 2024-25 are open.", "seen_revision": 0}
    workflow.explain(version=version, requirement="YR-12", by=world.gwen, **said)
    return version


def roll(world: worlds.World, *, label: str = "2025-26", by: User | None = None) -> services.Rolled:
    """Roll the last report forward, as somebody who has just seen what it brings."""
    what = kind(REPORT)
    period = what.parse_period(label, clock.today())
    source = documents.last_before(world.area, REPORT, period.first)
    return services.roll_forward(
        area=world.area, kind=what, period=period, seen_source=source.pk if source else 0, by=by or world.gwen
    )


def draft_of(document: Document) -> Version:
    """Its draft."""
    version = documents.draft(document)
    assert version
    return version
