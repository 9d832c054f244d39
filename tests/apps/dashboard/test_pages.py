"""Home and the frame around every page."""

from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.documents import services
from partnership.nav import frame
from scrutiny import services as scrutiny
from scrutiny.models import Position

HOME = "/"


def read(client, world, name, path=HOME):
    client.force_login(world.person(name))
    return client.get(path)


def acts(response):
    return [need["row"].act for need in response.context["needs"]]


def test_home_asks_a_visitor_to_sign_in(client, world):
    response = client.get(HOME)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_a_due_report_that_nobody_began_needs_the_business_manager(client, world):
    world.duties()
    response = read(client, world, "gwen")
    assert acts(response) == ["Begin the yearly report 2025-26"]
    text = response.content.decode()
    assert "30 September 2026" in text
    assert "in 16 days" in text
    assert "2026-27" not in " ".join(acts(response))


def test_a_draft_needs_the_business_manager_and_is_waited_for_by_the_others(client, world):
    world.duties()
    document = world.begin()
    assert acts(read(client, world, "gwen")) == ["Continue Yearly report 2025-26"]
    world.write(document)
    assert acts(read(client, world, "gwen")) == ["Check and send Yearly report 2025-26"]
    response = read(client, world, "amina")
    assert acts(response) == []
    assert "Nothing needs you today." in response.content.decode()
    assert [item["row"].who for item in response.context["waiting"]] == ["Business manager"]


def test_a_returned_report_is_to_be_mended_for_its_reason(client, world):
    version = world.send()
    services.return_for_changes(
        version=version,
        seat=world.seats["oakshire"][0],
        reason="The figures are of last year.",
        by=world.person("amina"),
    )
    response = read(client, world, "gwen")
    assert acts(response) == ["Mend Yearly report 2025-26"]
    assert "The figures are of last year." in response.content.decode()


def test_each_lead_partner_sees_their_own_signature_and_waits_for_the_other(client, world):
    version = world.send()
    response = read(client, world, "amina")
    assert acts(response) == ["Read and sign Yearly report 2025-26 for Oakshire Council"]
    assert [item["row"].who for item in response.context["waiting"]] == ["Lead safeguarding partner, Oakshire Police"]
    world.sign(version, "amina")
    assert acts(read(client, world, "amina")) == []
    assert acts(read(client, world, "ben")) == ["Read and sign Yearly report 2025-26 for Oakshire Police"]


def test_a_signed_report_is_to_be_published(client, world):
    world.sign(world.send())
    assert acts(read(client, world, "gwen")) == ["Publish Yearly report 2025-26"]
    assert acts(read(client, world, "amina")) == []


def test_a_challenge_goes_to_the_partners_and_its_answer_back_to_the_scrutineer(client, world):
    document = world.begin()
    challenge = scrutiny.raise_challenge(document=document, text="Where is the evidence?", by=world.person("sana"))
    assert acts(read(client, world, "dev")) == ["Answer challenge 1 on Yearly report 2025-26"]
    assert acts(read(client, world, "sana")) == []
    scrutiny.answer(challenge=challenge, position=Position.ACCEPT, text="It comes.", by=world.person("dev"))
    assert acts(read(client, world, "dev")) == []
    assert acts(read(client, world, "sana")) == ["Look at the answers to challenge 1 on Yearly report 2025-26"]


def test_a_submission_that_failed_needs_somebody_who_publishes(client, world):
    world.publish()
    assert acts(read(client, world, "gwen")) == []
    world.deliver(foundations="permanent")
    assert acts(read(client, world, "gwen")) == ["See to the submission of Yearly report 2025-26 to Foundations"]


def test_an_accepted_submission_is_waited_for_until_it_is_acknowledged(client, world):
    world.publish()
    world.deliver()
    response = read(client, world, "gwen")
    assert {item["row"].who for item in response.context["waiting"]} == {"National Panel", "Foundations"}


def test_needs_come_in_the_order_of_their_dates(client, world):
    world.open("ashford")
    world.duties()
    world.areas[0].duties.filter(period_label="2025-26").update(due_on=date(2026, 10, 31))
    response = read(client, world, "gwen")
    assert [need["row"].area for need in response.context["needs"]] == ["Ashford", "Oakshire"]


def test_the_badge_counts_exactly_the_rows_under_needs_you(client, world):
    world.open("ashford")
    world.open("birkdale")
    world.duties()
    document = world.begin(world.areas[0])
    scrutiny.raise_challenge(document=document, text="Why?", by=world.person("sana"))
    world.send(world.areas[1])
    for name in ("gwen", "amina", "dev", "sana"):
        response = read(client, world, name)
        assert (response.context["frame"].items[0]["badge"] or 0) == len(acts(response)), name


def test_a_person_without_an_office_is_told_so_and_whom_to_ask(client, world):
    areas.end_appointment(appointment=world.person("gwen").appointments.get(), until=clock.today(), by=None)
    world.appoint("nora", Office.OBSERVER, world.area, since=clock.today() + timedelta(days=1))
    gone = read(client, world, "gwen")
    assert gone.status_code == 200
    assert "You hold no office today" in gone.content.decode()
    assert "no longer held from 14 September 2026" in gone.content.decode()
    coming = read(client, world, "nora").content.decode()
    assert "from 15 September 2026" in coming
    assert "Ask the business manager" in coming


def test_home_asks_the_database_no_more_for_thirty_areas_than_for_three(client, world, django_assert_max_num_queries):
    for number in range(2):
        world.open(f"few-{number}")
    world.duties()
    for area in world.areas:
        world.send(area)
    client.force_login(world.person("gwen"))
    client.get(HOME)
    with django_assert_max_num_queries(40) as few:
        client.get(HOME)
    for number in range(27):
        world.open(f"many-{number}")
    world.duties()
    for area in world.areas[3:]:
        world.begin(area)
    with django_assert_max_num_queries(len(few)):
        response = client.get(HOME)
    assert len(response.context["needs"]) == 27
    assert len(response.context["years"]) == 3


@pytest.mark.parametrize("path", ["/published/", "/healthz", "/account/login/"])
def test_the_frame_of_a_visitor_is_empty_and_costs_nothing(client, world, path):
    response = client.get(path)
    assert "app-header__account" not in response.content.decode()
    assert "govuk-service-navigation" not in response.content.decode()


def test_the_frame_names_area_office_and_the_six_places_to_go(client, world):
    response = read(client, world, "amina")
    found = response.context["frame"]
    assert found.office == "Lead safeguarding partner, Oakshire Council"
    assert [item["text"] for item in found.items] == ["Home", "Documents", "Duties", "Funding", "People", "Submissions"]
    assert found.items[0]["active"]
    world.open("ashford")
    response = read(client, world, "amina")
    assert response.context["frame"].area is None
    assert [area["text"] for area in response.context["frame"].areas] == ["Ashford", "Oakshire"]
    response = read(client, world, "amina", "/areas/ashford/people/")
    assert response.context["frame"].area.slug == "ashford"
    assert [item["text"] for item in response.context["frame"].items if item["active"]] == ["People"]


def test_the_frame_asks_three_things_at_most(rf, world, django_assert_max_num_queries):
    request = rf.get(HOME)
    request.user = world.person("amina")
    with django_assert_max_num_queries(0):
        found = frame(request)["frame"]
    with django_assert_max_num_queries(3):
        assert found.area is None
        assert found.office and found.items and found.areas
