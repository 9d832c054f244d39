"""Two people at the same moment, on two real connections."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from partnership.documents import selectors as documents_selectors
from partnership.documents import services as documents
from partnership.errors import Incomplete, WrongState
from scrutiny.models import ChallengeNote, Redaction, Response
from tests import answered, worlds
from tests.apps.scrutiny import sealed, talk

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


class Act(Thread):
    """One act on a connection of its own; `outcome` is what it gave or how it was refused."""

    def __init__(self, act: Callable[[], Any], before: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.outcome: Any = None
        self._act, self._before = act, before
        self.start()

    def run(self) -> None:
        try:
            if self._before:
                self._before()
            self.outcome = self._act()
        except Exception as error:  # the test looks at it
            self.outcome = error
        finally:
            connection.close()

    def result(self) -> Any:
        self.join(PATIENCE)
        assert not self.is_alive(), "The two acts wait for each other."
        return self.outcome


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Start the acts at one moment and give their outcomes."""
    barrier = Barrier(len(acts))
    return [act.result() for act in [Act(act, lambda: barrier.wait(PATIENCE)) for act in acts]]


def while_locked(version: Any, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """`second` begins while `first` holds the version's lock and has not committed; it must wait for it."""
    has_lock, may_commit = Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            outcome = first()
            has_lock.set()
            may_commit.wait(PATIENCE)
            return outcome

    leader = Act(hold)
    assert has_lock.wait(PATIENCE), leader.outcome
    follower = Act(second)
    follower.join(0.5)
    assert follower.is_alive(), "The second act did not wait for the lock of the first."
    may_commit.set()
    return leader.result(), follower.result()


@pytest.fixture
def version(world):
    return worlds.written(world)


def test_two_answers_at_once_are_both_kept(world, version):
    raised = talk.challenge(world, version.document)

    together(lambda: talk.answer(world, raised, "Ours."), lambda: talk.answer(world, raised, "Theirs.", by=world.eve))

    assert sorted(Response.objects.values_list("text", flat=True)) == ["Ours.", "Theirs."]


def test_one_answer_sent_twice_at_once_is_one_answer(world, version):
    raised = talk.challenge(world, version.document)

    first, second = together(*[lambda: talk.answer(world, raised)] * 2)

    assert first == second == Response.objects.get()


def test_two_challenges_at_once_have_two_numbers(world, version):
    together(*[lambda text=text: talk.challenge(world, version.document, text) for text in ("One?", "Two?")])

    assert sorted(ChallengeNote.objects.values_list("number", flat=True)) == [1, 2]


def test_one_challenge_sent_twice_at_once_is_one_challenge(world, version):
    first, second = together(*[lambda: talk.challenge(world, version.document)] * 2)

    assert first == second == ChallengeNote.objects.get()


def test_an_answer_that_waits_for_the_closing_is_refused(world, version):
    raised = talk.challenge(world, version.document)

    _, late = while_locked(version, lambda: talk.close(world, raised), lambda: talk.answer(world, raised))

    assert isinstance(late, WrongState)
    assert not Response.objects.exists()


def test_a_challenge_that_comes_first_stops_the_sending_that_waits_for_it(world, version):
    raised, sent = while_locked(
        version,
        lambda: talk.challenge(world, version.document),
        lambda: documents.send_for_sign_off(version=version, by=world.gwen),
    )

    assert raised.number == 1
    assert isinstance(sent, Incomplete)
    assert documents_selectors.draft(version.document) == version


def test_a_sending_that_comes_first_refuses_the_challenge_that_waits_for_it(world, version):
    sent, raised = while_locked(
        version,
        lambda: documents.send_for_sign_off(version=version, by=world.gwen),
        lambda: talk.challenge(world, version.document),
    )

    assert sent.status == "in_sign_off"
    assert isinstance(raised, WrongState)
    assert not ChallengeNote.objects.exists()


def test_words_taken_out_twice_at_once_are_one_redaction(world):
    passage = sealed.passages(sealed.sealed(world))[0]

    first, second = together(*[lambda: sealed.take_out(passage, world.femi)] * 2)

    assert first == second == Redaction.objects.get()


def test_words_are_taken_out_or_the_text_that_holds_them_is_published_and_never_both(world):
    document = sealed.sealed(world)
    signed = worlds.signed_by_all(world, sealed.sent_again(world, document))
    proposal = documents.propose_publication(version=signed, by=world.gwen)

    outcomes = together(
        lambda: documents.agree(proposal=proposal, by=world.eve),
        lambda: sealed.take_out(sealed.passages(document)[0], world.femi),
    )

    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1, outcomes
    signed.refresh_from_db()
    assert (signed.status == "published") != Redaction.objects.exists()


def test_a_sending_that_waits_for_words_to_be_taken_out_freezes_without_them(world):
    document = sealed.sealed(world)
    draft = worlds.correct(document.versions.get(number=1), world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)

    _, sent = while_locked(
        draft,
        lambda: sealed.take_out(sealed.passages(document)[0], world.femi, "[Gone]"),
        lambda: documents.send_for_sign_off(version=draft, by=world.gwen),
    )

    assert sealed.CHALLENGE not in sent.content and "[Gone]" in sent.content
