"""Reading duties."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from partnership.areas import access
from partnership.areas.models import Area, LeadMeeting
from partnership.deadlines.models import Duty, Hold, LateStatement, LocalTarget, SwitchedOffStep
from partnership.documents.models import Version
from partnership.guidance import loader
from partnership.guidance.dated import Deadline, DutyRule

REPORT = "yearly_report"
LOOKED_AHEAD = timedelta(days=200)  # the longest ladder begins 120 days before its date

# What a fact of a rule is called on screen. The part after the colon names a body.
LABELS = {"published": "Published", "submitted": "Submitted to {body}"}


def open_duties() -> QuerySet[Duty]:
    """Every duty that is still owed, soonest first."""
    owed = Duty.objects.filter(closed_at=None, lapsed_at=None)
    return owed.select_related("area", "document", "passed_to")


def to_remind(today: date) -> QuerySet[Duty]:
    """Open duties whose ladder may have begun and that nobody has put on hold, with the steps that were taken."""
    near = open_duties().filter(due_on__lte=today + LOOKED_AHEAD)
    return near.exclude(pk__in=Hold.objects.filter(ended_at=None).values("duty")).prefetch_related("reminders")


def rule_of(duty: Duty) -> Deadline | DutyRule:
    """The rule that a duty was opened under."""
    return loader.edition(duty.edition_key).duty_rule(duty.rule_key)


def rule_keys(*, document: str = "", fact: str = "", public: bool | None = None) -> set[str]:
    """The keys of all rules about a kind of document, that ask for a fact, or whose lateness the public is told of."""
    rules: list[Deadline | DutyRule] = []
    for edition in loader.editions():
        rules += [*edition.deadlines, *edition.duties]
    return {
        rule.key
        for rule in rules
        if document in ("", rule.document)
        and (not fact or fact in rule.facts)
        and (public is None or public == (isinstance(rule, Deadline) or rule.is_public))
    }


def rules_of(area: Area) -> dict[str, Deadline | DutyRule]:
    """The rules under which the area owes or owed something, by key: each as its latest duty has it."""
    pairs = Duty.objects.filter(area=area).order_by("due_on").values_list("rule_key", "edition_key")
    return {key: loader.edition(edition).duty_rule(key) for key, edition in dict(pairs).items()}


def switched_off_here(area: Area, rule_key: str) -> QuerySet[SwitchedOffStep]:
    """The steps of a rule that are off in an area now."""
    return SwitchedOffStep.objects.filter(area=area, rule_key=rule_key, ended_at=None)


def switched_off() -> dict[tuple[int, str], set[int]]:
    """The steps that are off now, by area and rule; in one query."""
    found: dict[tuple[int, str], set[int]] = {}
    rows = SwitchedOffStep.objects.filter(ended_at=None).values_list("area_id", "rule_key", "days")
    for area, rule_key, days in rows:
        found.setdefault((area, rule_key), set()).add(days)
    return found


def meetings_of(area: Area) -> QuerySet[LeadMeeting]:
    """Every meeting of the lead partners that was put on record, in order of days, with those that were called off."""
    return LeadMeeting.objects.filter(area=area).order_by("on", "pk")


def local_rules() -> dict[str, DutyRule]:
    """What an area may agree to do again and again, by key: rules whose day it sets itself."""
    rules = [rule for edition in loader.editions() for rule in edition.duties]
    return {rule.key: rule for rule in rules if "day_agreed" in rule.events}


def title_in_a_mail(duty: Duty) -> str:
    """What a mail calls a duty: of one that an event began the rule’s name, since what somebody typed stays on the page."""
    return rule_of(duty).title if duty.event else duty.title


def subject(duty: Duty) -> str:
    """Under what the record of an area lists what became of a duty."""
    return duty.document.subject if duty.document else f"duty:{duty.pk}"


def published_before(duty: Duty) -> datetime | None:
    """When the last document of the duty's kind before its own was first published; None where there was none."""
    rows = Version.objects.filter(document__area=duty.area_id, document__kind=duty.rule_key, published_at__isnull=False)
    earlier = rows.filter(document__period_label__lt=duty.period_label)
    newest = earlier.order_by("-document__period_label", "published_at").first()
    return newest.published_at if newest else None


def target_of(duty: Duty) -> LocalTarget | None:
    """The area's own day before the date, as it was set last; None where it has none."""
    last = next(iter(duty.targets.all()), None)  # the newest comes first; a list may have fetched them
    return last if last and last.on else None


def hold_of(duty: Duty) -> Hold | None:
    """The hold that stops the reminders now."""
    return duty.holds.filter(ended_at=None).first()


def late_statement(duty: Duty) -> LateStatement | None:
    """What the partnership says to the public of its lateness; None where it has said nothing."""
    return duty.late_statements.first()


def duties_visible_to(user: access.Person) -> QuerySet[Duty]:
    """Duties of the areas in which the person holds an office."""
    visible = access.visible_to(Duty.objects.all(), user)
    return visible.select_related("area", "document", "passed_to").prefetch_related("facts")


def of_area(area: Area) -> QuerySet[Duty]:
    """An area's duties with their facts."""
    return Duty.objects.filter(area=area).select_related("area", "document", "passed_to").prefetch_related("facts")


def with_plan(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Duties, soonest first, with all that their dates are drawn from."""
    whole = duties.select_related("area", "document", "passed_to").prefetch_related(
        "facts", "targets", "area__lead_meetings"
    )
    return whole.order_by("due_on", "area__name", "pk")


def asked_facts(duty: Duty) -> dict[str, str]:
    """Everything that the duty's rule asks for, by key, in words."""
    rule = rule_of(duty)
    if isinstance(rule, DutyRule):
        return {fact.key: fact.label for fact in rule.asked}
    recipients = loader.edition(duty.edition_key).recipients_for(duty.rule_key)
    bodies = {recipient.party: recipient.name for recipient in recipients}
    facts = {}
    for key in rule.facts:
        verb, _, body = key.partition(":")
        facts[key] = LABELS[verb].format(body=bodies.get(body, body))
    return facts


def missing_facts(duty: Duty) -> dict[str, str]:
    """What the duty still asks for."""
    have = {fact.key for fact in duty.facts.all() if fact.stands}
    return {key: label for key, label in asked_facts(duty).items() if key not in have}


def fact_rows(duty: Duty) -> list[dict[str, object]]:
    """Every fact that the duty asks for, with the moment at which it came true, or None."""
    have = {fact.key: fact for fact in duty.facts.all() if fact.stands}
    return [
        {"label": label, "happened_at": have[key].happened_at if key in have else None}
        for key, label in asked_facts(duty).items()
    ]
