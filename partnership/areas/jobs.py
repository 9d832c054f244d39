"""What the clock does with offices: it finds vacancies, opens access reviews, and asks each June who can still sign in."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import letters, vacancies
from partnership.areas.models import AccessReview, Appointment, MemberImport, SeatKind, SignInCheck
from partnership.areas.quarters import Quarter
from partnership.areas.roles import Office
from partnership.audit import services as audit
from partnership.audit.events import Event

log = logging.getLogger(__name__)

JUNE = 6
LISTS_ARE_KEPT = timedelta(days=1)


@transaction.atomic
def find_vacancies(*, today: date) -> int:
    """Find what nobody holds today and close what was filled, in every area in use. Returns how many rows changed."""
    return vacancies.recount()


def open_access_reviews(*, today: date) -> int:
    """Open the quarter's review of every statutory seat that has a delegated partner, and of every area in use.

    An area without a chair has a review too: it waits for one, and nobody is written to.
    """
    quarter = Quarter.of(today)
    in_use = Appointment.objects.on(today).values_list("area_id", flat=True)
    wanted: dict[tuple[int, int | None], Appointment | None] = dict.fromkeys((area, None) for area in in_use)
    reviewers = Appointment.objects.in_force(today).filter(
        Q(office=Office.CHAIR) | Q(office=Office.DSP, seat__kind=SeatKind.STATUTORY)
    )
    for reviewer in reviewers.select_related("area", "seat__agency", "person").order_by("-pk"):
        wanted[(reviewer.area_id, reviewer.seat_id)] = reviewer
    opened = set(AccessReview.objects.filter(quarter=quarter.label).values_list("area_id", "seat_id"))
    due = sorted(wanted.keys() - opened, key=lambda place: (place[0], place[1] or 0))
    return sum(_open_review(area, seat, wanted[(area, seat)], quarter) for area, seat in due)


@transaction.atomic
def _open_review(area: int, seat: int | None, reviewer: Appointment | None, quarter: Quarter) -> int:
    review, is_new = AccessReview.objects.get_or_create(
        area_id=area,
        seat_id=seat,  # type: ignore[misc]  # None is asked for as such
        quarter=quarter.label,
        defaults={"due_on": quarter.review_due_on},
    )
    if is_new:
        due = f"{review.due_on:%-d %B %Y}"
        data = {"agency": review.title, "quarter": review.quarter, "due": due}
        audit.record(Event.ACCESS_REVIEW_OPENED, area_slug=review.area.slug, target=review, data=data)
        if reviewer is not None:
            letters.review_opened(review, reviewer)
    return int(is_new)


def ask_who_can_sign_in(*, today: date) -> int:
    """From 1 June on, ask everybody who may sign, once a year; who begins later in the year is asked when they begin."""
    if today.month < JUNE:
        return 0
    signing = Appointment.objects.in_force(today).filter(office=Office.LSP).values("person")
    unasked = User.objects.filter(pk__in=signing, is_active=True).exclude(sign_in_checks__year=today.year)
    count = 0
    for person in unasked.order_by("pk"):
        try:
            count += _ask(person, today)
        except Exception:
            # One address that no mail can be written to must not keep the others from being asked.
            log.exception("sign_in_check_failed person=%s", person.pk)
    return count


@transaction.atomic
def _ask(person: User, today: date) -> int:
    check, is_new = SignInCheck.objects.get_or_create(
        person=person, year=today.year, defaults={"address": person.email}
    )
    if not is_new:
        return 0
    mail = letters.can_you_sign_in(person, today.year)
    SignInCheck.objects.filter(pk=check.pk).update(mail=mail)
    _note(Event.SIGN_IN_ASKED, person, check, today)
    return 1


def confirm_sign_ins(*, today: date) -> int:
    """Close the checks of everybody who has signed in since 1 June of the year, or since they were asked."""
    waiting = SignInCheck.objects.filter(year=today.year, confirmed_at=None)
    seen = waiting.filter(person__last_signed_in_at__gte=F("asked_at")).select_related("person")
    count = 0
    for check in seen:
        with transaction.atomic():
            won = SignInCheck.objects.filter(pk=check.pk, confirmed_at=None).update(confirmed_at=clock.now())
            if won:
                _note(Event.SIGN_IN_CONFIRMED, check.person, check, today)
                count += 1
    return count


def _note(event: Event, person: User, check: SignInCheck, today: date) -> None:
    """On the record of each area in which the person signs."""
    held = Appointment.objects.in_force(today).filter(person=person, office=Office.LSP)
    for slug in held.order_by("area__slug").values_list("area__slug", flat=True).distinct():
        audit.record(event, area_slug=slug, target=check, data={"person": person.name})


@transaction.atomic
def forget_lists() -> int:
    """After a day, throw away uploaded lists that nobody recorded, and empty those that were. Returns how many."""
    old = MemberImport.objects.filter(made_at__lte=clock.now() - LISTS_ARE_KEPT)
    thrown_away, _ = old.filter(confirmed_at=None).delete()
    return thrown_away + old.exclude(rows=[], notes=[]).update(rows=[], notes=[])
