"""When a published text may be put right by a clerical edition. Each check raises with a sentence."""

from collections.abc import Sequence

from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.living.models import StaleFlag


def check_can_begin_clerical(version: Version, flags: Sequence[StaleFlag]) -> None:
    """Only a published text, only where facts changed, and only where nothing but facts did."""
    if version.status != Status.PUBLISHED:
        raise WrongState("Only what is published can be put right by a clerical edition.")
    if not flags:
        raise WrongState("The published text agrees with the records, so there is nothing to put right.")
    structural = [flag.title for flag in flags if flag.is_structural]
    if structural:
        raise WrongState(
            f"The structure changed ({'; '.join(structural)}). That needs a new edition, which every lead safeguarding "
            "partner reads and signs as a whole."
        )
    vacant = [flag.title for flag in flags if not flag.value_now]
    if vacant:
        raise WrongState(f"The records have nothing to put in its place: {'; '.join(vacant)}. Fill the office first.")
