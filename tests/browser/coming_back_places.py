"""What comes back of submissions: a bounce, replies to be read, a receipt, a PDF too large; and addresses that change."""

from datetime import timedelta

from partnership import clock
from partnership.documents.models import RenditionKind
from partnership.files import services as files
from partnership.mail import jobs as mail
from partnership.mail.incoming import keeping
from partnership.submissions import jobs, services
from partnership.submissions.models import Submission
from reports import jobs as reports
from tests import worlds
from tests.apps.mail import samples
from tests.apps.mail.fake_smtp import Relay
from tests.browser.places import Place, Stage
from tests.browser.second_person_places import ENDLESS


def _sent(relay: Relay) -> tuple[Stage, Submission, Submission]:
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    relay.rcpt = {}
    while mail.deliver_due():  # what the other areas of the walk queued goes first
        pass
    reports.follow_submissions()
    first, second = version.submissions.order_by("party")
    return Stage(world, version.document, version), first, second


def _came(*raw: bytes) -> None:
    for message in raw:
        keeping.keep(message)
    jobs.file_incoming()


def _addresses() -> None:
    """One address was changed and looked at again, of the other a change waits."""
    letter = {"evidence": "S", "valid_from": clock.today(), "by": "Olga Operator"}
    source = f"Their letter of 3 September 2026. {ENDLESS}"[:250]
    change = services.propose(
        party="national_panel", address="a-new-address-of-theirs@panel.example", source=source, **letter
    )
    services.confirm(change=change, by="Petra Second")
    services.recheck(party="national_panel", on=clock.today(), source="Their page", by="Petra Second")
    no = services.propose(party="foundations", address="wrong@foundations.example", source="A call", **letter)
    services.decline(change=no, reason="Nobody there knows it.", by="Petra Second")
    later = {**letter, "valid_from": clock.today() + timedelta(9)}
    services.propose(party="foundations", address="new@foundations.example", source="Their newsletter", **later)


def coming_back(relay: Relay) -> list[Place]:
    """Bounced and replied to; answered and acknowledged with a receipt; and the addresses, from several sides."""
    stage, bounced, answered = _sent(relay)
    _came(
        samples.postfix_bounce(bounced.mail.envelope_from, bounced.mail.message_id),
        samples.out_of_office(bounced.mail.reply_to),
        samples.delayed(answered.mail.envelope_from),
        samples.reply(answered.mail.reply_to, words=f"Thank you. {ENDLESS}"),
    )
    _addresses()
    again, sent, received = _sent(relay)
    _came(
        samples.postfix_bounce(sent.mail.envelope_from, sent.mail.message_id),
        samples.delivered(received.mail.envelope_from),
    )
    services.send_anew(submission=sent, by=again.world.gwen)
    receipt = files.put(b"%PDF-1.7 receipt", "application/pdf")
    said = {"words": "Their form gave the receipt 4711.", "how": "portal", "received_on": clock.today()}
    services.acknowledge(
        submission=received, receipt=receipt, receipt_name="receipt-4711.pdf", by=again.world.gwen, **said
    )
    signed = worlds.area_with_its_cast()
    version = worlds.signed(signed)
    assert version.renditions.filter(kind=RenditionKind.FINAL).exists()
    return [
        Place(stage.world.gwen, "home"),
        Place(stage.world.amina, "home"),
        stage.area("gwen", "submissions:register"),
        stage.area("gwen", "submissions:submission", bounced.pk),
        stage.area("amina", "submissions:submission", bounced.pk),
        stage.area("gwen", "submissions:submission", answered.pk),
        stage.area("gwen", "submissions:recipients"),
        again.area("gwen", "submissions:submission", sent.pk),
        again.area("gwen", "submissions:submission", received.pk),
        Stage(signed, version.document, version).page("gwen", "documents:publish", version.number),
    ]
