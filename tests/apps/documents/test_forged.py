"""Confirmed answers that were written past the services, straight into the table: what the database itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.documents import services
from partnership.documents.kinds import kind
from partnership.documents.models import Answer, Version
from tests import worlds
from tests.answered import first_block, mark
from tests.apps.documents.world import World, world  # noqa: F401

TOLD = ["requirement", "claimed_at", "claimed_by_id", "confirmed_mark", "confirmed_at", "confirmed_by_id"]
FORGED = "documents_answer_confirmed_as_in_its_base"


def continued(world: World) -> tuple[Version, Version]:
    """A returned version, and the draft that continues from it with every answer confirmed as there."""
    base = world.send()
    draft = services.return_for_changes(
        version=base, seat=world.seats["council"], reason="Say more.", by=world.people["amina"]
    )
    return base, draft


def taken_out(draft: Version) -> dict[str, Any]:
    """One confirmed answer of the draft, out of it, with all that it said."""
    row = draft.answers.exclude(confirmed_by=None)[0]
    said = {"version": draft, "block": row.block, **{name: getattr(row, name) for name in TOLD}}
    services.unmark(answer=row, by=row.claimed_by)
    return said


def forge(said: dict[str, Any], **more: Any) -> Answer:
    with transaction.atomic():
        return Answer.objects.create(**{**said, **more})


def test_an_answer_is_carried_confirmed_only_as_its_base_has_it(world: World) -> None:
    _, draft = continued(world)
    said = taken_out(draft)
    changes = [
        {"requirement": "YR-99"},
        {"confirmed_mark": "0" * 64},
        {"confirmed_at": clock.now() + timedelta(1)},
        {"confirmed_by_id": world.people["femi"].pk},
        {"claimed_by_id": world.people["femi"].pk},
        {"block": draft.blocks.exclude(mark=said["block"].mark)[0]},
    ]

    for change in changes:
        with pytest.raises(IntegrityError, match=FORGED):
            forge(said, **change)
    assert forge(said).state == "confirmed"


def test_an_answer_to_a_text_that_was_changed_since_is_not_carried_confirmed(world: World) -> None:
    _, draft = continued(world)
    said = taken_out(draft)
    section = said["block"].section
    world.write(section.key, f"{section.body.strip()} And more.\n")

    with pytest.raises(IntegrityError, match=FORGED):
        forge(said, block=draft.blocks.get(key=said["block"].key))


def test_an_answer_that_its_base_only_claims_is_not_carried_confirmed(world: World) -> None:
    world.write_everything()
    gwen, dev = world.people["gwen"], world.people["dev"]
    mark(world.version, "YR-12", first_block(world.version, "funding"), gwen)
    _, draft = continued(world)
    row = draft.answers.get(requirement="YR-12")
    said = {"version": draft, "block": row.block, **{name: getattr(row, name) for name in TOLD}}
    services.unmark(answer=row, by=gwen)

    with pytest.raises(IntegrityError, match=FORGED):
        forge(said, confirmed_by_id=dev.pk, confirmed_at=clock.now(), confirmed_mark=row.block.mark)
    assert forge(said).state == "claimed"


def test_a_version_keeps_the_base_it_was_begun_from(world: World) -> None:
    base, draft = continued(world)

    for wrong in (None, draft):
        with pytest.raises(IntegrityError, match="documents_base_stays"), transaction.atomic():
            Version.objects.filter(pk=draft.pk).update(base=wrong)
    with pytest.raises(IntegrityError, match="documents_base_stays"), transaction.atomic():
        Version.objects.filter(pk=base.pk).update(base=draft)


def test_a_version_continues_only_from_one_of_its_document(world: World) -> None:
    base, draft = continued(world)
    services.withdraw(version=draft, reason="Begun again.", by=world.people["gwen"])
    year = kind("yearly_report")
    earlier = services.begin(
        area=world.area, kind=year, period=year.parse_period("2024-25", clock.today()), by=world.people["gwen"]
    )

    with pytest.raises(IntegrityError, match="documents_base_is_of_its_document"), transaction.atomic():
        Version.objects.create(
            document=base.document, number=3, base=earlier.versions.get(), created_by=world.people["gwen"]
        )
    assert worlds.correct(draft, world.people["gwen"]).base == draft
