"""The frame of every page: the area in every title, the switcher, and only what the person may open."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.urls import reverse

from partnership import clock
from partnership.areas import jobs
from partnership.areas.models import Vacancy
from partnership.areas.roles import Office
from partnership.dashboard import needs
from partnership.documents.models import DocumentShare
from partnership.nav import MOST_LISTED
from tests import worlds
from tests.contracts.access_policy import AREA, DOCUMENT, POLICY
from tests.contracts.matrix.cast import client_of
from tests.contracts.test_access_matrix import urls

pytestmark = pytest.mark.django_db
# Downloads and acts, which have no title; the rest of the addresses of an area are pages.
WITHOUT_TITLE = {
    "areas:instrument", "areas:members_template", "areas:people_csv", "areas:people_xlsx", "counts:csv",
    "deadlines:calendar", "documents:pdf", "documents:picture", "funding:csv",
    "word:docx", "word:earlier_file", "word:earlier_picture", "word:file", "word:html", "word:json", "word:picture",
}  # fmt: skip


def title(text):
    found = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    assert found
    return found[1]


def known(world, version):
    """What the addresses of an area ask for."""
    jobs.open_access_reviews(today=clock.today())
    jobs.find_vacancies(today=clock.today())
    return {
        "area": world.area.slug,
        "document": f"yearly-report/{version.document.period_label}",
        "appointment": world.femi.appointments.get().pk,
        "vacancy": Vacancy.objects.filter(area=world.area).first().pk,
        "review": world.area.access_reviews.first().pk,
        "office": "observer",
        "act": "end",
        "duty": version.document.duties.get().pk,
        "number": version.number,
        "other": version.number,
        "seat": world.council.pk,
        "key": "funding",
        "year": "2025-26",
        "kind": "yearly-report",
    }


def test_the_name_of_the_area_is_in_the_title_of_every_page_of_an_area(world, monkeypatch):
    monkeypatch.setattr(needs, "_found", lambda standing: Counter())  # what every page counts takes half of the time
    version = worlds.in_sign_off(world)
    given = known(world, version)
    seen = set()
    clients = {person: client_of(person) for person in (world.gwen, world.femi, world.amina, world.eve)}
    for name, arguments in urls():
        if POLICY[name].scope not in {AREA, DOCUMENT} or name in WITHOUT_TITLE or not arguments <= given.keys():
            continue
        for person, client in clients.items():
            if name in seen:  # a page has one title, whoever opens it
                break
            answer = client.get(reverse(name, kwargs={argument: given[argument] for argument in arguments}))
            if answer.status_code == 200:
                seen.add(name)
                assert f" – {world.area.name} – " in title(answer.content.decode()), (name, person)

    assert len(seen) >= 30, sorted(seen)
    assert {"areas:area", "areas:vacancy", "documents:sign", "funding:year", "scrutiny:challenges"} <= seen


def test_a_refusal_inside_an_area_names_it_and_one_outside_does_not(client, world):
    client.force_login(world.amina)

    assert world.area.name in title(client.get(f"/areas/{world.area.slug}/people/appoint/").content.decode())
    assert "Otherham" not in client.get(f"/areas/{world.other_area.slug}/").content.decode()


def test_the_title_names_the_area_of_a_document_that_was_shared_by_name_and_offers_nothing_else(client, world):
    document = worlds.begun(world)
    DocumentShare.objects.create(
        user=world.ines,
        permission=ModelPermission.objects.get(codename="view_document", content_type__app_label="documents"),
        content_object=document,
        reason="To read along.",
        expires_at=clock.now() + timedelta(hours=1),
        shared_by=world.gwen,
    )
    client.force_login(world.ines)

    answer = client.get(f"/areas/{world.area.slug}/yearly-report/2025-26/")
    home = client.get("/").content.decode()

    assert f" – {world.area.name} – " in title(answer.content.decode())
    assert [item["text"] for item in answer.context["frame"].items] == ["Home"]
    assert "Shared with you" in home and f"Yearly report 2025-26, {world.area.name}" in home
    assert "so there is nothing to show" not in home


def test_a_contributor_is_offered_only_what_they_may_open(client, world):
    kofi = worlds.person("Kofi")
    worlds.hold(kofi, Office.CONTRIBUTOR, world.area)
    worlds.begun(world)
    client.force_login(kofi)

    response = client.get("/")

    text = response.content.decode()
    assert [item["text"] for item in response.context["frame"].items] == ["Home", "People"]
    assert "What changed" not in text and "Yearly report" not in text
    for href in re.findall(r'href="(/areas/[^"]*)"', text):
        assert client.get(href).status_code == 200, href


@pytest.mark.parametrize(("areas", "is_long"), [(2, False), (MOST_LISTED, False), (MOST_LISTED + 1, True)])
def test_the_switcher_lists_a_few_areas_and_searches_among_many(client, places, areas, is_long):
    for number in range(areas - 1):
        places.open(f"more-{number}")
    client.force_login(places.person("amina"))

    text = client.get("/areas/oakshire/").content.decode()

    switch = text[text.index('<details class="app-switch">') : text.index("</details>")]
    assert ("More-0" in switch) is not is_long
    assert (f"All {areas} areas" in switch) is is_long
    assert ('action="/desk/#areas"' in switch) is is_long
    assert ('role="search"' in switch) is is_long


def test_who_has_one_area_has_no_switcher_and_who_has_several_has_the_desk(client, places):
    client.force_login(places.person("amina"))
    assert "Change area" not in client.get("/").content.decode()
    places.open("ashford")

    response = client.get("/desk/")

    assert [item["text"] for item in response.context["frame"].items] == ["Home", "All areas"]
    assert [item["text"] for item in response.context["frame"].items if item["active"]] == ["All areas"]
    inside = client.get("/areas/ashford/").context["frame"].items
    assert [item["text"] for item in inside][:3] == ["Home", "Documents", "Duties"]
    assert len(inside) <= 6
    assert "Submissions" in client.get("/areas/ashford/").content.decode()
