"""What is sealed after a withdrawal for redaction: who opens it, where no link leads, and what is said before it goes out again."""

import re

import pytest
from django.urls import reverse

from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Ground
from partnership.documents.workflow import Status
from scrutiny import services as scrutiny
from tests import answered, worlds
from tests.apps.documents.test_taking_down import at, down, version, world, written_again  # noqa: F401  (fixtures)
from tests.apps.mail.conftest import relay  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
VERSION = {"number": 1}
PAGES = {
    "documents:version": VERSION,
    "word:docx": VERSION,
    "word:html": VERSION,
    "word:json": VERSION,
    "documents:preview": {},
    "documents:section": {"key": "voice"},
    "documents:requirements": {},
    "drafting:comments": {},
    "impact:impact": {},
    "contributions:rooms": {},
}


@pytest.mark.parametrize("name", PAGES)
def test_what_is_sealed_opens_for_named_roles_on_every_page_and_each_time_is_on_record(world, version, client, name):
    down(world, version)
    where = at(world, version, name, **PAGES[name])
    for who, status in (("dev", 403), ("femi", 403), ("amina", 200), ("eve", 200), ("gwen", 200), ("harry", 404)):
        client.force_login(getattr(world, who))
        assert client.get(where).status_code == status, who
    opened = AuditEntry.objects.filter(event=Event.SEALED_READ).values_list("actor_name", flat=True)
    assert sorted(opened) == ["Amina", "Eve", "Gwen"]


def test_the_record_page_stays_open_and_scrutineers_read_their_own_challenges(world, version, client):
    down(world, version)
    client.force_login(world.dev)
    assert client.get(at(world, version, "documents:document")).status_code == 200
    assert client.get(at(world, version, "scrutiny:challenges")).status_code == 403
    client.force_login(world.femi)
    assert client.get(at(world, version, "scrutiny:challenges")).status_code == 200


def links_of(client, where, page):
    """Where the links of a page inside a document lead, without those to a place on itself."""
    found = set(re.findall(r'href="([^"#]+)', client.get(where).content.decode()))
    return sorted(href for href in found if page in href and href != where)


@pytest.mark.parametrize("name", ["dev", "femi", "ines"])
def test_no_link_leads_to_what_is_sealed_to_its_reader(world, version, client, name):
    worlds.appoint(world.ines, Office.BUSINESS_SUPPORT, world.area)
    where = at(world, version, "documents:document")
    inside = f"{world.area.slug}/yearly-report/2025-26/"
    client.force_login(getattr(world, name))
    assert at(world, version, "documents:version", number=1) in links_of(client, where, inside)

    gone = down(world, version)
    for goes_on in (lambda: None, lambda: worlds.correct(gone, world.gwen), lambda: written_again(world, gone)):
        goes_on()
        links = links_of(client, where, inside)
        answers = {href: client.get(href).status_code for href in links}
        assert links and 403 not in answers.values(), answers
    # What stands now is open again, and offers no comparison with what is sealed.
    reading = at(world, version, "documents:version", number=version.document.versions.count())
    assert client.get(reading).status_code == 200
    assert not [href for href in links_of(client, reading, inside) if client.get(href).status_code == 403]


def test_whoever_may_open_it_finds_each_link_as_before(world, version, client):
    down(world, version)
    client.force_login(world.gwen)
    links = links_of(client, at(world, version, "documents:document"), f"{world.area.slug}/yearly-report/2025-26/")
    assert at(world, version, "documents:version", number=1) in links
    assert at(world, version, "documents:correct") in links


def test_what_waits_for_its_redaction_is_named_at_home_in_its_own_area_alone(world, version, client):
    worlds.appoint(world.ines, Office.BUSINESS_SUPPORT, world.area)
    down(world, version)
    act = "Begin a new version of Yearly report 2025-26"
    for name, is_asked in (("gwen", True), ("harry", False), ("ines", False), ("dev", False)):
        client.force_login(getattr(world, name))
        page = client.get(reverse("home")).content.decode()
        assert (act in page) == is_asked, name
        assert (world.area.slug in page) == (name != "harry"), name


def test_a_challenge_of_a_sealed_document_is_nobodys_turn_who_may_not_open_it(world, version, client):
    draft = worlds.correct(down(world, version), world.gwen)
    scrutiny.raise_challenge(document=draft.document, text="And now?", by=world.femi)
    for name, is_asked in (("dev", False), ("eve", True)):
        client.force_login(getattr(world, name))
        page = client.get(reverse("home")).content.decode()
        assert ("Answer challenge 1" in page) == is_asked
        assert (at(world, version, "scrutiny:challenges") in page) == is_asked


def test_what_goes_on_from_it_is_as_closed_until_it_is_public(world, version, client):
    gone = down(world, version)
    draft = worlds.correct(gone, world.gwen)
    worlds.write(draft.sections.get(key="voice"), "What must not be read is gone.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    earlier = draft.sections.get(key="voice").texts.first()
    closed = [
        at(world, version, "documents:version", number=2),
        at(world, version, "documents:preview"),
        at(world, version, "documents:text", key="voice", text=earlier.pk),
    ]
    client.force_login(world.femi)
    assert [client.get(where).status_code for where in closed] == [403, 403, 403]
    client.force_login(world.gwen)
    assert [client.get(where).status_code for where in closed] == [200, 200, 200]
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    worlds.publish(worlds.signed_by_all(world, sent), world.gwen)
    client.force_login(world.femi)
    assert [client.get(where).status_code for where in closed] == [200, 403, 403]


def said_before(version):
    """What is said of an earlier redaction to whoever sends this version."""
    return [row.sentence for row in kind(version.document.kind).warnings[0](version)]


def test_before_a_text_goes_out_again_it_is_said_what_is_changed_since_it_was_withdrawn_for_redaction(world, version):
    assert said_before(version) == []
    down(world, version)
    assert said_before(version) == []
    worlds.correct(version, world.gwen)
    draft = version.document.versions.get(status=Status.DRAFT)

    (untouched,) = said_before(draft)
    worlds.write(draft.sections.get(key="voice"), "What must not be read is gone.", world.gwen)
    (changed,) = said_before(draft)

    began = "Version 1 was withdrawn because somebody could be identified from it. "
    title = draft.sections.get(key="voice").title
    assert untouched.startswith(f"{began}Nothing in the text is changed since.")
    assert (
        changed
        == f"{began}Changed since: {title}, paragraph 9.1. Read the rest once more: everything else is as it was."
    )


def test_the_page_of_checks_and_both_pages_before_publishing_say_it(world, version, client):
    down(world, version)
    worlds.correct(version, world.gwen)
    client.force_login(world.gwen)
    where = [world.area.slug, address_of(version.document)]
    words = "Version 1 was withdrawn because somebody could be identified from it."

    draft = version.document.versions.get(status=Status.DRAFT)
    worlds.write(draft.sections.get(key="voice"), "What must not be read is gone.", world.gwen)
    for page in ("documents:checks", "documents:send"):
        assert words in client.get(reverse(page, args=where)).content.decode()
    answered.answer_musts(draft, world.gwen, world.dev)
    signed = worlds.signed_by_all(world, services.send_for_sign_off(version=draft, by=world.gwen))
    address = reverse("documents:publish", args=[*where, signed.number])
    assert words in client.get(address).content.decode()


def test_what_was_withdrawn_for_an_error_is_not_spoken_of_so(world, version):
    down(world, version, ground=Ground.ERROR)
    worlds.correct(version, world.gwen)

    assert said_before(version.document.versions.get(status=Status.DRAFT)) == []


def test_of_a_section_that_was_left_out_not_even_the_title_is_told(world, version):
    down(world, version)
    worlds.correct(version, world.gwen)
    draft = version.document.versions.get(status=Status.DRAFT)
    section = draft.sections.get(key="voice")
    worlds.write(section, "", world.gwen)

    (said,) = said_before(draft)

    assert "A section, which is left out" in said
    assert section.title not in said
