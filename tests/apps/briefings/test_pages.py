"""The pages of the guidance and of an area's briefings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.briefings import services
from partnership.briefings.models import Briefing
from partnership.dashboard import needs
from partnership.dashboard.standing import Standing
from partnership.guidance.loader import edition, editions
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(world):
    worlds.briefed()
    return Briefing.objects.get(area=world.area, edition_key="wt2026")


def words(answer):
    return " ".join(answer.content.decode().split())


def test_every_edition_is_listed_with_how_its_rows_stand(client, world):
    client.force_login(world.ines)

    text = words(client.get(reverse("briefings:editions")))

    assert all(each.short_title in text.replace("\xa0", " ").replace("&nbsp;", " ") for each in editions())
    assert "To be confirmed" in text and "Coming" in text


@pytest.mark.parametrize("key", [each.key for each in editions()])
def test_the_page_of_an_edition_leaves_no_row_out(client, world, key):
    client.force_login(world.gwen)

    text = words(client.get(reverse("briefings:edition", args=[key])))

    for row in (*edition(key).requirements, *edition(key).statements):
        assert row.id in text
    assert text.count('class="govuk-tag') == len(edition(key).rules)


def test_what_is_enacted_is_coming_and_what_is_inferred_is_to_be_confirmed(client, world):
    client.force_login(world.gwen)

    text = words(client.get(reverse("briefings:edition", args=["wt2026"])))

    row = text.partition(">ARR-28<")[2].partition("</tr>")[0]
    assert "Coming" in row and "missing" not in row.lower()
    row = text.partition(">ARR-R12<")[2].partition("</tr>")[0]
    assert "To be confirmed" in row and "Advice, not law." in row


def test_an_edition_that_is_not_held_has_no_page(client, world):
    client.force_login(world.gwen)

    assert client.get(reverse("briefings:edition", args=["wt1999"])).status_code == 404


def test_the_history_says_what_is_not_verified(client, world):
    client.force_login(world.gwen)

    text = words(client.get(reverse("briefings:history")))

    assert "late 2027" in text and "Not verified." in text


def test_the_newest_two_editions_are_compared_until_others_are_asked_for(client, world):
    client.force_login(world.gwen)

    text = words(client.get(reverse("briefings:compare")))
    assert "from Working Together 2023 to Working Together 2026" in text

    text = words(client.get(reverse("briefings:compare"), {"editions": "wt2018..wt2023", "document": "arrangements"}))
    assert "Published arrangements: from Working Together 2018 to Working Together 2023" in text
    text = words(client.get(reverse("briefings:compare"), {"editions": "nf2023..nf2026"}))
    assert "another number" in text


def test_two_editions_that_cannot_be_compared_are_refused_at_the_field(client, world):
    client.force_login(world.gwen)

    text = words(client.get(reverse("briefings:compare"), {"editions": "wt2026..wt2018", "document": "poem"}))

    assert "Select two editions of one guidance." in text
    assert "Select a kind of document." in text


def test_the_briefing_is_read_and_acknowledged(client, world, briefing):
    worlds.begun(world)
    client.force_login(world.gwen)
    where = reverse("briefings:briefing", args=[world.area.slug, "wt2026"])

    text = words(client.get(where))
    assert "assessed against Working Together 2023" in text
    assert "New: YR-21" in text and "Coming: ARR-28" in text
    assert "Read in a third-party account only; the 2026 text has not been read." in text
    assert "No date moves as far as is known." in text and "30 September" in text
    answer = client.post(reverse("briefings:acknowledge", args=[world.area.slug, "wt2026"]), follow=True)

    assert "You have acknowledged this briefing." in words(answer)
    assert "by Gwen" in words(answer)
    assert "Acknowledge this briefing" not in words(answer)


def test_a_second_post_is_answered_with_who_was_first(client, world, briefing):
    services.acknowledge(briefing=briefing, by=world.eve)
    client.force_login(world.gwen)

    answer = client.post(reverse("briefings:acknowledge", args=[world.area.slug, "wt2026"]))

    assert answer.status_code == 409
    assert "Eve acknowledged this briefing" in words(answer)


def test_somebody_who_may_only_read_sees_no_button(client, world, briefing):
    client.force_login(world.amina)

    text = words(client.get(reverse("briefings:briefing", args=[world.area.slug, "wt2026"])))

    assert "Acknowledge this briefing" not in text


def test_the_list_says_with_what_the_area_began(client, world, briefing):
    client.force_login(world.amina)

    text = words(client.get(reverse("briefings:briefings", args=[world.area.slug])))

    assert "began with Working Together 2018, National Framework 2023, Working Together 2023" in text
    assert "Not acknowledged" in text


def test_an_area_without_a_newer_edition_says_so(client, world):
    client.force_login(world.amina)

    assert "No new edition has come since." in words(client.get(reverse("briefings:briefings", args=[world.area.slug])))


def test_home_asks_until_it_is_acknowledged(client, world, briefing):
    client.force_login(world.gwen)
    act = "Read what Working Together 2026 means for the area, and acknowledge it"
    assert act in words(client.get(reverse("home")))
    before = needs.count(Standing(world.gwen))

    services.acknowledge(briefing=briefing, by=world.eve)

    assert act not in words(client.get(reverse("home")))
    assert needs.count(Standing(world.gwen)) == before - 1
    assert act not in str(needs.rows(Standing(world.amina), {}))


def test_a_page_costs_the_same_however_many_documents_there_are(client, world, briefing):
    client.force_login(world.amina)
    where = reverse("briefings:briefing", args=[world.area.slug, "wt2026"])
    worlds.begun(world)
    client.get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    worlds.begun(world, "arrangements", "2025")

    with CaptureQueriesContext(connection) as two:
        assert words(client.get(where)).count("assessed against") == 2
    assert len(two) == len(one)
