"""How an office ends, whatever the reason: the row is shortened, the record says so, the vacancy and list are made."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas import vacancies
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.areas.services import handing_over
from partnership.areas.services.words import in_full, refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState


def end_chair_of(delegate: Appointment, *, until: date, by: User | None) -> None:
    """A delegated partner who leaves stops being chair: the chair rests on the delegation.

    Raises WrongState for a chair that only begins after that day.
    """
    if delegate.office != Office.DSP:
        return
    chairs = Appointment.objects.filter(
        area=delegate.area,
        person=delegate.person,
        office=Office.CHAIR,
        voided_at=None,
        during__overlap=DateRange(until, None),
    )
    for chair in chairs.select_related("area", "person"):
        if chair.during.lower >= until:
            raise WrongState("This person is to chair after that day. Strike out that appointment first.")
        shorten(chair, until=until, by=by, because="Stopped being a delegated partner.")


def shorten(appointment: Appointment, *, until: date, by: User | None, because: str) -> None:
    """Make `until` the first day out of this office. The caller has asked who may and whether now."""
    during = DateRange(appointment.during.lower, until)
    try:
        with transaction.atomic():
            Appointment.objects.filter(pk=appointment.pk).update(during=during, ended_because=because)
    except IntegrityError as error:
        raise refusal_of(error) from error
    data = {
        "person": appointment.person.name,
        "office": appointment.title,
        "last": in_full(until - timedelta(days=1)),
        "because": because,
    }
    audit.record(Event.APPOINTMENT_ENDED, by=by, area_slug=appointment.area.slug, target=appointment, data=data)
    appointment.refresh_from_db()
    handing_over.begin_for_leaver(appointment, by=by)
    if by is not None:
        vacancies.recount(appointment.area)
