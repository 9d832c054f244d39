"""Duties that come from an area's own records: what its documents, its appointments and its local cycles say.

Each part opens what is in sight and looks again at what is open; both in a number of queries that does not grow.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet

from partnership import clock
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import NEEDED_FOR_A_SEAT, NEEDED_FOR_THE_AREA
from partnership.deadlines import facts, opening, selectors
from partnership.deadlines.models import Duty, DutyFact, LocalCycle
from partnership.documents import selectors as documents
from partnership.documents.models import Version
from partnership.documents.workflow import READABLE, Status
from partnership.guidance import dates, loader
from partnership.guidance.dated import DutyRule

REVIEW, TERM = "review", "term_of_office"
# As often as nobody can keep in view more of one cycle than what is near.
NEAR_MONTHS = 6


def follow(*, today: date) -> int:
    """Open what these records bring and note what they say of what is open. Returns how much was done."""
    return _signed() + _published_once() + _reviews(today) + _terms(today) + turns(today) + _ended(today)


def _signed() -> int:
    """A document that every lead partner has signed, where that is what its duty asks for; void is not signed."""
    asking = selectors.open_duties().filter(rule_key__in=selectors.rule_keys(fact="signed"))
    signed = Version.objects.filter(status__in=[Status.SIGNED, *READABLE], signed_at__isnull=False)
    first = _first(signed.filter(document__duties__in=asking), "signed_at")
    done = sum(
        _record(duty, "signed", first[duty.document_id].signed_at, f"version:{first[duty.document_id].pk}")
        for duty in asking.filter(document__in=first)
    )
    void = Version.objects.filter(status=Status.VOID).values_list("pk", flat=True)
    standing = DutyFact.objects.filter(key="signed", fallen_at=None, evidence__in=[f"version:{pk}" for pk in void])
    for fact in standing.select_related("duty"):
        done += facts.fall(duty=fact.duty, evidence=fact.evidence, because="what was signed was declared void")
    return done


def _published_once() -> int:
    """A one-off date is met by the first document of its kind that was published under the edition that set the date."""
    done = 0
    editions = loader.editions()
    once = [(row.key, rule) for row in editions for rule in row.duties if rule.on and rule.document]
    for edition, rule in once:
        owing = selectors.open_duties().filter(rule_key=rule.key, edition_key=edition)
        made = Version.objects.filter(document__kind=rule.document, document__edition_key=edition)
        made = made.filter(document__area__in=owing.values("area"), published_at__isnull=False)
        first: dict[int, Version] = {}
        for row in sorted(_first(made, "published_at").values(), key=lambda row: row.published_at or clock.now()):
            first.setdefault(row.document.area_id, row)
        for duty in owing.filter(area__in=first):
            found = first[duty.area_id]
            done += _record(duty, "published", found.published_at, f"version:{found.pk}")
    return done


def _first(rows: QuerySet[Version], moment: str) -> dict[int | None, Version]:
    """The earliest version of each document, by the document's key."""
    rows = rows.select_related("document").defer("content").order_by("document_id", moment).distinct("document_id")
    return {row.document_id: row for row in rows}


def _reviews(today: date) -> int:
    """What stands is looked at again by the day that its partners published."""
    standing = documents.with_next_review().filter(next_on__lte=opening.horizon(today))
    current = {f"{row.document_id}-{row.next_on:%Y%m%d}": row for row in standing}
    done = 0
    for label in current.keys() - _labels(REVIEW):
        row = current[label]
        title = f"Review of {row.document.title}"
        done += _begin(REVIEW, row.document.area, event="review_agreed", on=row.next_on, label=label, title=title)
    for duty in selectors.open_duties().filter(rule_key=REVIEW):
        if _base(duty.period_label) not in current:
            done += _reviewed(duty)
    return done


def _reviewed(duty: Duty) -> bool:
    """A review was recorded, or a new version has another day; or nothing stands any more."""
    document = int(duty.period_label.partition("-")[0])
    stands = Version.objects.filter(document=document, status=Status.PUBLISHED).first()
    if stands is None:
        return facts.lapse(duty=duty, because="What was to be reviewed no longer stands.")
    if review := stands.reviews.first():
        return _record(duty, "reviewed", dates.due_instant(review.reviewed_on), f"review:{review.pk}")
    return _record(duty, "reviewed", stands.published_at, f"version:{stands.pk}")


def _terms(today: date) -> int:
    """Of each office that must not stand empty: its term ends in sight and nobody is on record for after."""
    ending = _ending().filter(first_day_out__gt=today, first_day_out__lte=opening.horizon(today))
    unfilled = {_term_label(row): row for row in ending.filter(is_filled=False)}
    done = 0
    for label in unfilled.keys() - _labels(TERM):
        row = unfilled[label]
        last = row.first_day_out - timedelta(days=1)
        title = f"{row.title}: the term of {row.person.name} ends"
        done += _begin(TERM, row.area, event="term_ends", on=last, label=label, title=title)
    still = {_term_label(row): row for row in _ending().filter(pk__in=[_key(duty) for duty in _open(TERM)])}
    for duty in _open(TERM):
        found = still.get(_base(duty.period_label))
        if found is None:
            done += facts.lapse(duty=duty, because="The term does not end on this day any more.")
        elif found.is_filled:
            done += _record(duty, "filled", clock.now(), f"appointment:{found.pk}")
    return done + _unfilled(today)


def _unfilled(today: date) -> int:
    """Whoever was on record for the time after is not any more, before that time came: the office is to be filled again."""
    met = {duty.pk: duty for duty in Duty.objects.filter(rule_key=TERM, due_on__gte=today, closed_at__isnull=False)}
    again = _ending().filter(pk__in=[_key(duty) for duty in met.values()], is_filled=False)
    ends = {_term_label(row): row for row in again}
    because = "whoever was on record for after is not any more"
    return sum(
        facts.fall(duty=duty, evidence=f"appointment:{_key(duty)}", because=because)
        for duty in met.values()
        if _base(duty.period_label) in ends
    )


def _ending() -> QuerySet[Any]:
    """Appointments with an end, with the first day out of office and whether anybody is on record for the time after."""
    after = Appointment.objects.filter(voided_at=None, area=OuterRef("area"), office=OuterRef("office"))
    later = Q(during__upper_inf=True) | Q(during__endswith__gt=OuterRef("first_day_out"))
    after = after.filter(later, Q(seat=OuterRef("seat")) | Q(seat=None))
    rows = Appointment.objects.filter(during__upper_inf=False, voided_at=None)
    rows = rows.filter(office__in=[*NEEDED_FOR_A_SEAT, *NEEDED_FOR_THE_AREA], area__ended_on=None)
    upper = Func(F("during"), function="upper", output_field=DateField())
    rows = rows.annotate(first_day_out=upper)
    return rows.annotate(is_filled=Exists(after)).select_related("area", "person", "seat__agency")


def _term_label(row: Any) -> str:
    return f"{row.pk}-{row.first_day_out:%Y%m%d}"


def turns(today: date) -> int:
    """The next turn of each local cycle, and those that are near; what is ended brings no more."""
    have, done = _labels(*selectors.local_rules()), 0
    for cycle in LocalCycle.objects.filter(ended_at=None).select_related("area"):
        for number, due_on in _in_sight(cycle, today):
            label = f"{cycle.pk}-{number}"
            if label not in have:
                done += _begin(
                    cycle.rule_key, cycle.area, event="day_agreed", on=due_on, label=label, title=cycle.title
                )
    ended = LocalCycle.objects.exclude(ended_at=None).values_list("pk", flat=True)
    for duty in _open(*selectors.local_rules()):
        if _key(duty) in ended:
            done += facts.lapse(duty=duty, because="What was agreed locally has ended.")
    return done


def _in_sight(cycle: LocalCycle, today: date) -> Iterable[tuple[int, date]]:
    """Every turn up to six months from now, and the one after these; of what comes once, that alone."""
    near, number = dates.add_months(today, NEAR_MONTHS), 0
    while True:
        due_on = dates.add_months(cycle.first_on, number * (cycle.every_months or 0))
        yield number, due_on
        if due_on > near or not cycle.every_months:
            return
        number += 1


def _ended(today: date) -> int:
    """An area that came to its end owes no budget for a year that began without it; what else it owes passes on."""
    gone = selectors.open_duties().filter(rule_key__in=selectors.rule_keys(fact="signed"))
    gone = gone.filter(area__ended_on__lte=today, due_on__gte=F("area__ended_on"))
    return sum(facts.lapse(duty=duty, because="The area came to its end before.") for duty in gone)


def _begin(rule_key: str, area: Area, *, event: str, on: date, label: str, title: str) -> bool:
    edition = loader.edition_in_force(clock.today())
    rule = edition.duty_rule(rule_key)
    assert isinstance(rule, DutyRule)
    known = Q(period_label=label) | Q(period_label__startswith=f"{label}.")
    before = Duty.objects.filter(known, area=area, rule_key=rule_key).count()  # lapsed, and now it holds after all
    label = f"{label}.{before + 1}" if before else label
    owed = opening.from_event(rule, edition.key, event=event, on=on, label=label, title=title)
    return opening.open_duty(area=area, owed=owed)


def _record(duty: Duty, key: str, happened_at: datetime | None, evidence: str) -> bool:
    label = selectors.asked_facts(duty)[key]
    return bool(happened_at) and facts.record_fact(
        duty=duty, key=key, label=label, happened_at=happened_at or clock.now(), evidence=evidence
    )


def _open(*rule_keys: str) -> QuerySet[Duty]:
    return selectors.open_duties().filter(rule_key__in=rule_keys)


def _labels(*rule_keys: str) -> set[str]:
    """What is there already. What has lapsed is not: when its ground comes back, it is owed anew."""
    there = Duty.objects.filter(rule_key__in=rule_keys, lapsed_at=None)
    return {_base(label) for label in there.values_list("period_label", flat=True)}


def _base(label: str) -> str:
    """Of a label the row and the day or turn that it is for, without how often it was begun."""
    return label.partition(".")[0]


def _key(duty: Duty) -> int:
    """The row that a duty came from, from its label."""
    return int(duty.period_label.partition("-")[0])
