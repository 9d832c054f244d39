"""Appointing somebody by their address, whether or not they have an account yet."""

from typing import Any

from django.db import transaction

from partnership.accounts import services as accounts
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import Permission
from partnership.areas.services.appointing import appoint, recorded
from partnership.areas.services.words import lock


@transaction.atomic
def appoint_by_address(*, email: str, name: str, area: Area, by: User, **details: Any) -> Appointment:
    """Appoint whoever has this address; somebody new is invited in the same transaction. `details` as for appoint.

    An account that exists keeps its name. Raises what appoint raises; then nobody is invited either.
    """
    access.require(by, Permission.APPOINT, area)
    lock(area.pk)  # before anybody is invited: of two clicks the second must find what the first recorded
    if known := recorded(details.get("once"), area, by):
        return known
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = accounts.invite(email=email, name=name, by=by, area_slug=area.slug)
    return appoint(person=person, area=area, by=by, **details)
