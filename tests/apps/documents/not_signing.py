"""How partners do not sign, through the services."""

from partnership.documents import services
from partnership.documents.models import Act
from tests import worlds


def refuse(version, seat, by, reason="The chapter on police powers is not true."):
    return services.refuse(version=version, seat=seat, seen_sha256=version.sha256, reason=reason, by=by)


def not_given(version, seat, by):
    return services.record_not_given(version=version, seat=seat, reason="Asked three times, no answer.", by=by)


def all_but_the_police(world, version):
    worlds.sign(version, world.council, world.amina)
    worlds.sign(version, world.health, world.ben)
    refuse(version, world.police, world.cerys)


def settled(world, version):
    all_but_the_police(world, version)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    return services.agree(proposal=row, by=world.amina)
