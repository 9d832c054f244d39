"""Home and the frame around every page."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.drafting import services as hands
from partnership.nav import frame
from scrutiny import services as scrutiny
from scrutiny.models import Position
from tests import worlds
from tests.answered import first_block, mark
from tests.dates import moved_nationally

HOME = "/"


def read(client, places, name, path=HOME):
    client.force_login(places.person(name))
    return client.get(path)


def acts(response):
    return [need["row"].act for need in response.context["needs"]]


def declare(places):
    """The scrutineer has declared, so that home asks nothing of the kind."""
    sana = places.person("sana")
    areas.declare_interests(appointment=sana.appointments.get(), interests="None.", earlier_work="None.", by=sana)


def test_home_asks_a_visitor_to_sign_in(client, places):
    response = client.get(HOME)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_a_due_report_that_nobody_began_needs_the_business_manager(client, places):
    places.duties()
    response = read(client, places, "gwen")
    assert acts(response) == ["Begin the yearly report 2025-26"]
    text = response.content.decode()
    assert "30 September 2026" in text
    assert "in 16 days" in text
    assert "2026-27" not in " ".join(acts(response))


def test_a_draft_needs_the_business_manager_and_is_waited_for_by_the_others(client, places):
    places.duties()
    document = places.begin()
    assert acts(read(client, places, "gwen")) == ["Continue Yearly report 2025-26"]
    places.write(document)
    assert acts(read(client, places, "gwen")) == ["Check and send Yearly report 2025-26"]
    response = read(client, places, "amina")
    assert acts(response) == []
    assert "Nothing needs you today." in response.content.decode()
    assert [item["row"].who for item in response.context["waiting"]] == ["Business manager"]


def test_a_returned_report_is_to_be_mended_for_its_reason(client, places):
    version = places.send()
    services.return_for_changes(
        version=version,
        seat=places.seats["oakshire"][0],
        reason="The figures are of last year.",
        by=places.person("amina"),
    )
    response = read(client, places, "gwen")
    assert acts(response) == ["Mend Yearly report 2025-26"]
    assert "The figures are of last year." in response.content.decode()


def test_a_withdrawn_report_whose_duty_is_open_is_to_be_begun_anew(client, places):
    places.duties()
    document = places.begin()
    services.withdraw(version=document.versions.get(), reason="Begun too early.", by=places.person("gwen"))
    response = read(client, places, "gwen")
    assert acts(response) == ["Begin a new version of Yearly report 2025-26"]
    row = response.context["needs"][0]["row"]
    assert (row.by, row.href) == (date(2026, 9, 30), "/areas/oakshire/yearly-report/2025-26/correct/")
    assert response.context["frame"].items[0]["badge"] == 1
    assert acts(read(client, places, "amina")) == []
    sentence = "It is your turn to begin a new version."
    record = "/areas/oakshire/yearly-report/2025-26/"
    assert sentence in read(client, places, "gwen", record).content.decode()
    theirs = "It is the business manager&#x27;s turn to begin a new version."
    assert theirs in read(client, places, "amina", record).content.decode()
    groups = read(client, places, "gwen", "/areas/oakshire/documents/").context["groups"]
    assert [row.turn for _, rows in groups for row in rows] == ["business manager"]
    client.post(row.href)
    assert acts(read(client, places, "gwen")) == ["Continue Yearly report 2025-26"]
    assert sentence not in read(client, places, "gwen", f"{record}versions/1/").content.decode()


def test_a_withdrawn_correction_leaves_what_is_published_and_needs_nobody(client, places):
    places.duties()
    correction = worlds.correct(places.publish(), places.person("gwen"))
    services.withdraw(version=correction, reason="Not needed.", by=places.person("gwen"))
    assert acts(read(client, places, "gwen")) == []


def test_each_lead_partner_sees_their_own_signature_and_waits_for_the_other(client, places):
    version = places.send()
    response = read(client, places, "amina")
    assert acts(response) == ["Read and sign Yearly report 2025-26 for Oakshire Council"]
    assert [item["row"].who for item in response.context["waiting"]] == ["Lead safeguarding partner, Oakshire Police"]
    places.sign(version, "amina")
    assert acts(read(client, places, "amina")) == []
    assert acts(read(client, places, "ben")) == ["Read and sign Yearly report 2025-26 for Oakshire Police"]


def test_a_signed_report_is_to_be_published(client, places):
    places.sign(places.send())
    assert acts(read(client, places, "gwen")) == ["Propose to publish Yearly report 2025-26"]
    assert acts(read(client, places, "amina")) == []


def test_a_challenge_goes_to_the_partners_and_its_answer_back_to_the_scrutineer(client, places):
    document = places.begin()
    declare(places)
    challenge = scrutiny.raise_challenge(document=document, text="Where is the evidence?", by=places.person("sana"))
    assert acts(read(client, places, "dev")) == ["Answer challenge 1 on Yearly report 2025-26"]
    own = "Give your statement on Yearly report 2025-26"
    assert acts(read(client, places, "sana")) == [own]
    scrutiny.answer(challenge=challenge, position=Position.ACCEPT, text="It comes.", by=places.person("dev"))
    assert acts(read(client, places, "dev")) == []
    assert acts(read(client, places, "sana")) == [own, "Look at the answers to challenge 1 on Yearly report 2025-26"]


def test_a_submission_that_failed_needs_somebody_who_publishes(client, places):
    places.publish()
    assert acts(read(client, places, "gwen")) == []
    places.deliver(foundations="permanent")
    assert acts(read(client, places, "gwen")) == ["See to the submission of Yearly report 2025-26 to Foundations"]


def test_an_accepted_submission_is_waited_for_until_it_is_acknowledged(client, places):
    places.publish()
    places.deliver()
    response = read(client, places, "gwen")
    assert {item["row"].who for item in response.context["waiting"]} == {"National Panel", "Foundations"}
    assert {item["row"].act for item in response.context["waiting"]} == {
        "Yearly report 2025-26 is to be acknowledged by the National Panel",
        "Yearly report 2025-26 is to be acknowledged by Foundations",
    }


@pytest.mark.parametrize(("days", "rows"), [(365, 2), (366, 0)])
def test_nobody_waits_for_an_acknowledgement_longer_than_a_year(client, places, days, rows):
    places.publish()
    places.deliver()
    with clock.frozen(clock.now() + timedelta(days=days)):
        waiting = read(client, places, "amina").context["waiting"]
    assert len([item for item in waiting if "acknowledged" in item["row"].act]) == rows


def test_needs_come_in_the_order_of_their_dates(client, places):
    places.open("ashford")
    places.duties()
    moved_nationally(places.areas[0].duties.get(period_label="2025-26"), date(2026, 10, 31))
    response = read(client, places, "gwen")
    assert [need["row"].area.name for need in response.context["needs"]] == ["Ashford", "Oakshire"]


def test_the_badge_counts_exactly_the_rows_under_needs_you(client, places):
    places.open("ashford")
    places.open("birkdale")
    places.duties()
    document = places.begin(places.areas[0])
    scrutiny.raise_challenge(document=document, text="Why?", by=places.person("sana"))
    places.send(places.areas[1])
    for name in ("gwen", "amina", "dev", "sana"):
        response = read(client, places, name)
        assert (response.context["frame"].items[0]["badge"] or 0) == len(acts(response)), name


def test_a_refusal_does_not_count_what_waits(client, places):
    places.open("ashford")
    places.duties()
    client.force_login(places.person("gwen"))
    assert client.get("/").context["frame"].items[0]["badge"]
    refused = client.get(f"/areas/{places.areas[0].slug}/funding/nothing/")
    assert refused.status_code == 404
    assert not refused.context["frame"].items[0]["badge"]


def test_comments_wait_for_whoever_sends_and_marks_for_whoever_did_not_make_them(client, places):
    places.duties()
    document = places.begin()
    version = documents.draft(document)
    gwen, title = places.person("gwen"), document.title
    section = version.sections.get(key="impact")
    services.save_section(section=section, body="What we did.", explanation="", seen_revision=0, by=gwen)
    block = first_block(version, "impact")
    hands.raise_comment(
        section=section, block_key=block.key, kind="question", text="For whom?", once=uuid4(), by=places.person("dev")
    )
    mark(version, "YR-02", block, gwen)
    assert f"See to the comments on {title}" in acts(read(client, places, "gwen"))
    to_confirm = f"Confirm which passages of {title} answer the guidance"
    assert to_confirm not in acts(read(client, places, "gwen"))
    assert to_confirm in acts(read(client, places, "dev"))
    answer = version.answers.get()
    services.confirm(answer=answer, seen_mark=answer.block.mark, by=places.person("dev"))
    assert to_confirm not in acts(read(client, places, "dev"))


def test_a_person_without_an_office_is_told_so_and_whom_to_ask(client, places):
    areas.end_appointment(appointment=places.person("gwen").appointments.get(), until=clock.today(), by=None)
    places.appoint("nora", Office.OBSERVER, places.area, since=clock.today() + timedelta(days=1))
    gone = read(client, places, "gwen")
    assert gone.status_code == 200
    assert "You hold no office today" in gone.content.decode()
    assert "last day 13 September 2026" in gone.content.decode()
    coming = read(client, places, "nora").content.decode()
    assert "from 15 September 2026" in coming
    assert "Ask the business manager" in coming


def test_home_asks_the_database_no_more_for_thirty_areas_than_for_three(client, places, django_assert_max_num_queries):
    for number in range(2):
        places.open(f"few-{number}")
    places.duties()
    for area in places.areas[:2]:
        places.send(area)
    places.begin(places.areas[2])  # what there is none of costs nothing, so of each kind there is one
    client.force_login(places.person("gwen"))
    client.get(HOME)
    with django_assert_max_num_queries(25) as few:
        client.get(HOME)
    for number in range(27):
        places.open(f"many-{number}")
    places.duties()
    for area in places.areas[3:]:
        places.begin(area)
    with django_assert_max_num_queries(len(few)):
        response = client.get(HOME)
    assert len(response.context["needs"]) == 28
    assert len(response.context["years"]) == 3


@pytest.mark.parametrize("path", ["/published/", "/healthz", "/account/login/"])
def test_the_frame_of_a_visitor_is_empty_and_costs_nothing(client, places, path):
    response = client.get(path)
    assert "app-header__account" not in response.content.decode()
    assert "govuk-service-navigation" not in response.content.decode()


def test_the_frame_names_area_office_and_the_six_places_to_go(client, places):
    response = read(client, places, "amina")
    found = response.context["frame"]
    assert found.office == "Lead safeguarding partner, Oakshire Council"
    places_to_go = ["Home", "Documents", "Duties", "Funding and counts", "People", "Submissions"]
    assert [item["text"] for item in found.items] == places_to_go
    assert found.items[0]["active"]
    drawn = response.content.decode().partition("govuk-service-navigation")[2].partition("</nav>")[0]
    assert all(f">{text}" in drawn or f"{text}</a>" in drawn for text in places_to_go)
    places.open("ashford")
    response = read(client, places, "amina")
    assert response.context["frame"].area is None
    assert [area["text"] for area in response.context["frame"].areas] == ["Ashford", "Oakshire"]
    response = read(client, places, "amina", "/areas/ashford/people/")
    assert response.context["frame"].area.slug == "ashford"
    assert [item["text"] for item in response.context["frame"].items if item["active"]] == ["People"]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("people/changes/", ["People"]),
        ("accounts/", ["People"]),
        ("agencies/", ["People"]),
        ("timeline/", []),
        ("", []),
    ],
)
def test_a_page_below_people_stands_under_people(client, places, path, part):
    client.force_login(places.person("gwen"))

    response = client.get(f"/areas/oakshire/{path}")

    assert [item["text"] for item in response.context["frame"].items if item["active"]] == part


def test_the_frame_asks_three_things_at_most(rf, places, django_assert_max_num_queries):
    request = rf.get(HOME)
    request.user = places.person("amina")
    with django_assert_max_num_queries(0):
        found = frame(request)["frame"]
    with django_assert_max_num_queries(3):
        assert found.area is None
        assert found.office and found.items and found.areas
