"""The guidance of 2026 comes to Hammersmith and Fulham, which began under that of 2023; the other areas began with both."""

from partnership import clock
from partnership.areas.models import Area
from partnership.briefings import jobs, services
from partnership.briefings.models import Baseline, Briefing
from partnership.operations.demo import cast
from partnership.operations.demo.places import HAMMERSMITH, MARLBRIDGE

GWEN = "gwen.pritchard"
FRAMEWORK = "nf2026"


def is_seen() -> bool:
    """Whether it is written down with which guidance the first area began."""
    return Baseline.objects.filter(area__slug=HAMMERSMITH).exists()


def see() -> None:
    """2 April 2024: what is in force when the first area begins is written down."""
    with cast.at("2024-04-02 09:30"):
        jobs.take_stock(today=clock.today())


def is_told() -> bool:
    """Whether the clock has looked for new guidance since the other areas are there."""
    return Baseline.objects.filter(area__slug=MARLBRIDGE).exists()


def tell() -> None:
    """7 September 2026: two editions of 2026 are held, and one of the briefings is still to be read."""
    with cast.at("2026-09-07 09:00"):
        jobs.brief(today=clock.today())
    with cast.at("2026-09-08 15:40"):
        area = Area.objects.get(slug=HAMMERSMITH)
        for briefing in Briefing.objects.filter(area=area, edition_key=FRAMEWORK):
            services.acknowledge(briefing=briefing, by=cast.person(GWEN))
