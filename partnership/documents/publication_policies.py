"""What may be published, corrected, consolidated and withdrawn, whoever asks. Each check raises with a sentence."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from partnership import clock
from partnership.documents.kinds import Along, DocumentKind, kind
from partnership.documents.models import Act, Document, Ground, Nature, Outcome, Proposal, Release, Version
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import WrongState

FARTHEST = timedelta(days=366)  # between proposing and going out; whatever is planned for later is proposed later


def planned(version: Version) -> Release | None:
    """What was agreed to be published at a time that has not come yet."""
    rows = Release.objects.filter(
        proposal__version=version, proposal__act=Act.PUBLISH, proposal__outcome=Outcome.AGREED, stopped_at=None
    )
    return rows.select_related("proposal").first() if version.published_at is None else None


def check_nothing_is_planned(version: Version) -> None:
    """One plan at a time."""
    if planned(version):
        raise WrongState("It is agreed already when this is published. Stop that first, if it is to be otherwise.")


def check_plan(
    what: DocumentKind, *, release_at: datetime | None, in_force_from: date | None, review_on: date | None
) -> None:
    """A time lies ahead and within a year; a day from which it holds belongs to a kind that comes into force."""
    now = clock.now()
    if release_at is not None and not now < release_at <= now + FARTHEST:
        raise WrongState("Choose a time that lies ahead, and not more than a year.")
    if what.comes_into_force and in_force_from is None:
        raise WrongState(f"Say from which day the {what.noun} hold{'' if what.noun.endswith('s') else 's'}.")
    if review_on is not None and (in_force_from is None or not max(in_force_from, clock.today()) < review_on):
        raise WrongState("Choose a day for the next review that lies ahead, after it has come into force.")
    if not what.comes_into_force and in_force_from is not None:
        raise WrongState(f"The {what.noun} does not come into force: it tells of a period.")


def check_nothing_went_since(proposal: Proposal) -> None:
    """What was withdrawn after something was proposed may be the very reason not to publish it."""
    gone = proposal.version.document.versions.filter(status=Status.TAKEN_DOWN, withdrawn_at__gt=proposal.proposed_at)
    if gone.exists():
        raise WrongState(
            "A version of this document was withdrawn from the public after this was proposed. Look at the text again, "
            "and propose it anew."
        )


def check_corrects_what_stands(version: Version) -> None:
    """A clerical correction goes out in the place of something that the public reads."""
    row = getattr(version, "correction", None)
    if row and row.nature == Nature.CLERICAL and row.of.status == Status.TAKEN_DOWN:
        raise WrongState(
            "What this corrects was withdrawn, so a clerical correction cannot take its place. Have it returned, take out "
            "what must not be read, and declare the correction material."
        )


def check_nothing_holds_it_back(version: Version) -> None:
    """What was learnt since a text was frozen may be a reason not to publish it."""
    if why := kind(version.document.kind).holds_back(version):
        raise WrongState(why)


def check_along(offered: list[Along], keys: Collection[str]) -> None:
    """What is to go out together can go out."""
    known = {row.key: row for row in offered}
    if unknown := set(keys) - set(known):
        raise WrongState(
            f"This is not there to be published with it any more: {', '.join(sorted(unknown))}. Look again."
        )
    for key in keys:
        if known[key].stop:
            raise WrongState(known[key].stop)


def check_takes_in(version: Version, into: Document | None) -> None:
    """What takes a document in is another one, of this area or one that succeeded it, and is public now."""
    if into is None or into.pk == version.document_id:
        raise WrongState("Choose the document that has taken this one in.")
    if not into.versions.filter(status=Status.PUBLISHED).exists():
        raise WrongState(f"{into.title} is not public now, so nobody could be led to it.")


def check_can_correct(version: Version, nature: Nature | None, reason: str) -> None:
    """A new version continues from what is published or withdrawn, and says of what was public how far it corrects it."""
    check_continues(version)
    if version.published_at is None:
        return
    if nature is None or not reason.strip():
        raise WrongState("Say whether the correction is clerical or material, and why it is made.")
    check_nature(version, nature)


def check_continues(version: Version) -> None:
    """A new version continues from what is published, or from what was withdrawn."""
    if version.status not in {Status.PUBLISHED, Status.WITHDRAWN, Status.TAKEN_DOWN}:
        raise WrongState("A new version continues from what is published or withdrawn. This is neither.")


def check_nature(of: Version, nature: Nature) -> None:
    """A clerical correction stands in the place of something that stands."""
    if nature == Nature.CLERICAL and of.status != Status.PUBLISHED:
        raise WrongState("What was withdrawn is not mended by a clerical correction. Declare it material.")


def check_can_take_down(version: Version, *, ground: Ground | None, note: str) -> None:
    """Only what the public can read is withdrawn from it, for a ground and with words that the public reads."""
    check(version, MOVES["take_down"])
    if ground is None:
        raise WrongState("Say on which ground it is withdrawn.")
    if not note.strip():
        raise WrongState("Say why, in words that the public can read.")


def check_is_reviewed(version: Version) -> None:
    """Only what stands, and came into force, is reviewed."""
    if version.status != Status.PUBLISHED or not kind(version.document.kind).comes_into_force:
        raise WrongState("Only what is in force is reviewed.")


def check_review(version: Version, *, reviewed_on: date, next_on: date) -> None:
    """What stands and comes into force is reviewed, between its publication and today; the next review lies ahead."""
    check_is_reviewed(version)
    published = clock.london_day(version.published_at) if version.published_at else reviewed_on
    if not published <= reviewed_on <= clock.today():
        raise WrongState(f"Enter a day of the review from {published:%-d %B %Y}, when it was published, to today.")
    if next_on <= max(reviewed_on, clock.today()):
        raise WrongState("Enter a day of the next review that lies ahead.")
