"""Two persons decide in the same instant, over real connections: one thing comes of it, and the other hears so."""

import pytest

from partnership.documents import selectors, services
from partnership.documents.models import Act, SignOff, Version
from partnership.documents.workflow import Status
from partnership.errors import Refused
from tests import worlds
from tests.apps.documents import not_signing
from tests.apps.documents.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def sent_again(world: worlds.World, version: Version) -> Version:
    """The text with the lead partners once more, whatever became of the last version."""
    version.refresh_from_db()
    if version.status in {Status.SIGNED, Status.SIGNED_IN_PART}:
        services.withdraw(version=version, reason="Another round.", by=world.gwen)
        worlds.correct(version, world.gwen)
    draft = selectors.draft(version.document)
    return services.send_for_sign_off(version=draft, by=world.gwen) if draft else version


def test_one_agrees_while_another_declines():
    world = worlds.area_with_its_cast()
    version, seen = worlds.in_sign_off(world), set()
    for _ in range(ROUNDS):
        row = services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.gwen)

        results = at_once(
            lambda row=row: services.agree(proposal=row, by=world.amina),
            lambda row=row: services.decline(proposal=row, by=world.ben),
        )

        row.refresh_from_db()
        version.refresh_from_db()
        assert sum(isinstance(result, Refused) for result in results) == 1
        assert (row.outcome == "agreed") == (version.status == Status.VOID)
        assert row.decided_by == (world.amina if row.outcome == "agreed" else world.ben)
        seen.add(row.outcome)
        version = sent_again(world, version)
    assert seen <= {"agreed", "declined"}


def test_the_last_partner_signs_while_it_is_agreed_to_go_on_without_them():
    world = worlds.area_with_its_cast()
    version = worlds.in_sign_off(world)
    for _ in range(ROUNDS):
        not_signing.all_but_the_police(world, version)
        row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)

        at_once(
            lambda version=version: worlds.sign(version, world.police, world.cerys),
            lambda row=row: services.agree(proposal=row, by=world.amina),
        )

        version.refresh_from_db()
        signed = version.sign_offs.count()
        assert (version.status, signed) in {(Status.SIGNED, 3), (Status.SIGNED_IN_PART, 2)}
        assert selectors.standing_unsigned(version).count() == 3 - signed
        version = sent_again(world, version)


def test_a_partner_signs_and_refuses_at_once():
    world = worlds.area_with_its_cast()
    version = worlds.in_sign_off(world)
    for _ in range(ROUNDS):
        at_once(
            lambda version=version: worlds.sign(version, world.police, world.cerys),
            lambda version=version: not_signing.refuse(version, world.police, world.cerys),
        )

        has_signed = SignOff.objects.filter(version=version, seat=world.police).exists()
        assert has_signed != selectors.standing_unsigned(version).exists()
        services.withdraw(version=version, reason="Another round.", by=world.gwen)
        version.refresh_from_db()
        draft = worlds.correct(version, world.gwen)
        version = services.send_for_sign_off(version=draft, by=world.gwen)
