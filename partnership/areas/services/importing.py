"""A list of members: kept, tried against the database, recorded once, or thrown away."""

import hashlib
import json
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, OperationalError, connection, transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.importing import checking
from partnership.areas.importing.columns import Cells
from partnership.areas.importing.rows import understood
from partnership.areas.importing.verdicts import Outcome, Verdict, in_order
from partnership.areas.models import Appointment, Area, MemberImport
from partnership.areas.roles import Permission
from partnership.areas.services.inviting import appoint_by_address
from partnership.areas.services.words import refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, NotAllowed, Refused, WrongState

LONGEST_NAME = 120
GONE = "This list is not kept any more. Upload it again."
CHANGED = "The register changed while you were reading. Nothing was recorded. Look at the list again."


@transaction.atomic
def keep_list(
    *, area: Area, file_name: str, rows: Sequence[tuple[int, Cells]], notes: Sequence[str], by: User
) -> MemberImport:
    """Keep the cells of a list until it is confirmed, for a day at most. The register does not change."""
    access.require(by, Permission.APPOINT, area)
    return MemberImport.objects.create(
        area=area, by=by, file_name=file_name[-LONGEST_NAME:], rows=list(rows), notes=list(notes), made_at=clock.now()
    )


def examine(*, upload: MemberImport, by: User) -> list[Verdict]:
    """What each row of a kept list would change now. Tried in the database, and undone."""
    rows = [understood(number, cells) for number, cells in upload.rows]
    verdicts = checking.check(rows, checking.Known(upload.area, rows), by)
    _try(upload.area, in_order(verdicts), by)
    return verdicts


def _try(area: Area, verdicts: list[Verdict], by: User) -> None:
    """Find what only the database refuses: all rows in one attempt, and one by one where that fails."""
    with transaction.atomic():
        people = _people(verdicts)
        made = [_appointment(area, verdict, people, by) for verdict in verdicts]
        try:
            with transaction.atomic():
                Appointment.objects.bulk_create(made)
                _settle()
        except IntegrityError:
            for verdict, appointment in zip(verdicts, made, strict=True):
                _try_one(verdict, appointment)
        transaction.set_rollback(True)


def _people(verdicts: list[Verdict]) -> dict[str, User]:
    """Everybody by address; accounts that do not exist yet only for as long as the attempt lasts."""
    known = {verdict.row.email: verdict.person for verdict in verdicts if verdict.person}
    names = {verdict.row.email: verdict.row.name for verdict in verdicts if not verdict.person}
    new = User.objects.bulk_create(User(email=email, name=name) for email, name in names.items())
    return known | {person.email: person for person in new}


def _appointment(area: Area, verdict: Verdict, people: dict[str, User], by: User) -> Appointment:
    row = verdict.row
    assert row.office is not None  # a row without it is an error
    return Appointment(
        person=people[row.email],
        area=area,
        seat=verdict.seat,
        office=row.office,
        basis=row.basis,
        authority=row.authority,
        job_title=row.job_title,
        sub_group=row.sub_group,
        during=verdict.during,
        recorded_by=by,
    )


def _try_one(verdict: Verdict, appointment: Appointment) -> None:
    appointment.pk = None
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
            _settle()
    except IntegrityError as error:
        verdict.refuse("office", refusal_of(error).sentence)


def _settle() -> None:
    """Let what the database looks at only at the end of a transaction be looked at now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def seal(verdicts: Sequence[Verdict]) -> str:
    """A short mark of what would be recorded, by which the confirmation knows that the same was shown."""
    told = [
        [verdict.row.number, verdict.row.cells, verdict.seat.pk if verdict.seat else 0, verdict.person is None]
        for verdict in in_order(verdicts)
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def confirm_list(*, upload: MemberImport, seen: str, by: User) -> MemberImport:
    """Record every row without errors, all or none; `seen` is the seal of what was shown. A second click records nothing.

    Raises NotAllowed, WrongState when nothing is left to record, or Conflict when the register changed meanwhile.
    """
    access.require(by, Permission.APPOINT, upload.area)
    upload = _locked(upload, by)
    if upload.confirmed_at:
        return upload
    verdicts = examine(upload=upload, by=by)
    new = in_order(verdicts)
    if seal(verdicts) != seen:
        raise Conflict(CHANGED)
    if not new:
        raise WrongState("No row of this list can be recorded. Mend the list, and upload it again.")
    for verdict in new:
        _record(upload, verdict, by)
    left = [[verdict.row.number, verdict.row.cells] for verdict in verdicts if verdict.outcome == Outcome.ERROR]
    waiting = MemberImport.objects.filter(pk=upload.pk, confirmed_at=None)
    if not waiting.update(confirmed_at=clock.now(), recorded=len(new), rows=left):
        raise Conflict("This list was recorded in the same moment. Nothing was recorded twice.")
    data = {"file": upload.file_name, "count": len(new)}
    audit.record(Event.MEMBERS_IMPORTED, by=by, area_slug=upload.area.slug, target=upload, data=data)
    upload.refresh_from_db()
    return upload


def _record(upload: MemberImport, verdict: Verdict, by: User) -> None:
    row = verdict.row
    assert row.office is not None and row.since is not None  # a row without them is an error
    try:
        appoint_by_address(
            email=row.email,
            name=row.name,
            area=upload.area,
            by=by,
            office=row.office,
            seat=verdict.seat,
            sub_group=row.sub_group,
            job_title=row.job_title,
            since=verdict.during.lower,
            until=verdict.during.upper,
            basis=row.basis,
            authority=row.authority,
            is_head=row.is_head is not False,
            is_paid_by_a_partner=bool(row.is_paid),
            reasons=dict.fromkeys(verdict.departures, row.reason),
            once=uuid.uuid5(uuid.NAMESPACE_OID, f"member-import:{upload.pk}:{row.number}"),
        )
    except Refused as refusal:
        raise Conflict(f"Row {row.number}: {refusal.sentence} Nothing of the list was recorded.") from refusal


@transaction.atomic
def discard_list(*, upload: MemberImport, by: User) -> None:
    """Throw away a list that was not recorded. Asked again, it is gone already. Raises WrongState once it is recorded."""
    access.require(by, Permission.APPOINT, upload.area)
    if _locked(upload, by).confirmed_at:
        raise WrongState("This list is recorded. What it recorded stays in the register.")
    MemberImport.objects.filter(pk=upload.pk, confirmed_at=None).delete()


def _locked(upload: MemberImport, by: User) -> MemberImport:
    rows = MemberImport.objects.select_for_update(of=("self",)).select_related("area", "by")
    try:
        with transaction.atomic():
            found = rows.filter(pk=upload.pk).first()
    except OperationalError as error:  # a long list, and a second click that waited for it as long as it may
        raise Conflict("This list is being recorded at this moment. Load the page again in a minute.") from error
    if found is None or not (found.rows or found.confirmed_at):
        raise WrongState(GONE)
    if found.by_id != by.pk:
        raise NotAllowed("Only who uploaded a list may record it or throw it away.")
    return found
