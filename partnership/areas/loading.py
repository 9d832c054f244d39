"""From the name of an area in an address to the area, as far as the person may see it."""

from django.http import Http404

from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.errors import NotAllowed


def area_of(user: access.Person, slug: str, permission: Permission = Permission.VIEW_AREA) -> Area:
    """The area with this slug, in which the person has the permission today.

    Raises Http404 for somebody outside the area, and NotAllowed, with the sentence, inside it without the right.
    """
    area = access.areas_for(user, permission).filter(slug=slug).first()
    if area is None:
        refuse(user, slug, permission)
        raise Http404
    return area


def refuse(user: access.Person, slug: str, permission: Permission = Permission.VIEW_AREA) -> None:
    """Raise NotAllowed where the person is inside the area without this right; otherwise do nothing."""
    area = Area.objects.filter(slug=slug).first()
    if area and access.offices_of(user, area).exists() and not access.can(user, permission, area):
        raise NotAllowed(access.sentence(permission, area))
