"""What is said about a passage stays with it, is resolved and kept, and never leaves with the document."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership.documents import content
from partnership.documents import services as documents
from partnership.documents.kinds import address_of
from partnership.drafting import selectors, services
from partnership.drafting.models import Comment, CommentKind, Reply
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from tests.answered import first_block
from tests.apps.documents.world import World, world  # noqa: F401


def at(world: World, page: str, *more: object) -> str:
    return reverse(f"drafting:{page}", args=[world.area.slug, address_of(world.document), *more])


def say(world: World, by: str = "amina", kind: CommentKind = CommentKind.FIX, text: str = "For whom?") -> Comment:
    section = world.version.sections.get(key="impact")
    block = first_block(world.version, "impact")
    return services.raise_comment(
        section=section, block_key=block.key, kind=kind, text=text, once=uuid.uuid4(), by=world.people[by]
    )


def test_a_passage_to_be_mended_stops_the_sending_until_it_is_resolved(world: World) -> None:
    world.write_everything()
    say(world, kind=CommentKind.QUESTION)
    assert not content.problems(world.version)
    fix = say(world)
    (problem,) = content.problems(world.version)
    assert problem.sentence == "Priorities and impact: Amina asked for a passage to be mended."
    with pytest.raises(Incomplete):
        documents.send_for_sign_off(version=world.version, by=world.people["gwen"])
    services.resolve(comment=fix, resolution="We name the families now.", by=world.people["gwen"])
    documents.send_for_sign_off(version=world.version, by=world.people["gwen"])


def test_questions_and_challenges_to_a_passage_are_named_before_the_sending_until_they_are_resolved(
    world: World,
) -> None:
    world.write_everything()
    assert not selectors.open_comments(world.version)
    question = say(world, kind=CommentKind.QUESTION)
    say(world, kind=CommentKind.CHALLENGE)
    first, second = (problem.sentence for problem in selectors.open_comments(world.version))
    assert first == "Priorities and impact: the comment of Amina (question) is still open."
    assert "(challenge)" in second
    assert first in world.get("gwen", "send").content.decode()
    services.resolve(comment=question, resolution="For families.", by=world.people["gwen"])
    assert len(selectors.open_comments(world.version)) == 1


def test_comments_never_leave_with_the_document(world: World) -> None:
    world.write_everything()
    services.resolve(
        comment=say(world, text="A word that nobody publishes."), resolution="Done so.", by=world.people["gwen"]
    )
    version = documents.send_for_sign_off(version=world.version, by=world.people["gwen"])
    assert "A word that nobody publishes." not in version.content and "Done so." not in version.content


def test_a_comment_stays_with_its_passage_through_edits_and_versions(world: World) -> None:
    world.write("impact", "We met families in five places.\n\nSomething else.")
    comment = say(world)
    world.write("impact", "Something else.\n\nWe met families in six places, and more.")
    moved = world.version.blocks.get(key=comment.block_key)
    assert moved.place == 2 and comment.passage == "We met families in five places."
    world.write("impact", "Nothing of it is left here now.")
    page = world.client("olu").get(at(world, "passages", "impact")).content.decode()
    assert "no longer in the text" in page and "We met families in five places." in page


def test_who_may_say_answer_and_resolve(world: World) -> None:
    world.write("impact", "We met families.")
    with pytest.raises(NotAllowed):
        say(world, by="olu")  # reads only
    comment = say(world, by="ben")
    services.reply(comment=comment, text="All of them.", once=uuid.uuid4(), by=world.people["sol"])
    with pytest.raises(NotAllowed, match="Only who raised a comment"):
        services.resolve(comment=comment, resolution="Fine.", by=world.people["amina"])
    services.resolve(comment=comment, resolution="Fine.", by=world.people["ben"])
    with pytest.raises(WrongState, match="This comment is resolved"):
        services.reply(comment=comment, text="Late.", once=uuid.uuid4(), by=world.people["sol"])
    assert world.client("eve").get(at(world, "comments")).status_code == 404


def test_what_was_said_is_never_changed(world: World) -> None:
    world.write("impact", "We met families.")
    comment = say(world)
    services.reply(comment=comment, text="All of them.", once=uuid.uuid4(), by=world.people["sol"])
    for change in (
        lambda: Comment.objects.update(text="Nothing."),
        lambda: Comment.objects.all().delete(),
        lambda: Reply.objects.update(text="Nothing."),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_second_click_says_it_once(world: World) -> None:
    world.write("impact", "We met families.")
    key, once = first_block(world.version, "impact").key, str(uuid.uuid4())
    sent = {"kind": "question", "words": "Which?", "once": once}
    for _ in range(2):
        assert world.client("amina").post(at(world, "raise", "impact", key), sent).status_code == 302
    comment = Comment.objects.get()
    for _ in range(2):
        sent = {"act": "reply", "reply-words": "These.", "reply-once": once}
        assert world.client("gwen").post(at(world, "comment", comment.number), sent).status_code == 302
    assert Reply.objects.count() == 1
    sent = {"act": "resolve", "resolve-words": "It says so now.", "resolve-once": once}
    for _ in range(2):
        assert world.client("gwen").post(at(world, "comment", comment.number), sent).status_code == 302


def test_a_passage_that_is_gone_takes_no_new_comment(world: World) -> None:
    world.write("impact", "We met families.")
    block, section = first_block(world.version, "impact"), world.version.sections.get(key="impact")
    world.write("impact", "Other words altogether now.")
    arguments: dict[str, Any] = {"section": section, "kind": CommentKind.FIX, "text": "x", "once": uuid.uuid4()}
    with pytest.raises(Conflict, match="no longer in the text"):
        services.raise_comment(block_key=block.key, by=world.people["amina"], **arguments)
    assert world.client("amina").get(at(world, "raise", "impact", block.key)).status_code == 404


def test_an_empty_comment_is_answered_at_its_fields(world: World) -> None:
    world.write("impact", "We met families.")
    key = first_block(world.version, "impact").key
    page = world.client("amina").post(at(world, "raise", "impact", key), {"once": str(uuid.uuid4())}).content.decode()
    assert "Select what kind of comment it is." in page and "Write your comment." in page
    comment = say(world)
    page = world.client("amina").post(at(world, "comment", comment.number), {"act": "resolve", "resolve-once": ""})
    assert "Say what became of it." in page.content.decode()
    assert selectors.comments_of(world.document).get().resolved_at is None
