"""The threshold document: one stands at a time, and what it says of people is held against the records."""

from datetime import date

import pytest
from django.urls import reverse

from partnership.areas.roles import Office
from partnership.documents import selectors as documents
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.living.models import StaleFlag
from statutory.thresholds import THRESHOLDS
from tests import worlds
from tests.apps.living import published as living

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def test_it_is_named_by_the_year_in_which_it_comes_into_force():
    assert [period.label for period in THRESHOLDS.open_periods(TODAY)] == ["2027", "2026", "2025", "2024"]
    with pytest.raises(WrongState, match="A threshold document can be begun for a year from 2024 to 2027"):
        THRESHOLDS.parse_period("2028", TODAY)


def test_the_next_one_replaces_the_one_before_in_its_area_alone(world):
    first = worlds.published(world, "thresholds", "2026")
    arrangements = worlds.published(world, "arrangements", "2026")

    second = worlds.published(world, "thresholds", "2027")

    assert documents.current(first.document).status == Status.SUPERSEDED
    assert documents.current(second.document).status == Status.PUBLISHED
    assert documents.current(arrangements.document).status == Status.PUBLISHED
    assert {row.wording for row in second.sign_offs.all()} == {"threshold-document 1"}


def test_a_name_in_it_that_the_records_contradict_is_shown(client, world):
    version = living.publish(world, {"purpose": "The police are led by {{lsp police}}."}, "thresholds")
    living.end(Office.LSP, world.police)

    living.compare()

    assert [flag.fact for flag in StaleFlag.objects.filter(version=version, closed_at=None)] == ["lsp police"]
    client.force_login(world.gwen)
    page = client.get(reverse("documents:document", args=[world.area.slug, "threshold-document/2026"]))
    assert reverse("living:facts", args=[world.area.slug, "threshold-document/2026"]) in page.content.decode()


def test_its_sections_leave_the_levels_of_need_to_the_partnership(world):
    draft = worlds.begun(world, "thresholds", "2026").versions.get()

    assert {section.key for section in draft.sections.all()} >= {"purpose", "alignment", "criteria", "referring"}
    assert not any(section.body for section in draft.sections.all())
