"""A kind that was added an hour ago goes the whole way: begun, written, signed by everybody, published, superseded."""

import shutil

import pytest
from django.urls import reverse

from partnership import clock
from partnership.documents import selectors as documents
from partnership.documents.checks import editions_and_kinds
from partnership.documents.kinds import kinds
from partnership.documents.workflow import Status
from partnership.guidance import loader, vocabulary
from tests import worlds
from tests.apps.statutory import made

pytestmark = pytest.mark.django_db
KEY = "learning_plan"


@pytest.fixture
def learning_plan(settings, monkeypatch, tmp_path):
    """All that a new kind takes: its file, a line in the settings, a title, and rows in an edition."""
    folder = shutil.copytree(loader.EDITIONS, tmp_path / "editions")
    with (folder / "wt2023.toml").open("a", encoding="utf-8") as edition:
        edition.write(made.ROWS)
    settings.DOCUMENT_KINDS = [*settings.DOCUMENT_KINDS, "tests.apps.statutory.made.LEARNING_PLAN"]
    monkeypatch.setattr(loader, "EDITIONS", folder)
    monkeypatch.setitem(vocabulary.DOCUMENTS, KEY, "Learning plan")
    kinds.cache_clear()
    loader.editions.cache_clear()
    yield made.LEARNING_PLAN
    kinds.cache_clear()
    loader.editions.cache_clear()


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def test_a_kind_that_no_edition_describes_stops_the_start(settings):
    settings.DOCUMENT_KINDS = [*settings.DOCUMENT_KINDS, "tests.apps.statutory.made.LEARNING_PLAN"]
    kinds.cache_clear()
    try:
        assert [error.id for error in editions_and_kinds(None)] == ["documents.E002"]
    finally:
        kinds.cache_clear()


def test_a_new_kind_can_be_begun_from_the_list_of_documents(client, learning_plan, world):
    assert editions_and_kinds(None) == []
    client.force_login(world.gwen)

    page = client.get(reverse("documents:documents", args=[world.area.slug])).content.decode()
    begin = reverse("documents:begin", args=[world.area.slug, "learning-plan"])
    assert "Learning plan" in page and begin in page
    begun = client.post(begin, {"period": "2026"}, follow=True).content.decode()

    assert "Learning plan 2026 is begun." in begun
    assert "What we learn from" in begun


def test_a_new_kind_is_signed_by_each_lead_partner_under_its_own_statement_and_published(client, learning_plan, world):
    version = worlds.published(world, KEY, "2026")

    assert version.status == Status.PUBLISHED
    signed = list(version.sign_offs.all())
    assert {row.agency_name for row in signed} == {
        "Ashdown Council",
        "NHS Ashdown Integrated Care Board",
        "Ashdown Police",
    }
    assert {(row.statement, row.wording) for row in signed} == {(learning_plan.statement, "learning-plan 1")}
    public = f"/published/{world.area.slug}/"
    assert "Learning plan 2026" in client.get(public).content.decode()
    assert "What we say about what we learn from." in client.get(f"{public}learning-plan/2026/").content.decode()
    assert client.get(f"{public}learning-plan/2026/document.pdf").content.startswith(b"%PDF")


def test_a_draft_of_a_new_kind_is_shown_to_nobody_outside(client, learning_plan, world):
    worlds.in_sign_off(world, KEY, "2026")
    page = reverse("documents:document", args=[world.area.slug, "learning-plan/2026"])

    assert client.get(f"/published/{world.area.slug}/learning-plan/2026/").status_code == 404
    client.force_login(world.harry)
    assert client.get(page).status_code == 404
    client.force_login(world.amina)
    assert client.get(page).status_code == 200


def test_the_next_one_of_a_new_kind_is_rolled_forward_from_the_last(client, learning_plan, world):
    worlds.published(world, KEY, "2026")
    client.force_login(world.gwen)

    page = client.get(reverse("documents:begin", args=[world.area.slug, "learning-plan"])).content.decode()

    assert "Learning plan 2026" in page
    assert documents.last_before(world.area, KEY, learning_plan.parse_period("2027", clock.today()).first)
