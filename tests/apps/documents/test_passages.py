"""A passage stays itself where its section changes, and neither it nor a mark on it is rewritten behind anybody's back."""

import pytest
from django.db import IntegrityError, transaction

from partnership.documents import services
from partnership.documents.models import Answer
from tests.answered import first_block, mark
from tests.apps.documents.test_answers import BODY, state
from tests.apps.documents.world import World, world  # noqa: F401


def test_the_database_lets_nobody_rewrite_who_claimed_or_wrote_what(world: World) -> None:
    world.write("impact", BODY)
    mark(world.version, "YR-01", first_block(world.version, "impact"), world.people["gwen"])
    answer = Answer.objects.get()
    frozen = world.version
    rewritten = [
        lambda: Answer.objects.filter(pk=answer.pk).update(claimed_by=world.people["dev"]),
        lambda: Answer.objects.filter(pk=answer.pk).update(requirement="YR-02"),
        lambda: frozen.blocks.filter(pk=answer.block_id).update(written_by=world.people["dev"]),
    ]
    for rewrite in rewritten:
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite()


def test_no_section_of_a_frozen_version_is_made_one_of_a_draft(world: World) -> None:
    sent = world.send()
    services.return_for_changes(version=sent, seat=world.seats["council"], reason="More.", by=world.people["amina"])
    draft = world.version
    assert draft.pk != sent.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        sent.sections.filter(key="impact").update(version=draft, key="elsewhere")


def test_a_passage_that_is_cut_and_pasted_into_another_section_stays_itself(world: World) -> None:
    moved = "Seven of ten families said that they had been heard."
    world.write("impact", f"{moved}\n\nNone.\n\nSomething else.")
    block = world.version.blocks.get(text=moved)
    mark(world.version, "YR-01", block, world.people["gwen"])
    services.confirm(answer=Answer.objects.get(), seen_mark=block.mark, by=world.people["dev"])
    world.write("impact", "Something else.")
    assert state(world, "YR-01") == "gone"
    world.write("training", f"None.\n\n{moved}")
    assert state(world, "YR-01") == "confirmed"
    block.refresh_from_db()
    assert (block.section.key, block.place) == ("training", 2)
    assert world.version.blocks.filter(text="None.").count() == 2  # a few words alone come from nowhere


def test_more_passages_than_a_section_can_have_are_refused_and_what_was_typed_stays(world: World) -> None:
    typed = "> a\n\n" * 1_001
    page = world.post("gwen", "section", "impact", data={"body": typed, "explanation": "", "seen_revision": "0"})
    assert "The most is 1,000." in page.content.decode()
    assert page.context["form"]["body"].value().startswith("> a")
    assert not world.version.blocks.filter(section__key="impact").exists()


@pytest.mark.parametrize("revision", ["2147483648", "99999999999999999999", "-1", "x"])
def test_a_revision_that_no_column_holds_is_refused_with_a_sentence(world: World, revision: str) -> None:
    page = world.post(
        "gwen", "section", "impact", data={"body": "Words.", "explanation": "", "seen_revision": revision}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["seen_revision"]
