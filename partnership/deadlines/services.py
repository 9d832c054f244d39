"""What people's acts do to duties."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import cycles, facts, jobs, letters, policies, selectors
from partnership.deadlines.models import Duty, Hold, LateStatement, LocalCycle, LocalTarget, TurnDone
from partnership.deadlines.saying import said
from partnership.documents.models import Document, Version
from partnership.errors import WrongState
from partnership.guidance import dates
from partnership.web.lines import NO_MARKS, holds_marks, line_of


def take_up(document: Document, *, by: User) -> None:
    """Tie the duty of a period to the document that has been begun for it."""
    access.require(by, Permission.BEGIN_DOCUMENT, document.area)
    Duty.objects.filter(
        area=document.area, rule_key=document.kind, period_label=document.period_label, document=None
    ).update(document=document)


def note_publication(version: Version, *, by: User) -> None:
    """Publication is one of the facts of the duty. A later version leaves the first day standing."""
    for duty in version.document.duties.all():
        if version.published_at and "published" in selectors.rule_of(duty).facts:
            jobs.record_fact(
                duty=duty,
                key="published",
                label="Published",
                happened_at=version.published_at,
                evidence=f"version:{version.pk}",
            )


@transaction.atomic
def set_target(*, duty: Duty, on: date | None, reason: str, by: User) -> LocalTarget:
    """Set a day of the area's own before the date, or with None take it back. Earlier ones stay on record.

    Raises NotAllowed, or WrongState for a day after the date, a day that is over, or no reason.
    """
    duty = _locked(duty, by, Permission.SET_OWN_DATES)
    policies.check_target(duty, on, clock.today())
    why = policies.words(reason, missing="Say why this day.")
    last = duty.targets.first()
    if last and (last.on, last.reason) == (on, why):
        return last
    row = LocalTarget.objects.create(duty=duty, on=on, reason=why, **said(duty.area, by, Permission.SET_OWN_DATES))
    facts.note(Event.DUTY_TARGET_SET, duty, by, on=f"{on:%-d %B %Y}" if on else "none any more")
    return row


@transaction.atomic
def hold(*, duty: Duty, reason: str, by: User) -> Hold:
    """Stop the reminders of a duty until somebody lets them go on. Its date stays. Raises NotAllowed or WrongState."""
    duty = _locked(duty, by, Permission.SET_OWN_DATES)
    policies.check_open(duty)
    why = policies.words(reason, missing="Say why the reminders should stop.")
    if held := selectors.hold_of(duty):
        return held
    row = Hold.objects.create(duty=duty, reason=why, **said(duty.area, by, Permission.SET_OWN_DATES))
    facts.note(Event.DUTY_HELD, duty, by)
    return row


@transaction.atomic
def resume(*, duty: Duty, by: User) -> None:
    """Let the reminders go on: only the step that is due by now is sent. A second click changes nothing."""
    duty = _locked(duty, by, Permission.SET_OWN_DATES)
    if held := selectors.hold_of(duty):
        ended_as = said(duty.area, by, Permission.SET_OWN_DATES)["said_as"]
        Hold.objects.filter(pk=held.pk).update(ended_at=clock.now(), ended_as=ended_as)
        facts.note(Event.DUTY_RESUMED, duty, by)


@transaction.atomic
def explain_lateness(*, duty: Duty, text: str, by: User) -> LateStatement:
    """Tell the public why something is late. Shown beside the date at once; earlier words stay on record.

    Raises NotAllowed, or WrongState for what is not late or not public.
    """
    duty = _locked(duty, by, Permission.EXPLAIN_LATENESS)
    policies.check_late(duty, clock.today())
    if duty.rule_key not in selectors.rule_keys(public=True):
        raise WrongState("The public is not told of this duty.")
    words = policies.words(text, missing="Write what the public should read.", longest=policies.LONGEST)
    if holds_marks(words):
        raise WrongState(NO_MARKS)
    last = selectors.late_statement(duty)
    if last and last.text == words:
        return last
    row = LateStatement.objects.create(duty=duty, text=words, **said(duty.area, by, Permission.EXPLAIN_LATENESS))
    facts.note(Event.DUTY_LATE_EXPLAINED, duty, by)
    letters.late_explained(row)
    return row


@transaction.atomic
def agree_cycle(
    *, area: Area, rule_key: str, title: str, first_on: date, every_months: int | None, agreed_where: str, by: User
) -> LocalCycle:
    """Put on record what the area has agreed to do on a day, once or again and again. Opens its first duty.

    A second click gives back the first. Raises NotAllowed or WrongState.
    """
    access.require(by, Permission.SET_OWN_DATES, area)
    if rule_key not in selectors.local_rules():
        raise WrongState("Select what was agreed.")
    policies.check_cycle(first_on, every_months, clock.today())
    title = line_of(title, longest=160, missing="Give it a name.")
    where = line_of(agreed_where, longest=300, missing="Say where it is written that this was agreed.")
    Area.objects.select_for_update().get(pk=area.pk)  # one cycle of a name, however many click at once
    asked = {"first_on": first_on, "every_months": every_months, "agreed_where": where}
    named = LocalCycle.objects.filter(area=area, rule_key=rule_key, title=title, ended_at=None)
    if same := named.first():
        if same.first_on == first_on and same.every_months == every_months:
            return same
        raise WrongState(f"“{title}” is on record with other days. End it first, or give another name.")
    row = LocalCycle.objects.create(
        area=area, rule_key=rule_key, title=title, **asked, **said(area, by, Permission.SET_OWN_DATES)
    )
    _note_cycle(Event.CYCLE_AGREED, row, by)
    cycles.turns(clock.today())
    return row


@transaction.atomic
def end_cycle(*, cycle: LocalCycle, by: User) -> None:
    """End what was agreed locally. Its open turns lapse; what was done stays. A second click changes nothing."""
    access.require(by, Permission.SET_OWN_DATES, cycle.area)
    cycle = LocalCycle.objects.select_for_update(of=("self",)).select_related("area").get(pk=cycle.pk)
    if cycle.ended_at is None:
        ended_as = said(cycle.area, by, Permission.SET_OWN_DATES)["said_as"]
        LocalCycle.objects.filter(pk=cycle.pk).update(ended_at=clock.now(), ended_as=ended_as)
        _note_cycle(Event.CYCLE_ENDED, cycle, by)
        cycles.turns(clock.today())


@transaction.atomic
def record_turn(*, duty: Duty, done_on: date, record: str, by: User) -> TurnDone:
    """A turn of what was agreed locally was done: on which day, and which record shows it. That record closes the duty.

    Raises NotAllowed, or WrongState for a duty that is met by records of its own.
    """
    duty = _locked(duty, by, Permission.SET_OWN_DATES)
    if done := TurnDone.objects.filter(duty=duty).first():
        return done
    policies.check_turn(duty, selectors.rule_of(duty), done_on, clock.today())
    shown = line_of(record, longest=300, missing="Name the record that shows it.")
    row = TurnDone.objects.create(
        duty=duty, done_on=done_on, record=shown, **said(duty.area, by, Permission.SET_OWN_DATES)
    )
    facts.record_fact(
        duty=duty,
        key="done",
        label=selectors.asked_facts(duty)["done"],
        happened_at=dates.due_instant(done_on),
        evidence=f"turn:{row.pk}",
    )
    return row


def _locked(duty: Duty, by: User, right: Permission) -> Duty:
    access.require(by, right, duty.area)
    return Duty.objects.select_for_update(of=("self",)).select_related("area", "document").get(pk=duty.pk)


def _note_cycle(event: Event, cycle: LocalCycle, by: User) -> None:
    data = {"cycle": cycle.title}
    audit.record(event, by=by, area_slug=cycle.area.slug, target=cycle, subject=f"cycle:{cycle.pk}", data=data)
