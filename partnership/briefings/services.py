"""Acknowledging a briefing."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.briefings import letters, policies, selectors
from partnership.briefings.models import Briefing
from partnership.errors import Conflict
from partnership.guidance import loader
from partnership.notices import services as notices

COUNTED = ("new", "changed", "removed", "coming")


@transaction.atomic
def acknowledge(*, briefing: Briefing, by: User) -> Briefing:
    """Put on record that somebody has read what an edition means for the area, with what it said on that day.

    Raises NotAllowed; WrongState where it was acknowledged before; Conflict where somebody was quicker.
    """
    briefing = Briefing.objects.select_related("area", "acknowledged_by").get(pk=briefing.pk)
    access.require(by, Permission.ACKNOWLEDGE_BRIEFING, briefing.area)
    policies.check_can_acknowledge(briefing)
    won = Briefing.objects.filter(pk=briefing.pk, acknowledged_at=None).update(
        acknowledged_at=clock.now(), acknowledged_by=by
    )
    if not won:
        raise Conflict("Somebody else acknowledged this briefing while you were reading it.")
    notices.settle(about=letters.about(briefing))
    edition = loader.edition(briefing.edition_key)
    found = selectors.impact(briefing.area, edition)
    data = {
        "edition": edition.short_title,
        "found": _in_words({what: found.count(what) for what in COUNTED}, len(found.staying)),
    }
    audit.record(Event.BRIEFING_ACKNOWLEDGED, by=by, area_slug=briefing.area.slug, target=briefing, data=data)
    briefing.refresh_from_db()
    return briefing


def _in_words(counts: dict[str, int], staying: int) -> str:
    """What a briefing says, for the record. Nothing is said of what there is none of."""
    there = [(number, what) for what, number in counts.items() if number]
    requirements = [f"{number} {what}" for number, what in there]
    if there:
        number, what = there[0]
        requirements[0] = f"{number} {'requirement' if number == 1 else 'requirements'} {what}"
    stays = f"{staying} {'document stays' if staying == 1 else 'documents stay'} on the edition before"
    return "; ".join([", ".join(requirements) or "no requirement differs", *([stays] if staying else [])])
