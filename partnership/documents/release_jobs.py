"""What the clock does with publications: what two persons agreed for a time goes out when it comes."""

import logging

from partnership import clock
from partnership.documents import selectors
from partnership.documents.services import releasing

log = logging.getLogger(__name__)


def release_due() -> int:
    """Publish what was agreed for a time that has come. Returns how many were published or came to nothing."""
    done = 0
    for release in selectors.releases_due(clock.now()):
        try:
            done += releasing.release_due(release)
        except Exception:
            # One that fails for a reason of the machine must not keep the others waiting; it is tried again.
            log.exception("release_failed release=%s", release.pk)
    return done
