"""Who says something of a date: the person with the office that lets them, and the moment."""

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission


def said(area: Area, by: User, right: Permission) -> dict[str, object]:
    """The columns of who said it, as which office, and when. Raises NotAllowed."""
    return {"said_as": f"{by.name}, {access.title_for(by, area, right)}", "said_at": clock.now(), "said_by": by}
