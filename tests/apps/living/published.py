"""Published texts that draw on the records, and what changes beside them; made through the services."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import jobs as documents_jobs
from partnership.documents import services
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.living import jobs
from partnership.living.models import StaleFlag
from tests import worlds

# In the order in which they can be ended: whoever chairs is a delegated partner.
OFFICES = ("chair", "lsp council", "lsp police", "dsp council", "dsp police", "scrutineer", "business manager")


def write(draft, key, body, by):
    section = draft.sections.get(key=key)
    services.save_section(section=section, body=body, explanation="", seen_revision=section.revision, by=by)


def publish(world, bodies, kind="arrangements", label="2026"):
    """A document published with these texts three weeks ago, and held against the records once."""
    with clock.frozen(clock.now() - timedelta(days=21)):
        draft = worlds.written(world, kind, label)
        for key, body in bodies.items():
            write(draft, key, body, world.gwen)
        return signed_and_published(world, draft)


def signed_and_published(world, draft):
    version = services.send_for_sign_off(version=draft, by=world.gwen)
    for seat, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        if version.required_seats.filter(seat=seat).exists():
            held = Appointment.objects.on(clock.today()).filter(seat=seat, office=Office.LSP).first()
            worlds.sign(version, seat, held.person if held else who)
    documents_jobs.render_missing()
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    compare()
    return version


def compare():
    return jobs.compare_due(today=clock.today())


def end(office, seat=None, area=None):
    held = Appointment.objects.on(clock.today()).filter(office=office)
    held = held.get(seat=seat) if seat else held.get(area=area, seat=None)
    areas.end_appointment(appointment=held, until=clock.today(), because="A new post.", by=None)
    return held.person


def public_page(version):
    where = [version.document.area.slug, address_of(version.document)]
    return Client().get(reverse("public:document", args=where)).content.decode()


def flags(version):
    return {flag.fact: flag for flag in StaleFlag.objects.filter(version=version, closed_at=None)}


def replaced(world, **bodies):
    """Published arrangements of which the police have another lead partner since; and the draft of a clerical edition."""
    version = publish(world, {"leadership": "The police are led by {{lsp police}}.", **bodies})
    end(Office.LSP, world.police)
    worlds.appoint(worlds.person("Nia"), Office.LSP, world.area, world.police, since=clock.today())
    compare()
    return version
