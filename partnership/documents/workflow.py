"""The life of a version: every status, every move, and the one function that makes a move."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState
from partnership.notices import services as notices


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_SIGN_OFF = "in_sign_off", "With the lead partners"
    SIGNED = "signed", "Signed"
    SIGNED_IN_PART = "signed_in_part", "Signed in part"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    CONSOLIDATED = "consolidated", "Consolidated"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"
    VOID = "void", "Void"
    TAKEN_DOWN = "taken_down", "Withdrawn after publication"


# What no lead partner is asked to do anything with any more, and what is not public yet.
AGREED = frozenset({Status.SIGNED, Status.SIGNED_IN_PART})
FROZEN = frozenset({Status.IN_SIGN_OFF, *AGREED})
WORKED_ON = frozenset({Status.DRAFT, *FROZEN})
# Of these nothing comes any more; what was written goes on in another version, or nowhere.
GONE = frozenset({Status.RETURNED, Status.WITHDRAWN, Status.VOID, Status.TAKEN_DOWN})
# What anybody may read: what stands, and what something else has taken the place of.
READABLE = frozenset({Status.PUBLISHED, Status.SUPERSEDED, Status.CONSOLIDATED})
# Of these a draft goes on at once with the same text, and stays what it was begun as.
CAME_BACK = frozenset({Status.RETURNED, Status.VOID})


@dataclass(frozen=True)
class Move:
    """One allowed change of status. `permission` None: made by the service as the consequence of another deed."""

    name: str
    sources: frozenset[Status]
    target: Status
    permission: Permission | None
    event: Event


def _move(name: str, sources: set[Status], target: Status, permission: Permission | None, event: Event) -> Move:
    return Move(name, frozenset(sources), target, permission, event)


_S, _P, _E = Status, Permission, Event
MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        _move("send_for_sign_off", {_S.DRAFT}, _S.IN_SIGN_OFF, _P.SEND_FOR_SIGN_OFF, _E.SENT_FOR_SIGN_OFF),
        _move("complete_sign_off", {_S.IN_SIGN_OFF}, _S.SIGNED, None, _E.SIGN_OFF_COMPLETED),
        _move("settle_in_part", {_S.IN_SIGN_OFF}, _S.SIGNED_IN_PART, None, _E.SIGN_OFF_SETTLED_IN_PART),
        _move("return_for_changes", set(FROZEN), _S.RETURNED, _P.RETURN_DOCUMENT, _E.VERSION_RETURNED),
        _move("void", set(FROZEN), _S.VOID, None, _E.VERSION_VOIDED),
        _move("publish", set(AGREED), _S.PUBLISHED, None, _E.VERSION_PUBLISHED),
        _move("supersede", {_S.PUBLISHED}, _S.SUPERSEDED, None, _E.VERSION_SUPERSEDED),
        _move("consolidate", {_S.PUBLISHED}, _S.CONSOLIDATED, None, _E.VERSION_CONSOLIDATED),
        _move("take_down", set(READABLE), _S.TAKEN_DOWN, _P.TAKE_DOWN, _E.VERSION_TAKEN_DOWN),
        _move(
            "withdraw",
            set(WORKED_ON),
            _S.WITHDRAWN,
            _P.WITHDRAW_DOCUMENT,
            _E.VERSION_WITHDRAWN,
        ),
    )
}

# Whose turn it is. Proven complete by a test; half of all questions of "who must act" reduce to it.
TURN: dict[Status, str] = {
    Status.DRAFT: "business manager",
    Status.IN_SIGN_OFF: "lead safeguarding partners",
    Status.SIGNED: "business manager",
    Status.SIGNED_IN_PART: "business manager",
    Status.PUBLISHED: "nobody",
    Status.SUPERSEDED: "nobody",
    Status.RETURNED: "nobody",
    Status.WITHDRAWN: "nobody",
    Status.VOID: "nobody",
    Status.CONSOLIDATED: "nobody",
    Status.TAKEN_DOWN: "nobody",
}


def check(version: Any, move: Move) -> None:
    """Raise WrongState unless the version stands where the move can begin."""
    if version.status not in move.sources:
        raise WrongState(f"This version is {Status(version.status).label.lower()}, so this cannot be done with it now.")


def make(version: Any, name: str, *, by: Any, data: dict[str, Any] | None = None, **changes: Any) -> None:
    """The only way a status changes: permitted, possible, not overtaken, and on the record.

    `changes` are the fields set together with the status; `data` is added to the audit entry.
    """
    move = MOVES[name]
    if move.permission is not None:
        access.require(by, move.permission, version.document.area)
    check(version, move)
    won = type(version).objects.filter(pk=version.pk, status=version.status).update(status=move.target, **changes)
    if not won:
        raise Conflict("Somebody else changed this document while you were reading it. Look at it again.")
    version.refresh_from_db()
    notices.settle(about=f"version:{version.pk}")
    note(move.event, version, by=by, **(data or {}))


def note(event: Event, version: Any, *, by: Any, **data: Any) -> None:
    """Put an event of a version on record, by the title and the number of the day. `by` None: the clock."""
    document = version.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=version,
        subject=document.subject,
        data={"title": document.title, "version": version.number, **data},
    )
