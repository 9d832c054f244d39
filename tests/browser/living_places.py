"""Published arrangements of which the records say something else since: facts in one area, the structure in another."""

from datetime import timedelta

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import jobs as documents_jobs
from partnership.documents import services
from partnership.documents.models import Version
from partnership.living import jobs
from partnership.living import services as living
from tests import worlds
from tests.browser.places import Place, Stage

TEXT = """The police are led by {{lsp police}}, and {{partners}} decide together.

Table: Who delegates

| Body | Delegate |
|---|---|
| {{partner council}} | {{dsp council}} |
"""


def _published() -> Stage:
    world = worlds.area_with_its_cast()
    with clock.frozen(clock.now() - timedelta(days=21)):
        draft = worlds.written(world, "arrangements", "2026")
        worlds.write(draft.sections.get(key="leadership"), TEXT, world.gwen)
        version = services.send_for_sign_off(version=draft, by=world.gwen)
        for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
            worlds.sign(version, place, who)
        documents_jobs.render_missing()
        version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    return Stage(world, version.document, version)


def _changed(stage: Stage) -> None:
    world, today = stage.world, clock.today()
    held = Appointment.objects.get(seat=world.police, office=Office.LSP)
    areas.end_appointment(appointment=held, until=today, because="A new post.", by=world.gwen)
    name = "Theodora Featherstonehaugh-Cholmondeley"
    worlds.appoint(worlds.person(name), Office.LSP, world.area, world.police, since=today)


def pages() -> list[Place]:
    """Flagged and not, a clerical edition before it is begun and as a draft, and a change of the structure."""
    agreed, factual, structural, begun = (_published() for _ in range(4))
    for stage in (factual, structural, begun):
        _changed(stage)
    areas.rename_agency(agency=factual.world.council.agency, name="Ashdown Borough", on=clock.today(), by=None)
    worlds.seat(structural.world.area, "Second Ashdown Council", "local_authority")
    jobs.compare_due(today=clock.today())
    living.begin_clerical_edition(version=begun.version, by=begun.world.gwen)
    return [
        Place(factual.world.gwen, "home"),
        factual.page("gwen", "documents:document"),
        factual.page("gwen", "living:facts"),
        factual.page("gwen", "living:clerical"),
        factual.page("amina", "living:facts"),
        factual.page("amina", "living:clerical", status=403),
        factual.page(None, "public:document"),
        agreed.page("gwen", "living:facts"),
        agreed.page(None, "public:document"),
        structural.page("gwen", "living:facts"),
        structural.page("gwen", "living:clerical", status=409),
        structural.page(None, "public:document"),
        begun.page("gwen", "documents:document"),
        begun.page("gwen", "documents:section", "leadership", query="?preview=yes"),
        begun.page("gwen", "documents:send"),
        begun.page("gwen", "documents:preview"),
        begun.page("gwen", "living:facts"),
    ]
