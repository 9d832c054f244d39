"""What the other area published, and the records that say something else since."""

from typing import Any

from partnership import clock
from partnership.areas import services as areas
from partnership.living import jobs
from tests.contracts.canaries.words import opened, secret

NAMES_A_FACT = "What anybody may read, such as the names of {{relevant agencies}},"


def flag(other: Any) -> None:
    """Another relevant agency is named after the arrangements were published."""
    areas.name_by_name(
        area=other.area,
        name=f"{opened('areas.Agency.name')} of the old",
        category="voluntary",
        reason=secret("areas.RelevantAgency.reason"),
        contact_name="",
        contact_email="",
        since=clock.today(),
        by=other.people["manager"],
    )
    jobs.compare_due(today=clock.today())
