"""The quarterly access review: a delegated partner says of each appointment whether it is still right, and signs."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access, letters
from partnership.areas.models import AccessReview, Appointment, ReviewedAccess
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.notices import services as notices

STATEMENT = "I have looked at who has access for us, and it is as I have marked it."


def to_review(review: AccessReview) -> QuerySet[Appointment]:
    """The offices that a review is about, as they are today: of its seat, or those without any seat."""
    held = Appointment.objects.on(clock.today()).filter(area=review.area, seat=review.seat)
    return held.select_related("person", "seat__agency", "area").order_by("office", "person__name")


@transaction.atomic
def sign_access_review(*, review: AccessReview, verdicts: Mapping[int, str], by: User) -> AccessReview:
    """Sign a review: for each appointment, by its key, whether it is kept or to be ended. A second click changes nothing.

    Raises NotAllowed for anybody but the reviewer, Conflict when offices changed meanwhile, Incomplete for a missing
    verdict. What is to be ended becomes a task for who records appointments; the review ends nothing by itself.
    """
    review = (
        AccessReview.objects.select_for_update(of=("self",)).select_related("area", "seat__agency").get(pk=review.pk)
    )
    check_may_sign(review, by)
    if review.signed_at:
        if review.signed_by_id == by.pk:
            return review
        raise WrongState(f"{review.signed_by} has already signed this review.")
    rows = list(to_review(review))
    if missing := [row for row in rows if verdicts.get(row.pk) not in ReviewedAccess.Verdict.values]:
        if verdicts.keys() - {row.pk for row in rows}:
            raise Conflict("An office changed while you were reading. Look at the list again.")
        raise Incomplete("Say of each person whether their access is still right.", tuple(row.pk for row in missing))
    ReviewedAccess.objects.bulk_create(
        ReviewedAccess(
            review=review,
            appointment=row,
            person_name=row.person.name,
            title=row.title,
            last_signed_in_at=row.person.last_signed_in_at,
            verdict=verdicts[row.pk],
        )
        for row in rows
    )
    review.signed_at, review.signed_by, review.statement = clock.now(), by, STATEMENT
    review.save(update_fields=["signed_at", "signed_by", "statement"])
    notices.settle(about=letters.about_review(review))
    ends = sum(verdicts[row.pk] == ReviewedAccess.Verdict.END for row in rows)
    data = {"agency": review.title, "quarter": review.quarter, "kept": len(rows) - ends, "ends": ends}
    audit.record(Event.ACCESS_REVIEWED, by=by, area_slug=review.area.slug, target=review, data=data)
    return review


def check_may_sign(review: AccessReview, by: User) -> None:
    """The delegated partner of the seat; for the offices of the whole partnership, the chair."""
    access.require(by, Permission.REVIEW_ACCESS, review.area)
    office = Office.DSP if review.seat_id else Office.CHAIR
    if not access.offices_of(by, review.area).filter(office=office, seat=review.seat_id).exists():
        who = f"the delegated partner of {review.title}" if review.seat_id else "the partnership chair"
        raise NotAllowed(f"Only {who} may sign this review.")
