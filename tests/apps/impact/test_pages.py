"""The pages of the impact test: marking passages, one effect with its evidence, priorities, what the chair accepts."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.documents.kinds import address_of
from partnership.impact import services
from partnership.impact.models import Acceptance, Claim, Evidence, LittleProgress, Priority
from tests.apps.documents.world import World, world  # noqa: F401
from tests.apps.impact.test_services import BODY, SURVEY, add, block, effect, mark

FILLED = {**SURVEY, "strength": "Asked by a charity that had not helped them.", "seen_revision": 0}


def at(world: World, name: str, *more: object) -> str:
    return reverse(f"impact:{name}", args=[world.area.slug, address_of(world.document), *more])


def get(world: World, who: str, name: str, *more: object, status: int = 200) -> str:
    answer = world.client(who).get(at(world, name, *more))
    assert answer.status_code == status
    return answer.content.decode()


def post(world: World, who: str, name: str, *more: object, status: int = 302, **data: Any) -> str:
    answer = world.client(who).post(at(world, name, *more), data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_what_stops_the_sending_stands_apart_from_what_could_be_stronger(world: World) -> None:
    add(world, effect(world), before="")
    page = get(world, "gwen", "impact")
    assert "To mend" not in page
    stronger = page.split("Could be stronger")[1]
    assert "does not stop the sending" in stronger and "An effect that does not say for whom" in stronger
    world.write("impact", BODY.replace("a year before", "two years before"))
    to_mend, stronger = get(world, "gwen", "impact").split("Could be stronger")
    assert "This stops the sending for sign-off." in to_mend
    assert "Changed since it was marked" in to_mend and "Changed since it was marked" not in stronger


def test_passages_are_marked_on_the_page_of_their_section(world: World) -> None:
    world.write("impact", f"## What we did\n\n{BODY}")
    page = get(world, "gwen", "section", "impact")
    assert page.count("<fieldset") == 2
    first, second = block(world, "We met"), block(world, "Fewer")
    said = {f"kind-{first.key}": "activity", f"kind-{second.key}": "effect", "seen_revision": 1}
    post(world, "gwen", "section", "impact", **said)
    assert dict(Claim.objects.values_list("key", "kind")) == {first.key: "activity", second.key: "effect"}
    page = get(world, "gwen", "section", "impact")
    assert page.count(" checked") == 2 and f'value="{second.key}:effect"' in page
    said = {**said, "seen": [f"{first.key}:activity", f"{second.key}:effect"], f"kind-{first.key}": ""}
    post(world, "gwen", "section", "impact", **said)
    assert Claim.objects.get().key == second.key


def test_a_text_saved_meanwhile_keeps_what_was_chosen(world: World) -> None:
    world.write("impact", BODY)
    key = block(world, "Fewer").key
    page = post(world, "gwen", "section", "impact", status=409, seen_revision=0, **{f"kind-{key}": "effect"})
    assert "Somebody saved this section while you were marking it" in page
    assert page.count(" checked") == 2  # the other passage claims nothing
    assert not Claim.objects.exists()
    page = post(world, "gwen", "section", "impact", status=200, seen_revision=1, **{f"kind-{key}": "miracle"})
    assert "Choose activity, output or effect" in page


def test_an_effect_with_its_evidence(world: World) -> None:
    claim = effect(world)
    page = get(world, "gwen", "claim", claim.pk)
    assert "Nothing is said yet" in page and "never put in a child" in page.lower()
    post(world, "dev", "add_evidence", claim.pk, **FILLED)
    page = get(world, "olu", "claim", claim.pk)
    assert "Westmere Council" in page and "58 of 120" in page and "Remove" not in page
    evidence = Evidence.objects.get()
    assert "Change<" in get(world, "dev", "claim", claim.pk)
    assert "Change<" not in get(world, "gwen", "claim", claim.pk)
    page = post(world, "gwen", "evidence", evidence.pk, status=409, **{**FILLED, "after": "7", "seen_revision": 1})
    assert "contributed this evidence, and only it changes the words" in page
    post(world, "dev", "evidence", evidence.pk, **{**FILLED, "after": "7 of 120", "seen_revision": 1})
    page = post(
        world, "dev", "evidence", evidence.pk, status=409, **{**FILLED, "after": "8 of 120", "seen_revision": 1}
    )
    assert "There now: 7 of 120" in page and 'value="8 of 120"' in page and 'name="seen_revision" value="2"' in page
    assert "A figure here is one digit long" in get(world, "dev", "claim", claim.pk)
    page = post(world, "gwen", "remove_evidence", evidence.pk, status=200)
    assert "Remove the evidence of Westmere Council?" in page and "7 of 120" in page and "Leave it" in page
    assert Evidence.objects.exists()
    post(world, "gwen", "remove_evidence", evidence.pk, sure="yes")
    post(world, "gwen", "remove_evidence", evidence.pk, sure="yes")  # a second click
    assert not Evidence.objects.exists()
    story = world.get("gwen", "document").content.decode()
    assert "removed evidence of an effect" in story and "It said:" in story and "7 of 120 now." in story


def test_what_is_wrong_with_evidence_is_said_at_its_field(world: World) -> None:
    claim = effect(world)
    page = post(
        world, "gwen", "add_evidence", claim.pk, status=200, before="4", is_before_suppressed="on", seen_revision=0
    )
    for sentence in (
        "Select what kind of evidence it is.",
        "What is not shown is not kept.",
        "Say what is so now, or tick that the figure is too small to be shown.",
        "Say which period it is about.",
        "Say where it comes from",
        "Say what it does not show.",
    ):
        assert sentence in page
    assert 'value="4"' in page
    page = post(world, "gwen", "add_evidence", claim.pk, status=200, **{**FILLED, "source": "Survey ☃"})
    assert "These characters cannot be printed: ☃" in page


def test_no_evidence_yet_asks_for_a_day(world: World) -> None:
    claim = effect(world)
    day = {"look_again_on_day": "3", "look_again_on_month": "5", "look_again_on_year": "2027", "seen_revision": "1"}
    page = post(world, "gwen", "none_yet", claim.pk, status=200, words="", **{**day, "look_again_on_year": "2020"})
    assert "Say what would show it" in page
    post(world, "gwen", "none_yet", claim.pk, words="The survey comes in May.", **day)
    assert "Look again on 3 May 2027" in get(world, "olu", "claim", claim.pk)
    assert "No evidence yet." in get(world, "olu", "impact")


def test_a_changed_passage_is_looked_at_again_on_its_page(world: World) -> None:
    claim = effect(world)
    world.write("impact", BODY.replace("a year before", "two years before"))
    assert "Does it still claim this" in get(world, "gwen", "claim", claim.pk)
    assert "Changed since it was marked" in get(world, "gwen", "section", "impact")
    post(world, "gwen", "look_again", claim.pk, seen_mark=block(world, "Fewer").mark)
    assert "Does it still claim this" not in get(world, "gwen", "claim", claim.pk)
    world.write("impact", "Other words stand here now, none of those of before.")
    assert "no longer in the text" in get(world, "gwen", "claim", claim.pk)
    post(world, "gwen", "unmark", claim.pk)
    post(world, "gwen", "unmark", claim.pk)
    assert not Claim.objects.exists()


def test_priorities_and_little_progress(world: World) -> None:
    post(world, "gwen", "add_priority", words="Neglect")
    post(world, "femi", "add_priority", words="Exploitation")
    post(world, "dev", "add_priority", words="Mine", status=403)
    first, second = Priority.objects.order_by("position")
    post(world, "gwen", "priority", second.pk, words="Children exploited by others", position=1)
    page = get(world, "olu", "impact")
    assert page.index("Children exploited by others") < page.index("Neglect")
    assert "A priority with neither an effect" in page
    told = {"why": "We did not agree.", "what_next": "We meet in May."}
    post(world, "dev", "little_progress", first.pk, seen_revision=0, **told)
    page = post(world, "gwen", "little_progress", first.pk, status=409, seen_revision=0, **{**told, "why": "No money."})
    assert "There now: We did not agree." in page and "No money." in page
    assert "What comes next:</strong> We meet in May." in get(world, "olu", "impact")
    assert world.client("gwen").post(at(world, "remove_priority", first.pk)).status_code == 409
    assert "We did not agree." in post(world, "gwen", "remove_little_progress", first.pk, status=200)
    post(world, "gwen", "remove_little_progress", first.pk, sure="yes")
    assert "Neglect" in post(world, "gwen", "remove_priority", first.pk, status=200)
    assert LittleProgress.objects.count() == 0 and Priority.objects.count() == 2
    post(world, "gwen", "remove_priority", first.pk, sure="yes")
    assert not LittleProgress.objects.exists() and Priority.objects.get() == second


def test_the_effect_names_its_priorities(world: World) -> None:
    claim = effect(world)
    add(world, claim)
    priority = services.name_priority(document=world.document, words="Waiting", by=world.people["gwen"])
    page = post(world, "gwen", "claim", claim.pk, status=200, for_whom="", seen_revision=1)
    assert "Say for whom it is different." in page
    post(world, "gwen", "claim", claim.pk, for_whom="Families", priorities=[priority.pk], seen_revision=1)
    assert "Effect with evidence" in get(world, "olu", "impact")
    page = post(world, "gwen", "claim", claim.pk, status=409, for_whom="Children", priorities=[], seen_revision=1)
    assert "There now: Families" in page and 'value="Children"' in page


def test_the_chair_alone_accepts_a_report_without_an_effect(world: World) -> None:
    assert "Accept it with a reason" not in get(world, "gwen", "impact")
    assert "Accept it with a reason" in get(world, "dev", "impact")
    post(world, "gwen", "accept", reason="Why not.", status=403)
    assert "Give the reason." in post(world, "dev", "accept", reason="", status=200)
    post(world, "dev", "accept", reason="It is the first year of the partnership.")
    assert "It is the first year of the partnership." in get(world, "olu", "impact")
    post(world, "dev", "take_back_acceptance")
    assert not Acceptance.objects.exists()


def test_the_checks_lead_to_the_page(world: World) -> None:
    page = world.get("gwen", "checks").content.decode()
    assert f"{at(world, 'impact')}#effects" in page


def test_a_frozen_report_shows_what_is_printed_in_it_and_the_public_reads_it(world: World) -> None:
    version = world.published()
    page = get(world, "olu", "impact")
    assert "What version 1 says of effects" in page
    paragraph = reverse("documents:version", args=[world.area.slug, address_of(world.document), 1])
    assert f'href="{paragraph}#p-' in page
    get(world, "gwen", "section", "impact", status=409)
    get(world, "gwen", "add_evidence", Claim.objects.get().pk, status=409)
    public = world.client("eve").get(reverse("public:document", args=[world.area.slug, address_of(world.document)]))
    text = public.content.decode()
    assert 'id="claims"' in text and "Before: 58 of 120" in text and 'href="#p-' in text
    assert text.count('href="#claim-1"') == 1 and 'id="claim-1"' in text
    told = world.client("eve").get(reverse("public:content", args=[world.area.slug, address_of(world.document)]))
    assert version.document.impact_claims.count() == 1 and b"Survey of families" in told.content


def test_others_see_nothing_and_the_arrangements_have_no_such_page(world: World) -> None:
    get(world, "eve", "impact", status=404)
    where = reverse("impact:impact", args=[world.area.slug, "arrangements/2026"])
    assert world.client("gwen").get(where).status_code == 404


def test_the_page_asks_the_database_as_often_for_six_effects_as_for_two(world: World) -> None:
    body = "\n\n".join(f"Fewer children of group {letter} waited for help." for letter in "ABCDEF")
    world.write("impact", body)
    asked = []
    for letters in ("AB", "CDEF"):
        for letter in letters:
            claim = mark(world, f"group {letter}", "effect")
            assert claim
            add(world, claim)
            priority = services.name_priority(document=world.document, words=letter, by=world.people["gwen"])
            told = {"why": "No time.", "what_next": "In May.", "seen_revision": 0, "by": world.people["gwen"]}
            services.tell_little_progress(priority=priority, **told)
        get(world, "gwen", "impact")
        with CaptureQueriesContext(connection) as queries:
            get(world, "gwen", "impact")
        asked.append(len(queries))
    assert asked[0] == asked[1] < 45
