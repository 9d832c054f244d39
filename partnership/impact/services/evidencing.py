"""Evidence for an effect: contributed by an office, changed only by the agency that gave it."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.audit.events import Event
from partnership.documents.models import Document
from partnership.errors import Conflict, WrongState
from partnership.impact import letters, policies
from partnership.impact.models import Claim, Evidence, Sort
from partnership.impact.services import drafts
from partnership.impact.services.claiming import STALE, current

FIELDS = (
    "sort",
    "before",
    "is_before_suppressed",
    "after",
    "is_after_suppressed",
    "period",
    "source",
    "strength",
    "limits",
)


def contributed_as(user: User, document: Document) -> str:
    """For whom somebody contributes: the agency whose seat they hold, the first of several; else the partnership."""
    offices = access.offices_of(user, document.area).filter(seat__isnull=False)
    office = offices.order_by("-office", "seat_id").first()
    return office.seat.agency.name if office and office.seat else document.area.partnership_name


@transaction.atomic
def add_evidence(*, claim: Claim, by: User, **said: str | bool) -> Evidence:
    """Add evidence to an effect; that there is none yet is then no longer said. Of several bodies, scrutineers are told.

    The same words for the same agency are one piece: a second click gives back the first. Raises NotAllowed or
    WrongState.
    """
    drafts.lock(claim.document, by)
    claim = current(claim)
    policies.check_is_effect(claim)
    said = _checked(said)
    agency = contributed_as(by, claim.document)
    if same := claim.evidence.filter(contributed_as=agency, **said).first():
        return same
    evidence = Evidence.objects.create(claim=claim, contributed_as=agency, contributed_by=by, **said)
    if claim.none_yet:
        claim.none_yet, claim.look_again_on, claim.revision = "", None, claim.revision + 1
        claim.save(update_fields=["none_yet", "look_again_on", "revision"])
    _note(Event.EVIDENCE_ADDED, evidence, by)
    if claim.evidence.exclude(contributed_as=agency).exists():
        letters.several_gave_evidence(claim)
    return evidence


@transaction.atomic
def change_evidence(*, evidence: Evidence, seen_revision: int, by: User, **said: str | bool) -> Evidence:
    """Change evidence that one's own agency gave. A save that changes nothing writes nothing.

    Raises NotAllowed, WrongState for another agency's, or Conflict when somebody changed it.
    """
    drafts.lock(evidence.claim.document, by)
    evidence = _current(evidence)
    policies.check_can_change(evidence, contributed_as=contributed_as(by, evidence.claim.document))
    said = _checked(said)
    if all(getattr(evidence, name) == value for name, value in said.items()):
        return evidence
    if evidence.revision != seen_revision:
        raise Conflict(STALE)
    for name, value in said.items():
        setattr(evidence, name, value)
    evidence.revision, evidence.contributed_at, evidence.contributed_by = evidence.revision + 1, clock.now(), by
    evidence.save()
    _note(Event.EVIDENCE_CHANGED, evidence, by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Take evidence out of the draft; the record says whose it was. A second click finds it gone."""
    drafts.lock(evidence.claim.document, by)
    row = Evidence.objects.filter(pk=evidence.pk).select_related("claim__document__area").first()
    if row:
        said = f"{row.before or 'not said'} before, {row.after or 'not shown'} now. Source: {row.source}. {row.limits}"
        _note(Event.EVIDENCE_REMOVED, row, by, agency=row.contributed_as, said=said)
        row.delete()


def _current(evidence: Evidence) -> Evidence:
    row = Evidence.objects.filter(pk=evidence.pk).select_related("claim__document__area").first()
    if row is None:
        raise WrongState("Somebody has removed this evidence. Add it anew if it stands.")
    return row


def _checked(said: dict[str, str | bool]) -> dict[str, str | bool]:
    """What was said, cleaned, with a sentence for what is missing."""
    missing = {
        "period": "Say which period it is about.",
        "source": "Say where it comes from, so that somebody else can find it.",
        "limits": "Say what it does not show.",
    }
    longest = {"before": 500, "after": 500, "period": 150, "source": 300}
    found: dict[str, str | bool] = {}
    for name in FIELDS:
        value = said.get(name, False if name.startswith("is_") else "")
        if isinstance(value, str):
            value = policies.words(value, missing=missing.get(name, ""), longest=longest.get(name, policies.LONGEST))
        found[name] = value
    if found["sort"] not in Sort.values:
        raise WrongState("Select what kind of evidence it is.")
    policies.check_figures(
        before=str(found["before"]),
        is_before_suppressed=bool(found["is_before_suppressed"]),
        after=str(found["after"]),
        is_after_suppressed=bool(found["is_after_suppressed"]),
    )
    return found


def _note(event: Event, evidence: Evidence, by: User, **more: object) -> None:
    sort = evidence.get_sort_display()
    said = {"sort": f"{sort[0].lower()}{sort[1:]}", "period": evidence.period, **more}
    drafts.note(event, evidence.claim.document, by, **said)
