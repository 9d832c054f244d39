"""Who may do what, in which area, at this moment. Computed from the offices in force, never stored."""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Appointment, Area, AreaSuccession, Basis, Seat
from partnership.areas.roles import OFFICES, Office, Permission, in_a_sentence, offices_with
from partnership.errors import NotAllowed

M = TypeVar("M", bound=Model)
Person = User | AnonymousUser


def offices_of(user: Person, area: Area | None = None) -> QuerySet[Appointment]:
    """The appointments of a person that are in force today, in one area or in all. An inactive account holds none.

    In an area that was split or merged, those held in the area that took over what was still owed for it.
    """
    in_force: QuerySet[Appointment] = Appointment.objects.in_force(clock.today())
    if not (user.is_authenticated and user.is_active):
        return in_force.none()
    if area is not None:
        in_force = in_force.filter(
            Q(area=area) | Q(area__in=takings_over().filter(predecessor=area).values("successor"))
        )
    return in_force.filter(person_id=user.pk).select_related("area", "seat__agency")


def can(user: Person, permission: Permission, area: Area) -> bool:
    """Whether an office of the person in the area carries the permission today. For showing; services use require."""
    offices = offices_of(user, area).values_list("office", flat=True)
    return any(permission in OFFICES[Office(office)].permissions for office in offices)


def require(user: Person, permission: Permission, area: Area) -> None:
    """Raise NotAllowed, with a sentence that names the offices which may, unless the person may."""
    if not can(user, permission, area):
        raise NotAllowed(sentence(permission, area), rule=permission.value)


def sentence(permission: Permission, area: Area) -> str:
    """The refusal in words."""
    who = [in_a_sentence(office) for office in offices_with(permission)]
    listed = who[0] if len(who) == 1 else f"{', '.join(who[:-1])} or {who[-1]}"
    return f"Only {listed} of {area.name} may {permission.label}."


def title_for(user: User, area: Area, permission: Permission) -> str:
    """The office that carries the permission for this person in the area today, in words. Call it after `require`."""
    held = offices_of(user, area).filter(office__in=offices_with(permission)).order_by("pk").first()
    if held is None:
        raise NotAllowed(sentence(permission, area), rule=permission.value)
    return held.title


def areas_for(user: Person, permission: Permission = Permission.VIEW_AREA) -> QuerySet[Area]:
    """The areas in which the person may do this today, and those whose duties these areas took over."""
    offices = [office.value for office in offices_with(permission)]
    held = offices_of(user).filter(office__in=offices).values("area_id")
    return Area.objects.filter(
        Q(pk__in=held) | Q(pk__in=takings_over().filter(successor__in=held).values("predecessor"))
    )


def areas_served_by(person: User) -> QuerySet[Area]:
    """The areas in which somebody holds an office today or later, whatever it carries. About them, not for them."""
    not_over = Q(during__endswith__gt=clock.today()) | Q(during__upper_inf=True)
    held = Appointment.objects.filter(not_over, person=person, voided_at=None)
    return Area.objects.filter(pk__in=held.values("area_id"))


def serves_any_area(person: User) -> bool:
    """Whether somebody holds an office today or later (settings.WHAT_GIVES_RIGHTS)."""
    return areas_served_by(person).exists()


def visible_to(queryset: QuerySet[M], user: Person, area_field: str = "area") -> QuerySet[M]:
    """Only what lies in an area that the person may see. Lists, details, files, API and mail all start here."""
    lookup: dict[str, Any] = {f"{area_field}__in": areas_for(user).values("pk")}
    return queryset.filter(**lookup)


def seats_signed_for_by(user: Person, area: Area) -> QuerySet[Seat]:
    """The seats that this person may sign for today: as lead partner, acting only where the letter says so."""
    held = may_sign(offices_of(user, area))
    return Seat.objects.filter(pk__in=held.values("seat_id")).select_related("agency", "area")


def may_sign(offices: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Of these offices, those whose holders may sign: lead partners, acting ones only where their letter says so."""
    return offices.filter(office=Office.LSP).exclude(basis=Basis.ACTING, may_sign_while_acting=False)


def takings_over() -> QuerySet[AreaSuccession]:
    """Every area that came to its end, with the one that answers today for what was still owed for it."""
    return AreaSuccession.objects.filter(takes_over_duties=True, on__lte=clock.today())
