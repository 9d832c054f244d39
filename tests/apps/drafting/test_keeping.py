"""What somebody types is kept for them alone until they save it, and lost in no way in between."""

from typing import Any

from django.urls import reverse

from partnership.documents.kinds import address_of
from partnership.drafting.models import Unsaved
from tests.apps.documents.world import World, world  # noqa: F401


def at(world: World, page: str) -> str:
    return reverse(f"drafting:{page}", args=[world.area.slug, address_of(world.document), "impact"])


def keep(world: World, body: str, by: str = "gwen", **more: Any) -> Any:
    sent = {"body": body, "explanation": "", "seen_revision": "0", **more}
    return world.client(by).post(at(world, "keep"), sent, headers={"accept": "application/json"})


def test_what_is_typed_is_kept_and_offered_to_its_writer_alone(world: World) -> None:
    assert keep(world, "Half a sentence").json()["said"].startswith("Kept for you at ")
    keep(world, "Half a sentence and more")
    assert Unsaved.objects.get().body == "Half a sentence and more"
    assert "Half a sentence and more" in world.get("gwen", "section", "impact").content.decode()
    assert "Half a sentence" not in world.get("dev", "section", "impact").content.decode()
    assert world.version.sections.get(key="impact").body == ""


def test_paragraphs_lists_and_tables_are_kept_as_they_were_typed(world: World) -> None:
    typed = "## A heading\n\nTwo paragraphs.\n\n- a list\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    assert keep(world, typed, explanation="One.\n\nTwo.").json()["said"].startswith("Kept for you at ")
    kept = Unsaved.objects.get()
    assert kept.body == typed
    assert kept.explanation == "One.\n\nTwo."
    keep(world, "A \x00 that nobody can see")
    assert "\x00" not in Unsaved.objects.get().body


def test_going_on_from_it_keeps_it_among_the_texts_of_the_section(world: World) -> None:
    keep(world, "Half a sentence")
    page = world.client("gwen").post(at(world, "recover"), follow=True)
    assert page.context["form"]["body"].value() == "Half a sentence"
    assert not Unsaved.objects.exists()
    assert "kept aside" in page.content.decode()
    assert "nothing that you typed" in world.client("gwen").post(at(world, "recover"), follow=True).content.decode()


def test_it_is_forgotten_when_saved_or_when_they_say_so(world: World) -> None:
    keep(world, "Half a sentence")
    world.write("impact", "Half a sentence and the rest.")
    assert "Not saved yet" not in world.get("gwen", "section", "impact").content.decode()
    keep(world, "Half a sentence and the rest.")
    assert not Unsaved.objects.exists()
    keep(world, "Again")
    world.client("gwen").post(at(world, "forget"))
    assert not Unsaved.objects.exists()


def test_what_cannot_be_kept_says_so(world: World) -> None:
    assert keep(world, "x" * 60_001).status_code == 400
    assert keep(world, "Text", by="olu").status_code == 403
    assert keep(world, "Text", by="eve").status_code == 404
    world.send()
    assert keep(world, "Late").status_code == 409
