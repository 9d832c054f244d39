"""Reading notices. Which areas somebody may still see is asked above: this app knows no offices."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from partnership.accounts.models import User
from partnership.clock import LONDON
from partnership.notices.kinds import RULES, Cadence, Kind
from partnership.notices.models import Notice, Preference

MORNING = time(7)  # no digest comes before


def of(person: User, seen: Q) -> QuerySet[Notice]:
    """A person's notices, the newest first. `seen`: which of them they may still read."""
    rows = Notice.objects.filter(seen, person=person)
    return rows.select_related("mail", "digest__mail")


def unread(person: User, seen: Q) -> QuerySet[Notice]:
    """Those that the person has not marked as read, but for what is over."""
    return of(person, seen).filter(read_at=None, settled_at=None)


def waiting(person: User, cadence: Cadence) -> QuerySet[Notice]:
    """What the next digest tells of: not told yet, not read, and not over."""
    rows = Notice.objects.filter(person=person, cadence=cadence, digest=None, settled_at=None, read_at=None)
    return rows.order_by("area_slug", "created_at", "pk")


def cadences_of(person: User) -> dict[Kind, Cadence]:
    """For each kind what holds for a person: their choice, or what holds as long as nobody chooses."""
    chosen = {Kind(row.kind): Cadence(row.cadence) for row in Preference.objects.filter(person=person)}
    return {kind: chosen.get(kind, rule.default) for kind, rule in RULES.items()}


def cadence_of(person: User, kind: Kind) -> Cadence:
    """How one kind is told to a person."""
    if len(RULES[kind].choices) == 1:
        return RULES[kind].default
    row = Preference.objects.filter(person=person, kind=kind).first()
    return Cadence(row.cadence) if row else RULES[kind].default


def period_start(cadence: Cadence, now: datetime) -> date:
    """The first day of the period whose digest may be made now: this Monday or this day, from seven in the morning."""
    local = (now.astimezone(LONDON) - timedelta(hours=MORNING.hour)).date()
    return local - timedelta(days=local.weekday()) if cadence == Cadence.WEEKLY else local
