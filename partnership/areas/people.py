"""Who of an area's people can sign in, read in a number of queries that does not grow with them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from partnership.accounts import second_factor
from partnership.accounts import selectors as accounts
from partnership.accounts.models import FactorReset, User
from partnership.areas import access
from partnership.areas.models import Appointment, Area, SignInCheck
from partnership.mail.workflow import Status

KINDS = {"totp": "a code from an app", "webauthn": "a passkey"}
FAILED = {Status.FAILED, Status.UNCERTAIN}


@dataclass
class Row:
    """One person of an area: their offices there, how they sign in, and the check of this June."""

    person: User
    offices: list[Appointment] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    check: SignInCheck | None = None
    reset: FactorReset | None = None

    @property
    def has_accepted(self) -> bool:
        """Whether the invitation was accepted, with a password or with a passkey."""
        return self.person.has_usable_password() or bool(self.kinds)

    @property
    def factors(self) -> str:
        """How the second factor works, in words."""
        return " and ".join(KINDS[kind] for kind in sorted(self.kinds))

    @property
    def state(self) -> str:
        """Whether they can sign in, in a word or two."""
        if not self.person.is_active:
            return "Closed"
        if not self.has_accepted:
            return "Invited"
        return "Can sign in" if self.kinds else "No second factor yet"

    @property
    def check_failed(self) -> bool:
        """Whether the question could not be delivered, so that nobody can answer it."""
        return bool(self.check and not self.check.confirmed_at and self.check.mail and self.check.mail.status in FAILED)


def of_area(area: Area, today: date) -> list[Row]:
    """Everybody who holds an office of the area today or later, by name."""
    not_over = Q(during__endswith__gt=today) | Q(during__upper_inf=True)
    return _rows(Appointment.objects.filter(not_over, area=area, voided_at=None), today)


def one_of_area(area: Area, person: int, today: date) -> Row | None:
    """One person who holds, held or will hold an office of the area; None for anybody else."""
    return next(iter(_rows(Appointment.objects.filter(area=area, person=person), today)), None)


def _rows(appointments: QuerySet[Appointment], today: date) -> list[Row]:
    rows: dict[int, Row] = {}
    for held in appointments.select_related("person", "area", "seat__agency").order_by("office", "during"):
        rows.setdefault(held.person_id, Row(held.person)).offices.append(held)
    kinds: dict[int, set[str]] = defaultdict(set)
    factors = Authenticator.objects.filter(user__in=rows, type__in=second_factor.FACTORS)
    for person_id, kind in factors.values_list("user_id", "type"):
        kinds[person_id].add(kind)
    checks = SignInCheck.objects.filter(person__in=rows, year=today.year).select_related("mail", "person")
    by_person = {check.person_id: check for check in checks}
    resets = {reset.user_id: reset for reset in accounts.open_factor_resets().filter(user__in=rows)}
    for person_id, row in rows.items():
        row.kinds, row.check, row.reset = kinds[person_id], by_person.get(person_id), resets.get(person_id)
    return sorted(rows.values(), key=lambda row: (row.person.name.casefold(), row.person.pk))


def resets_of_area(area: Area) -> QuerySet[FactorReset]:
    """Open requests about somebody who holds an office of the area."""
    here = Appointment.objects.filter(area=area, voided_at=None).values("person")
    return accounts.open_factor_resets().filter(user__in=here)


def factor_resets(area: Area, by: access.Person) -> list[dict[str, object]]:
    """These requests, each with whether this person, in this area, may agree to it."""
    rows = []
    for reset in resets_of_area(area):
        several = access.areas_served_by(reset.user).exclude(slug=reset.area_slug).exists()
        is_elsewhere = several and reset.area_slug == area.slug
        own = by.pk in {reset.user_id, reset.asked_by_id}
        rows.append({"reset": reset, "is_elsewhere": is_elsewhere, "may_agree": not own and not is_elsewhere})
    return rows
