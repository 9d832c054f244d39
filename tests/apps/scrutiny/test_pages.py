"""The pages of scrutiny, as each of the cast sees them."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.documents import services as documents
from scrutiny.models import ChallengeNote, Response
from tests import worlds
from tests.apps.scrutiny import talk

pytestmark = pytest.mark.django_db
ADDRESS = "yearly-report/2025-26"


@pytest.fixture
def document(world):
    return worlds.begun(world)


def at(world, name, *args, address=ADDRESS):
    return reverse(f"scrutiny:{name}", args=[world.area.slug, address, *args])


def words(response):
    """What the page says, without mark-up and with single spaces."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text).replace("&#x27;", "'")


@pytest.fixture
def seen_by(client, world):
    def page(name, address, sent=None, **more):
        client.force_login(getattr(world, name))
        return client.get(address, **more) if sent is None else client.post(address, sent, **more)

    return page


def every_address(world):
    return [at(world, "challenges"), at(world, "raise"), at(world, "answer", 1), at(world, "close", 1)]


@pytest.mark.parametrize("name", ["harry", "ines"])
def test_people_without_an_office_here_find_no_page(seen_by, world, document, name):
    talk.challenge(world, document)

    for address in every_address(world):
        assert seen_by(name, address).status_code == 404
        assert seen_by(name, address, {}).status_code in (404, 405)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("amina", [200, 403, 403, 403]),
        ("dev", [200, 403, 200, 403]),
        ("eve", [200, 403, 200, 403]),
        ("femi", [200, 200, 403, 200]),
        ("gwen", [200, 403, 403, 403]),
    ],
)
def test_each_office_has_its_own_pages(seen_by, world, document, name, codes):
    talk.challenge(world, document)
    sent = {"text": "x", "position": "accept", "view": "x"}

    for address, code in zip(every_address(world), codes, strict=True):
        response = seen_by(name, address)
        assert response.status_code == code, address
        if code == 403:
            assert re.search(r"Only an? .* of Ashdown may (raise|answer|close) a challenge\.", words(response))
            assert seen_by(name, address, sent).status_code == 403
    assert ChallengeNote.objects.filter(closed_at=None).count() == 1 and not Response.objects.exists()


@pytest.mark.parametrize("address", ["yearly-report/2019-20", "weather-report/2025-26", "arrangements/2025-26"])
def test_an_address_with_no_document_has_no_page(seen_by, world, document, address):
    assert seen_by("femi", at(world, "challenges", address=address)).status_code == 404


@pytest.mark.parametrize("name", ["answer", "close"])
def test_a_number_with_no_challenge_has_no_page(seen_by, world, document, name):
    assert seen_by("femi" if name == "close" else "dev", at(world, name, 7)).status_code == 404


def test_without_challenges_the_page_says_so(seen_by, world, document):
    text = words(seen_by("dev", at(world, "challenges")))

    assert "The independent scrutineer has raised no challenge on this document." in text
    assert "Nobody’s. No challenge is open." in text


def test_each_state_is_said_in_words_with_whose_turn_it_is_and_by_when(seen_by, world, document):
    first, second, _ = (talk.challenge(world, document, text) for text in ("One?", "Two?", "Three?"))
    talk.close(world, first, "Not needed any more.")
    talk.answer(world, second)

    response = seen_by("dev", at(world, "challenges"))

    text = words(response)
    assert "Challenge 1 Closed" in text and "Challenge 2 Answered" in text and "Challenge 3 Unanswered" in text
    assert "The delegated safeguarding partners and the chair: 1 challenge without an answer." in text
    assert "Yearly report 2025-26 is due on 30 September 2026." in text
    assert 'id="challenge-3"' in response.content.decode()


def test_a_date_that_has_passed_is_said_to_have_passed(seen_by, world, document):
    with worlds.clock.frozen(datetime(2026, 10, 1, 9, tzinfo=worlds.clock.LONDON)):
        text = words(seen_by("dev", at(world, "challenges")))

    assert "Yearly report 2025-26 was due on 30 September 2026." in text


def test_a_challenge_shows_who_said_what_and_when(seen_by, world, document):
    raised = talk.challenge(world, document, "First.\n\nSecond <b>.", section_key="funding")
    talk.answer(world, raised, "In section 4.")
    talk.close(world, raised, "That meets it.")

    text = words(seen_by("amina", at(world, "challenges")))

    assert "Femi, independent scrutineer, 14 September 2026 at 9:00am. On the section “Funding” of version 1." in text
    assert "First. Second &lt;b&gt;." in text
    assert "Ashdown Council: We accept this Dev, 14 September 2026 at 9:00am In section 4." in text
    assert "The scrutineer’s view on closing Femi, 14 September 2026 at 9:00am That meets it." in text


def test_buttons_are_shown_to_those_who_may_press_them(seen_by, world, document):
    talk.close(world, talk.challenge(world, document, "One?"))
    talk.challenge(world, document, "Two?")

    def buttons(name):
        page = seen_by(name, at(world, "challenges")).content.decode()
        return re.findall(r'class="govuk-button[^>]*>\s*([A-Z][a-z ]+)', page.partition("</main>")[0])

    assert buttons("femi") == ["Raise a challenge", "Close challenge "]
    assert buttons("dev") == ["Answer challenge "]
    assert buttons("gwen") == buttons("amina") == []


def test_the_scrutineer_is_told_why_a_frozen_text_takes_no_challenge(seen_by, world):
    version = worlds.written(world)
    documents.send_for_sign_off(version=version, by=world.gwen)

    response = seen_by("femi", at(world, "challenges"))

    assert "This document has no draft at the moment." in words(response)
    assert re.search(r"<button[^>]* disabled[^>]*>Raise a challenge", response.content.decode())
    opened = seen_by("femi", at(world, "raise"))
    assert opened.status_code == 409 and "This document has no draft at the moment." in words(opened)


def test_what_was_written_is_kept_when_the_text_was_frozen_meanwhile(seen_by, world):
    version = worlds.written(world)
    documents.send_for_sign_off(version=version, by=world.gwen)

    late = seen_by("femi", at(world, "raise"), {"text": "My careful words", "section_key": "funding"})

    assert late.status_code == 409
    assert "This document has no draft at the moment." in words(late) and "My careful words" in words(late)
    assert 'value="funding" selected' in late.content.decode()


def test_a_challenge_is_raised_on_a_section_and_the_page_leads_to_it(seen_by, world, document):
    page = seen_by("femi", at(world, "raise"))
    assert "Write nothing about any child, family or case" in words(page)
    assert "The whole document" in words(page) and "Funding" in words(page)

    sent = {"text": "Where is the evidence?", "section_key": "funding"}
    response = seen_by("femi", at(world, "raise"), sent)

    assert response.url == at(world, "challenges") + "#challenge-1"
    assert ChallengeNote.objects.get().section_key == "funding"
    assert "Challenge 1 is raised." in words(seen_by("femi", at(world, "challenges")))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Enter your challenge"),
        ({"text": "x" * 5001}, "Your challenge must be 5,000 characters or fewer."),
        ({"text": "My words", "section_key": "weather"}, "Choose a section from the list"),
    ],
)
def test_a_challenge_that_cannot_be_kept_is_answered_at_its_field_and_kept(seen_by, world, document, sent, sentence):
    response = seen_by("femi", at(world, "raise"), sent)

    assert sentence in words(response) and sent["text"] in words(response)
    assert not ChallengeNote.objects.exists()


def test_a_partner_answers_and_the_page_leads_to_it(seen_by, world, document):
    talk.challenge(world, document, "Where is the evidence?")
    assert "Where is the evidence?" in words(seen_by("dev", at(world, "answer", 1)))

    response = seen_by("dev", at(world, "answer", 1), {"position": "part", "text": "In section 4."})

    assert response.url == at(world, "challenges") + "#challenge-1"
    assert "Ashdown Council: We accept part of this" in words(seen_by("dev", at(world, "challenges")))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"position": "", "text": "My words"}, "Select your position"),
        ({"position": "perhaps", "text": "My words"}, "Your position"),
        ({"position": "accept", "text": ""}, "Enter your answer"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_answered_at_its_field_and_kept(seen_by, world, document, sent, sentence):
    talk.challenge(world, document)

    response = seen_by("dev", at(world, "answer", 1), sent)

    assert sentence in words(response) and sent["text"] in words(response)
    assert not Response.objects.exists()


def test_what_was_written_is_kept_when_the_challenge_was_closed_meanwhile(seen_by, world, document):
    talk.close(world, talk.challenge(world, document))

    late = seen_by("dev", at(world, "answer", 1), {"position": "accept", "text": "My careful words"})

    assert late.status_code == 409
    assert "The scrutineer has closed this challenge." in words(late) and "My careful words" in words(late)
    assert seen_by("dev", at(world, "answer", 1)).status_code == 409
    assert seen_by("femi", at(world, "close", 1)).status_code == 409


def test_a_challenge_is_closed_with_a_view_and_once(seen_by, world, document):
    talk.challenge(world, document)
    assert "closing it lets the document go for sign-off without an answer" in words(
        seen_by("femi", at(world, "close", 1))
    )
    assert "Enter your view of the answers" in words(seen_by("femi", at(world, "close", 1), {"view": " "}))

    assert seen_by("femi", at(world, "close", 1), {"view": "Met."}).status_code == 302
    again = seen_by("femi", at(world, "close", 1), {"view": "Met twice."})

    assert again.status_code == 409 and "This challenge is closed already." in words(again)
    assert ChallengeNote.objects.get().view == "Met."


def test_a_second_click_on_any_button_says_nothing_twice(seen_by, world, document):
    for _ in range(2):
        seen_by("femi", at(world, "raise"), {"text": "One?"})
        seen_by("dev", at(world, "answer", 1), {"position": "accept", "text": "Yes."})

    assert (ChallengeNote.objects.count(), Response.objects.count()) == (1, 1)


def test_the_page_asks_the_database_the_same_for_one_challenge_and_for_many(seen_by, world, document):
    def questions():
        seen_by("dev", at(world, "challenges"))
        with CaptureQueriesContext(connection) as asked:
            assert seen_by("dev", at(world, "challenges")).status_code == 200
        return len(asked)

    talk.answer(world, talk.challenge(world, document))
    few = questions()
    for number in range(6):
        raised = talk.challenge(world, document, f"{number}?", section_key="funding")
        talk.answer(world, raised)
        talk.answer(world, raised, by=world.eve)
    talk.close(world, raised)

    assert questions() == few
