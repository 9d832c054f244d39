"""Reading duties."""

from django.db.models import QuerySet

from partnership.areas import access
from partnership.areas.models import Area
from partnership.deadlines.models import Duty
from partnership.guidance import loader

# What a fact of a rule is called on screen. The part after the colon names a body.
LABELS = {"published": "Published", "submitted": "Submitted to {body}"}


def open_duties() -> QuerySet[Duty]:
    """Every duty that has not closed, soonest first."""
    return Duty.objects.filter(closed_at=None).select_related("area", "document", "passed_to")


def duties_visible_to(user: access.Person) -> QuerySet[Duty]:
    """Duties of the areas in which the person holds an office."""
    visible = access.visible_to(Duty.objects.all(), user)
    return visible.select_related("area", "document", "passed_to").prefetch_related("facts")


def of_area(area: Area) -> QuerySet[Duty]:
    """An area's duties with their facts."""
    return Duty.objects.filter(area=area).select_related("area", "document", "passed_to").prefetch_related("facts")


def asked_facts(duty: Duty) -> dict[str, str]:
    """Everything that the duty's rule asks for, by key, in words."""
    edition = loader.edition(duty.edition_key)
    bodies = {recipient.party: recipient.name for recipient in edition.recipients_for(duty.rule_key)}
    facts = {}
    for key in edition.deadline(duty.rule_key).facts:
        verb, _, body = key.partition(":")
        facts[key] = LABELS[verb].format(body=bodies.get(body, body))
    return facts


def missing_facts(duty: Duty) -> dict[str, str]:
    """What the duty still asks for."""
    have = {fact.key for fact in duty.facts.all()}
    return {key: label for key, label in asked_facts(duty).items() if key not in have}


def fact_rows(duty: Duty) -> list[dict[str, object]]:
    """Every fact that the duty asks for, with the moment at which it came true, or None."""
    have = {fact.key: fact for fact in duty.facts.all()}
    return [
        {"label": label, "happened_at": have[key].happened_at if key in have else None}
        for key, label in asked_facts(duty).items()
    ]
