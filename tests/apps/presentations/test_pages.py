"""The pages of where a report was presented, the line on the home page, and its place among the evidence."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from partnership import clock
from partnership.areas.roles import Office
from partnership.documents import services as documents
from partnership.documents.models import Ground
from partnership.presentations import services
from partnership.presentations.models import Entry
from tests import worlds
from tests.apps.evidence.made import taken
from tests.apps.presentations.occasions import COMMITTEE, planned, presented, recorded

pytestmark = pytest.mark.django_db
ADDRESS = "yearly-report/2025-26"


@pytest.fixture
def document(world):
    return worlds.begun(world)


def where(world, name="log", *more):
    return reverse(f"presentations:{name}", args=[world.area.slug, ADDRESS, *more])


def body(answer):
    return answer.content.decode()


def typed(said, **more):
    day = {f"day_{part}": getattr(said.day, part) for part in ("day", "month", "year")}
    return {**{name: value for name, value in vars(said).items() if name != "day"}, **day, **more}


def test_it_is_recorded_shown_and_corrected_by_its_pages(gwen, world, document):
    assert "Nothing is recorded yet." in body(gwen.get(where(world)))
    assert gwen.post(where(world, "record"), typed(planned(), once=str(uuid.uuid4()))).status_code == 302
    page = body(gwen.get(where(world)))
    assert COMMITTEE in page and "5 October 2026" in page and "Record what came of it" in page

    (entry,) = Entry.objects.all()
    form = body(gwen.get(where(world, "correct", entry.presentation_id)))
    assert f'value="{COMMITTEE}"' in form
    with clock.frozen(clock.now() + timedelta(days=30)):
        said = presented(planned(clock.today()).day - timedelta(days=9), forum_name=COMMITTEE)
        sent = typed(said, reason="The minutes are out.", seen=1)
        gwen.force_login(world.gwen)
        assert gwen.post(where(world, "correct", entry.presentation_id), sent).status_code == 302
        page = body(gwen.get(where(world)))
    assert "More families were seen sooner." in page and 'href="https://council.example/minutes/12"' in page
    assert "What was recorded before" in page and "Corrected, because: The minutes are out." in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"forum": ""}, "Select the body before which it is presented"),
        ({"forum": "other", "forum_name": ""}, "Enter which body it is."),
        ({"day_day": ""}, "Day must include a day"),
        ({"day_day": "31", "day_month": "2"}, "Day must be a real date"),
        ({"day_year": "2020"}, "That day has passed."),
        ({"state": ""}, "Select whether it is planned or took place"),
        ({"state": "not_presented"}, "select one of those offered"),
        ({"office": "observer"}, "select one of those offered"),
        ({"asked": "What will change?"}, "are recorded of what took place."),
        ({"minutes": "council.example"}, "Enter a whole address"),
        ({"once": "again"}, "Load the page again"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(gwen, world, document, more, sentence):
    sent = typed(planned(), once=str(uuid.uuid4())) | {"answered": ""} | more

    answer = gwen.post(where(world, "record"), sent)

    assert answer.status_code == 200 and sentence in body(answer) and "<title>Error: " in body(answer)
    assert "forum_name" in more or COMMITTEE in body(answer)
    assert not Entry.objects.exists()


def test_when_somebody_else_was_quicker_both_are_shown_and_sending_again_records_it(gwen, world, document):
    there = recorded(world, document, presented())
    services.correct(
        presentation=there, said=presented(asked="Who was seen?"), reason="More is known.", seen=1, by=world.dev
    )
    page = where(world, "correct", there.pk)

    answer = gwen.post(page, typed(presented(asked="Mine?"), reason="Better.", seen=1))

    assert answer.status_code == 409
    assert "Who was seen?" in body(answer) and "You entered:" in body(answer) and "Mine?" in body(answer)
    seen = re.search(r'name="seen" value="(\d+)"', body(answer))[1]
    assert gwen.post(page, typed(presented(asked="Mine?"), reason="Better.", seen=seen)).status_code == 302
    assert there.entries.first().asked == "Mine?"


def test_everybody_in_office_reads_and_only_some_write(client, world, document):
    there = recorded(world, document)
    for who in (world.amina, world.femi):
        client.force_login(who)
        page = body(client.get(where(world)))
        assert (
            COMMITTEE in page and where(world, "record") not in page and where(world, "correct", there.pk) not in page
        )
        assert client.get(where(world, "record")).status_code == 403
        assert client.post(where(world, "correct", there.pk), {}).status_code == 403
    guest = worlds.person("Jo")
    documents.share_document(
        document=document, email=guest.email, name="Jo", reason="To read along.", by=world.gwen, until=clock.today()
    )
    contributor = worlds.person("Rae")
    worlds.hold(contributor, Office.CONTRIBUTOR, world.area)
    for who, status in ((guest, 404), (world.harry, 404), (world.ines, 404), (contributor, 403)):
        client.force_login(who)
        assert client.get(where(world)).status_code == status


def test_another_document_and_another_area_do_not_show_it(gwen, world, document):
    there = recorded(world, document)
    worlds.begun(world, "budget", "2026-27")
    other = reverse("presentations:correct", args=[world.area.slug, "budget/2026-27", there.pk])
    assert gwen.get(other).status_code == 404


def test_the_document_leads_to_it(gwen, world, document):
    page = body(gwen.get(reverse("documents:document", args=[world.area.slug, ADDRESS])))
    assert f'href="{where(world)}"' in page


def test_each_form_warns_against_children_s_data(gwen, world, document):
    there = recorded(world, document)
    for page in (where(world, "record"), where(world, "correct", there.pk)):
        text = body(gwen.get(page))
        assert "Write nothing about any child, family or case" in text
        assert text.count("Never write anything about a single child") >= 2


def acts(client, user):
    client.force_login(user)
    return [row["row"].act for row in client.get("/").context["needs"]]


def test_the_business_manager_is_told_of_a_plan_that_passed_until_somebody_says_what_came_of_it(
    client, world, document
):
    there = recorded(world, document)
    act = f"Say what came of presenting Yearly report 2025-26: {COMMITTEE}"
    assert act not in acts(client, world.gwen)
    with clock.frozen(clock.now() + timedelta(days=22)):
        assert act in acts(client, world.gwen)
        assert act not in acts(client, world.dev) and act not in acts(client, world.harry)
        assert f'href="{where(world, "correct", there.pk)}"' in body(client.get("/")) or acts(client, world.gwen)
        said = presented(there.entries.get().day, forum_name=COMMITTEE, forum="scrutiny_committee")
        services.correct(presentation=there, said=said, reason="The minutes are out.", seen=1, by=world.dev)
        assert act not in acts(client, world.gwen)


def test_home_and_the_log_ask_the_database_no_more_for_ten_than_for_two(
    gwen, world, document, django_assert_max_num_queries
):
    for _ in range(2):
        recorded(world, document, planned(clock.today()))
    with clock.frozen(clock.now() + timedelta(days=1)):
        gwen.force_login(world.gwen)
        counts = []
        for page in ("/", where(world)):
            gwen.get(page)
            with django_assert_max_num_queries(60) as few:
                gwen.get(page)
            counts.append(len(few))
    for _ in range(8):
        recorded(world, document, planned(clock.today()))
    with clock.frozen(clock.now() + timedelta(days=1)):
        for page, count in zip(("/", where(world)), counts, strict=True):
            with django_assert_max_num_queries(count):
                gwen.get(page)


def test_it_is_part_of_the_evidence_with_what_was_recorded_before(world):
    version = worlds.published(world)
    there = recorded(world, version.document, presented())
    services.correct(presentation=there, said=presented(answered="=Yes"), reason="More is known.", seen=1, by=world.dev)

    bundle = taken(version, world.gwen)

    (row,) = json.loads(bundle.files["presentations.json"])
    assert (row["before"], row["answered"], row["corrected_because"]) == (
        "Health and wellbeing board", "=Yes", "More is known.",
    )  # fmt: skip
    assert row["recorded_before"][0]["answered"] == "More families were seen sooner."
    page = bundle.text("presentations.html")
    assert "7 September 2026" in page and "Recorded before, and corrected" in page


def test_while_a_text_is_sealed_its_log_is_for_named_roles_and_not_in_the_evidence_of_another(client, world):
    version = worlds.published(world)
    recorded(world, version.document, presented())
    documents.take_down(version=version, ground=Ground.REDACTION, note="It said too much.", by=world.eve)
    client.force_login(world.dev)
    assert client.get(where(world)).status_code == 403
    client.force_login(world.gwen)
    assert client.get(where(world)).status_code == 200
    sealed = taken(version, world.gwen, "The inspector asked.")
    assert len(json.loads(sealed.files["presentations.json"])) == 1
    draft = worlds.correct(version, world.gwen)
    sent = documents.send_for_sign_off(version=draft, by=world.gwen)
    second = worlds.publish(worlds.signed_by_all(world, sent), world.gwen)
    assert json.loads(taken(second, world.dev).files["presentations.json"]) == []
