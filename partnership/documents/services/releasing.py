"""Publishing takes two persons: one proposes what goes out and when, another confirms; the clock does what is for later."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents import letters, personal, publication_policies, selectors, workflow
from partnership.documents.kinds import kind
from partnership.documents.models import Act, Outcome, Proposal, Release, Version
from partnership.documents.services import publishing, two_persons
from partnership.errors import Refused, WrongState

AT_ONCE = "As soon as a second person confirms it."


@transaction.atomic
def propose_publication(
    *,
    version: Version,
    by: User,
    release_at: datetime | None = None,
    in_force_from: date | None = None,
    review_on: date | None = None,
    along: Collection[str] = (),
) -> Proposal:
    """Propose to publish what is signed. It goes out when a second person confirms, or at `release_at` if that is later.

    `along`: keys of what goes out together with it (DocumentKind.goes_along), or none of it does. `in_force_from` and
    `review_on`: of a kind that comes into force. A second click gives back the first. Raises NotAllowed, or WrongState
    with what is missing.
    """
    version = selectors.lock(version)
    access.require(by, Permission.PUBLISH_DOCUMENT, version.document.area)
    what = kind(version.document.kind)
    publication_policies.check_plan(what, release_at=release_at, in_force_from=in_force_from, review_on=review_on)
    publication_policies.check_along(what.goes_along(version), along)
    proposal = two_persons.propose(version=version, act=Act.PUBLISH, reason=_when(release_at), by=by)
    days = {"release_at": release_at, "in_force_from": in_force_from, "review_on": review_on}
    told = {**days, "along": list(along), "findings": personal.tally(version)}
    Release.objects.get_or_create(proposal=proposal, defaults=told)
    return proposal


def _when(release_at: datetime | None) -> str:
    return f"On {clock.in_words(release_at)}, UK time." if release_at else AT_ONCE


@transaction.atomic
def stop(*, release: Release, by: User) -> Release:
    """Stop what was agreed to be published later. One person is enough; it can be proposed again.

    A second click finds it stopped. Raises NotAllowed, or WrongState when it is public or was never agreed.
    """
    version = selectors.lock(release.proposal.version)
    access.require(by, Permission.PUBLISH_DOCUMENT, version.document.area)
    release = _locked(release)
    if release.stopped_at is not None:
        return release
    if release.proposal.outcome != Outcome.AGREED or version.published_at:
        raise WrongState("There is nothing left to stop: it is public, or was never agreed.")
    _stop(release, version, f"{by.name} stopped it.", by)
    return release


def release_due(release: Release) -> bool:
    """Publish what is due, whole; if something forbids it by now, none of it goes out, and everybody is told why.

    Returns whether something was done. Safe to run at any time, any number of times.
    """
    with transaction.atomic():
        version = selectors.lock(release.proposal.version)
        release = _locked(release)
        if not selectors.releases_due(clock.now()).filter(pk=release.pk).exists():
            return False
        try:
            with transaction.atomic():
                publishing.publish(release, version)
        except Refused as refusal:
            version = selectors.lock(version)
            _stop(release, version, refusal.sentence, None)
    return True


def stop_for_withdrawal(release: Release) -> None:
    """Stop a plan since what it corrects was withdrawn. Called in the transaction that withdraws it."""
    release = _locked(release)
    if release.stopped_at is None:
        _stop(
            release,
            release.proposal.version,
            "What is public was withdrawn. Look at this text again, and propose anew.",
            None,
        )


def _stop(release: Release, version: Version, because: str, by: User | None) -> None:
    release.stopped_at, release.stopped_because = clock.now(), because
    release.save(update_fields=["stopped_at", "stopped_because"])
    workflow.note(Event.RELEASE_STOPPED, version, by=by, because=because)
    letters.not_released(release)


def _locked(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",))
    return rows.select_related("proposal__proposed_by", "proposal__version__document__area").get(pk=release.pk)
