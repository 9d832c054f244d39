"""What came after a publication of the other area: its public page as it was fetched, and where it was presented."""

import uuid
from dataclasses import replace
from unittest import mock

from partnership.accounts.models import User
from partnership.documents.models import Version
from partnership.evidence import fetching, jobs
from partnership.presentations import services
from partnership.presentations.kinds import Forum, Said, State
from tests import worlds
from tests.contracts.canaries.words import secret


def fetched(version: Version) -> None:
    """The public page, which anybody may read."""
    answer = fetching.Answer(200, (("Server", "ours"),), b"<p>What anybody may read.</p>")
    with mock.patch.object(fetching, "fetch", return_value=answer):
        jobs.fetch(version)


def presented(version: Version, by: User) -> None:
    """An occasion, and a correction of what was recorded of it."""
    words = {name: secret(f"presentations.Entry.{name}") for name in ("forum_name", "asked", "answered")}
    minutes = f"https://{secret('presentations.Entry.minutes')}.example/"
    today = worlds.clock.today()
    said = Said(Forum.OTHER.value, day=today, state=State.PRESENTED.value, office="chair", minutes=minutes, **words)
    there = services.record(document=version.document, said=said, once=uuid.uuid4(), by=by)
    better = replace(said, answered=f"{said.answered} and more")
    reason = secret("presentations.Entry.reason")
    services.correct(presentation=there, said=better, reason=reason, seen=1, by=by)
