"""The read API of what was published."""

import hashlib

import pytest

from partnership.documents import services
from tests import worlds

LIST = "/api/v1/documents/"
REPORT = "/api/v1/documents/oakshire/yearly-report/2025-26/"


def test_only_what_was_published_is_listed(client, places):
    places.open("ashford")
    places.send(places.areas[1])
    assert client.get(LIST).json()["results"] == []
    version = places.publish(places.areas[0])
    (row,) = client.get(LIST).json()["results"]
    assert row == {
        "area": "oakshire",
        "area_name": "Oakshire",
        "kind": "yearly_report",
        "period": "2025-26",
        "title": "Yearly report 2025-26",
        "status": "published",
        "version": 1,
        "published_at": "2026-09-14T09:00:00+01:00",
        "sha256": version.sha256,
        "url": f"http://testserver{REPORT}",
        "page_url": "http://testserver/published/oakshire/yearly-report/2025-26/",
        "pdf_url": "http://testserver/published/oakshire/yearly-report/2025-26/document.pdf",
        "content_url": "http://testserver/published/oakshire/yearly-report/2025-26/content.json",
    }
    assert hashlib.sha256(client.get(row["content_url"]).content).hexdigest() == row["sha256"]


def test_the_list_can_be_narrowed_and_survives_nonsense(client, places):
    places.publish()
    assert client.get(LIST, {"area": "oakshire", "kind": "yearly_report"}).json()["count"] == 1
    assert client.get(LIST, {"area": "elsewhere"}).json()["count"] == 0
    assert client.get(LIST, {"area": "\x00"}).json()["count"] == 0
    assert client.get(LIST, {"page": "nonsense"}).status_code == 404


def test_the_detail_holds_the_frozen_content_and_the_signatures(client, places):
    version = places.publish()
    found = client.get(REPORT).json()
    assert found["content"]["title"] == "Yearly report 2025-26"
    assert {row["agency"] for row in found["signatures"]} == {"Oakshire Council", "Oakshire Police"}
    assert {row["sha256"] for row in found["signatures"]} == {version.sha256}
    assert set(found["signatures"][0]) == {
        "agency", "office", "name", "capacity", "position", "reservation", "statement", "signed_at", "sha256",
    }  # fmt: skip
    assert found["not_signed"] == []


@pytest.mark.parametrize("path", [REPORT, "/api/v1/documents/nowhere/yearly-report/2025-26/"])
def test_what_is_not_published_is_a_problem_document(client, places, path):
    places.sign(places.send())
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", [LIST, REPORT])
def test_nothing_is_written_through_the_api(client, places, path):
    places.publish()
    client.force_login(places.person("gwen"))
    for send in (client.post, client.put, client.patch, client.delete):
        assert send(path).status_code == 405


def test_a_correction_replaces_its_version_in_the_list(client, places):
    draft = worlds.correct(places.publish(), places.person("gwen"))
    version = places.sign(services.send_for_sign_off(version=draft, by=places.person("gwen")))
    worlds.publish(version, places.person("gwen"))
    (row,) = client.get(LIST).json()["results"]
    assert (row["version"], row["sha256"]) == (2, version.sha256)


def test_the_list_costs_the_same_for_more_documents(client, places, django_assert_num_queries):
    places.publish()
    with django_assert_num_queries(2):
        client.get(LIST)
    places.publish(label="2024-25")
    with django_assert_num_queries(2):
        assert client.get(LIST).json()["count"] == 2


def test_the_schema_describes_both(client, db):
    response = client.get("/api/v1/schema/", headers={"accept": "application/json"})
    assert response.status_code == 200
    assert "/api/v1/documents/" in response.content.decode()
    assert "/api/v1/documents/{area}/{document}/" in response.content.decode()
