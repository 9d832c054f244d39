"""Publication: what was signed becomes public, once, and everything that follows is written in the same transaction."""

from partnership import clock
from partnership.documents import letters, policies, workflow
from partnership.documents.kinds import kind
from partnership.documents.models import Release, Version
from partnership.documents.workflow import Status


def publish(release: Release, version: Version) -> Version:
    """Make public what two persons agreed to publish, with all that goes along; older versions are superseded.

    Called in a transaction that holds the version's lock, by the second person's consent or by the clock. Whoever
    proposed it is who publishes. Raises WrongState with what is missing, and then nothing of it has happened.
    """
    policies.check_can_publish(version)
    proposal = release.proposal
    by = proposal.proposed_by
    for older in _replaced_by(version):
        workflow.make(older, "supersede", by=by, superseded_at=clock.now())
    workflow.make(
        version,
        "publish",
        by=by,
        data={"confirmed_as": proposal.decided_as, "proposed_as": proposal.proposed_as},
        published_at=clock.now(),
        published_by=by,
        in_force_from=release.in_force_from,
        review_on=release.review_on,
    )
    what = kind(version.document.kind)
    what.publish_along(version, release.along, by=by)
    for step in what.after_publication:
        step(version, by=by)
    letters.published(version)
    return version


def _replaced_by(version: Version) -> list[Version]:
    document = version.document
    older = Version.objects.select_for_update(of=("self",)).filter(status=Status.PUBLISHED)
    if kind(document.kind).one_current_in_area:
        older = older.filter(document__area=document.area, document__kind=document.kind)
    else:
        older = older.filter(document=document)
    return list(older.select_related("document__area").order_by("pk"))
