"""Who somebody is today: their offices in force, and the areas in which these carry a right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from partnership import clock
from partnership.accounts import selectors as accounts
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment, Area, AreaSuccession
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.documents import selectors as documents


class NotTheirs(Exception):
    """Nobody with the person's offices has this need, so that the database is not asked for it."""


@dataclass(frozen=True)
class Standing:
    """A person with the offices they hold today. Offices and what was taken over are read once each, at first use.

    `known` keeps what was counted for the person, for as long as the request lasts.
    """

    user: User
    known: dict[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def offices(self) -> list[Appointment]:
        operating = accounts.operators_in_force(clock.today()).filter(person=OuterRef("person"))
        held = access.offices_of(self.user).annotate(operates=Exists(operating))
        return list(held.order_by("area__name", "office", "pk"))

    @cached_property
    def operates(self) -> bool:
        """Whether the person operates the service today: no office, and no right in any area. Read with the offices."""
        known = next((getattr(office, "operates", False) for office in self.offices), None)
        return accounts.operates(self.user) if known is None else bool(known)

    @cached_property
    def has_standing(self) -> bool:
        """Whether anything is open to the person today: by an office, or because a document is shared with them."""
        return bool(self.offices) or documents.shared_with(self.user).exists()

    @cached_property
    def areas(self) -> list[Area]:
        """The areas in which the person holds an office, by name."""
        return list({office.area_id: office.area for office in self.offices}.values())

    @cached_property
    def _takings_over(self) -> list[AreaSuccession]:
        held = {office.area_id for office in self.offices}
        rows = access.takings_over().filter(successor__in=held).select_related("predecessor", "successor")
        return list(rows.order_by("predecessor__name")) if held else []

    @cached_property
    def taken_over(self) -> list[Area]:
        """Areas that came to their end, and for which an area of the person answers now. They stay to be looked after."""
        held = {area.pk for area in self.areas}
        return [row.predecessor for row in self._takings_over if row.predecessor_id not in held]

    @cached_property
    def successors(self) -> dict[int, Area]:
        """Of each area that was taken over, by its key, the area that answers for it."""
        return {row.predecessor_id: row.successor for row in self._takings_over}

    @cached_property
    def all_areas(self) -> list[Area]:
        """Every area that the person works for: their own, and then what these took over."""
        return [*self.areas, *self.taken_over]

    def areas_with(self, *permissions: Permission) -> set[int]:
        """The areas in which an office of the person carries one of these permissions, with what these took over."""
        return self._and_taken_over(
            {office.area_id for office in self.offices if OFFICES[Office(office.office)].permissions & set(permissions)}
        )

    def areas_of_need(self, *permissions: Permission) -> set[int]:
        """The same, for who looks for a need. Raises NotTheirs where no office of the person carries one of them."""
        if not (areas := self.areas_with(*permissions)):
            raise NotTheirs
        return areas

    @cached_property
    def visible(self) -> set[int]:
        """The areas that the person may see, and not only who holds which office there."""
        return self.areas_with(Permission.VIEW_AREA)

    def address_of(self, area: Area) -> str:
        """The page of an area that the person may open: its overview, or who holds which office there."""
        return reverse("areas:area" if area.pk in self.visible else "areas:people", args=[area.slug])

    def areas_as(self, office: Office) -> set[int]:
        """The areas in which the person holds this office."""
        return {held.area_id for held in self.offices if held.office == office}

    @cached_property
    def recording(self) -> set[int]:
        """The areas whose offices the person sees to: as business manager, or as chair while there is none in force."""
        managed = self.areas_as(Office.BUSINESS_MANAGER)
        chaired = self.areas_as(Office.CHAIR) - managed
        if chaired:
            in_force = Appointment.objects.in_force(clock.today()).filter(office=Office.BUSINESS_MANAGER)
            chaired -= set(in_force.filter(area__in=chaired).values_list("area_id", flat=True))
        return self._and_taken_over(managed | chaired)

    @property
    def seen_to(self) -> set[int]:
        """The same, for who looks for a need. Raises NotTheirs where there is none."""
        if not self.recording:
            raise NotTheirs
        return self.recording

    def offices_in(self, areas: Iterable[Area]) -> list[Appointment]:
        """The person's offices in these areas; for one that was taken over, those in the area that answers for it."""
        wanted = {self.successors[area.pk].pk if area.pk in self.successors else area.pk for area in areas}
        return [office for office in self.offices if office.area_id in wanted]

    def _and_taken_over(self, areas: set[int]) -> set[int]:
        return areas | {row.predecessor_id for row in self._takings_over if row.successor_id in areas}


def standing_of(request: HttpRequest) -> Standing:
    """The person of a request. Kept on the request, so that page and navigation read the offices once between them."""
    known = getattr(request, "_standing", None)
    if known is None:
        known = request._standing = Standing(request.user)  # type: ignore[attr-defined, arg-type]
    return known
