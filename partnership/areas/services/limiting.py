"""Suspending an office, lifting that, and striking out what was recorded in error."""

from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access, policies, vacancies
from partnership.areas.models import Appointment
from partnership.areas.roles import Permission
from partnership.areas.services.words import lock, refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState


@transaction.atomic
def suspend(*, appointment: Appointment, reason: str, by: User) -> Appointment:
    """Take every right from an office at once, without ending it. Asked again, nothing changes.

    Raises WrongState for an office that is over.
    """
    appointment = _open_to(appointment, by)
    if appointment.suspended_at:
        return appointment
    policies.check_is_not_over(appointment, today=clock.today())
    appointment.suspended_at, appointment.suspended_by = clock.now(), by
    appointment.suspended_because = _said(reason, "Say why the office is suspended.")
    appointment.save(update_fields=["suspended_at", "suspended_by", "suspended_because"])
    _note(Event.APPOINTMENT_SUSPENDED, appointment, by, reason=appointment.suspended_because)
    return appointment


@transaction.atomic
def lift_suspension(*, appointment: Appointment, by: User) -> Appointment:
    """Give a suspended office its rights back. Asked again, nothing changes."""
    appointment = _open_to(appointment, by)
    if not appointment.suspended_at:
        return appointment
    appointment.suspended_at, appointment.suspended_by, appointment.suspended_because = None, None, ""
    appointment.save(update_fields=["suspended_at", "suspended_by", "suspended_because"])
    _note(Event.SUSPENSION_LIFTED, appointment, by)
    return appointment


@transaction.atomic
def void(*, appointment: Appointment, reason: str, by: User) -> Appointment:
    """Strike out an appointment that was never made: it counts on no day, and its row and the reason stay.

    Raises WrongState where a signature or a chair rests on it.
    """
    appointment = _open_to(appointment, by)
    appointment.voided_at, appointment.voided_by = clock.now(), by
    appointment.voided_because = _said(reason, "Say what was recorded in error.")
    try:
        with transaction.atomic():
            appointment.save(update_fields=["voided_at", "voided_by", "voided_because"])
    except IntegrityError as error:
        raise refusal_of(error) from error
    _note(Event.APPOINTMENT_VOIDED, appointment, by, reason=appointment.voided_because)
    vacancies.recount(appointment.area)
    return appointment


def _open_to(appointment: Appointment, by: User) -> Appointment:
    lock(appointment.area_id)
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("area", "person", "seat__agency")
    found: Appointment = rows.get(pk=appointment.pk)
    access.require(by, Permission.APPOINT, found.area)
    policies.check_is_not_oneself(person=found.person, by=by)
    policies.check_can_change(found)
    return found


def _said(reason: str, missing: str) -> str:
    if not reason.strip():
        raise WrongState(missing)
    return reason.strip()


def _note(event: Event, appointment: Appointment, by: User, **more: str) -> None:
    data = {"person": appointment.person.name, "office": appointment.title, **more}
    audit.record(event, by=by, area_slug=appointment.area.slug, target=appointment, data=data)
