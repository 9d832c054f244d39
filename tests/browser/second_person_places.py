"""Reports that a partner does not sign, and on which two persons decide: waiting, settled, published, and void."""

from partnership import clock
from partnership.documents import jobs, services
from partnership.documents.models import Act, Version
from partnership.files import services as files
from tests import worlds
from tests.apps.documents import not_signing
from tests.browser.places import Place, Stage

ENDLESS = "Maximilian" * 11  # no space in 110 letters
WHY = f"The chapter on police powers is not as we agreed it.\n\nSee our letter of 3 September. {ENDLESS}"


def _sent() -> Stage:
    world = worlds.area_with_its_cast()
    version = worlds.in_sign_off(world)
    return Stage(world, version.document, version)


def _all_but_the_police(stage: Stage) -> None:
    world, version = stage.world, stage.version
    services.sign(
        version=version, seat=world.council, seen_sha256=version.sha256 or "", by=world.amina, proof=worlds.proof(),
        reservation=f"We pay less than it says. {ENDLESS}",
    )  # fmt: skip
    worlds.sign(version, world.health, world.ben)
    not_signing.refuse(version, world.police, world.cerys, WHY)


def waiting() -> list[Place]:
    """A refusal and a silence on record, before anything is proposed."""
    asked, stage = _sent(), _sent()
    _all_but_the_police(stage)
    not_signing.not_given(asked.version, asked.world.health, asked.world.eve)
    police, on_paper = asked.world.police.pk, _sent()
    paper = services.record_on_paper(
        version=on_paper.version, seat=on_paper.world.police, signed_on=clock.today(),
        fingerprint=on_paper.version.sha256 or "", scan=files.put(b"%PDF-1.7", "application/pdf"),
        scan_name="letter.pdf", reservation=WHY, by=on_paper.world.gwen,
    )  # fmt: skip
    return [
        asked.page("gwen", "documents:on_paper", 1, police),
        on_paper.page("eve", "documents:proposal", 1, paper.pk),
        asked.page("cerys", "documents:refuse", 1, police),
        asked.page("eve", "documents:not_signed", 1, police),
        asked.page("gwen", "documents:not_signed", 1, police, status=403),
        asked.page("eve", "documents:version", 1),
        stage.page("cerys", "documents:version", 1),
        stage.page("amina", "documents:signed", 1, stage.world.council.pk),
        stage.page("gwen", "documents:document"),
        stage.page("gwen", "documents:propose", 1, "settle-in-part"),
        stage.page("amina", "documents:propose", 1, "void"),
    ]


def decided() -> list[Place]:
    """Proposed; settled and published with two signatures; and declared void."""
    proposed, settled, void = _sent(), _sent(), _sent()
    for stage in (proposed, settled):
        _all_but_the_police(stage)
    said = {"act": Act.SETTLE_IN_PART, "reason": WHY}
    open_row = services.propose(version=proposed.version, by=proposed.world.gwen, **said)
    row = services.propose(version=settled.version, by=settled.world.gwen, **said)
    services.agree(proposal=row, by=settled.world.amina)
    jobs.render_missing()
    worlds.publish(Version.objects.get(pk=settled.version.pk), settled.world.gwen)
    gone = services.propose(version=void.version, act=Act.VOID, reason=WHY, by=void.world.amina)
    services.agree(proposal=gone, by=void.world.gwen)
    return [
        proposed.page("gwen", "documents:proposal", 1, open_row.pk),
        proposed.page("amina", "documents:proposal", 1, open_row.pk),
        proposed.page("cerys", "documents:proposal", 1, open_row.pk),
        proposed.page("gwen", "documents:document"),
        settled.page("gwen", "documents:proposal", 1, row.pk),
        settled.page("gwen", "documents:document"),
        settled.page(None, "public:document"),
        void.page("gwen", "documents:document"),
        void.page("gwen", "documents:version", 1),
    ]
