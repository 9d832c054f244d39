"""What needs a person because of offices: who is to follow, what is to hand over, who has access, who is independent.

Each is one query and one row, in the manner of `needs`. Who records appointments is the business manager, and the chair
where there is none (`Standing.recording`).
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from partnership import clock
from partnership.accounts import selectors as accounts
from partnership.areas import selectors as areas
from partnership.areas.models import AccessReview, Appointment, HandOver, IndependenceRecord, SignInCheck, Vacancy
from partnership.areas.roles import NEEDED_FOR_A_SEAT, NEEDED_FOR_THE_AREA, Office, Permission
from partnership.dashboard.rows import Row, within
from partnership.dashboard.standing import Standing
from partnership.guidance.dates import add_months
from partnership.mail.workflow import Status

# Our advice: no rule names these days.
FOLLOW_WITHIN = 60
OWN_WITHIN = 30
HANDED_OVER_WITHIN = timedelta(days=90)
ANSWER_WITHIN = timedelta(days=14)
DECLARE_EVERY = 12  # months
ONE_DAY = timedelta(days=1)
FOLLOWED = (*NEEDED_FOR_A_SEAT, *NEEDED_FOR_THE_AREA)
WHERE = ("person", "area", "seat__agency")


def vacant(standing: Standing) -> QuerySet[Any]:
    """Offices that nobody holds, in the areas that the person sees to; one that is planned waits for its day."""
    due = Q(expected_on=None) | Q(expected_on__lte=clock.today())
    rows = Vacancy.objects.filter(due, filled_on=None, area__in=standing.seen_to)
    return rows.select_related("area", "seat__agency")


def fill(vacancy: Any, due: Any) -> Row:
    where = reverse("areas:vacancy", args=[vacancy.area.slug, vacancy.pk])
    why = f"Nobody has held it since {_full(vacancy.since)}. {vacancy.plan}".strip()
    return Row(f"Fill the vacant office of {within(vacancy.title)}", where, vacancy.area, vacancy.expected_on, why)


def _ending(today: date, within_days: int) -> QuerySet[Any]:
    """Offices whose last day is near, and after whom nobody holds the office: not another, and not the same person."""
    last = today + timedelta(days=within_days)
    rows = Appointment.objects.on(today).filter(during__endswith__range=(today + ONE_DAY, last + ONE_DAY))
    later = Appointment.objects.filter(area=OuterRef("area"), office=OuterRef("office"), voided_at=None)
    later = later.filter(Q(seat=OuterRef("seat")) | Q(seat=None))
    later = later.filter(Q(during__upper_inf=True) | Q(during__endswith__gt=OuterRef("during__endswith")))
    return rows.annotate(is_followed=Exists(later), goes_on=Exists(later.filter(person=OuterRef("person"))))


def unfollowed(standing: Standing) -> QuerySet[Any]:
    """Offices that end soon and that must be held, with nobody recorded who holds them after that."""
    areas = standing.seen_to
    rows = _ending(clock.today(), FOLLOW_WITHIN).filter(office__in=FOLLOWED, is_followed=False)
    return rows.filter(area__in=areas).select_related(*WHERE)


def follow(held: Any, due: Any) -> Row:
    where = reverse("areas:appoint_to", args=[held.area.slug, held.office])
    where += f"?seat={held.seat_id}" if held.seat_id else ""
    last = held.during.upper - ONE_DAY
    act = f"Record who follows {held.person.name} as {within(held.title)}"
    return Row(act, where, held.area, last, f"The office ends on {_full(last)}, and no successor is recorded.")


def own_ending(standing: Standing) -> QuerySet[Any]:
    """The person's own offices that end within a month and do not go on."""
    rows = _ending(clock.today(), OWN_WITHIN).filter(person=standing.user, suspended_at=None, goes_on=False)
    return rows.select_related(*WHERE)


def know(held: Any, due: Any) -> Row:
    last = held.during.upper - ONE_DAY
    where = reverse("areas:appointment", args=[held.area.slug, held.pk])
    why = "Your access here ends with that day. If you go on, a new appointment is to be recorded."
    return Row(f"Your office of {within(held.title)} ends on {_full(last)}", where, held.area, last, why)


def handing_over(standing: Standing) -> QuerySet[Any]:
    """Lists with something still open, of a change less than 90 days old: own ones, and those the person sees to."""
    since = clock.today() - HANDED_OVER_WITHIN
    recent = Q(leaving__during__endswith__gt=since) | Q(arriving__during__startswith__gt=since)
    own = Q(leaving__person=standing.user) | Q(arriving__person=standing.user)
    rows = HandOver.objects.filter(recent, (own & _in(standing.visible)) | _in(standing.recording))
    rows = rows.filter(Q(leaving=None) | Q(leaving__voided_at=None), Q(arriving=None) | Q(arriving__voided_at=None))
    who = [f"{side}__{field}" for side in ("leaving", "arriving") for field in WHERE]
    rows = rows.annotate(left=Count("items", filter=Q(items__done_at=None))).filter(left__gt=0)
    return rows.select_related(*who)


def _in(keys: set[int]) -> Q:
    return Q(leaving__area__in=keys) | Q(arriving__area__in=keys)


def hand_over(found: Any, due: Any) -> Row:
    held, leaving, arriving = found.appointment, found.leaving, found.arriving
    where = f"{reverse('areas:hand_overs', args=[held.area.slug])}#list-{found.pk}"
    last = leaving.during.upper - ONE_DAY if leaving and leaving.during.upper else None
    people = f" from {leaving.person.name}" if leaving else ""
    people += f" to {arriving.person.name}" if arriving else ""
    why = f"{found.left} {'thing is' if found.left == 1 else 'things are'} still to be handed over{people}."
    return Row(f"Finish the hand-over of the office of {within(held.title)}", where, held.area, last, why)


def reviews(standing: Standing) -> QuerySet[Any]:
    """Access reviews that wait for the person: of their seat as delegated partner, of the area as chair.

    Where a later quarter's review is there, the earlier one asks no more; its own page still shows it unsigned.
    """
    seats = [held.seat_id for held in standing.offices if held.office == Office.DSP]
    mine = Q(seat__in=seats) | Q(seat=None, area__in=standing.areas_as(Office.CHAIR))
    later = AccessReview.objects.filter(area=OuterRef("area"), quarter__gt=OuterRef("quarter"))
    replaced = Q(Exists(later.filter(seat=OuterRef("seat")))) | Q(Exists(later.filter(seat=None)), seat=None)
    rows = AccessReview.objects.filter(mine, ~replaced, signed_at=None)
    return rows.select_related("area", "seat__agency")


def review(found: Any, due: Any) -> Row:
    where = reverse("areas:access_review", args=[found.area.slug, found.pk])
    why = "Say of each person who has access whether it is still right."
    act = f"Sign the access review {found.quarter} of {found.title if found.seat else 'the whole partnership'}"
    return Row(act, where, found.area, found.due_on, why)


def to_be_ended(standing: Standing) -> QuerySet[Any]:
    """Offices that a signed review says are to end. Nobody ends their own: the manager's goes to the chair."""
    chaired = standing.areas_as(Office.CHAIR)
    rows = areas.to_be_ended(standing.recording | chaired, clock.today()).exclude(person=standing.user)
    return rows.filter(Q(area__in=standing.recording) | Q(area__in=chaired, office=Office.BUSINESS_MANAGER))


def end(held: Any, due: Any) -> Row:
    where = reverse("areas:act", args=[held.area.slug, held.pk, "end"])
    why = "A signed access review says that it is to end. The review itself ends nothing."
    return Row(f"End the office of {held.person.name}, {within(held.title)}", where, held.area, None, why)


def unconfirmed(standing: Standing) -> QuerySet[Any]:
    """Lead partners who were asked this year whether they can sign in, and of whom nothing was heard in two weeks.

    At once where the mail itself did not arrive.
    """
    areas = standing.seen_to
    silent = Q(asked_at__lte=clock.now() - ANSWER_WITHIN)
    lost = Q(mail__status__in=[Status.FAILED, Status.UNCERTAIN])
    checks = SignInCheck.objects.filter(person=OuterRef("person"), year=clock.today().year, confirmed_at=None)
    rows = Appointment.objects.in_force(clock.today()).filter(
        Exists(checks.filter(silent | lost)), office=Office.LSP, area__in=areas
    )
    rows = rows.exclude(person=standing.user).annotate(
        asked_at=Subquery(checks.values("asked_at")[:1]), is_lost=Exists(checks.filter(lost))
    )
    return rows.select_related(*WHERE)


def ask(held: Any, due: Any) -> Row:
    where = reverse("areas:account", args=[held.area.slug, held.person_id])
    asked = f"They were asked on {_full(clock.london_day(held.asked_at))}"
    why = f"{asked}, and it is not known that the message arrived." if held.is_lost else f"{asked}."
    act = f"{held.person.name} has not confirmed that they can sign in"
    return Row(act, where, held.area, None, f"{why} They sign for {held.seat.agency.name}.")


def lost_factors(standing: Standing) -> QuerySet[Any]:
    """People who wait for a second person to agree that their factor is removed; one office of each stands for them.

    Of who serves several areas, only outside the area that asked (areas.services.confirm_factor_reset).
    """
    areas = standing.areas_of_need(Permission.CONFIRM_FACTOR_RESET)
    asked = accounts.open_factor_resets().filter(user=OuterRef("person")).exclude(asked_by=standing.user)
    in_force = Appointment.objects.in_force(clock.today())
    first = in_force.filter(person=OuterRef("person"), area=OuterRef("area"), pk__lt=OuterRef("pk"))
    elsewhere = in_force.filter(person=OuterRef("person")).exclude(area=OuterRef("area"))
    here = Q(Exists(asked.filter(area_slug=OuterRef("area__slug")))) & Q(Exists(elsewhere))
    rows = in_force.filter(Exists(asked), ~Exists(first), area__in=areas)
    return rows.exclude(person=standing.user).exclude(here).select_related(*WHERE)


def agree(held: Any, due: Any) -> Row:
    where = reverse("areas:factor_resets", args=[held.area.slug])
    why = "Two people have to agree. First make sure that it is really they who ask."
    return Row(f"{held.person.name} lost their second factor", where, held.area, None, why)


def _newest(field: str) -> Subquery:
    states = IndependenceRecord.objects.filter(appointment=OuterRef("pk")).order_by("-recorded_at", "-pk")
    return Subquery(states.values(field)[:1])


def undeclared(standing: Standing) -> QuerySet[Any]:
    """The person's own offices as scrutineer without a declaration of interests from the last twelve months."""
    rows = Appointment.objects.in_force(clock.today()).filter(
        office=Office.SCRUTINEER, person=standing.user, area__in=standing.areas_of_need(Permission.DECLARE_INTERESTS)
    )
    oldest = add_months(clock.today(), -DECLARE_EVERY)
    rows = rows.annotate(declared_on=_newest("declared_on"))
    return rows.filter(Q(declared_on=None) | Q(declared_on__lt=oldest)).select_related(*WHERE)


def declare(held: Any, due: Any) -> Row:
    where = reverse("areas:declare", args=[held.area.slug, held.pk])
    if held.declared_on is None:
        return Row("Declare your interests", where, held.area, None, "No declaration of yours is on record.")
    why = f"Your declaration is of {_full(held.declared_on)}, more than 12 months ago."
    return Row("Declare your interests anew", where, held.area, add_months(held.declared_on, DECLARE_EVERY), why)


def review_passed(standing: Standing) -> QuerySet[Any]:
    """Scrutineers whose independence was to be reviewed by now."""
    rows = Appointment.objects.on(clock.today()).filter(office=Office.SCRUTINEER, area__in=standing.seen_to)
    rows = rows.annotate(review_on=_newest("review_on")).filter(review_on__lte=clock.today())
    return rows.select_related(*WHERE)


def look_again(held: Any, due: Any) -> Row:
    where = reverse("areas:contract", args=[held.area.slug, held.pk])
    why = "The day is there on which contract and independence were to be reviewed. Record the next one."
    return Row(f"Review the independence of {held.person.name}, scrutineer", where, held.area, held.review_on, why)


def _full(day: date) -> str:
    return f"{day:%-d %B %Y}"
