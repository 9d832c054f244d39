"""What somebody does about a vacancy. It is filled by an appointment alone."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access, vacancies
from partnership.areas.models import Vacancy
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.errors import WrongState


@transaction.atomic
def plan_vacancy(*, vacancy: Vacancy, plan: str, expected_on: date | None, by: User) -> Vacancy:
    """Say what is done about a vacancy and by when it should be filled. Raises WrongState once it is filled."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("area", "seat__agency").get(pk=vacancy.pk)
    access.require(by, Permission.APPOINT, vacancy.area)
    if vacancy.filled_on:
        raise WrongState(f"{vacancy.title} is filled. There is nothing left to plan.")
    vacancy.plan, vacancy.expected_on = plan.strip(), expected_on
    vacancy.planned_at, vacancy.planned_by = clock.now(), by
    vacancy.save(update_fields=["plan", "expected_on", "planned_at", "planned_by"])
    vacancies.note(Event.VACANCY_PLANNED, vacancy, by)
    return vacancy
