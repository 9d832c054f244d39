"""What search engines are told of: every public page with its last change, nothing else, at the same cost for any number."""

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.companions.models import Kind
from partnership.companions.services import agree, publish, put_in
from partnership.public import sitemap
from tests import worlds

LATER = datetime(2026, 9, 20, 12, tzinfo=clock.LONDON)


def told(client, path="/sitemap.xml"):
    """Each address with its day, without the beginning that is the same for all."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = re.findall(r"<url><loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?</url>", response.content.decode())
    assert all(address.startswith(settings.PUBLIC_ADDRESS + "/") for address, _ in found)
    return {address.removeprefix(settings.PUBLIC_ADDRESS): changed for address, changed in found}


def test_robots_are_led_to_it_and_kept_out_of_a_practice_area(client, settings):
    settings.PRACTICE = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"

    settings.PRACTICE = False
    answer = client.get("/robots.txt")
    assert f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml\n" in answer.content.decode()
    assert answer["Content-Type"] == "text/plain"


@pytest.mark.django_db
def test_a_published_report_is_named_with_its_day_and_a_draft_is_not(client, places):
    with clock.frozen(LATER):
        places.publish()
    places.begin(label="2024-25")

    found = told(client)

    assert found["/published/oakshire/yearly-report/2025-26/"] == "2026-09-20T11:00:00+00:00"
    assert found["/published/oakshire/"] == "2026-09-20T11:00:00+00:00"
    assert found["/published/"] == ""
    assert not [address for address in found if "2024-25" in address]
    assert all(client.get(address).status_code == 200 for address in found)


@pytest.mark.django_db
def test_a_companion_is_named_once_it_is_published(client):
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    row = put_in(document=version.document, kind=Kind.CHILDREN, data=None, text="Be safe.", by=world.gwen)
    nia = worlds.person("Nia")
    worlds.appoint(nia, worlds.Office.DSP, world.area, world.health)
    for who in (world.dev, world.eve, nia):
        agree(companion=row, seen_sha256=row.sha256, by=who)
    address = f"/published/{world.area.slug}/yearly-report/2025-26/versions/children/"
    assert address not in told(client)

    publish(companion=row, by=world.gwen)

    assert told(client)[address] == "2026-09-14T08:00:00+00:00"
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(client, places):
    places.publish()

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            told(client)
        return len(queries)

    few = asked()
    places.publish(label="2024-25")
    places.publish(places.open("elmshire"))

    assert asked() == few <= 3


@pytest.mark.django_db
def test_too_many_addresses_for_one_file_are_divided(client, places, monkeypatch):
    places.publish()
    whole = told(client)
    monkeypatch.setattr(sitemap, "MOST", 2)

    index = client.get("/sitemap.xml").content.decode()

    parts = re.findall(r"<sitemap><loc>(.*?)</loc></sitemap>", index)
    assert "<urlset" not in index
    assert len(parts) == -(-len(whole) // 2)
    found = {}
    for part in parts:
        some = told(client, part.removeprefix(settings.PUBLIC_ADDRESS))
        assert 1 <= len(some) <= 2
        found |= some
    assert found == whole
    for number in (0, len(parts) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.django_db
def test_pages_for_people_inside_are_kept_out_of_every_search_engine(client, places):
    client.force_login(places.person("gwen"))
    assert client.get("/areas/oakshire/")["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/published/oakshire/")["X-Robots-Tag"] == "noindex, nofollow"
    client.logout()
    assert client.get("/areas/oakshire/")["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in client.get("/published/oakshire/")
