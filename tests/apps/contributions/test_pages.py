"""The pages of contributions, in a browser without script: what each sees, and that nobody sees more."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from partnership.contributions import services
from partnership.contributions.models import Release, Room, Writing
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.models import SectionText
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.rooms import SECRET

pytestmark = pytest.mark.django_db
OF_A_ROOM = ("room", "write", "release", "take_back", "hand_back", "take", "without")


@pytest.fixture
def document(world):
    return worlds.begun(world)


def at(thing, page: str = "room", *more: object) -> str:
    """The address of a page of a room, or of a document's contributions."""
    document = thing.document if isinstance(thing, Room) else thing
    number = [thing.number] if isinstance(thing, Room) else []
    return reverse(f"contributions:{page}", args=[document.area.slug, address_of(document), *number, *more])


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def read(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("gwen", {"room": 200, "write": 403, "release": 403, "take_back": 403, "take": 409, "without": 200}),
        ("eve", {"room": 200, "write": 200, "release": 200, "take_back": 409, "take": 403, "without": 403}),
        ("cerys", {"room": 200, "write": 200, "release": 403, "take_back": 403, "take": 403, "without": 403}),
        ("femi", {"room": 200, "write": 403, "release": 403, "take_back": 403, "take": 403, "without": 403}),
        ("harry", dict.fromkeys(OF_A_ROOM, 404)),
        ("ines", dict.fromkeys(OF_A_ROOM, 404)),
    ],
)
def test_outside_the_area_it_is_not_there_and_inside_it_is_refused_with_a_sentence(world, document, name, statuses):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)
    client = browser(getattr(world, name))

    for page, status in statuses.items():
        answer = client.get(at(room, page))
        assert (page, answer.status_code) == (page, status)
        if page == "write" and status == 403:
            assert "seen by nobody but the people of Ashdown Police until they release it" in read(answer)


def test_a_contributor_sees_their_own_room_alone_and_none_of_the_document(world, document):
    seat, sol = rooms.school(world)
    own, other = rooms.asked(world, document, seat), rooms.asked(world, document)
    client = browser(sol)

    assert "Begin the contribution of Ashdown School to “Training”" in read(client.get(reverse("home")))
    page = client.get(at(own))
    assert page.status_code == 200 and "Begin to write" in read(page)
    of_the_document = reverse("documents:document", args=[world.area.slug, address_of(document)])
    assert f'href="{of_the_document}"' not in page.content.decode()
    assert [client.get(at(other, name)).status_code for name in ("room", "write", "release")] == [403] * 3
    assert client.get(at(document, "rooms")).status_code == 403


def test_the_overview_says_how_each_stands_and_by_when(world, document):
    begun = rooms.asked(world, document, world.council)
    rooms.write(begun, world.dev)
    rooms.asked(world, document, world.health)
    rooms.released(world, document)

    shown = read(browser(world.gwen).get(at(document, "rooms")))

    for words in ("Ashdown Council: Training", "Begun", "Not begun", "Released", "28 September 2026", "In 14 days"):
        assert words in shown


def test_the_overview_asks_the_database_as_often_for_ten_rooms_as_for_two(
    world, document, django_assert_max_num_queries
):
    keys = list(documents.draft(document).sections.values_list("key", flat=True))
    client = browser(world.gwen)
    for key in keys[:2]:
        rooms.asked(world, document, section_key=key)
    client.get(at(document, "rooms"))
    with django_assert_max_num_queries(60) as few:
        client.get(at(document, "rooms"))
    for key in keys[2:10]:
        rooms.asked(world, document, section_key=key)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(at(document, "rooms"))


def test_gwen_asks_with_the_day_suggested_and_keeps_what_she_typed_when_something_is_missing(world, document):
    client = browser(world.gwen)
    page = read(client.get(at(document, "ask")))
    assert "Ashdown Police: Cerys, Eve" in page or "Ashdown Police: Eve, Cerys" in page
    assert "child's name" in page.replace("&#x27;", "'")
    typed = {"section_key": "training", "agency": str(world.police.agency_id), "asked": "Say how many."}

    refused = client.post(at(document, "ask"), typed)
    assert "Say how many." in refused.content.decode() and not Room.objects.exists()

    day = {"due_on_day": "1", "due_on_month": "10", "due_on_year": "2026"}
    assert client.post(at(document, "ask"), {**typed, **day}).status_code == 302
    assert Room.objects.get().due_on.isoformat() == "2026-10-01"


def test_eve_writes_sees_what_is_to_mend_previews_and_releases(world, document):
    room = rooms.asked(world, document)
    client = browser(world.eve)
    body = "Training was **good**.\n\n[[picture 1]]"

    answer = client.post(at(room, "write"), {"body": body, "seen_revision": "0", "act": "preview"}, follow=True)
    assert "<strong>good</strong>" in answer.content.decode()
    assert "cannot be drawn on here" in read(answer)

    shown = client.get(at(room, "release"))
    assert "<strong>good</strong>" in shown.content.decode()
    done = client.post(at(room, "release"), {"seen_revision": "1"}, follow=True)
    assert "Released. The text is frozen" in read(done)
    assert Release.objects.get().body == body


def test_two_who_write_at_once_see_both_texts(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve, "Eve's words.")
    client = browser(world.cerys)

    answer = client.post(at(room, "write"), {"body": "Cerys's words.", "seen_revision": "0"}, follow=True)

    assert "Eve saved while you were writing. Nothing is lost." in read(answer)
    assert "Cerys&#x27;s words." in answer.content.decode() and "Eve&#x27;s words." in answer.content.decode()
    kept = Writing.objects.get(outcome="kept_aside")
    assert client.get(at(room, "text", kept.pk)).status_code == 200
    assert browser(world.gwen).get(at(room, "text", kept.pk)).status_code == 403
    assert "Cerys&#x27;s words.</textarea>" in client.get(f"{at(room, 'write')}?from={kept.pk}").content.decode()


def test_what_cannot_be_saved_any_more_stays_on_the_screen(world, document):
    room, _ = rooms.released(world, document)

    answer = browser(world.eve).post(at(room, "write"), {"body": "Late words.", "seen_revision": "1"})

    assert answer.status_code == 409
    assert "Late words." in answer.content.decode() and "What you wrote was not saved" in read(answer)


def test_a_text_of_another_room_is_not_opened_through_ones_own(world, document):
    own, other = rooms.asked(world, document), rooms.asked(world, document, world.council)
    rooms.write(other, world.dev)
    client = browser(world.eve)
    theirs = Writing.objects.get()

    assert client.get(at(own, "text", theirs.pk)).status_code == 404
    assert "unmistakable" not in client.get(f"{at(own, 'write')}?kept={theirs.pk}&from={theirs.pk}").content.decode()


def test_gwen_takes_a_released_text_into_the_draft_with_its_attribution(world, document):
    section = documents.draft(document).sections.get(key="training")
    worlds.write(section, "What we had.", world.gwen)
    room, _ = rooms.released(world, document)
    client = browser(world.gwen)

    page = client.get(at(room, "take"))
    body = page.context["form"].initial["body"]
    assert body == (
        f"What we had.\n\n{SECRET}\n\n"
        "*Contributed by Ashdown Police (Eve, delegated safeguarding partner), 14 September 2026.*\n"
    )
    done = client.post(at(room, "take"), {"body": body, "seen_revision": "1"}, follow=True)

    assert "The contribution of Ashdown Police is in the draft" in read(done)
    assert documents.draft(document).sections.get(key="training").body == body
    again = client.post(at(room, "take"), {"body": body, "seen_revision": "1"}, follow=True)
    assert "in the draft already" in read(again)
    assert "Taken into version 1 by Gwen" in read(client.get(at(room)))


def test_a_clash_while_taking_leads_to_both_texts_and_takes_nothing(world, document):
    room, release = rooms.released(world, document)
    worlds.write(documents.draft(document).sections.get(key="training"), "Dev was here.", world.dev)

    done = browser(world.gwen).post(at(room, "take"), {"body": "Both.", "seen_revision": "0"}, follow=True)

    assert "Nothing was taken" in read(done) and SectionText.objects.filter(body="Both.").exists()
    release.refresh_from_db()
    assert release.taken_at is None


def test_what_was_put_together_stays_on_the_screen_when_the_agency_has_taken_its_text_back(world, document):
    room, _ = rooms.released(world, document)
    services.take_back(room=room, by=world.eve)

    answer = browser(world.gwen).post(at(room, "take"), {"body": "My own words.", "seen_revision": "0"})

    assert answer.status_code == 409
    assert "My own words." in answer.content.decode() and "has not released this contribution" in read(answer)


def test_checks_and_sending_say_what_was_not_taken_and_go_on(world):
    version = worlds.written(world)
    rooms.released(world, version.document)
    where = [world.area.slug, address_of(version.document)]
    client = browser(world.gwen)

    for page in ("checks", "send"):
        shown = read(client.get(reverse(f"documents:{page}", args=where)))
        assert "Ashdown Police to “Training” was released on 14 September 2026 and has not been taken" in shown
        assert "The independent scrutineer has given no statement" in shown
    assert client.post(reverse("documents:send", args=where)).status_code == 302


def test_homes_say_whose_turn_it_is(world, document):
    room = rooms.asked(world, document)
    eve, gwen = browser(world.eve), browser(world.gwen)
    assert "Begin the contribution of Ashdown Police to “Training”" in read(eve.get("/"))
    assert "The contribution to “Training” of Yearly report 2025-26 is to be released" in read(gwen.get("/"))
    assert "contribution of Ashdown Police" not in read(browser(world.dev).get("/"))

    rooms.write(room, world.eve)
    assert "Finish the contribution of Ashdown Police" in read(eve.get("/"))
    services.release(room=room, seen_revision=1, by=world.eve)
    assert "Finish the contribution of Ashdown Police" not in read(eve.get("/"))
    assert "Take the contribution of Ashdown Police to “Training”" in read(gwen.get("/"))


def test_the_page_of_the_document_links_to_its_contributions(world, document):
    page = browser(world.gwen).get(reverse("documents:document", args=[world.area.slug, address_of(document)]))

    assert at(document, "rooms") in page.content.decode()
