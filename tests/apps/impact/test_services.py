"""What a report claims: marked in its passages, shown by evidence or said to be without, and kept through its versions."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnership.audit.models import AuditEntry
from partnership.documents import content, numbering
from partnership.documents import services as documents
from partnership.documents.models import Block
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.impact import selectors, services, standing
from partnership.impact.models import Claim, Evidence, LittleProgress, Priority
from tests import told as telling
from tests.answered import answer_musts
from tests.apps.documents.world import World, world  # noqa: F401

BODY = "We met families in five places.\n\nFewer children waited for help than a year before.\n"
SURVEY: dict[str, Any] = {
    "sort": "survey",
    "before": "58 of 120",
    "after": "82 of 120",
    "period": "2025-26",
    "source": "Survey of families",
    "limits": "Few answered.",
}


def block(world: World, words: str) -> Block:
    return world.version.blocks.get(text__contains=words, place__isnull=False)


def mark(world: World, words: str, kind: str, by: str = "gwen") -> Claim | None:
    found = block(world, words)
    section = world.version.sections.get(pk=found.section_id)
    kinds = {str(found.key): kind}
    services.mark(section=section, kinds=kinds, seen_revision=section.revision, by=world.people[by])
    return Claim.objects.filter(key=found.key).first()


def effect(world: World) -> Claim:
    world.write("impact", BODY)
    claim = mark(world, "Fewer children", "effect")
    assert claim
    return claim


def add(world: World, claim: Claim, by: str = "gwen", **more: Any) -> Evidence:
    return services.add_evidence(claim=claim, by=world.people[by], **{**SURVEY, **more})


def impact(world: World) -> standing.Impact:
    return standing.of(world.version)


def sentences(world: World) -> list[str]:
    return [problem.sentence for problem in selectors.problems(world.version)]


def written(world: World) -> None:
    """Everything that is asked but an effect."""
    for section in world.version.sections.all():
        world.write(section.key, f"The partners wrote about {section.title.lower()}.")
    answer_musts(world.version, world.people["gwen"], world.people["dev"])
    claim = Claim.objects.get()
    services.remove_evidence(evidence=claim.evidence.get(), by=world.people["gwen"])
    services.unmark(claim=claim, by=world.people["gwen"])


def test_a_passage_is_marked_changed_and_unmarked(world: World) -> None:
    world.write("impact", BODY)
    mark(world, "We met", "activity")
    mark(world, "Fewer children", "output")
    assert impact(world).counts == [("activity", 1), ("output", 1), ("effects", 0)]
    mark(world, "Fewer children", "effect")
    assert impact(world).counts == [("activity", 1), ("outputs", 0), ("effect", 1)]
    mark(world, "We met", "")
    assert impact(world).counts == [("activities", 0), ("outputs", 0), ("effect", 1)]
    events = AuditEntry.objects.filter(event__startswith="claim.").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["claim.marked", "claim.marked", "claim.marked", "claim.unmarked"]


def test_a_second_click_changes_nothing(world: World) -> None:
    claim = effect(world)
    mark(world, "Fewer children", "effect")
    assert add(world, claim) == add(world, claim)
    assert AuditEntry.objects.filter(event__in=["claim.marked", "evidence.added"]).count() == 2


def test_marks_of_an_older_text_of_no_passage_and_of_others_are_refused(world: World) -> None:
    world.write("impact", BODY)
    section = world.version.sections.get(key="impact")
    key = str(block(world, "We met").key)
    given = {"section": section, "by": world.people["gwen"], "seen_revision": section.revision}
    with pytest.raises(Conflict, match="Somebody saved this section"):
        services.mark(kinds={key: "effect"}, **{**given, "seen_revision": 0})
    with pytest.raises(WrongState, match="activity, output or effect"):
        services.mark(kinds={key: "miracle"}, **given)
    with pytest.raises(Conflict, match="no longer in the text"):
        services.mark(kinds={"00000000-0000-4000-8000-000000000000": "effect"}, **given)
    with pytest.raises(NotAllowed):
        services.mark(kinds={key: "effect"}, **{**given, "by": world.people["olu"]})


def test_an_effect_is_shown_by_evidence_or_waits_for_it_until_a_day(world: World) -> None:
    claim = effect(world)
    assert impact(world).without_evidence and impact(world).is_only_activity
    later = {"claim": claim, "words": "The survey comes in May.", "by": world.people["gwen"], "seen_revision": 1}
    with pytest.raises(WrongState, match="a day after today"):
        services.say_none_yet(look_again_on=date(2026, 9, 14), **later)
    services.say_none_yet(look_again_on=date(2027, 5, 3), **later)
    assert impact(world).waiting and not impact(world).is_only_activity
    add(world, claim)
    claim.refresh_from_db()
    assert (claim.none_yet, claim.look_again_on) == ("", None)
    assert not impact(world).waiting and not impact(world).without_evidence
    with pytest.raises(WrongState, match="has evidence"):
        services.say_none_yet(look_again_on=date(2027, 5, 3), **{**later, "seen_revision": 3})


def test_what_has_evidence_stays_an_effect(world: World) -> None:
    claim = effect(world)
    evidence = add(world, claim)
    with pytest.raises(WrongState, match="Remove the evidence first"):
        mark(world, "Fewer children", "output")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(kind="output")
    services.remove_evidence(evidence=evidence, by=world.people["gwen"])
    output = mark(world, "Fewer children", "output")
    assert output
    with pytest.raises(WrongState, match="belongs to an effect"):
        add(world, output)


def test_evidence_keeps_the_words_of_who_gave_it(world: World) -> None:
    claim = effect(world)
    given = add(world, claim, by="dev")
    assert given.contributed_as == "Westmere Council"
    with pytest.raises(WrongState, match="Westmere Council contributed this evidence"):
        services.change_evidence(evidence=given, seen_revision=1, by=world.people["gwen"], **{**SURVEY, "after": "9"})
    services.change_evidence(
        evidence=given, seen_revision=1, by=world.people["dev"], **{**SURVEY, "after": "90 of 120"}
    )
    with pytest.raises(Conflict):
        services.change_evidence(evidence=given, seen_revision=1, by=world.people["dev"], **SURVEY)
    assert add(world, claim).contributed_as == "Westmere Safeguarding Partners"
    assert claim.evidence.count() == 2


def test_who_scrutinises_is_told_once_that_several_bodies_gave_evidence_of_one_effect(world: World) -> None:
    def told() -> list[str]:
        return [row.person.email for row in telling.of("several-gave-evidence")]

    claim = effect(world)
    add(world, claim, by="dev")
    add(world, claim, by="dev", source="Audit of ten cases")
    assert told() == []
    add(world, claim)
    add(world, claim, source="Another survey")
    assert told() == [world.people["sol"].email]
    assert "Survey of families" not in telling.of("several-gave-evidence").get().text


def test_a_figure_that_is_not_shown_is_not_kept(world: World) -> None:
    claim = effect(world)
    with pytest.raises(WrongState, match="what is not shown is not kept"):
        add(world, claim, is_before_suppressed=True)
    with pytest.raises(WrongState, match="Say what is so now"):
        add(world, claim, after="")
    evidence = add(world, claim, before="", is_before_suppressed=True, after="", is_after_suppressed=True)
    assert not impact(world).without_before
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(before="3")
    shown = selectors.printed(world.version, states(world))[0]["evidence"][0]
    assert (shown["before"], shown["after"]) == (selectors.SUPPRESSED, selectors.SUPPRESSED)


def states(world: World) -> dict[str, Any]:
    return {state.section.key: state for state in content.states(world.version)}


def test_the_page_lists_what_to_mend_and_no_score(world: World) -> None:
    claim = effect(world)
    world.write("training", "We trained 1,302 people.")
    mark(world, "1,302", "output")
    assert [said.opening for said in impact(world).without_evidence] == [
        "Fewer children waited for help than a year before."
    ]
    assert [said.opening for said in impact(world).training_by_attendance] == ["We trained 1,302 people."]
    assert [said.claim for said in impact(world).for_nobody] == [claim]
    add(world, claim, before="")
    add(world, claim, before="", sort="example")
    assert [row.sort for _, row in impact(world).without_before] == ["survey"]
    world.write("training", "We trained 1,302 people.\n\nIn 7 of 10 visits a child was now seen alone.")
    mark(world, "seen alone", "effect")
    assert not impact(world).training_by_attendance


def test_a_changed_passage_asks_to_look_again_and_stops_the_sending(world: World) -> None:
    claim = effect(world)
    add(world, claim)
    world.write("impact", BODY.replace("a year before", "two years before"))
    assert [said.state for said in impact(world).said] == ["changed"]
    assert any("was changed since it was marked" in sentence for sentence in sentences(world))
    with pytest.raises(Conflict, match="has changed since you opened"):
        services.look_again(claim=claim, seen_mark="0" * 64, by=world.people["gwen"])
    services.look_again(claim=claim, seen_mark=block(world, "two years").mark, by=world.people["dev"])
    assert sentences(world) == []
    world.write("impact", "Nothing of that is left, and other words stand in its place.")
    assert [said.state for said in impact(world).said] == ["gone"]
    assert any("marks nothing that is different" in sentence for sentence in sentences(world))


def test_only_activity_does_not_go_for_sign_off_unless_the_chair_says_why(world: World) -> None:
    written(world)
    mark(world, "wrote about priorities", "activity")
    gwen, dev = world.people["gwen"], world.people["dev"]
    with pytest.raises(Incomplete) as refusal:
        documents.send_for_sign_off(version=world.version, by=gwen)
    assert [p.sentence[:40] for p in refusal.value.problems] == ["The draft tells what was done and marks "]
    with pytest.raises(NotAllowed, match="partnership chair"):
        services.accept(document=world.document, reason="It is the first year.", by=gwen)
    services.accept(document=world.document, reason="It is the first year.", by=dev)
    with pytest.raises(Conflict):
        services.accept(document=world.document, reason="Another.", by=dev)
    version = documents.send_for_sign_off(version=world.version, by=gwen)
    accepted = content.of(version)["claims"]
    assert accepted == [
        {"type": "accepted", "reason": "It is the first year.", "by": "Dev, partnership chair", "on": "2026-09-14"}
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        version.impact_acceptance.delete()


def test_an_acceptance_counts_for_one_version_and_is_not_printed_beside_an_effect(world: World) -> None:
    written(world)
    services.accept(document=world.document, reason="It is the first year.", by=world.people["dev"])
    assert sentences(world) == []
    claim = mark(world, "wrote about priorities", "effect")
    assert claim
    add(world, claim)
    assert [entry["type"] for entry in selectors.printed(world.version, states(world))] == ["effect"]
    services.take_back_acceptance(document=world.document, by=world.people["dev"])
    assert sentences(world) == []


def test_every_priority_needs_an_effect_with_evidence_or_the_plain_word(world: World) -> None:
    gwen = world.people["gwen"]
    claim = effect(world)
    add(world, claim)
    first = services.name_priority(document=world.document, words="Neglect", by=gwen)
    second = services.name_priority(document=world.document, words="Exploitation", by=gwen)
    assert services.name_priority(document=world.document, words="Neglect", by=gwen) == first
    assert len([s for s in sentences(world) if "has neither an effect" in s]) == 2
    seen = {"claim": claim, "for_whom": "Children under five", "by": gwen}
    services.describe(priorities=[first.pk], seen_revision=1, **seen)
    told = {"why": "We did not agree.", "what_next": "We meet in October.", "by": world.people["dev"]}
    services.tell_little_progress(priority=second, seen_revision=0, **told)
    assert sentences(world) == []
    with pytest.raises(Conflict):
        services.describe(priorities=[second.pk], seen_revision=1, **seen)
    with pytest.raises(Conflict):
        services.tell_little_progress(priority=second, seen_revision=0, **{**told, "why": "Other."})
    with pytest.raises(WrongState, match="take back the entry"):
        services.remove_priority(priority=second, by=gwen)
    with pytest.raises(NotAllowed):
        services.name_priority(document=world.document, words="Mine", by=world.people["olu"])
    assert [row.what_next for row in selectors.carried_to_next_year(world.document)] == ["We meet in October."]
    services.take_back_little_progress(priority=second, by=gwen)
    services.change_priority(priority=second, words="Exploitation", position=1, by=gwen)
    assert list(Priority.objects.values_list("words", flat=True)) == ["Exploitation", "Neglect"]
    services.remove_priority(priority=Priority.objects.get(words="Exploitation"), by=gwen)
    assert list(Priority.objects.values_list("words", "position")) == [("Neglect", 1)]


def test_claims_go_with_the_text_into_the_next_version_and_the_frozen_one_keeps_its_own(world: World) -> None:
    version = world.send()
    before = content.of(version)["claims"]
    claim = Claim.objects.get()
    with pytest.raises(WrongState, match="no draft at the moment"):
        add(world, claim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(for_whom="Others")
    draft = documents.return_for_changes(
        version=version, seat=world.seats["council"], reason="Say more.", by=world.people["amina"]
    )
    assert [said.state for said in standing.of(draft).said] == ["standing"]
    add(world, claim, source="An audit", sort="audit")
    version.refresh_from_db()
    assert content.of(version)["claims"] == before
    assert len(content.of(draft)["claims"][0]["evidence"]) == 2


def test_what_is_printed_leads_to_its_passage(world: World) -> None:
    claim = effect(world)
    add(world, claim)
    priority = services.name_priority(document=world.document, words="Waiting", by=world.people["gwen"])
    seen = {"for_whom": "Children", "seen_revision": 1, "by": world.people["gwen"]}
    services.describe(claim=claim, priorities=[priority.pk], **seen)
    view = numbering.view(content.of(world.version), str)
    number = next(section.number for section in view.sections if section.key == "impact")
    place = (f"paragraph {number}.2 (Priorities and impact)", f"p-{number}-2")
    assert [effect["places"] for effect in view.effects] == [[place]]
    assert [row["places"] for row in view.priorities] == [[place]]
    assert ("", "Effects and their evidence", "claims") in view.contents


def test_the_arrangements_have_no_impact_test(world: World) -> None:
    assert not selectors.is_asked("arrangements")
    assert selectors.document_at(world.people["gwen"], "westmere", "arrangements/2026") is None


def test_little_progress_and_open_effects_are_offered_to_the_report_after(world: World) -> None:
    gwen = world.people["gwen"]
    claim = effect(world)
    services.say_none_yet(
        claim=claim, words="Seen in two years.", look_again_on=date(2026, 12, 1), seen_revision=1, by=gwen
    )
    earlier = LittleProgress.objects.all()
    assert not earlier
    priority = services.name_priority(document=world.document, words="Transition", by=gwen)
    services.tell_little_progress(priority=priority, why="No time.", what_next="In May.", seen_revision=0, by=gwen)
    assert selectors.left_from_before(world.document) == []
    world.document.period = type(world.document.period)(date(2026, 4, 1), date(2027, 4, 1))
    world.document.pk = 0
    assert [row.priority.words for row in selectors.left_from_before(world.document)] == ["Transition"]
    assert [row.pk for row in selectors.to_look_at_again(world.document)] == [claim.pk]
