"""Which passage answers which requirement: marked by one, confirmed by another, asked again when it changes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.html import escape

from partnership.audit.models import AuditEntry
from partnership.documents import content, jobs, meeting, services
from partnership.documents.guidance_rows import guidance_rows, how_met
from partnership.documents.models import Answer, Explanation, RenditionKind
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from tests import worlds
from tests.answered import answer_musts, first_block, mark
from tests.apps.documents.world import World, world  # noqa: F401

BODY = "We met families in five places.\n\nFewer children waited for help than a year before.\n"


def state(world: World, requirement: str) -> str:
    return next(row.state for row in meeting.rows(world.version) if row.rule.id == requirement)


def confirm(world: World, requirement: str = "YR-01", by: str = "dev") -> Answer:
    answer = world.version.answers.select_related("block").get(requirement=requirement)
    return services.confirm(answer=answer, seen_mark=answer.block.mark, by=world.people[by])


def marked(world: World) -> Answer:
    world.write("impact", BODY)
    mark(world.version, "YR-01", first_block(world.version, "impact"), world.people["gwen"])
    return world.version.answers.get()


def test_a_passage_is_marked_by_one_and_confirmed_by_another(world: World) -> None:
    assert state(world, "YR-01") == "open"
    marked(world)
    assert state(world, "YR-01") == "to_confirm"
    with pytest.raises(WrongState, match="You marked this passage yourself"):
        confirm(world, by="gwen")
    confirm(world)
    assert state(world, "YR-01") == "confirmed"
    events = AuditEntry.objects.order_by("pk").values_list("event", flat=True)
    assert list(events.filter(event__startswith="answer.")) == ["answer.marked", "answer.confirmed"]


def test_whoever_wrote_a_passage_does_not_confirm_it(world: World) -> None:
    world.write("impact", BODY, by="dev")
    mark(world.version, "YR-01", first_block(world.version, "impact"), world.people["gwen"])
    with pytest.raises(WrongState, match="You wrote this passage yourself"):
        confirm(world)
    confirm(world, by="femi")


def test_the_database_itself_refuses_one_person_twice_and_another_text(world: World) -> None:
    answer = marked(world)
    gwen, dev = world.people["gwen"], world.people["dev"]
    right = {"confirmed_at": "2026-09-14T09:00Z", "confirmed_mark": answer.block.mark}
    for wrong in ({**right, "confirmed_by": gwen}, {**right, "confirmed_by": dev, "confirmed_mark": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=answer.pk).update(**wrong)
    Answer.objects.filter(pk=answer.pk).update(**right, confirmed_by=dev)


def test_a_passage_that_changed_is_to_be_confirmed_again_by_somebody_else(world: World) -> None:
    marked(world)
    confirm(world)
    world.write("impact", BODY.replace("five places", "six places"), by="dev")
    assert state(world, "YR-01") == "changed"
    with pytest.raises(WrongState, match="You wrote this passage yourself"):
        confirm(world)
    confirm(world, by="femi")
    assert state(world, "YR-01") == "confirmed"


def test_a_change_elsewhere_and_moving_about_leave_the_confirmation(world: World) -> None:
    marked(world)
    confirm(world)
    one, two = BODY.strip().split("\n\n")
    world.write("impact", f"{two} They said so.\n\n### What we did\n\n{one}\n")
    assert state(world, "YR-01") == "confirmed"


def test_a_passage_that_is_gone_must_be_marked_anew_and_comes_back_with_its_confirmation(world: World) -> None:
    marked(world)
    confirm(world)
    world.write("impact", "Something else altogether, without any of those words.")
    assert state(world, "YR-01") == "gone"
    with pytest.raises(Conflict, match="has changed since"):
        confirm(world, by="femi")
    world.write("impact", BODY)
    assert state(world, "YR-01") == "confirmed"


def test_what_was_on_the_screen_is_what_is_confirmed(world: World) -> None:
    answer = marked(world)
    seen = answer.block.mark
    world.write("impact", BODY.replace("five", "six"))
    with pytest.raises(Conflict, match="has changed since you opened the page"):
        services.confirm(answer=answer, seen_mark=seen, by=world.people["dev"])


def test_marks_of_an_older_text_and_of_other_documents_are_refused(world: World) -> None:
    marked(world)
    section = world.version.sections.get(key="impact")
    claim = (str(first_block(world.version, "impact").key), "ARR-01")
    arguments = {"section": section, "remove": [], "by": world.people["gwen"]}
    with pytest.raises(Conflict, match="Somebody saved this section"):
        services.mark(add=[], seen_revision=0, **arguments)
    with pytest.raises(WrongState, match="not asked of this document"):
        services.mark(add=[claim], seen_revision=section.revision, **arguments)
    with pytest.raises(WrongState, match="holds nothing"):
        services.mark(add=[(claim[0], "YR-99")], seen_revision=section.revision, **arguments)
    with pytest.raises(NotAllowed):
        services.mark(add=[claim], seen_revision=section.revision, **{**arguments, "by": world.people["olu"]})


def test_sending_waits_for_every_must_and_names_its_place(world: World) -> None:
    world.write_everything()
    world.write("impact", "Other words for all of this section.")
    problems = content.problems(world.version)
    assert [problem.sentence[:5] for problem in problems] == ["YR-01", "YR-02"]
    assert problems[0].href == world.at("requirement", "YR-01")
    with pytest.raises(Incomplete):
        services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    answer_musts(world.version, world.people["gwen"], world.people["dev"])
    assert not content.problems(world.version)


def test_an_explanation_answers_for_a_must_and_is_signed_and_published(world: World) -> None:
    world.write_everything()
    world.write("impact", "Other words for all of this section.")
    for requirement in ("YR-01", "YR-02"):
        services.explain(
            version=world.version, requirement=requirement, reason="not_met", text="The data came too late.",
            seen_revision=0, by=world.people["gwen"],
        )  # fmt: skip
    version = services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    rows = {row["id"]: row for row in guidance_rows(content.of(version))}
    assert rows["YR-01"]["said"] == "Not met: The data came too late."
    assert "The data came too late." in version.content


def test_one_explanation_is_not_overwritten_unseen(world: World) -> None:
    def explain(text: str, seen: int, by: str) -> Explanation:
        return services.explain(
            version=world.version, requirement="YR-12", reason="not_met", text=text, seen_revision=seen,
            by=world.people[by],
        )  # fmt: skip

    explain("Not closed yet.", 0, "gwen")
    with pytest.raises(Conflict):
        explain("No accounts.", 0, "dev")
    assert explain("Not closed yet.", 0, "gwen").revision == 1  # a second click
    page = world.post("dev", "requirement", "YR-12", data={"reason": "not_met", "text": "Mine.", "seen_revision": "0"})
    assert page.status_code == 409
    assert "Not closed yet." in page.content.decode() and "Mine." in page.content.decode()
    assert 'name="seen_revision" value="1"' in page.content.decode()
    services.take_back_explanation(version=world.version, requirement="YR-12", by=world.people["dev"])
    assert state(world, "YR-12") == "open"


def test_answers_go_with_the_text_into_the_next_version_and_stay_with_the_frozen_one(world: World) -> None:
    version = world.send()
    before = {(row.requirement, str(row.block.key), row.confirmed_by_id) for row in version.answers.all()}
    with pytest.raises(WrongState, match="frozen"):
        services.unmark(answer=version.answers.all()[0], by=world.people["gwen"])
    with pytest.raises(IntegrityError), transaction.atomic():
        version.answers.all().delete()
    draft = services.return_for_changes(
        version=version, seat=world.seats["council"], reason="Say more.", by=world.people["amina"]
    )
    assert {(row.requirement, str(row.block.key), row.confirmed_by_id) for row in draft.answers.all()} == before
    assert {row.state for row in draft.answers.select_related("block")} == {"confirmed"}


def test_the_publication_names_the_paragraph(world: World) -> None:
    world.write_everything()
    world.write("impact", f"### What we did\n\n{BODY}")
    second = world.version.blocks.filter(section__key="impact", place=3).get()
    mark(world.version, "YR-02", second, world.people["gwen"])
    answer_musts(world.version, world.people["gwen"], world.people["dev"])
    version = services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    number = 1 + [section["key"] for section in content.of(version)["sections"]].index("impact")
    rows = {row["id"]: row for row in guidance_rows(content.of(version))}
    assert rows["YR-02"]["places"] == [(f"Paragraph {number}.2 (Priorities and impact)", f"p-{number}-2")]
    assert rows["YR-12"]["where"].endswith("No passage is named")
    met = how_met(list(rows.values()))
    assert "answered at a named passage" in met and "neither answered at a named passage nor explained" in met
    counted = [row["met"] for row in rows.values()]
    assert f"{counted.count('neither')} neither" in met


def test_what_should_be_there_and_is_not_is_said_before_sending_to_the_signer_and_to_the_public(world: World) -> None:
    assert not meeting.unanswered(world.version)  # as long as nothing is written, the sections are what is missing
    world.write_everything()
    missing = meeting.unanswered(world.version)
    assert {"should", "expected"} & {problem.sentence.split("(")[1].split()[0].rstrip(")") for problem in missing}
    assert any("(expected by the Department for Education)" in problem.sentence for problem in missing)
    assert escape(missing[0].sentence) in world.get("gwen", "checks").content.decode()

    version = services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    page = world.get("amina", "sign", version.number, world.seats["council"].pk).content.decode()
    assert page.count("This is neither answered at a named passage nor explained.") == len(missing)

    for name in ("amina", "ben"):
        version = world.sign(name)
    jobs.render(version, RenditionKind.FINAL)
    worlds.publish(version, world.people["gwen"])
    public = world.client("gwen").get(f"/published/{world.area.slug}/yearly-report/2025-26/").content.decode()
    rows = guidance_rows(content.of(version))
    neither = sum(row["met"] == "neither" for row in rows)
    assert f"{neither} neither answered at a named passage nor explained" in public
