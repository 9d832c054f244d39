"""A shared budget that comes late, on its way and published, and a threshold document in draft."""

from decimal import Decimal

from partnership.documents import services
from partnership.documents.models import Version
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from tests import worlds
from tests.browser.places import Place, Stage

TEXT = """The contributions come to {{funding total}}.

[[funding contributions]]

[[funding spending last year]]
"""


def _budget() -> Stage:
    """A draft that draws on the money of its area."""
    world = worlds.area_with_its_cast()
    for payer, amount, seat in (("Ashdown Council", 72_000, world.council), ("Ashdown Police", 5_000, world.police)):
        funding.record_contribution(
            area=world.area, year=FinancialYear(2026), payer=payer, kind=ContributionKind.CASH,
            amount=Decimal(amount), agency=seat.agency, source="Letter", by=world.gwen,
        )  # fmt: skip
    draft = worlds.written(world, "budget", "2026-27")
    worlds.write(draft.sections.get(key="contributions"), TEXT, world.gwen)
    return Stage(world, draft.document, draft)


def pages() -> list[Place]:
    """Each page on which a budget or a threshold document differs from a report."""
    begun, sent = _budget(), _budget()
    version = services.send_for_sign_off(version=Version.objects.get(pk=sent.version.pk), by=sent.world.gwen)
    world = worlds.area_with_its_cast()
    thresholds = worlds.written(world, "thresholds", "2026")
    draft = Stage(world, thresholds.document, thresholds)
    agreed = worlds.area_with_its_cast()
    public = worlds.published(agreed, "budget", "2026-27")
    published = Stage(agreed, public.document, public)
    return [
        begun.area("gwen", "documents:documents"),
        begun.area("gwen", "documents:begin", "threshold-document"),
        begun.area("gwen", "documents:begin", "budget"),
        begun.page("gwen", "documents:document"),
        begun.page("gwen", "documents:section", "contributions", query="?preview=yes"),
        begun.page("gwen", "documents:checks"),
        begun.page("gwen", "documents:send"),
        sent.page("amina", "documents:sign", version.number, sent.world.council.pk),
        draft.page("gwen", "documents:document"),
        draft.page("gwen", "documents:section", "criteria"),
        draft.page("gwen", "documents:requirements"),
        published.page(None, "public:document"),
        Place(None, "public:area", (agreed.area.slug,)),
    ]
