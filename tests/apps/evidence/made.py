"""A publication with everything that its evidence can hold, and the bundle unpacked."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from partnership.accounts.models import User
from partnership.areas.roles import Office
from partnership.companions import selectors as companions_read
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.documents import services as documents
from partnership.documents.models import Version
from partnership.evidence import fetching, jobs, services
from partnership.mail import jobs as mail
from partnership.submissions import services as submissions
from partnership.submissions.models import Submission
from reports import jobs as reports
from tests import answered, worlds
from tests.apps.mail.fake_smtp import Relay, serving

PAGE = b"<!DOCTYPE html><title>Yearly report</title><p>As anybody reads it.</p>"
FORMULA = "=Received, with thanks"


@dataclass
class Taken:
    """A bundle as it was given, and its files by name."""

    made: services.Bundle
    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.files[name].decode()


def taken(version: Version, by: User, reason: str = "") -> Taken:
    """Take the evidence of a version as it stands now."""
    made = services.take(version=Version.objects.get(pk=version.pk), by=by, reason=reason)
    with zipfile.ZipFile(BytesIO(made.data)) as unpacked:
        return Taken(made, {name: unpacked.read(name) for name in unpacked.namelist()})


def fetched(monkeypatch: Any, **answer: Any) -> None:
    """Let the web answer so, and fetch what is due."""
    given = fetching.Answer(**{"status": 200, "headers": (("Server", "ours"),), "body": PAGE, **answer})
    monkeypatch.setattr(fetching, "fetch", lambda address, *, expected: given)
    jobs.fetch_due()


def submitted(settings: Any) -> Relay:
    """The relay takes the Panel's message and refuses the other one; the Panel acknowledges. Returns the relay."""
    settings.EMAIL_HOST = "127.0.0.1"
    with serving(Relay(rcpt={"foundations@practice.example": "550 5.1.1 No such mailbox"})) as relay:
        settings.EMAIL_PORT = relay.port
        mail.deliver_due(limit=200)
    reports.follow_submissions()
    panel = Submission.objects.get(party="national_panel")
    manager = User.objects.get(name="Gwen")
    submissions.acknowledge(submission=panel, words=FORMULA, by=manager)
    return relay


def corrected(world: worlds.World, version: Version) -> Version:
    """A correction of what is published, signed by all and published in its place."""
    draft = worlds.correct(version, world.gwen)
    worlds.write(draft.sections.get(key="voice"), "A better sentence.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    sent = documents.send_for_sign_off(version=draft, by=world.gwen)
    return worlds.publish(worlds.signed_by_all(world, sent), world.gwen)


def with_companion(world: worlds.World, version: Version) -> None:
    """An Easy Read version, agreed to and public."""
    worlds.appoint(worlds.person("Nia"), Office.DSP, world.area, world.health)
    text = "What we did, in short."
    row = companions.put_in(document=version.document, kind=Kind.EASY_READ, data=None, text=text, by=world.gwen)
    for seat in companions_read.lacking(row):
        holder = User.objects.get(appointments__seat=seat, appointments__office=Office.DSP)
        companions.agree(companion=row, seen_sha256=row.sha256, by=holder)
    companions.publish(companion=row, by=world.gwen)
