"""What may be said about the claims of a report, when, and with which words."""

from datetime import date

from partnership.documents import fonts
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.impact.models import Claim, Evidence, Kind, Priority

LONGEST = 2000
MOST_PRIORITIES = 20


def check_draft(version: Version | None) -> Version:
    """Claims, evidence and priorities change with a draft alone. Gives the draft back."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("This document has no draft at the moment, so nothing about its effects can be changed.")
    return version


def words(text: str, *, missing: str = "", longest: int = LONGEST) -> str:
    """What somebody wrote, in full. `missing` is the sentence for nothing, where something is needed."""
    text = text.replace("\r\n", "\n").strip()
    if missing and not text:
        raise WrongState(missing)
    if len(text) > longest:
        raise WrongState(f"Shorten the text to {longest:,} characters or fewer.")
    if strange := fonts.unknown(text):
        # These words are signed and printed, so what cannot be printed is refused while somebody can mend it.
        raise WrongState(f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")
    return text


def check_kind(claim: Claim, kind: str) -> None:
    """An effect with evidence stays an effect until its evidence is removed, so that nothing goes with a tick."""
    if claim.kind == Kind.EFFECT and kind != Kind.EFFECT and claim.evidence.exists():
        raise WrongState("This effect has evidence. Remove the evidence first, or leave it marked as an effect.")


def check_is_effect(claim: Claim) -> None:
    """For whom, for which priority, evidence, and that there is none yet: all that belongs to an effect."""
    if claim.kind != Kind.EFFECT:
        raise WrongState("This passage is not marked as an effect. What you wrote belongs to an effect.")


def check_look_again(day: date, today: date) -> None:
    """What has no evidence yet is looked at again on a day to come."""
    if day <= today:
        raise WrongState("Choose a day after today on which to look again.")


def check_no_evidence(claim: Claim) -> None:
    """“No evidence yet” is not said beside evidence."""
    if claim.evidence.exists():
        raise WrongState("This effect has evidence. Remove it first if it shows nothing.")


def check_figures(*, before: str, is_before_suppressed: bool, after: str, is_after_suppressed: bool) -> None:
    """A figure that is not shown is not written either; what is so now is said, or not shown."""
    for figure, is_suppressed, which in ((before, is_before_suppressed, "before"), (after, is_after_suppressed, "now")):
        if figure and is_suppressed:
            raise WrongState(
                f"Empty the field for what was so {which}, or take the tick away: what is not shown is not kept."
            )
    if not after and not is_after_suppressed:
        raise WrongState("Say what is so now, or tick that the figure is too small to be shown.")


def check_can_change(evidence: Evidence, *, contributed_as: str) -> None:
    """Evidence keeps the words of the agency that gave it: two agencies that disagree both stand."""
    if evidence.contributed_as != contributed_as:
        raise WrongState(
            f"{evidence.contributed_as} contributed this evidence, and only it changes the words. Add what you know beside it."
        )


def check_can_remove_priority(priority: Priority) -> None:
    """A priority does not go together with what was written on it."""
    if hasattr(priority, "little_progress"):
        raise WrongState("First take back the entry of little or no progress on this priority.")
    if priority.claims.exists():
        raise WrongState("First take this priority away from the effects that are claimed for it.")


def check_number(document: Document) -> None:
    """A document has a list of priorities that can be read at a glance."""
    if document.priorities.count() >= MOST_PRIORITIES:  # type: ignore[attr-defined]
        raise WrongState(f"A report has at most {MOST_PRIORITIES} priorities here. Put some of them together.")
