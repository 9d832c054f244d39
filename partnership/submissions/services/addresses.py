"""The addresses of the national bodies. Only the operator's command does this: one proposes, another one confirms."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState
from partnership.guidance.vocabulary import with_article
from partnership.submissions import policies, selectors
from partnership.submissions.models import AddressChange, Decided, Recipient, RecipientCheck
from partnership.web import characters

IN_USE = "The address in use is from {day:%-d %B %Y}. Give a later day."


@transaction.atomic
def record_recipient(
    *, party: str, name: str, address: str, source: str, evidence: str, checked_on: date, valid_from: date
) -> Recipient:
    """Put the first address of a national body on record, from a day on, as the commands that fill a service do.

    The same address again is given back unchanged. Raises WrongState where another one is on record: that is changed by
    two persons.
    """
    on_record = Recipient.objects.select_for_update().filter(party=party).order_by("-valid_from").first()
    if on_record and on_record.address == address:
        return on_record
    if on_record:
        raise WrongState(f"{on_record.name} has an address on record. Two persons change it: see “recipients propose”.")
    return Recipient.objects.create(
        party=party,
        name=name,
        address=address,
        source=source,
        evidence=evidence,
        checked_on=checked_on,
        valid_from=valid_from,
    )


@transaction.atomic
def propose(
    *, party: str, address: str, source: str, evidence: str, valid_from: date, by: str, name: str = ""
) -> AddressChange:
    """Propose another address for a body, from a day on. `by` is a name; so is everybody's here. Nothing changes yet.

    Raises WrongState for an address, a source, evidence or a name that is none, for the address that is in use, and while
    another change waits.
    """
    by = policies.checked_name(by)
    address, source = policies.checked_address(address), policies.checked_source(source)
    policies.check_evidence(evidence)
    in_use = _in_use(party)
    if AddressChange.objects.filter(party=party, outcome="").exists():
        raise WrongState("A change of this address waits already. Confirm or decline that one first.")
    if in_use and in_use.address.casefold() == address.casefold():
        raise WrongState("That is the address in use. Where you looked at it again, record that with “recheck”.")
    if in_use and valid_from <= in_use.valid_from:
        raise WrongState(IN_USE.format(day=in_use.valid_from))
    name = characters.in_one_line(name) or (in_use.name if in_use else "")
    if not name:
        raise WrongState("This body has no address on record yet. Give its name as well.")
    change = AddressChange.objects.create(
        party=party,
        name=name,
        address=address,
        source=source,
        evidence=evidence,
        valid_from=valid_from,
        replaces=in_use,
        proposed_by=by,
    )
    _note(Event.RECIPIENT_PROPOSED, change, operator=by)
    return change


@transaction.atomic
def confirm(*, change: AddressChange, by: str) -> Recipient:
    """Confirm as another person what was proposed. The address so far ends on the day from which the new one is used.

    Raises WrongState for the one who proposed it, Conflict when it was decided, or when the address in use is no longer
    the one that was to be replaced.
    """
    by = policies.checked_name(by)
    if policies.are_one(by, change.proposed_by):
        raise WrongState("Whoever proposed it cannot confirm it. Another person has to look, and confirm.")
    in_use = _in_use(change.party)
    if (in_use.pk if in_use else None) != change.replaces_id:
        raise Conflict("The address in use has been changed since this was proposed. Decline it and propose it anew.")
    _decide(change, Decided.CONFIRMED, by)
    if in_use:
        Recipient.objects.filter(pk=in_use.pk).update(valid_until=change.valid_from)
    made = Recipient.objects.create(
        party=change.party,
        name=change.name,
        address=change.address,
        source=change.source,
        evidence=change.evidence,
        checked_on=change.proposed_on,
        valid_from=change.valid_from,
    )
    _note(Event.RECIPIENT_CHANGED, change, operator=by, proposer=change.proposed_by)
    return made


@transaction.atomic
def decline(*, change: AddressChange, reason: str, by: str) -> AddressChange:
    """Decline what was proposed, or take it back. Raises WrongState without a reason, Conflict when it was decided."""
    by = policies.checked_name(by)
    reason = characters.in_one_line(reason)
    if not reason:
        raise WrongState("Say why it is declined.")
    _decide(change, Decided.DECLINED, by, reason=reason)
    _note(Event.RECIPIENT_DECLINED, change, operator=by, reason=reason)
    return change


@transaction.atomic
def recheck(*, party: str, on: date, source: str, by: str) -> Recipient:
    """Record that the address in use was looked at on a day, and is still right. Raises WrongState for a day to come,
    one before the last check, or a body without an address in use."""
    by, source = policies.checked_name(by), policies.checked_source(source)
    in_use = selectors.in_force(clock.today()).select_for_update().filter(party=party).first()
    if in_use is None:
        raise WrongState("This body has no address in use.")
    if on > clock.today():
        raise WrongState("The day on which it was checked cannot lie ahead.")
    if on < in_use.checked_on:
        raise WrongState(f"It was checked on {in_use.checked_on:%-d %B %Y}. Give that day or a later one.")
    RecipientCheck.objects.create(recipient=in_use, checked_on=on, source=source, checked_by=by)
    Recipient.objects.filter(pk=in_use.pk).update(checked_on=on)
    data = {
        "recipient": with_article(in_use.name),
        "address": in_use.address,
        "on": f"{on:%-d %B %Y}",
        "source": source,
    }
    audit.record(Event.RECIPIENT_CHECKED, target=in_use, data={**data, "operator": by})
    in_use.refresh_from_db()
    return in_use


def _in_use(party: str) -> Recipient | None:
    """The row without an end, locked: whoever changes an address takes this lock first."""
    return Recipient.objects.select_for_update().filter(party=party, valid_until=None).first()


def _decide(change: AddressChange, outcome: Decided, by: str, reason: str = "") -> None:
    won = AddressChange.objects.filter(pk=change.pk, outcome="").update(
        outcome=outcome, decided_by=by, decided_at=clock.now(), reason=reason
    )
    if not won:
        raise Conflict("Somebody has already decided on it.")
    change.refresh_from_db()


def _note(event: Event, change: AddressChange, **data: str) -> None:
    told = {"recipient": with_article(change.name), "address": change.address, "source": change.source}
    audit.record(event, target=change, data={**told, "from": f"{change.valid_from:%-d %B %Y}", **data})
