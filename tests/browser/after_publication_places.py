"""What comes after the last signature: publishing with a second person, correcting, withdrawing, consolidating, reviewing."""

from datetime import timedelta

from partnership import clock
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.documents import services
from partnership.documents.models import Act, Ground, Nature, Version
from tests import answered, worlds
from tests.apps.companions import files
from tests.apps.companions.test_services import agreed
from tests.apps.scrutiny import sealed
from tests.browser.places import Place, Stage
from tests.browser.second_person_places import ENDLESS

WHY = f"The sum of the police was printed wrong.\n\nIt is now as their treasurer confirmed it. {ENDLESS}"


def _signed() -> Stage:
    world = worlds.area_with_its_cast()
    version = worlds.signed(world)
    return Stage(world, version.document, version)


def publishing() -> list[Place]:
    """Before it is proposed; proposed with what goes along; planned for later; and stopped."""
    bare, proposed, planned, stopped = _signed(), _signed(), _signed(), _signed()
    row = companions.put_in(
        document=bare.document, kind=Kind.EASY_READ, data=None, text="What we did, in short.", by=bare.world.gwen
    )
    companions.agree(companion=row, seen_sha256=row.sha256, by=bare.world.dev)
    later = {"release_at": clock.now() + timedelta(days=2)}
    open_row = services.propose_publication(version=proposed.version, by=proposed.world.gwen)
    rows = []
    for stage in (planned, stopped):
        rows.append(services.propose_publication(version=stage.version, by=stage.world.gwen, **later))
        services.agree(proposal=rows[-1], by=stage.world.eve)
    services.stop_release(release=rows[1].release, by=stopped.world.gwen)
    return [
        bare.page("gwen", "documents:publish", 1),
        bare.page("femi", "documents:publish", 1, status=403),
        proposed.page("gwen", "documents:proposal", 1, open_row.pk),
        proposed.page("ben", "documents:proposal", 1, open_row.pk),
        proposed.page("gwen", "documents:document"),
        planned.page("gwen", "documents:proposal", 1, rows[0].pk),
        planned.page("gwen", "documents:document"),
        stopped.page("gwen", "documents:proposal", 1, rows[1].pk),
    ]


def correcting() -> list[Place]:
    """A correction declared, and one that waits for the partners' acceptance."""
    stage, sent = _signed(), _signed()
    for each in (stage, sent):
        version = worlds.publish(each.version, each.world.gwen)
        draft = worlds.correct(version, each.world.gwen, Nature.CLERICAL, WHY)
        worlds.write(draft.sections.get(key="funding"), "The police paid two pounds.", each.world.gwen)
        answered.answer_musts(draft, each.world.gwen, each.world.dev)
    frozen = services.send_for_sign_off(version=sent.document.versions.get(number=2), by=sent.world.gwen)
    return [
        stage.page("gwen", "documents:declare"),
        stage.page("gwen", "documents:document"),
        stage.page("gwen", "documents:checks"),
        sent.page("amina", "documents:sign", 2, sent.world.council.pk),
        sent.page("amina", "documents:version", frozen.number),
        sent.page("gwen", "documents:declare", status=409),
    ]


def withdrawing() -> list[Place]:
    """Public, and to be withdrawn; withdrawn, and what stands in its place for everybody and for those inside."""
    stage, gone = _signed(), _signed()
    for each in (stage, gone):
        worlds.publish(each.version, each.world.gwen)
    version = Version.objects.get(pk=gone.version.pk)
    services.take_down(version=version, ground=Ground.REDACTION, note=WHY, by=gone.world.eve)
    return [
        stage.page("gwen", "documents:take_down", 1),
        gone.page(None, "public:document", status=410),
        gone.area(None, "public:area"),
        Place(None, "public:checked", (version.sha256,)),
        gone.page("gwen", "documents:document"),
        gone.page("gwen", "documents:correct"),
        gone.page("amina", "documents:version", 1),
        gone.page("dev", "documents:version", 1, status=403),
    ]


def withdrawing_alone() -> list[Place]:
    """An Easy Read version that is public, one that was withdrawn, and what everybody reads of it."""
    stage, gone = _signed(), _signed()
    rows = []
    for each in (stage, gone):
        version = worlds.publish(each.version, each.world.gwen)
        row = companions.put_in(
            document=version.document, kind=Kind.EASY_READ, data=files.pdf(tagged=each is stage), text="In short.",
            by=each.world.gwen,
        )  # fmt: skip
        agreed(each.world, row)
        rows.append(companions.publish(companion=row, by=each.world.gwen))
    companions.withdraw(companion=rows[1], ground=Ground.REDACTION, note=WHY, by=gone.world.eve)
    return [
        stage.page("gwen", "companions:withdraw", rows[0].pk),
        stage.page("gwen", "companions:companions"),
        gone.page("gwen", "companions:companions"),
        gone.page("dev", "companions:companions"),
        gone.page("gwen", "companions:read", rows[1].pk),
        gone.page("dev", "companions:read", rows[1].pk, status=403),
        gone.page(None, "public:companion", "easy-read", status=410),
        Place(None, "public:checked", (rows[1].file_id,)),
    ]


def redacting() -> list[Place]:
    """Words taken out of a challenge and an answer: by whom, what everybody reads, and the corrected edition."""
    world, other = worlds.area_with_its_cast(), worlds.area_with_its_cast()
    document, again = sealed.sealed(world), sealed.sealed(other)
    challenge, council, *_ = sealed.passages(document)
    sealed.take_out(challenge, world.femi, f"Why was [a person] not heard? {ENDLESS}", reason=f"It is known. {ENDLESS}")
    sealed.take_out(sealed.passages(document)[0], world.femi, "Why was [a person] not heard?")
    sealed.take_everything_out(other, again)
    version = sealed.published_again(other, again)
    stage, corrected = Stage(world, document, document.versions.get()), Stage(other, again, version)
    return [
        stage.page("femi", "scrutiny:redactions"),
        stage.page("dev", "scrutiny:redactions"),
        stage.page("gwen", "scrutiny:redactions"),
        stage.page("femi", "scrutiny:redact_challenge", 1),
        stage.page("femi", "scrutiny:redact_view", 1),
        stage.page("dev", "scrutiny:redact_answer", 1, council.answer.pk if council.answer else 0),
        stage.page("eve", "scrutiny:redact_challenge", 1, status=403),
        stage.page("femi", "scrutiny:challenges"),
        stage.page("dev", "documents:document"),
        corrected.page("gwen", "scrutiny:redactions"),
        corrected.page("gwen", "scrutiny:challenges"),
        corrected.page(None, "public:document"),
    ]


def standing() -> list[Place]:
    """Arrangements that were reviewed, whose next review is overdue, and that another document took in."""
    world = worlds.area_with_its_cast()
    version = worlds.published(world, "arrangements", "2026")
    stage = Stage(world, version.document, version)
    today = clock.today()
    services.record_review(
        version=version, reviewed_on=today, next_on=today + timedelta(days=9), found=WHY, by=world.gwen
    )
    other = worlds.area_with_its_cast()
    taken = worlds.published(other, "arrangements", "2026")
    report = worlds.published(other)
    row = services.propose(version=taken, act=Act.CONSOLIDATE, reason=WHY, into=report.document, by=other.gwen)
    past = Stage(other, taken.document, taken)
    wanted = past.page("dev", "documents:proposal", 1, row.pk)
    third = worlds.area_with_its_cast()
    ended = worlds.published(third, "arrangements", "2026")
    into = worlds.published(third)
    agreed = services.propose(version=ended, act=Act.CONSOLIDATE, reason=WHY, into=into.document, by=third.gwen)
    services.agree(proposal=agreed, by=third.dev)
    return [
        stage.page("gwen", "documents:review", 1),
        stage.page("gwen", "documents:consolidate", 1),
        stage.page(None, "public:document"),
        wanted,
        Stage(third, ended.document, ended).page(None, "public:document"),
        Stage(third, into.document, into).page("gwen", "documents:consolidate", 1),
    ]


def after_publication() -> list[Place]:
    """All of them."""
    return [*publishing(), *correcting(), *withdrawing(), *withdrawing_alone(), *redacting(), *standing()]
