"""The evidence of a publication as one file, and the log of where it was presented."""

from datetime import timedelta

from partnership import clock
from partnership.documents import services
from partnership.documents.models import Ground
from partnership.evidence import daily
from partnership.evidence import services as evidence
from partnership.evidence.models import DailyList, Listed, PublicFetch
from partnership.files import services as files
from partnership.presentations import services as presentations
from tests import worlds
from tests.apps.presentations import occasions
from tests.browser.after_publication_places import WHY
from tests.browser.places import Place, Stage
from tests.browser.second_person_places import ENDLESS


def _published() -> Stage:
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    return Stage(world, version.document, version)


def pages() -> list[Place]:
    """Everything recorded and taken; nothing yet; sealed; and the home page with a plan that passed."""
    full, bare, sealed = _published(), _published(), _published()
    _fetched(full)
    evidence.take(version=full.version, by=full.world.amina)
    services.take_down(version=sealed.version, ground=Ground.REDACTION, note=WHY, by=sealed.world.eve)
    occasion = _presented(full)
    return [
        full.page("gwen", "evidence:bundle", 1),
        bare.page("femi", "evidence:bundle", 1),
        sealed.page("gwen", "evidence:bundle", 1),
        sealed.page("dev", "evidence:bundle", 1, status=403),
        full.page("gwen", "presentations:log"),
        full.page("amina", "presentations:log"),
        bare.page("gwen", "presentations:log"),
        bare.page("amina", "presentations:log"),
        full.page("gwen", "presentations:record"),
        full.page("amina", "presentations:record", status=403),
        full.page("dev", "presentations:correct", occasion),
        Place(full.world.gwen, "home"),
        *_listed(),
    ]


def _listed() -> list[Place]:
    """The lists of the day on which all of it became public, and of the next, on which nothing did."""
    with clock.frozen(clock.now() + timedelta(days=2)):
        daily.make_due()
    first, last = (row.day.isoformat() for row in (DailyList.objects.last(), DailyList.objects.first()))
    known = Listed.objects.filter(what="pdf").first()
    return [
        Place(None, "public:days"),
        Place(None, "public:day", (first,)),
        Place(None, "public:day", (last,)),
        Place(None, "public:day", ("2020-01-01",), status=404),
        Place(None, "public:checked", (known.sha256,), query="?of=file"),
    ]


def _fetched(stage: Stage) -> None:
    address = f"https://partnership.example/{'a-long-path/' * 12}"
    of = {"version": stage.version, "address": address}
    PublicFetch.objects.create(**of, number=1, ok=False, failure="It could not be reached.")
    body = files.put(b"<p>As anybody reads it.</p>", "text/html")
    PublicFetch.objects.create(**of, number=2, ok=True, status=200, body=body)


def _presented(stage: Stage) -> int:
    """One that took place and was corrected, one that is planned, and one of which nobody has said what came of it."""
    world, document = stage.world, stage.document
    told = {"asked": WHY, "answered": f"We answered. {ENDLESS}", "minutes": f"https://council.example/{ENDLESS}"}
    there = occasions.recorded(world, document, occasions.presented())
    better = occasions.presented(forum="other", forum_name=ENDLESS[:120], **told)
    presentations.correct(presentation=there, said=better, reason="The minutes are out.", seen=1, by=world.dev)
    occasions.recorded(world, document)
    with clock.frozen(clock.now() - timedelta(days=30)):
        occasions.recorded(world, document, occasions.planned(forum_name="Ashdown Cabinet"))
    return there.pk
