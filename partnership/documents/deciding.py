"""Reading what waits for a second person, and what is stuck because not everybody signs."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.documents.models import Act, Proposal, RequiredSeat, SignOff, Unsigned, Version
from partnership.documents.workflow import AGREED, FROZEN, Status


def to_decide(user: User) -> QuerySet[Proposal]:
    """What somebody else proposed and this person may decide on, in all their areas."""
    own = SignOff.objects.filter(version=OuterRef("version"), signed_by=user)
    may_void = Q(act=Act.VOID, version__document__area__in=_areas(user, Permission.VOID_DOCUMENT))
    may_settle = Q(act=Act.SETTLE_IN_PART, version__document__area__in=_areas(user, Permission.SIGN_DOCUMENT))
    may_record = Q(act=Act.PAPER, version__document__area__in=_areas(user, Permission.RECORD_ON_PAPER))
    may_record &= ~Q(paper__appointment__person=user)
    publishes = _areas(user, Permission.CONFIRM_PUBLICATION)
    may_confirm = Q(act__in=[Act.PUBLISH, Act.CONSOLIDATE], version__document__area__in=publishes)
    mine = may_void | (may_settle & Exists(own)) | may_record | may_confirm
    return possible().filter(mine).exclude(proposed_by=user).select_related("version__document__area")


def possible() -> QuerySet[Proposal]:
    """Open proposals of what can still be done. Others came to nothing: somebody signed, or took a refusal back."""
    signed = SignOff.objects.filter(version=OuterRef("version"), seat=OuterRef("seat"))
    is_void, waits = Q(act=Act.VOID), Q(version__status=Status.IN_SIGN_OFF)
    is_settled = Q(act=Act.SETTLE_IN_PART) & waits & ~Exists(_undecided(OuterRef("version")))
    is_paper = Q(act=Act.PAPER) & waits & ~Exists(signed)
    is_public_soon = Q(act=Act.PUBLISH, version__status__in=AGREED)
    is_taken_in = Q(act=Act.CONSOLIDATE, version__status=Status.PUBLISHED)
    before = is_settled | is_paper | is_public_soon | (is_void & Q(version__status__in=FROZEN))
    return Proposal.objects.filter(before | is_taken_in, outcome="")


def _undecided(version: Any) -> QuerySet[RequiredSeat]:
    """The seats of a version that have neither signed nor are on record as not signing."""
    signed = SignOff.objects.filter(version=OuterRef("version"), seat=OuterRef("seat"))
    unsigned = Unsigned.objects.filter(version=OuterRef("version"), seat=OuterRef("seat"), taken_back_at=None)
    return RequiredSeat.objects.filter(~Exists(signed), ~Exists(unsigned), version=version)


def _areas(user: User, permission: Permission) -> QuerySet[Area, Any]:
    return access.areas_for(user, permission).order_by().values("pk")


def stuck(areas: Collection[int]) -> QuerySet[Version]:
    """Versions of these areas that somebody signed, of which each other seat does not sign, and nothing is proposed."""
    proposed = Proposal.objects.filter(version=OuterRef("pk"), act=Act.SETTLE_IN_PART, outcome="")
    return Version.objects.filter(
        ~Exists(_undecided(OuterRef("pk"))),
        ~Exists(proposed),
        Exists(SignOff.objects.filter(version=OuterRef("pk"))),
        status=Status.IN_SIGN_OFF,
        document__area__in=areas,
    ).select_related("document__area")
