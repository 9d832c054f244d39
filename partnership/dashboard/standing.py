"""Who somebody is today: their offices in force, and the areas in which these carry a right."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import OFFICES, Office, Permission


@dataclass(frozen=True)
class Standing:
    """A person with the offices they hold today. The offices are read once, at first use."""

    user: User

    @cached_property
    def offices(self) -> list[Appointment]:
        return list(access.offices_of(self.user).order_by("area__name", "office", "pk"))

    @cached_property
    def areas(self) -> list[Area]:
        """The areas in which the person holds an office, by name."""
        return list({office.area_id: office.area for office in self.offices}.values())

    def areas_with(self, *permissions: Permission) -> set[int]:
        """The areas in which an office of the person carries one of these permissions."""
        return {
            office.area_id for office in self.offices if OFFICES[Office(office.office)].permissions & set(permissions)
        }

    def offices_in(self, areas: Iterable[Area]) -> list[Appointment]:
        held = {area.pk for area in areas}
        return [office for office in self.offices if office.area_id in held]


def standing_of(request: HttpRequest) -> Standing:
    """The person of a request. Kept on the request, so that page and navigation read the offices once between them."""
    known = getattr(request, "_standing", None)
    if known is None:
        known = request._standing = Standing(request.user)  # type: ignore[attr-defined, arg-type]
    return known
