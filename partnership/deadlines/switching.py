"""An area switches a rung of a ladder of reminders off, and on again. The last two of each ladder stay on."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import policies, selectors
from partnership.deadlines.models import SwitchedOffStep
from partnership.deadlines.saying import said
from partnership.errors import WrongState
from partnership.guidance import rungs

RIGHT = Permission.SET_OWN_DATES


@transaction.atomic
def switch_off(*, area: Area, rule_key: str, days: int, reason: str, by: User) -> SwitchedOffStep:
    """From now on nobody in the area is told at this rung, of any duty of the rule. A second click gives back the first.

    Raises NotAllowed, or WrongState for one of the last two rungs, an unknown one, or no reason.
    """
    access.require(by, RIGHT, area)
    rule = selectors.rules_of(area).get(rule_key)
    rung = next((row for row in rungs.rungs(rule) if row.days == days), None) if rule else None
    if rung is None:
        raise WrongState("There is no such step.")
    policies.check_may_be_off(rung)
    why = policies.words(reason, missing="Say why nobody needs this step.")
    Area.objects.select_for_update().get(pk=area.pk)  # off once, however many click at once
    if row := selectors.switched_off_here(area, rule_key).filter(days=days).first():
        return row
    row = SwitchedOffStep.objects.create(
        area=area, rule_key=rule_key, days=days, followed_by=rung.followed_by, reason=why, **said(area, by, RIGHT)
    )
    _note(Event.REMINDER_SWITCHED_OFF, row, by)
    return row


@transaction.atomic
def switch_on(*, step: SwitchedOffStep, by: User) -> None:
    """Tell people at this rung again. Where it is the last one reached, it goes out at once. A second click changes nothing."""
    access.require(by, RIGHT, step.area)
    row = SwitchedOffStep.objects.select_for_update(of=("self",)).select_related("area").get(pk=step.pk)
    if row.ended_at is None:
        ended_as = said(row.area, by, RIGHT)["said_as"]
        SwitchedOffStep.objects.filter(pk=row.pk).update(ended_at=clock.now(), ended_as=ended_as)
        _note(Event.REMINDER_SWITCHED_ON, row, by)


def _note(event: Event, row: SwitchedOffStep, by: User) -> None:
    rule = selectors.rules_of(row.area).get(row.rule_key)
    data = {"duty": rule.title if rule else row.rule_key, "step": rungs.in_words(row.days)}
    audit.record(event, by=by, area_slug=row.area.slug, target=row, subject=f"reminders:{row.rule_key}", data=data)
