"""Acts that take two persons: one proposes with a reason, another agrees or declines. See the model Proposal."""

from collections.abc import Callable

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Seat
from partnership.areas.roles import Permission, offices_with
from partnership.audit.events import Event
from partnership.documents import letters, policies, publication_policies, selectors, tasks, workflow
from partnership.documents.models import Act, Document, Outcome, Proposal, Version
from partnership.documents.services import drafting, publishing, signing
from partnership.errors import Conflict, Decision, NotAllowed, WrongState, decide

# Who may propose an act. Who may agree is a matter of the act: `_require_second`.
MAY_PROPOSE = {
    Act.SETTLE_IN_PART: Permission.SEND_FOR_SIGN_OFF,
    Act.VOID: Permission.VOID_DOCUMENT,
    Act.PAPER: Permission.RECORD_ON_PAPER,
    Act.PUBLISH: Permission.PUBLISH_DOCUMENT,
    Act.CONSOLIDATE: Permission.PUBLISH_DOCUMENT,
}
MAY_DECIDE = {
    **MAY_PROPOSE,
    Act.SETTLE_IN_PART: Permission.SIGN_DOCUMENT,
    Act.PUBLISH: Permission.CONFIRM_PUBLICATION,
    Act.CONSOLIDATE: Permission.CONFIRM_PUBLICATION,
}


@transaction.atomic
def propose(
    *, version: Version, act: Act, reason: str, by: User, seat: Seat | None = None, into: Document | None = None
) -> Proposal:
    """Propose an act on a version. Those who may agree to it are told. `seat`: of PAPER; `into`: of CONSOLIDATE.

    A second click gives back the first. Raises NotAllowed, WrongState, or Conflict where somebody else proposed it.
    """
    version = selectors.lock(version)
    right = MAY_PROPOSE[act]
    access.require(by, right, version.document.area)
    policies.check_can_propose(version, act)
    if act == Act.CONSOLIDATE:
        publication_policies.check_takes_in(version, into)
    words = policies.reason_to_propose(reason)
    if there := version.proposals.filter(act=act, seat=seat, outcome="").first():
        if there.proposed_by_id == by.pk:
            return there
        raise Conflict(f"{there.proposed_by} has proposed that already. You can agree to it or decline it.")
    title = f"{by.name}, {access.title_for(by, version.document.area, right)}"
    proposal = Proposal.objects.create(
        version=version, act=act, seat=seat, into=into, reason=words, proposed_as=title, proposed_by=by
    )
    _note(Event.PROPOSAL_MADE, proposal, by, reason=words)
    if act != Act.PAPER:  # whoever is asked reads the scan, which is put on record next
        tell(proposal)
    return proposal


def tell(proposal: Proposal) -> None:
    """Ask everybody who may decide on a proposal, by any office, and let everybody else concerned know. Once it is whole."""
    right = MAY_DECIDE[Act(proposal.act)]
    held = areas.in_force(proposal.version.document.area, clock.today()).filter(office__in=offices_with(right))
    people = {appointment.person_id: appointment for appointment in held}
    letters.proposed(proposal, [row for row in people.values() if may_decide(proposal, row.person)])


@transaction.atomic
def agree(*, proposal: Proposal, by: User) -> Version:
    """Agree to what somebody else proposed; it is done at once. A second click finds it done."""
    version, proposal = _locked(proposal)
    title = _require_second(proposal, by)
    if proposal.outcome == Outcome.AGREED and proposal.decided_by_id == by.pk:
        return version
    _check_is_open(proposal)
    policies.check_is_possible(proposal)
    _decide(proposal, Outcome.AGREED, title, by)
    DEEDS[Act(proposal.act)](proposal, version, by)
    return version


def _settle(proposal: Proposal, version: Version, by: User) -> None:
    workflow.make(version, "settle_in_part", by=by, data=_proposed(proposal), settled_at=clock.now())
    letters.settled_in_part(version)
    tasks.render_soon()


def _void(proposal: Proposal, version: Version, by: User) -> None:
    changes = {"reason": proposal.reason, "voided_at": clock.now(), "voided_by": by}
    workflow.make(version, "void", by=by, data=_proposed(proposal), **changes)
    drafting.continue_from(version=version, by=by)
    letters.voided(version)


def _paper(proposal: Proposal, version: Version, by: User) -> None:
    signing.sign_on_paper(proposal.paper, by)


def _publish(proposal: Proposal, version: Version, by: User) -> None:
    """At once, unless it is agreed for later; then the clock does it."""
    release = proposal.release
    if release.release_at is None or release.release_at <= clock.now():
        publishing.publish(release, version)
    else:
        _note(Event.RELEASE_PLANNED, proposal, by, when=clock.in_words(release.release_at))
        letters.to_be_released(release)


def _consolidate(proposal: Proposal, version: Version, by: User) -> None:
    data = {**_proposed(proposal), "into": proposal.into.title if proposal.into else ""}
    changes = {"reason": proposal.reason, "consolidated_at": clock.now(), "consolidated_into": proposal.into}
    workflow.make(version, "consolidate", by=by, data=data, **changes)
    letters.consolidated(version)


def _proposed(proposal: Proposal) -> dict[str, str]:
    return {"proposed_by": proposal.proposed_by.name, "reason": proposal.reason}


DEEDS: dict[Act, Callable[[Proposal, Version, User], None]] = {
    Act.SETTLE_IN_PART: _settle,
    Act.VOID: _void,
    Act.PAPER: _paper,
    Act.PUBLISH: _publish,
    Act.CONSOLIDATE: _consolidate,
}


@transaction.atomic
def decline(*, proposal: Proposal, by: User) -> Proposal:
    """Decline what somebody else proposed. It may be proposed again."""
    _, proposal = _locked(proposal)
    title = _require_second(proposal, by)
    if proposal.outcome == Outcome.DECLINED and proposal.decided_by_id == by.pk:
        return proposal
    _check_is_open(proposal)
    _decide(proposal, Outcome.DECLINED, title, by)
    _note(Event.PROPOSAL_DECLINED, proposal, by, proposed_by=proposal.proposed_by.name)
    letters.declined(proposal)
    return proposal


@transaction.atomic
def take_back(*, proposal: Proposal, by: User) -> Proposal:
    """Take one's own proposal back."""
    _, proposal = _locked(proposal)
    if proposal.proposed_by_id != by.pk:
        raise NotAllowed(f"Only {proposal.proposed_by}, who proposed it, may take it back.", rule="propose")
    if proposal.outcome == Outcome.TAKEN_BACK:
        return proposal
    _check_is_open(proposal)
    _decide(proposal, Outcome.TAKEN_BACK, proposal.proposed_as, by)
    _note(Event.PROPOSAL_TAKEN_BACK, proposal, by)
    return proposal


def _locked(proposal: Proposal) -> tuple[Version, Proposal]:
    """The version first, then the proposal, as everywhere."""
    version = selectors.lock(proposal.version)
    related = ("proposed_by", "paper__appointment__person", "release", "into")
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*related)
    found = rows.get(pk=proposal.pk)
    found.version = version
    return version, found


def may_decide(proposal: Proposal, user: User) -> Decision:
    """Whether this person may agree to a proposal or decline it, for a page to show."""
    return decide(_require_second, proposal, user)


def _require_second(proposal: Proposal, by: User) -> str:
    """The name with the office of who may decide on a proposal. Raises NotAllowed."""
    version, act = proposal.version, Act(proposal.act)
    right = MAY_DECIDE[act]
    access.require(by, right, version.document.area)
    if act == Act.SETTLE_IN_PART and not version.sign_offs.filter(signed_by=by).exists():
        raise NotAllowed("Only a lead safeguarding partner who has signed this version may decide on this.", rule=right)
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed("You proposed this yourself. Somebody else has to agree to it.", rule=right.value)
    if act == Act.PAPER and proposal.paper.appointment.person_id == by.pk:
        raise NotAllowed("Nobody agrees to a signature of their own on paper. Sign it here instead.", rule=right.value)
    return f"{by.name}, {access.title_for(by, version.document.area, right)}"


def _check_is_open(proposal: Proposal) -> None:
    if proposal.outcome:
        raise WrongState(f"{proposal.decided_by} has decided on this already.")


def _decide(proposal: Proposal, outcome: Outcome, title: str, by: User) -> None:
    proposal.outcome, proposal.decided_as, proposal.decided_at, proposal.decided_by = outcome, title, clock.now(), by
    proposal.save(update_fields=["outcome", "decided_as", "decided_at", "decided_by"])


def _note(event: Event, proposal: Proposal, by: User, **more: object) -> None:
    workflow.note(event, proposal.version, by=by, act=Act(proposal.act).label, **more)
