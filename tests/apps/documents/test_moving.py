"""A draft that is moved to a newer edition keeps its text and shows only what needs work."""

import pytest

from partnership.documents import content, meeting, services
from partnership.errors import NotAllowed, WrongState
from partnership.guidance import crosswalk, loader
from tests import worlds
from tests.answered import answer_musts
from tests.apps.documents.world import World, world  # noqa: F401


def moved(world: World) -> list[crosswalk.Change]:
    work = services.move_to_edition(document=world.document, edition_key="wt2026", by=world.people["gwen"])
    world.document.refresh_from_db()
    return work


def test_a_moved_draft_keeps_text_and_confirmations_of_what_stays_the_same(world: World) -> None:
    world.write_everything()
    before = {row.key: row.body for row in world.version.sections.all()}
    work = moved(world)
    assert world.document.edition_key == "wt2026"
    assert {row.key: row.body for row in world.version.sections.filter(key__in=before)} == before
    states = {row.rule.id: row.state for row in meeting.rows(world.version)}
    assert states["YR-01"] == "confirmed"
    assert {change.new.id for change in work if change.new} == {"YR-21"}
    assert states["YR-21"] == "open"
    assert services.move_to_edition(document=world.document, edition_key="wt2026", by=world.people["gwen"]) == []


def test_two_editions_stand_side_by_side(world: World) -> None:
    world.published()
    arrangements = worlds.correct(world.version, world.people["gwen"])
    assert content.of(world.document.versions.get(number=1))["edition"]["key"] == "wt2023"
    with pytest.raises(WrongState, match="signed under its edition"):
        moved(world)
    assert arrangements.document.edition_key == "wt2023"


def test_what_changed_is_confirmed_again_and_what_is_gone_loses_its_mark(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write_everything()
    services.explain(
        version=world.version, requirement="YR-12", reason="not_met", text="Late.", seen_revision=0,
        by=world.people["gwen"],
    )  # fmt: skip
    old, new = loader.edition("wt2023"), loader.edition("wt2026")
    rules = {row.id: row for row in new.requirements_for("yearly_report")}
    said = [
        crosswalk.Change("changed", old.requirement("YR-01"), rules["YR-01"]),
        crosswalk.Change("removed", old.requirement("YR-02"), None),
        crosswalk.Change("same", old.requirement("YR-12"), rules["YR-13"]),
    ]
    monkeypatch.setattr(crosswalk, "between", lambda *_: tuple(said))
    moved(world)
    assert [(row.requirement, row.state) for row in world.version.answers.select_related("block")] == [
        ("YR-01", "claimed")
    ]
    assert world.version.explanations.get().requirement == "YR-13"


def test_a_requirement_with_another_name_keeps_its_claim_and_is_confirmed_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write_everything()
    before = world.version.answers.get(requirement="YR-01")
    assert before.state == "confirmed"
    old, new = loader.edition("wt2023"), loader.edition("wt2026")
    rules = {row.id: row for row in new.requirements_for("yearly_report")}
    said = (crosswalk.Change("same", old.requirement("YR-01"), rules["YR-13"]),)
    monkeypatch.setattr(crosswalk, "between", lambda *_: said)
    moved(world)
    after = world.version.answers.get(requirement="YR-13")
    assert (after.block_id, after.claimed_by_id, after.claimed_at) == (
        before.block_id,
        before.claimed_by_id,
        before.claimed_at,
    )
    assert after.state == "claimed"
    assert not world.version.answers.filter(requirement="YR-01").exists()


def test_who_may_move_and_where_to(world: World) -> None:
    with pytest.raises(NotAllowed):
        services.move_to_edition(document=world.document, edition_key="wt2026", by=world.people["amina"])
    with pytest.raises(WrongState, match="newer edition that is in force"):
        services.move_to_edition(document=world.document, edition_key="wt2018", by=world.people["gwen"])
    page = world.get("gwen", "edition").content.decode()
    assert "Move the draft to Working Together 2026" in page and "YR-21" in page
    page = world.post("gwen", "edition", data={"edition": "wt2026"}, follow=True).content.decode()
    assert "What the move left to do" in page and "No newer edition of this guidance is in force." in page
    world.write_everything()
    answer_musts(world.version, world.people["gwen"], world.people["dev"])
    version = services.send_for_sign_off(version=world.version, by=world.people["gwen"])
    assert content.of(version)["edition"]["key"] == "wt2026"
