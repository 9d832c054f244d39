"""What the spring and summer of 2026 added to the register: who chairs next, contracts, the June check, the reviews."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Max, Q, QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import jobs
from partnership.areas import services as areas
from partnership.areas.models import AccessReview, Appointment, ReviewedAccess
from partnership.areas.roles import Office
from partnership.areas.services.reviewing import to_review
from partnership.audit.models import AuditEntry
from partnership.operations.demo import cast, post
from partnership.operations.demo.places import EALING, HAMMERSMITH, MARLBRIDGE, MET

GWEN, FEMI, RUKHSANA = "gwen.pritchard", "femi.adeyemi", "rukhsana.malik"
# Who has not signed in since June, and who has not signed the review: somebody has to help them before September is over.
SILENT, UNREVIEWED = ("robert.fairweather",), ("bethan.hughes",)
REVIEWED_ON = date(2026, 7, 8)
BEFORE = timedelta(minutes=10)  # between signing in and the act for which somebody did
SUB_GROUP = "Learning from reviews"


def is_told() -> bool:
    """Whether the review of the summer quarter was opened."""
    return AccessReview.objects.filter(quarter="2026-Q3").exists()


def tell() -> None:
    """May to July 2026."""
    _plan()
    _check_in_june()
    _review_in_july()
    sign_in_who_acted(until=post.STORY_ENDS)


def _plan() -> None:
    area = cast.area(HAMMERSMITH)
    with cast.at("2026-05-06 10:10"):
        areas.plan_turn(
            area=area,
            seat=cast.seat(HAMMERSMITH, MET),
            since=date(2027, 4, 1),
            until=date(2028, 4, 1),
            note="Agreed by the lead partners in April 2026",
            by=cast.person(RUKHSANA),
        )
        areas.appoint(
            person=cast.person("tomasz.zielinski"),
            area=area,
            office=Office.SUB_GROUP_CHAIR,
            sub_group=SUB_GROUP,
            since=date(2026, 5, 6),
            authority="Agreed by the delegated partners (practice)",
            by=cast.person(GWEN),
        )
        scrutineer = Appointment.objects.get(person=cast.person(FEMI), area=area, office=Office.SCRUTINEER)
        areas.record_contract(
            appointment=scrutineer,
            contract="With the council as host, from January 2025 to March 2027 (practice)",
            days=Decimal(24),
            fee=Decimal(19_300),
            paid_by="the partners together",
            review_on=date(2027, 1, 15),
            by=cast.person(GWEN),
        )
    with cast.at("2026-05-07 15:30"):
        areas.declare_interests(
            appointment=scrutineer,
            interests="Trustee of a youth charity outside the area. No contract with a partner beside this one.",
            earlier_work="None for a partner of this area.",
            by=cast.person(FEMI),
        )


def _check_in_june() -> None:
    with cast.at("2026-06-01 09:00"):
        jobs.ask_who_can_sign_in(today=clock.today())
    with cast.at("2026-06-09 08:45"):
        asked = User.objects.filter(sign_in_checks__year=2026)
        seen = asked.exclude(email__in=[cast.person(key).email for key in SILENT])
        _sign_in(seen, at=clock.now())
        jobs.confirm_sign_ins(today=clock.today())


def _review_in_july() -> None:
    with cast.at("2026-07-01 09:00"):
        jobs.open_access_reviews(today=clock.today())
    sign_in_who_acted(until=datetime.combine(REVIEWED_ON, time(9), tzinfo=clock.LONDON))
    left_out = [cast.person(key) for key in UNREVIEWED]
    for review in AccessReview.objects.filter(quarter="2026-Q3", area__slug__in=[EALING, HAMMERSMITH, MARLBRIDGE]):
        with clock.frozen(datetime.combine(REVIEWED_ON, time(11, review.pk % 60), tzinfo=clock.LONDON)):
            office = Office.DSP if review.seat_id else Office.CHAIR
            held = Appointment.objects.on(clock.today()).filter(area=review.area, seat=review.seat, office=office)
            reviewer = held.select_related("person").order_by("pk")[0].person
            if reviewer in left_out:
                continue
            _sign_in(User.objects.filter(pk=reviewer.pk), at=clock.now() - BEFORE)
            verdicts = {row.pk: ReviewedAccess.Verdict.KEEP.value for row in to_review(review)}
            areas.sign_access_review(review=review, verdicts=verdicts, by=reviewer)


def _sign_in(people: "QuerySet[User]", *, at: datetime) -> None:
    """Note that these people signed in, unless it is known that they did so later."""
    earlier = people.filter(Q(last_signed_in_at=None) | Q(last_signed_in_at__lt=at))
    earlier.update(last_signed_in_at=at, last_means="password and code")


def sign_in_who_acted(*, until: datetime) -> None:
    """Whoever did something had signed in for it: what the register says of people agrees with the record."""
    acts = AuditEntry.objects.filter(at__lte=until).exclude(actor_id=None)
    for person, last in acts.values_list("actor_id").annotate(last=Max("at")).order_by("actor_id"):
        _sign_in(User.objects.filter(pk=person), at=last - BEFORE)
