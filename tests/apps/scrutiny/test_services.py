"""Raising, answering, closing: each good act, each refusal, the record of it, and what a second click does."""

import pytest
from django.db import IntegrityError, transaction

from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services as documents
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from scrutiny import selectors
from scrutiny import services as scrutiny
from scrutiny.models import ChallengeNote, Position, Response
from tests import worlds
from tests.apps.scrutiny import talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return worlds.begun(world)


def told(event: Event) -> list[str]:
    return [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event=event).order_by("pk")]


def letters(purpose: str) -> set[str]:
    return set(OutgoingMail.objects.filter(purpose=purpose).values_list("to", flat=True))


def test_a_challenge_is_kept_on_the_draft_that_was_read_and_told_to_the_partners(world, document):
    raised = talk.challenge(world, document, "  Where is\r\nthe evidence? ", section_key="funding")

    assert (raised.number, raised.text, raised.section_key) == (1, "Where is\nthe evidence?", "funding")
    assert (raised.version, raised.raised_as) == (talk.draft_of(document), "Femi, independent scrutineer")
    assert told(Event.CHALLENGE_RAISED) == ["Femi raised challenge 1 on Yearly report 2025-26."]
    assert letters("challenge raised") == {world.dev.email, world.eve.email, world.gwen.email}


def test_the_letter_about_a_challenge_holds_none_of_its_words(world, document):
    talk.challenge(world, document, "An unmistakable word")

    for mail in OutgoingMail.objects.filter(purpose="challenge raised"):
        assert "unmistakable" not in mail.subject + mail.text + mail.html


def test_challenges_are_numbered_from_one_in_each_document(world, document):
    other = worlds.begun(world, label="2024-25")

    numbers = [
        talk.challenge(world, where, what).number for where, what in [(document, "a"), (document, "b"), (other, "a")]
    ]

    assert numbers == [1, 2, 1]


def test_the_same_words_sent_twice_are_one_challenge(world, document):
    first = talk.challenge(world, document)

    assert talk.challenge(world, document) == first
    assert len(told(Event.CHALLENGE_RAISED)) == 1
    assert OutgoingMail.objects.filter(purpose="challenge raised").count() == 3


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_only_the_scrutineer_raises_a_challenge(world, document, name):
    with pytest.raises(NotAllowed, match="Only an independent scrutineer of Ashdown may raise a challenge"):
        talk.challenge(world, document, by=getattr(world, name))
    assert not ChallengeNote.objects.exists()


def test_a_scrutineer_whose_appointment_has_ended_raises_nothing(world, document):
    appointment = Appointment.objects.get(person=world.femi, office=Office.SCRUTINEER)
    areas.end_appointment(appointment=appointment, until=worlds.clock.today(), by=None)

    with pytest.raises(NotAllowed):
        talk.challenge(world, document)


@pytest.mark.parametrize(
    ("text", "section", "sentence"),
    [
        (" \n ", "", "Write the challenge"),
        ("x" * 5001, "", "Shorten the text to 5,000 characters"),
        ("x", "weather", "This draft has no such section"),
    ],
)
def test_a_challenge_that_cannot_be_kept_is_refused(world, document, text, section, sentence):
    with pytest.raises(WrongState, match=sentence):
        talk.challenge(world, document, text, section_key=section)
    assert not ChallengeNote.objects.exists()


def test_a_challenge_is_not_left_on_a_text_that_is_frozen(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(WrongState, match="This document has no draft at the moment"):
        talk.challenge(world, version.document)


def test_an_unanswered_challenge_stops_the_sending_until_it_is_answered(world):
    version = worlds.written(world)
    raised = talk.challenge(world, version.document)

    with pytest.raises(Incomplete) as refusal:
        documents.send_for_sign_off(version=version, by=world.gwen)
    (problem,) = refusal.value.problems
    assert problem.sentence == "Challenge 1 from the independent scrutineer has no answer yet."
    assert problem.href.endswith("/yearly-report/2025-26/challenges/#challenge-1")

    talk.answer(world, raised)
    assert documents.send_for_sign_off(version=version, by=world.gwen).status == "in_sign_off"


def test_an_answer_is_kept_beside_the_challenge_and_told_to_the_scrutineer(world, document):
    raised = talk.challenge(world, document)

    given = talk.answer(world, raised, " In section 4. ", position=Position.PART)

    kept = (given.text, given.position, given.agency_name, given.seat, given.answered_by)
    assert kept == ("In section 4.", "part", "Ashdown Council", world.council, world.dev)
    assert told(Event.CHALLENGE_ANSWERED) == ["Dev answered challenge 1 on Yearly report 2025-26 for Ashdown Council."]
    assert letters("challenge answered") == {world.femi.email}


def test_the_chair_answers_for_their_own_agency(world, document):
    assert talk.answer(world, talk.challenge(world, document), by=world.eve).agency_name == "Ashdown Police"


def test_the_same_answer_sent_twice_is_one_answer(world, document):
    raised = talk.challenge(world, document)
    first = talk.answer(world, raised)

    assert talk.answer(world, raised) == first
    assert len(told(Event.CHALLENGE_ANSWERED)) == 1


def test_a_correction_is_another_answer_and_the_first_stays(world, document):
    raised = talk.challenge(world, document)
    talk.answer(world, raised, "In section 4.")
    talk.answer(world, raised, "In section 5.")
    talk.answer(world, raised, "In section 5.", by=world.eve)
    talk.answer(world, raised, "In section 4.")

    said = [(answer.agency_name, answer.text) for answer in selectors.of_document(document).get().responses.all()]
    assert said == [
        ("Ashdown Council", "In section 4."),
        ("Ashdown Council", "In section 5."),
        ("Ashdown Police", "In section 5."),
        ("Ashdown Council", "In section 4."),
    ]


@pytest.mark.parametrize("name", ["amina", "femi", "gwen", "harry", "ines"])
def test_only_delegated_partners_and_the_chair_answer(world, document, name):
    raised = talk.challenge(world, document)

    with pytest.raises(NotAllowed, match="Only a delegated safeguarding partner or a partnership chair"):
        talk.answer(world, raised, by=getattr(world, name))


@pytest.mark.parametrize(("text", "sentence"), [("", "Write the answer"), ("x" * 5001, "Shorten the text")])
def test_an_answer_that_cannot_be_kept_is_refused(world, document, text, sentence):
    raised = talk.challenge(world, document)

    with pytest.raises(WrongState, match=sentence):
        talk.answer(world, raised, text)
    assert not Response.objects.exists()


def test_a_challenge_is_closed_with_the_scrutineers_view(world, document):
    raised = talk.challenge(world, document)
    talk.answer(world, raised)

    closed = talk.close(world, raised, " That meets it. ")

    closed.refresh_from_db()
    assert (closed.view, closed.closed_by, closed.closed_at) == ("That meets it.", world.femi, worlds.clock.now())
    assert told(Event.CHALLENGE_CLOSED) == ["Femi closed challenge 1 on Yearly report 2025-26."]


def test_a_closed_challenge_is_neither_answered_nor_closed_again(world, document):
    raised = talk.challenge(world, document)
    talk.close(world, raised)

    with pytest.raises(WrongState, match="The scrutineer has closed this challenge"):
        talk.answer(world, raised)
    with pytest.raises(WrongState, match="This challenge is closed already"):
        talk.close(world, raised, "Another view.")
    raised.refresh_from_db()
    assert raised.view == "That meets it."
    assert len(told(Event.CHALLENGE_CLOSED)) == 1


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_only_the_scrutineer_closes_a_challenge(world, document, name):
    raised = talk.challenge(world, document)

    with pytest.raises(NotAllowed, match="Only an independent scrutineer"):
        talk.close(world, raised, by=getattr(world, name))


def test_a_challenge_is_not_closed_without_a_view(world, document):
    raised = talk.challenge(world, document)

    with pytest.raises(WrongState, match="Write your view of the answers"):
        talk.close(world, raised, " ")


@pytest.mark.parametrize(
    "change",
    [{"text": "Softer."}, {"number": 9}, {"section_key": "funding"}, {"raised_as": "Somebody"}],
)
def test_the_database_refuses_to_change_a_challenge(world, document, change):
    raised = talk.challenge(world, document)

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        ChallengeNote.objects.filter(pk=raised.pk).update(**change)


def test_the_database_refuses_to_open_a_closed_challenge_or_to_change_the_view(world, document):
    raised = talk.close(world, talk.challenge(world, document))

    for change in ({"closed_at": None, "closed_by": None}, {"view": "Other."}):
        with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
            ChallengeNote.objects.filter(pk=raised.pk).update(**change)


def test_the_database_refuses_to_change_an_answer(world, document):
    given = talk.answer(world, talk.challenge(world, document))

    for change in ({"text": "Other."}, {"position": "decline"}, {"answered_by": world.eve}):
        with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
            Response.objects.filter(pk=given.pk).update(**change)


@pytest.mark.parametrize("model", [ChallengeNote, Response])
def test_the_database_refuses_to_remove_what_was_said(world, document, model):
    given = talk.answer(world, talk.challenge(world, document))
    said = given if model is Response else given.challenge

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        model.objects.filter(pk=said.pk)._raw_delete("default")
    assert model.objects.filter(pk=said.pk).exists()


def test_the_frozen_text_carries_challenges_and_answers_word_for_word(world):
    version = worlds.written(world)
    raised = talk.challenge(world, version.document, "Where is <the> evidence?")
    talk.answer(world, raised, "In “section 4”.", position=Position.DECLINE)

    documents.send_for_sign_off(version=version, by=world.gwen)

    version.refresh_from_db()
    assert "Where is <the> evidence?" in version.content
    assert "In “section 4”." in version.content and "We do not accept this" in version.content


def test_words_that_could_never_be_printed_are_refused_while_they_can_still_be_changed(world):
    version = worlds.written(world)

    with pytest.raises(WrongState, match="cannot be printed: 😀"):
        scrutiny.raise_challenge(document=version.document, text="Show the effect 😀", by=world.femi)
