"""What came after a publication of the other area: its public page as it was fetched."""

from unittest import mock

from partnership.documents.models import Version
from partnership.evidence import fetching, jobs


def fetched(version: Version) -> None:
    """The public page, which anybody may read."""
    answer = fetching.Answer(200, (("Server", "ours"),), b"<p>What anybody may read.</p>")
    with mock.patch.object(fetching, "fetch", return_value=answer):
        jobs.fetch(version)
