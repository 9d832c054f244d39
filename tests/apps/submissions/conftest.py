import pytest

from partnership.mail.incoming import keeping
from partnership.submissions import jobs


@pytest.fixture
def came(db):
    """Let a message come in, and be put beside what it belongs to."""

    def came(raw: bytes) -> None:
        keeping.keep(raw)
        jobs.file_incoming()

    return came
