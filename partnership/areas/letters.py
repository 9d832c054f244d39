"""The mails about offices. They name the area, the office and what to do, and nothing that is written in documents."""

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import selectors
from partnership.areas.models import AccessReview, Appointment, Area, SignInCheck
from partnership.areas.roles import Office, Permission, offices_with
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail
from partnership.notices import services as notices
from partnership.notices.kinds import Kind
from partnership.notices.models import Notice

# Everybody who signs, or acts for one who does, hears when one of these offices is given to somebody.
WATCHED = (Office.LSP, Office.DSP, Office.CHAIR, Office.SCRUTINEER)
WATCHERS = (Office.LSP, Office.DSP, Office.CHAIR)


def appointed(appointment: Appointment, by: User) -> None:
    """Tell the person; and, of an office on which signatures or scrutiny rest, the partners of the area."""
    link = settings.PUBLIC_ADDRESS + reverse("areas:people", args=[appointment.area.slug])
    words = {"appointment": appointment, "area": appointment.area, "by": by, "link": link}
    _queue("areas/appointed", words, appointment.person, f"appointed:{appointment.pk}", appointment.area.slug)
    if appointment.office not in WATCHED:
        return
    told = {appointment.person_id, by.pk}
    for held in selectors.in_force(appointment.area, clock.today()).filter(office__in=WATCHERS):
        if held.person_id not in told:
            told.add(held.person_id)
            key = f"appointed:{appointment.pk}:{held.person_id}"
            _queue("areas/somebody_appointed", words, held.person, key, appointment.area.slug)


def can_you_sign_in(person: User, year: int) -> OutgoingMail:
    """Ask one person to sign in once, in June, so that nobody finds out in September. A mail alone: it proves the way there."""
    words = {"person": person, "year": year, "link": settings.PUBLIC_ADDRESS + reverse("home")}
    return _mail("areas/can_you_sign_in", words, person, f"sign_in_check:{person.pk}:{year}")


def ask_again(check: SignInCheck) -> OutgoingMail:
    """The same once more, to the address that the person has now; once a day, however often it is asked for."""
    words = {"person": check.person, "year": check.year, "link": settings.PUBLIC_ADDRESS + reverse("home")}
    key = f"sign_in_check:{check.person_id}:{check.year}:{clock.today()}"
    return _mail("areas/can_you_sign_in", words, check.person, key)


def address_changed_elsewhere(person: User, area: Area, who: str) -> None:
    """Tell who records appointments in an area that the address of somebody who serves it was changed from outside."""
    link = settings.PUBLIC_ADDRESS + reverse("areas:people", args=[area.slug])
    words = {"person": person, "area": area, "who": who, "link": link}
    offices = offices_with(Permission.APPOINT)
    for held in selectors.in_force(area, clock.today()).filter(office__in=offices):
        key = f"address_changed:{person.pk}:{held.person_id}:{area.pk}:{clock.now().isoformat()}"
        _queue("areas/address_changed", words, held.person, key, area.slug)


def about_review(review: AccessReview) -> str:
    """What the notice names that is over once the review is signed."""
    return f"access_review:{review.pk}"


def review_opened(review: AccessReview, reviewer: Appointment) -> None:
    """Tell who reviews that the quarter's access review waits for them."""
    link = settings.PUBLIC_ADDRESS + reverse("areas:access_review", args=[review.area.slug, review.pk])
    words = {"review": review, "area": review.area, "link": link}
    key = f"access_review:{review.pk}:{reviewer.person_id}"
    _queue("areas/access_review", words, reviewer.person, key, review.area.slug, about=about_review(review))


def _mail(template: str, words: dict[str, object], to: User, key: str) -> OutgoingMail:
    return outbox.write(template, words, to=to.email, dedupe_key=key, purpose="office")


def _queue(template: str, words: dict[str, object], to: User, key: str, area_slug: str, *, about: str = "") -> Notice:
    said = {"dedupe_key": key, "area_slug": area_slug, "purpose": "office", "about": about}
    return notices.tell(template, words, person=to, kind=Kind.OFFICES, **said)
