"""The pages on which passages are marked, confirmed and explained."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from partnership.documents import meeting, services
from tests.answered import mark
from tests.apps.documents.test_answers import BODY, marked, state
from tests.apps.documents.world import World, world  # noqa: F401


def ticks(page: Any) -> list[str]:
    return [option.value for passage in page.context["marking"].passages for option in passage.options]


def test_the_page_marks_what_is_ticked_and_keeps_ticks_when_the_text_moved_on(world: World) -> None:
    world.write("impact", BODY)
    page = world.get("gwen", "answers", "impact")
    value = next(tick for tick in ticks(page) if tick.endswith(":YR-02"))
    data = {"seen_revision": "1", "marks": [value]}
    assert "1 mark is changed." in world.post("gwen", "answers", "impact", data=data, follow=True).content.decode()
    assert state(world, "YR-02") == "to_confirm"
    late = world.post("femi", "answers", "impact", data={"seen_revision": "0", "marks": [value], "seen": []})
    assert late.status_code == 409 and "Your ticks are still here" in late.content.decode()
    assert f'value="{value}" checked' in late.content.decode()
    world.post("femi", "answers", "impact", data={"seen_revision": "1", "seen": [value]})
    assert state(world, "YR-02") == "open"


def test_a_mark_made_meanwhile_by_somebody_else_is_left_alone(world: World) -> None:
    answer = marked(world)
    other = f"{answer.block.key}:YR-02"
    world.post("femi", "answers", "impact", data={"seen_revision": "1", "marks": [other]})  # saw no mark of Gwen's
    assert {row.requirement for row in world.version.answers.all()} == {"YR-01", "YR-02"}


def test_another_requirement_can_be_asked_about_anywhere(world: World) -> None:
    world.write("foreword", "We thank the families.")
    page = world.client("gwen").get(world.at("answers", "foreword") + "?also=YR-08&also=nonsense")
    assert [tick.partition(":")[2] for tick in ticks(page)] == ["YR-08"]


def test_the_matrix_is_filtered_and_says_what_stops_the_sending(world: World) -> None:
    marked(world)
    everything = world.get("olu", "requirements")
    assert len(everything.context["matrix"].shown) == len(everything.context["matrix"].rows)
    assert "2 musts have neither a confirmed passage nor an explanation." in everything.content.decode()
    musts = world.client("olu").get(world.at("requirements") + "?level=must&state=to_confirm&section=impact&x=y")
    assert [row.rule.id for row in musts.context["matrix"].shown] == ["YR-01"]
    assert len(world.client("olu").get(world.at("requirements") + "?level=x").context["matrix"].shown) > 10


def test_confirming_and_taking_back_on_the_page(world: World) -> None:
    answer = marked(world)
    page = world.get("dev", "requirement", "YR-01").content.decode()
    assert "We met families in five places." in page and "Confirm<" in page
    assert "Somebody else has to confirm it." in world.get("gwen", "requirement", "YR-01").content.decode()
    world.post("dev", "confirm_answer", answer.pk, data={"seen_mark": answer.block.mark})
    assert state(world, "YR-01") == "confirmed"
    again = {"data": {"seen_mark": answer.block.mark}, "follow": True}
    page = world.post("gwen", "confirm_answer", answer.pk, **again).content.decode()
    assert "Dev has confirmed that passage already." in page and "You confirmed" not in page
    world.post("gwen", "unmark", answer.pk)
    assert world.post("gwen", "unmark", answer.pk, follow=True).status_code == 200  # a second click
    assert state(world, "YR-01") == "open"
    assert world.post("olu", "unmark", answer.pk).status_code == 403


def test_strange_characters_in_an_explanation_are_named_and_kept(world: World) -> None:
    data = {"reason": "not_met", "text": "We tried 𓀀.", "seen_revision": "0"}
    page = world.post("gwen", "requirement", "YR-12", data=data).content.decode()
    assert "These characters cannot be printed: 𓀀" in page and escape("We tried 𓀀.") in page


def test_the_pages_ask_as_often_for_many_passages_as_for_few(world: World) -> None:
    def asked(name: str, *more: str) -> int:
        with CaptureQueriesContext(connection) as found:
            world.get("gwen", name, *more)
        return len(found)

    marked(world)
    world.get("gwen", "requirements")
    few = [asked("requirements"), asked("answers", "impact"), asked("section", "impact"), asked("requirement", "YR-01")]
    world.write("impact", BODY + "".join(f"\nParagraph {number} of many more.\n" for number in range(60)))
    for block in list(world.version.blocks.filter(place__isnull=False, section__key="impact"))[:30]:
        mark(world.version, "YR-02", block, world.people["gwen"])
    many = [
        asked("requirements"),
        asked("answers", "impact"),
        asked("section", "impact"),
        asked("requirement", "YR-01"),
    ]
    assert many == few


def test_the_page_of_a_requirement_is_headed_by_its_words(world: World) -> None:
    page = world.get("gwen", "requirement", "YR-17").content.decode()
    heading = page.split("<h1")[1].split("</h1>")[0]
    assert "YR-17, Westmere: Yearly report 2025-26</span>" in heading
    assert heading.endswith("Give evidence that national reforms have been carried out")
    assert "the key decisions, actions and issues of the year." in page


def test_what_is_decided_locally_is_not_shown_as_a_fault(world: World) -> None:
    row = next(row for row in meeting.rows(world.version) if row.rule.id == "YR-23")
    assert (row.words, row.colour) == ("Not answered, decided locally", "grey")


def test_what_is_asked_in_some_areas_alone_says_how_to_say_that_it_does_not_apply(world: World) -> None:
    page = world.get("gwen", "requirement", "YR-18").content.decode()
    assert page.split("<h1")[1].split("</h1>")[0].endswith("Review the use of restraint in the secure establishment")
    assert "If it is not, nothing has to be done: it never stops the sending." in page
    assert '<a class="govuk-link" href="#explanation">explain that it does not apply here</a>' in page
    assert 'id="explanation"' in page
    read = world.get("olu", "requirement", "YR-18").content.decode()
    assert "It is answered where this is so" in read and "#explanation" not in read


def test_the_words_of_a_requirement_stand_below_its_heading_only_where_they_say_more(world: World) -> None:
    short = world.get("gwen", "requirement", "YR-02").content.decode().split("<main")[1]
    assert short.count("Say how effective the arrangements have been in practice") == 1
    assert "reported to the youth justice bodies" in world.get("gwen", "requirement", "YR-18").content.decode()


def test_an_explanation_is_shown_once_more_before_it_is_removed_and_stays_in_the_story(world: World) -> None:
    said = {"reason": "not_met", "text": "The accounts are open.", "seen_revision": 0}
    services.explain(version=world.version, requirement="YR-12", by=world.people["gwen"], **said)
    page = world.post("gwen", "take_back_explanation", "YR-12").content.decode()
    assert "Remove the explanation?" in page and "The accounts are open." in page
    assert world.version.explanations.exists()
    world.post("gwen", "take_back_explanation", "YR-12", data={"sure": "yes"})
    assert not world.version.explanations.exists()
    assert "It said: The accounts are open." in world.get("gwen", "document").content.decode()
