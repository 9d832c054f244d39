"""The evidence of a publication as one file."""

from partnership.documents import services
from partnership.documents.models import Ground
from partnership.evidence import services as evidence
from partnership.evidence.models import PublicFetch
from partnership.files import services as files
from tests import worlds
from tests.browser.after_publication_places import WHY
from tests.browser.places import Place, Stage


def _published() -> Stage:
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    return Stage(world, version.document, version)


def pages() -> list[Place]:
    """Fetched and taken; nothing yet; sealed."""
    full, bare, sealed = _published(), _published(), _published()
    _fetched(full)
    evidence.take(version=full.version, by=full.world.amina)
    services.take_down(version=sealed.version, ground=Ground.REDACTION, note=WHY, by=sealed.world.eve)
    return [
        full.page("gwen", "evidence:bundle", 1),
        bare.page("femi", "evidence:bundle", 1),
        sealed.page("gwen", "evidence:bundle", 1),
        sealed.page("dev", "evidence:bundle", 1, status=403),
    ]


def _fetched(stage: Stage) -> None:
    address = f"https://partnership.example/{'a-long-path/' * 12}"
    of = {"version": stage.version, "address": address}
    PublicFetch.objects.create(**of, number=1, ok=False, failure="It could not be reached.")
    body = files.put(b"<p>As anybody reads it.</p>", "text/html")
    PublicFetch.objects.create(**of, number=2, ok=True, status=200, body=body)
