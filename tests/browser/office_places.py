"""An area in which every page about offices has something to show."""

from datetime import date, timedelta

from partnership import clock
from partnership.areas import jobs, services
from partnership.areas.departures import DepartureRule
from partnership.areas.models import AccessReview, Appointment, Basis, HandOver, Seat, Vacancy
from partnership.areas.roles import Office
from partnership.areas.services.reviewing import to_review
from tests import worlds
from tests.browser.places import Place
from tests.worlds import World

ENDLESS = "Maximilian" * 11  # no space in 110 letters
WHY = {DepartureRule.LEAD_IS_NOT_HEAD: "The commissioner has asked an assistant commissioner to act for the force."}


def offices() -> list[Place]:
    """Departures, an acting lead, somebody suspended, a vacancy, lists, turns, a contract, agencies and reviews."""
    world = worlds.area_with_its_cast()
    _change_offices(world)
    _plan(world)
    review = _review(world)
    return [*_pages(world), *_of_reviews(world, review)]


def _held(world: World, name: str, office: Office) -> Appointment:
    return Appointment.objects.get(person=world.people[name], office=office)


def _change_offices(world: World) -> None:
    today = clock.today()
    services.end_appointment(appointment=_held(world, "cerys", Office.LSP), until=today, by=world.gwen)
    appoint = {"area": world.area, "by": world.gwen, "since": today, "authority": "Letter of 1 September 2026"}
    services.appoint(
        person=world.people["ines"], office=Office.LSP, seat=world.police, job_title="Assistant Commissioner",
        is_head=False, reasons=WHY, **appoint,
    )  # fmt: skip
    services.appoint(
        person=worlds.person("Theodora Featherstonehaugh-Cholmondeley"), office=Office.LSP, seat=world.council,
        basis=Basis.ACTING, may_sign_while_acting=True, instrument=worlds.letter(), instrument_name="a.pdf", **appoint,
    )  # fmt: skip
    services.appoint(
        person=worlds.person("Una"), office=Office.SUB_GROUP_CHAIR, sub_group="Learning and improvement", **appoint
    )
    services.appoint(
        person=worlds.person(ENDLESS), office=Office.SUB_GROUP_CHAIR, sub_group=ENDLESS, job_title=ENDLESS,
        until=today + timedelta(60), **appoint,
    )  # fmt: skip
    services.suspend(appointment=_held(world, "dev", Office.DSP), reason="Agreed with the lead.", by=world.gwen)
    mistaken = services.appoint(person=worlds.person("Mistaken"), office=Office.OBSERVER, **appoint)
    services.void(appointment=mistaken, reason="Recorded in the wrong area.", by=world.gwen)
    jobs.find_vacancies(today=today)
    jobs.ask_who_can_sign_in(today=today)
    services.ask_factor_reset(person=world.people["ben"], area=world.area, reason="A new phone.", by=world.gwen)


def _plan(world: World) -> None:
    since = date(2027, 4, 1)
    services.plan_turn(
        area=world.area, seat=world.police, since=since, until=since + timedelta(365), note="Agreed", by=world.eve
    )
    scrutineer = _held(world, "femi", Office.SCRUTINEER)
    services.record_contract(
        appointment=scrutineer, contract="Two years from January 2025", days=24, fee=18_500, paid_by="The council",
        review_on=since, by=world.gwen,
    )  # fmt: skip
    services.declare_interests(appointment=scrutineer, interests="None.", earlier_work="None.", by=world.femi)
    services.name_by_name(
        area=world.area, name="Ashdown Youth Justice Service", category="criminal_justice", since=clock.today(),
        reason="It works with children at risk of offending.", contact_name="Head of service",
        contact_email="head@yjs.example", by=world.gwen,
    )  # fmt: skip


def _review(world: World) -> AccessReview:
    jobs.open_access_reviews(today=clock.today())
    signed = AccessReview.objects.get(area=world.area, seat=None)
    verdicts = {row.pk: "end" if row.office == Office.SUB_GROUP_CHAIR else "keep" for row in to_review(signed)}
    services.sign_access_review(review=signed, verdicts=verdicts, by=world.eve)
    return signed


def _pages(world: World) -> list[Place]:
    def page(who: str, name: str, *args: object, query: str = "", status: int = 200) -> Place:
        return Place(world.people[who], f"areas:{name}", (world.area.slug, *args), query, status)

    dev, femi = _held(world, "dev", Office.DSP), _held(world, "femi", Office.SCRUTINEER)
    lead = _held(world, "ines", Office.LSP)
    mistaken = Appointment.objects.get(person__name="Mistaken")
    endless = Appointment.objects.get(person__name=ENDLESS)
    agency = Seat.objects.get(area=world.area, kind="relevant")
    return [
        page("gwen", "people"),
        page("amina", "people", query="?on=2025-04-01"),
        page("gwen", "changes"),
        page("gwen", "appoint"),
        page("gwen", "appoint", query="?office="),
        *(page("gwen", "appoint_to", office) for office in ("lsp", "scrutineer", "sub_group_chair", "contributor")),
        page("gwen", "appointment", dev.pk),
        page("amina", "appointment", lead.pk),
        page("gwen", "appointment", mistaken.pk),
        page("gwen", "appointment", _held(world, "gwen", Office.BUSINESS_MANAGER).pk),
        *(page("gwen", "act", lead.pk, act) for act in ("end", "correct", "suspend", "void")),
        page("gwen", "appointment", endless.pk),
        page("gwen", "account", endless.person_id),
        *(page("gwen", "account_act", endless.person_id, act) for act in ("address", "close")),
        *(page("gwen", "act", endless.pk, act) for act in ("end", "correct", "suspend", "void")),
        page("gwen", "timeline"),
        Place(endless.person, "areas:area", (world.area.slug,)),
        page("gwen", "vacancy", Vacancy.objects.filter(area=world.area, filled_on=None).first().pk),  # type: ignore[union-attr]
        page("gwen", "hand_overs"),
        page("gwen", "chair"),
        page("amina", "chair"),
        page("femi", "independence"),
        page("gwen", "contract", femi.pk),
        page("femi", "declare", femi.pk),
        page("gwen", "agencies"),
        page("gwen", "name_agency"),
        page("gwen", "change_agency", agency.pk),
        page("amina", "appoint", status=403),
        page("gwen", "accounts"),
        page("gwen", "account", world.people["ben"].pk),
        page("gwen", "account", world.people["gwen"].pk),
        *(page("gwen", "account_act", world.people["ben"].pk, act) for act in ("address", "reset", "close", "open")),
        page("eve", "factor_resets"),
    ]


def _of_reviews(world: World, signed: AccessReview) -> list[Place]:
    open_one = AccessReview.objects.get(area=world.area, seat=world.police)
    assert HandOver.objects.exists()
    where = world.area.slug
    return [
        Place(world.gwen, "areas:access_reviews", (where,)),
        Place(world.eve, "areas:access_review", (where, open_one.pk)),
        Place(world.gwen, "areas:access_review", (where, open_one.pk)),
        Place(world.gwen, "areas:access_review", (where, signed.pk)),
    ]
