"""What a person's areas wait for, and with whom it lies: another office or agency, since when, by when."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas.models import Vacancy
from partnership.areas.roles import Permission
from partnership.dashboard import drafting, submitting
from partnership.dashboard.needs import Due
from partnership.dashboard.rows import Row, Section, in_order, within
from partnership.dashboard.standing import Standing
from partnership.documents import selectors as documents
from partnership.documents import shut
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.documents.workflow import AGREED, WORKED_ON, Status
from scrutiny import selectors as scrutiny


def rows(standing: Standing, due: Due) -> list[Row]:
    """Everything that lies with others, the soonest first."""
    found = [
        *_documents(standing, due),
        *_challenges(standing, due),
        *drafting.waiting(standing),
        *submitting.waiting(standing),
        *_vacancies(standing),
    ]
    return in_order([replace(row, section=Section.WAITING) for row in found])


def _documents(standing: Standing, due: Due) -> list[Row]:
    moving = documents.versions_visible_to(standing.user).filter(status__in=WORKED_ON)
    writes = standing.areas_with(Permission.SEND_FOR_SIGN_OFF, Permission.BEGIN_DOCUMENT)
    publishes = standing.areas_with(Permission.PUBLISH_DOCUMENT)
    mine = {office.seat_id for office in standing.offices if office.may_sign}
    found = []
    for version in moving.prefetch_related("required_seats", "sign_offs"):
        area = version.document.area_id
        if version.status == Status.DRAFT and area not in writes:
            found.append(_row(version, "is being drafted", "Business manager", version.created_at, due))
        elif version.status in AGREED and area not in publishes:
            found.append(_row(version, "is to be published", "Business manager", version.signed_at, due))
        elif version.status == Status.IN_SIGN_OFF:
            found.extend(_signatures(version, mine, due))
    return found


def _signatures(version: Version, mine: set[int | None], due: Due) -> list[Row]:
    """One row for all agencies that have still to sign, apart from those for which the person signs."""
    signed = {sign_off.seat_id for sign_off in version.sign_offs.all()}
    left = [
        seat.agency_name
        for seat in version.required_seats.all()
        if seat.seat_id not in signed and seat.seat_id not in mine
    ]
    if not left:
        return []
    who = f"Lead safeguarding {'partner' if len(left) == 1 else 'partners'}, {_listed(left)}"
    return [_row(version, "is to be signed", who, version.frozen_at, due)]


def _challenges(standing: Standing, due: Due) -> list[Row]:
    still_open = scrutiny.challenges_visible_to(standing.user).filter(closed_at=None)
    counted: QuerySet[Any] = still_open.prefetch_related(None).annotate(answers=Count("responses"))
    counted = counted.annotate(is_sealed=shut.with_seal("document"))
    opens = standing.areas_with(Permission.READ_SEALED, Permission.RAISE_CHALLENGE)
    answers = standing.areas_with(Permission.ANSWER_CHALLENGE)
    closes = standing.areas_with(Permission.CLOSE_CHALLENGE)
    found = []
    for challenge in counted:
        if challenge.area_id in (closes if challenge.answers else answers):
            continue
        document = challenge.document
        who = "Independent scrutineer" if challenge.answers else "Delegated safeguarding partners"
        what = "is to be looked at" if challenge.answers else "is to be answered"
        page = "documents:document" if challenge.is_sealed and challenge.area_id not in opens else "scrutiny:challenges"
        where = reverse(page, args=[challenge.area.slug, address_of(document)])
        act = f"Challenge {challenge.number} on {document.title} {what}"
        by = due.get(document.pk)
        found.append(Row(act, where, challenge.area, by, "", who=who, since=challenge.raised_at))
    return found


def _vacancies(standing: Standing) -> list[Row]:
    """Vacancies with a planned day to come; and for a chair, those to which the business manager sees."""
    appoints = standing.areas_with(Permission.APPOINT)
    seen_to = Q(area__in=standing.recording)
    rows = Vacancy.objects.filter(area__in=appoints, filled_on=None)
    rows = rows.filter(~seen_to | Q(expected_on__gt=clock.today())).select_related("area", "seat__agency")
    return [
        Row(
            act=f"The vacant office of {within(vacancy.title)} is to be filled",
            href=reverse("areas:vacancy", args=[vacancy.area.slug, vacancy.pk]),
            area=vacancy.area,
            by=vacancy.expected_on,
            why="",
            who="whoever is to be appointed" if vacancy.area_id in standing.recording else "Business manager",
            since=vacancy.since,
        )
        for vacancy in rows
    ]


def _row(version: Version, what: str, who: str, since: Any, due: Due) -> Row:
    document = version.document
    where = reverse("documents:document", args=[document.area.slug, address_of(document)])
    by = due.get(document.pk)
    return Row(f"{document.title} {what}", where, document.area, by, "", who=who, since=since)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
