"""What may be rolled forward, and what may be confirmed. Each check raises with a sentence."""

from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState


def check_source(source: Version | None) -> Version:
    """There is an earlier document to begin from."""
    if source is None:
        raise WrongState("There is no earlier document to begin from. Begin it from the sections of the guidance.")
    return source


def check_is_draft(version: Version | None) -> Version:
    """What was carried is confirmed while there is a draft."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("There is no draft of this document now, so nothing can be confirmed in it.")
    return version
