"""The desk of somebody who serves several areas: one list across all of them, narrowed and sorted by its address."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse

from partnership.areas.models import Area
from partnership.areas.roles import Office
from partnership.dashboard import needs, waiting
from partnership.dashboard.rows import FAR, Row, Section
from partnership.dashboard.standing import Standing
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.funding import selectors as funding
from partnership.guidance.dates import FinancialYear

LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """What an address asks for. Nonsense in it counts as not asked."""

    section: str = ""
    area: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict, areas: Iterable[Area]) -> "Asked":
        section, area = query.get("section", ""), query.get("area", "")
        return cls(
            section=section if section in Section.values else "",
            area=area if area in {row.slug for row in areas} else "",
            q=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST],
            sort="area" if query.get("sort") == "area" else "",
        )

    @property
    def address(self) -> str:
        """The address of the desk that asks for this; it can be passed on."""
        given = {key: value for key, value in vars(self).items() if value}
        return reverse("desk") + (f"?{urlencode(given)}" if given else "")

    def sorted_by(self, sort: str) -> str:
        """The address of the same list in another order."""
        return replace(self, sort=sort).address

    def takes_area(self, area: Area) -> bool:
        words = self.q.casefold().split()
        return (not self.area or area.slug == self.area) and all(word in area.name.casefold() for word in words)

    def in_order(self, rows: Iterable[Row]) -> list[Row]:
        """By section, and within each by date, or by area where that is asked for."""
        places = list(Section)

        def by_date(row: Row) -> tuple[Any, ...]:
            return places.index(row.section), row.by or FAR, row.area.name, row.act

        def by_area(row: Row) -> tuple[Any, ...]:
            return places.index(row.section), row.area.name, row.by or FAR, row.act

        return sorted(rows, key=by_area if self.sort else by_date)


@dataclass(frozen=True)
class AreaRow:
    """How one area stands, in a line: what waits for signatures, the next date, what is late, what is the person's."""

    area: Area
    href: str
    in_sign_off: int
    next_on: date | None
    late: str
    yours: int
    answered_by: Area | None


@dataclass(frozen=True)
class Desk:
    """Every row of every area, and a line for each area."""

    rows: list[Row]
    areas: list[AreaRow]


def of(standing: Standing, today: date) -> Desk:
    """The whole desk, in a number of queries that does not grow with the areas."""
    due = needs.due_dates(standing)
    duties = list(deadlines.duties_visible_to(standing.user).filter(closed_at=None, lapsed_at=None))
    own = needs.rows(standing, due)
    late = [_late(duty) for duty in duties if presenting.is_late(duty, today)]
    rows = [*own, *_contributions(standing, today), *late, *waiting.rows(standing, due)]
    return Desk(rows, _areas(standing, own, duties, today))


def _contributions(standing: Standing, today: date) -> list[Row]:
    """For each of the person's seats as a partner: nothing is recorded yet for the running year."""
    year = FinancialYear.containing(today)
    seats = {held.seat_id for held in standing.offices if held.office in (Office.LSP, Office.DSP) and held.seat_id}
    return [
        Row(
            act=f"No contribution of {seat.agency.name} is on record for {year.label}",
            href=reverse("funding:year", args=[seat.area.slug, year.label]),
            area=seat.area,
            by=None,
            why="What was agreed or paid elsewhere is not known here. The business team records it.",
            section=Section.CONTRIBUTIONS,
        )
        for seat in funding.seats_without_contribution(seats, year)
    ]


def _late(duty: Duty) -> Row:
    missing = ", ".join(deadlines.missing_facts(duty).values())
    return Row(
        act=f"{presenting.name(duty)} is late",
        href=reverse("deadlines:duty", args=[duty.area.slug, duty.pk]),
        area=duty.area,
        by=duty.due_on,
        why=f"Not on record yet: {missing}. {presenting.passed_on(duty)}".strip(),
        section=Section.LATE,
    )


def _areas(standing: Standing, own: list[Row], duties: list[Duty], today: date) -> list[AreaRow]:
    moving = Version.objects.filter(status=Status.IN_SIGN_OFF, document__area__in=standing.visible).order_by()
    in_sign_off = dict(moving.values_list("document__area").annotate(count=Count("pk")))
    yours = Counter(row.area.pk for row in own)
    due: dict[int, list[date]] = {}
    for duty in duties:
        due.setdefault(duty.area_id, []).append(duty.due_on)
    return [
        AreaRow(
            area=area,
            href=standing.address_of(area),
            in_sign_off=in_sign_off.get(area.pk, 0),
            next_on=min((day for day in due.get(area.pk, []) if day >= today), default=None),
            late=_longest_late(due.get(area.pk, []), today),
            yours=yours[area.pk],
            answered_by=standing.successors.get(area.pk),
        )
        for area in standing.all_areas
    ]


def _longest_late(days: list[date], today: date) -> str:
    """How late the duty is that is longest late, in words; empty where none is."""
    first = min((day for day in days if day < today), default=None)
    return presenting.days_in_words(first, today) if first else ""


def sections(asked: Asked, rows: list[Row]) -> list[dict[str, Any]]:
    """Each section that has rows, how many, and the address that shows it alone."""
    counted = Counter(row.section for row in rows)
    return [
        {
            "label": section.label,
            "count": counted[section],
            "href": replace(asked, section=section.value).address,
            "is_chosen": asked.section == section.value,
        }
        for section in Section
        if counted[section] or asked.section == section.value
    ]


def applied(asked: Asked, areas: Iterable[Area]) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    names = {area.slug: area.name for area in areas}
    shown = []
    if asked.section:
        shown.append({"text": Section(asked.section).label, "href": replace(asked, section="").address})
    if asked.area:
        shown.append({"text": names[asked.area], "href": replace(asked, area="").address})
    if asked.q:
        shown.append({"text": f"Areas with “{asked.q}” in the name", "href": replace(asked, q="").address})
    return shown
