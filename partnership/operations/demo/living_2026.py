"""The morning after the change of boards: what Hammersmith and Fulham published no longer agrees with the records."""

from partnership import clock
from partnership.living import jobs
from partnership.living.models import StaleFlag
from partnership.operations.demo import cast


def is_told() -> bool:
    """Whether anything published was found to differ from the records."""
    return StaleFlag.objects.exists()


def tell() -> None:
    """2 April 2026: the arrangements of 2025 are held against the records."""
    with cast.at("2026-04-02 00:01"):
        jobs.compare_due(today=clock.today())
