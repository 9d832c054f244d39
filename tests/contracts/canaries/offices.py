"""The people of the other area at their work: every text about offices, accounts and agencies as a word of its own."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from arrangements import services as arrangements
from arrangements.models import AgencyNotice
from partnership import clock
from partnership.accounts.models import KeptPost
from partnership.areas import jobs
from partnership.areas import services as areas
from partnership.areas.departures import DepartureRule
from partnership.areas.models import AccessReview, Appointment, Area, Basis, HandOverItem, SeatKind, Vacancy
from partnership.areas.roles import Office
from partnership.areas.services.reviewing import to_review
from partnership.documents.models import Version
from tests import worlds
from tests.contracts.canaries.words import opened, secret

SINCE = date(2024, 1, 1)


def name_agency(other: Any) -> None:
    """A relevant agency with somebody to tell, before arrangements are published."""
    areas.name_by_name(
        area=other.area,
        name=f"{opened('areas.Agency.name')} of the young",
        category="voluntary",
        reason=secret("areas.RelevantAgency.reason"),
        contact_name=secret("areas.RelevantAgency.contact_name"),
        contact_email=f"{secret('areas.RelevantAgency.contact_email')}@other.example",
        since=clock.today(),
        by=other.people["manager"],
    )


def acknowledge(version: Version) -> None:
    """The agency answers by the link in its letter."""
    message = AgencyNotice.objects.get(version=version).mail
    assert message
    arrangements.acknowledge(
        token=message.text.partition("/acknowledge/")[2].partition("/")[0],
        name=secret("arrangements.AgencyNotice.acknowledged_by_name"),
        office=secret("arrangements.AgencyNotice.acknowledged_office"),
        note=secret("arrangements.AgencyNotice.note"),
    )


def fill(other: Any) -> None:
    """Offices with everything that can be said of one, what follows when they change, and the accounts behind them."""
    _bodies(other)
    _appointments(other)
    _follow(other)
    _accounts(other)


def _bodies(other: Any) -> None:
    police = other.seats[1].agency
    before = police.name
    police.name = opened("areas.EarlierName.name")
    police.save(update_fields=["name"])
    areas.rename_agency(agency=police, name=before, on=date(2025, 5, 1), by=None)
    old = Area.objects.create(slug=f"{other.area.slug}-old", name="Old", partnership_name="Old Partnership")
    areas.succeed_area(
        predecessor=old,
        successors=[other.area],
        takes_over=other.area,
        on=date(2025, 4, 1),
        note=secret("areas.AreaSuccession.note"),
        by=None,
    )


def _appointments(other: Any) -> None:
    manager, today = other.people["manager"], clock.today()

    def appoint(name: str, office: Office, **more: Any) -> Appointment:
        details = {"since": today, "authority": secret("areas.Appointment.authority"), "by": manager, **more}
        return areas.appoint(
            person=other.person(name, public=office == Office.LSP), area=other.area, office=office, **details
        )

    appoint("firm", Office.SCRUTINEER, firm=secret("areas.Appointment.firm"))
    appoint("learning", Office.SUB_GROUP_CHAIR, sub_group=secret("areas.Appointment.sub_group"))
    departs = {DepartureRule.LEAD_IS_NOT_HEAD: secret("areas.Departure.reason")}
    name = secret("areas.Appointment.instrument_name")
    appoint(
        "standby", Office.LSP, seat=other.seats[0], basis=Basis.ACTING, is_head=False, reasons=departs,
        instrument=worlds.letter(), instrument_name=name,
    )  # fmt: skip
    suspended = appoint("suspended", Office.BUSINESS_SUPPORT)
    areas.suspend(appointment=suspended, reason=secret("areas.Appointment.suspended_because"), by=manager)
    mistaken = appoint("mistaken", Office.OBSERVER)
    areas.void(appointment=mistaken, reason=secret("areas.Appointment.voided_because"), by=manager)
    leaving = appoint("leaving", Office.DSP, seat=other.seats[1])
    because = secret("areas.Appointment.ended_because")
    areas.end_appointment(appointment=leaving, until=today + timedelta(days=9), because=because, by=manager)


def _follow(other: Any) -> None:
    manager, today = other.people["manager"], clock.today()
    areas.close_seat(seat=_empty_seat(other), on=today + timedelta(days=400), by=None)
    jobs.find_vacancies(today=today)
    vacancy = Vacancy.objects.filter(area=other.area, filled_on=None)[0]
    areas.plan_vacancy(vacancy=vacancy, plan=secret("areas.Vacancy.plan"), expected_on=None, by=manager)
    note = secret("areas.ChairTurn.note")
    areas.plan_turn(area=other.area, seat=other.seats[0], since=today, until=None, note=note, by=manager)
    scrutineer = Appointment.objects.get(area=other.area, person=other.people["scrutineer"])
    areas.record_contract(
        appointment=scrutineer,
        contract=secret("areas.IndependenceRecord.contract"),
        days=Decimal(3),
        fee=None,
        paid_by=secret("areas.IndependenceRecord.paid_by"),
        review_on=None,
        by=manager,
    )
    areas.declare_interests(
        appointment=scrutineer,
        interests=secret("areas.IndependenceRecord.interests"),
        earlier_work=secret("areas.IndependenceRecord.earlier_work"),
        by=other.people["scrutineer"],
    )
    jobs.open_access_reviews(today=today)
    review = AccessReview.objects.get(area=other.area, seat=None)
    verdicts = {row.pk: "keep" for row in to_review(review)}
    areas.sign_access_review(review=review, verdicts=verdicts, by=other.people["deputy"])
    jobs.ask_who_can_sign_in(today=today)
    cells = {"name": secret("areas.MemberImport.rows"), "email": "new@other.example"}
    areas.keep_list(
        area=other.area,
        file_name=secret("areas.MemberImport.file_name"),
        rows=[(2, cells)],
        notes=[secret("areas.MemberImport.notes")],
        by=manager,
    )
    assert HandOverItem.objects.filter(hand_over__leaving__area=other.area).exists()


def _empty_seat(other: Any) -> Any:
    """A statutory seat for which nobody holds an office, so that something is vacant."""
    return worlds.seat(other.area, f"{opened('areas.Agency.name')} health", "health", SeatKind.STATUTORY)


def _accounts(other: Any) -> None:
    lead, manager = other.people["lead"], other.people["manager"]
    reason = secret("accounts.FactorReset.reason")
    areas.ask_factor_reset(person=lead, area=other.area, reason=reason, by=manager)
    KeptPost.objects.create(
        user=manager,
        path=f"/{secret('accounts.KeptPost.path')}/",
        page=f"/{secret('accounts.KeptPost.page')}/",
        fields=[["text", secret("accounts.KeptPost.fields")]],
        good_until=clock.now() + timedelta(hours=20),
    )
