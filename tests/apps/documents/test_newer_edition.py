"""A newer edition that came between the end of the period and signing is said wherever the document is read."""

import pytest
from django.urls import reverse

from partnership.documents import content
from partnership.documents.kinds import address_of
from partnership.guidance import loader
from tests import worlds

pytestmark = pytest.mark.django_db
NOTE = (
    "Working Together 2026 was published on 18 March 2026. This document is assessed against Working Together 2023, "
    "the edition that applies to a period ending on 31 March 2026."
)


def page(client, who, name, version, *args):
    client.force_login(who)
    document = version.document
    answer = client.get(reverse(name, args=[document.area.slug, address_of(document), *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_said_on_the_page_of_the_document_and_before_signing(client, world):
    version = worlds.in_sign_off(world)

    assert NOTE in page(client, world.gwen, "documents:document", version)
    before_the_text = page(client, world.amina, "documents:sign", version, 1, world.council.pk).partition("<details")[0]
    assert NOTE in before_the_text


def test_it_is_said_before_signing_when_it_came_after_the_text_was_frozen(anew, client, world, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(loader, "newer_edition_note", lambda *known_then: "")
        version = worlds.in_sign_off(world)

    assert NOTE not in content.of(version)["notes"]
    assert NOTE in page(client, world.amina, "documents:sign", version, 1, world.council.pk)


def test_it_is_frozen_and_published_with_the_document(client, world):
    version = worlds.published(world)

    assert NOTE in content.of(version)["notes"]
    client.logout()
    where = reverse("public:document", args=[world.area.slug, address_of(version.document)])
    assert NOTE in client.get(where).content.decode()


def test_a_document_under_the_newest_edition_says_nothing(client, world):
    version = worlds.begun(world, "arrangements", "2027").versions.get()

    assert "was published on 18 March 2026" not in page(client, world.gwen, "documents:document", version)
