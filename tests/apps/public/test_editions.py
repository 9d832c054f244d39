"""Versions that a newer one replaced: each readable at its own address for ever, and the address of the newest of a kind."""

import hashlib

import pytest

from partnership.documents import services
from partnership.documents.models import Ground, Version
from tests import answered, worlds

pytestmark = pytest.mark.django_db
FILES = ("document.pdf", "content.json", "evidence.json")


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def versions(world):
    """A report that was published and corrected."""
    first = worlds.published(world)
    draft = worlds.correct(first, world.gwen, reason="A sum was wrong.")
    worlds.write(draft.sections.get(key="voice"), "Another voice.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    sent = worlds.signed_by_all(world, sent)
    second = worlds.publish(Version.objects.get(pk=sent.pk), world.gwen)
    return Version.objects.get(pk=first.pk), second


def where(world, number, path=""):
    return f"/published/{world.area.slug}/yearly-report/2025-26/editions/{number}/{path}"


def test_what_was_replaced_is_read_as_it_was_under_a_banner_and_found_from_the_history(world, versions, client):
    first, _ = versions
    main = client.get(f"/published/{world.area.slug}/yearly-report/2025-26/").content.decode()
    assert where(world, 1) in main and where(world, 2) not in main
    page = client.get(where(world, 1)).content.decode()
    assert "was superseded on" in page and "Another voice." not in page and first.sha256 in page
    assert where(world, 1, "content.json") in page and "document.docx" not in page


def test_its_files_are_those_that_were_published(world, versions, client):
    first, _ = versions
    content = client.get(where(world, 1, "content.json")).content
    assert hashlib.sha256(content).hexdigest() == first.sha256
    pdf = client.get(where(world, 1, "document.pdf"))
    assert hashlib.sha256(pdf.content).hexdigest() == first.renditions.get(kind="final").file_id
    told = client.get(where(world, 1, "evidence.json")).json()
    assert told["content"]["sha256"] == first.sha256 and told["content"]["address"].endswith(
        where(world, 1, "content.json")
    )
    assert client.get(where(world, 1, f"pictures/{'0' * 64}/")).status_code == 404


def test_what_stands_is_led_to_its_own_address(world, versions, client):
    answer = client.get(where(world, 2))
    assert answer.status_code == 302 and answer["Location"] == f"/published/{world.area.slug}/yearly-report/2025-26/"


def test_what_never_was_public_is_not_there(world, versions, client):
    _, second = versions
    draft = worlds.correct(second, world.gwen)
    assert draft.number == 3
    for path in ("", *FILES):
        assert client.get(where(world, 3, path)).status_code == 404
        assert client.get(where(world, 9, path)).status_code == 404


def test_a_withdrawn_edition_says_so_at_each_address_and_leads_to_what_stands(world, versions, client):
    first, _ = versions
    services.take_down(version=first, ground=Ground.REDACTION, note="It said too much.", by=world.gwen)
    for path in ("", *FILES):
        answer = client.get(where(world, 1, path))
        assert answer.status_code == 410
        if path.endswith(".json"):
            assert set(answer.json()) == {"withdrawn_on", "ground", "page"}
        else:
            assert "It said too much." in answer.content.decode()
            assert "In its place stands" in answer.content.decode()
    assert client.get(f"/published/{world.area.slug}/yearly-report/2025-26/").status_code == 200


def test_the_newest_of_a_kind_has_an_address_that_others_can_link_to(world, versions, client):
    latest = f"/published/{world.area.slug}/yearly-report/latest/"
    assert client.get(latest)["Location"] == f"/published/{world.area.slug}/yearly-report/2025-26/"
    for other in ("arrangements", "nothing"):
        assert client.get(f"/published/{world.area.slug}/{other}/latest/").status_code == 404
    older = worlds.published(world, "arrangements", "2025")
    worlds.published(world, "arrangements", "2026")
    assert older.number == 1
    assert client.get(f"/published/{world.area.slug}/arrangements/latest/")["Location"].endswith("/arrangements/2026/")
    services.take_down(version=versions[1], ground=Ground.ERROR, note="It was wrong.", by=world.gwen)
    assert client.get(latest, follow=True).status_code == 410
