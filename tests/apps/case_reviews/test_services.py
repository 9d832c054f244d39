"""The clocks of case reviews: begun, met, counted anew, lapsed; by days alone."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership import clock
from partnership.case_reviews import selectors, services
from partnership.case_reviews.models import CaseReview, ClockStart, Step, StepTaken, Why
from partnership.deadlines.models import Duty
from partnership.errors import NotAllowed, Refused, WrongState
from partnership.guidance import dates

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 14)


def opened(world, step=Step.BECAME_AWARE, on=MONDAY, by=None):
    return services.open_case(area=world.area, step=step, on=on, once=uuid.uuid4(), by=by or world.gwen)


def clocks(case):
    return {duty.rule_key: duty for duty in selectors.duties_of(case).filter(lapsed_at=None)}


def due(case):
    return {key: duty.due_on for key, duty in clocks(case).items()}


def test_awareness_begins_the_five_and_the_fifteen_working_days(world):
    case = opened(world)

    assert case.reference == "CR 2026/1"
    assert due(case) == {"serious_incident_notification": date(2026, 9, 21), "rapid_review": date(2026, 10, 5)}
    assert {duty.event for duty in clocks(case).values()} == {"became_aware"}


def test_a_second_click_opens_nothing_and_the_next_case_has_the_next_number(world):
    key = uuid.uuid4()
    for _ in range(2):
        services.open_case(area=world.area, step=Step.BECAME_AWARE, on=MONDAY, once=key, by=world.gwen)

    assert CaseReview.objects.count() == 1
    assert opened(world).reference == "CR 2026/2"


def test_each_clock_is_met_by_its_own_day_in_time_or_late(world):
    case = opened(world, on=date(2026, 8, 3))
    services.record_step(case=case, step=Step.NOTIFIED, on=date(2026, 8, 12), by=world.gwen)
    services.record_step(case=case, step=Step.RAPID_REVIEW_DONE, on=date(2026, 8, 24), by=world.gwen)
    services.record_step(case=case, step=Step.REVIEW_DECIDED, on=date(2026, 8, 31), by=world.gwen)

    found = clocks(case)
    assert not dates.is_in_time(found["serious_incident_notification"].closed_at, date(2026, 8, 10))
    assert dates.is_in_time(found["rapid_review"].closed_at, found["rapid_review"].due_on)
    assert found["practice_review"].due_on == date(2027, 2, 28)  # six months from 31 August, clamped
    assert found["practice_review"].is_open


def test_a_decision_not_to_publish_meets_the_clock_of_the_review_and_none_begins_without_a_review(world):
    case = opened(world, on=date(2026, 8, 3))
    services.record_step(case=case, step=Step.NO_REVIEW, on=MONDAY, by=world.gwen)
    assert "practice_review" not in due(case)
    with pytest.raises(WrongState):
        services.record_step(case=case, step=Step.REVIEW_DECIDED, on=MONDAY, by=world.gwen)

    other = opened(world, on=date(2026, 8, 3))
    services.record_step(case=other, step=Step.REVIEW_DECIDED, on=date(2026, 9, 1), by=world.gwen)
    services.record_step(case=other, step=Step.NOT_PUBLISHED, on=MONDAY, by=world.gwen)
    assert clocks(other)["practice_review"].closed_at


def test_an_area_may_count_from_another_event_and_what_runs_already_stays(world):
    before = opened(world)
    services.count_from(area=world.area, rule_key="rapid_review", step="notified", by=world.gwen)
    assert services.count_from(area=world.area, rule_key="rapid_review", step="notified", by=world.gwen) is None
    after = opened(world, on=date(2026, 9, 7))

    assert "rapid_review" in due(before)
    assert "rapid_review" not in due(after)
    services.record_step(case=after, step=Step.NOTIFIED, on=MONDAY, by=world.gwen)
    assert due(after)["rapid_review"] == date(2026, 10, 5)
    services.record_step(case=before, step=Step.NOTIFIED, on=MONDAY, by=world.gwen)
    assert clocks(before)["rapid_review"].event == "became_aware"
    with pytest.raises(WrongState):
        services.count_from(area=world.area, rule_key="practice_review", step="incident", by=world.gwen)


def test_a_corrected_day_counts_the_clock_anew_and_both_stay_on_record(world):
    case = opened(world, on=date(2026, 9, 7))
    services.record_step(case=case, step=Step.NOTIFIED, on=date(2026, 9, 10), by=world.gwen)
    services.correct_step(case=case, step=Step.BECAME_AWARE, on=date(2026, 9, 9), why=Why.MISTYPED, by=world.gwen)

    found = selectors.duties_of(case).filter(rule_key="serious_incident_notification").order_by("pk")
    assert [(bool(duty.lapsed_at), duty.due_on, bool(duty.closed_at)) for duty in found] == [
        (True, date(2026, 9, 14), False),
        (False, date(2026, 9, 16), True),
    ]
    assert StepTaken.objects.filter(case_review=case, step=Step.BECAME_AWARE).count() == 2


def test_what_did_not_happen_opens_its_clock_again(world):
    case = opened(world, on=date(2026, 9, 7))
    services.record_step(case=case, step=Step.NOTIFIED, on=date(2026, 9, 10), by=world.gwen)
    services.correct_step(case=case, step=Step.NOTIFIED, on=None, why=Why.DID_NOT_HAPPEN, by=world.gwen)

    assert clocks(case)["serious_incident_notification"].is_open
    services.record_step(case=case, step=Step.NOTIFIED, on=date(2026, 9, 11), by=world.gwen)
    assert clocks(case)["serious_incident_notification"].closed_at


@pytest.mark.parametrize(
    ("step", "on"),
    [
        (Step.RAPID_REVIEW_DONE, MONDAY),  # no rapid review without a notification
        (Step.NOTIFIED, date(2026, 9, 1)),  # before anybody was aware
        (Step.PRACTICE_REVIEW_PUBLISHED, MONDAY),
        (Step.NOTIFIED, MONDAY + timedelta(days=1)),
        (Step.INCIDENT, date(2010, 1, 1)),
        (Step.INCIDENT, date(2020, 3, 2)),  # its bank holidays are not held
    ],
)
def test_days_that_cannot_be_are_refused_with_a_sentence(world, step, on):
    case = opened(world, on=date(2026, 9, 7))

    with pytest.raises(WrongState) as refusal:
        services.record_step(case=case, step=step, on=on, by=world.gwen)
    assert refusal.value.sentence.endswith(".")
    assert StepTaken.objects.filter(case_review=case).count() == 1


def test_only_the_business_team_records(world):
    for name in ("amina", "dev", "eve", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            opened(world, by=world.people[name])


def test_nothing_here_can_hold_a_word():
    """No field takes free text: what is a string is chosen, or made by the service."""
    made_here = {"opened_as", "recorded_as", "set_as", "rule_key"}
    for model in (CaseReview, StepTaken, ClockStart):
        for field in model._meta.get_fields():
            if isinstance(field, (models.CharField, models.TextField)):
                assert field.choices or field.name in made_here, field


def test_what_was_recorded_is_never_changed_or_removed(world):
    case = opened(world)
    services.count_from(area=world.area, rule_key="rapid_review", step="notified", by=world.gwen)
    for act in (
        lambda: StepTaken.objects.update(on=date(2026, 1, 1)),
        lambda: StepTaken.objects.all().delete(),
        lambda: CaseReview.objects.filter(pk=case.pk).update(number=9),
        lambda: ClockStart.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


STEPS = st.lists(
    st.tuples(st.sampled_from(list(Step)), st.integers(0, 200), st.sampled_from([None, *Why])), max_size=12
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_recorded_in_whatever_order_the_clocks_say_what_the_days_say(world, taken):
    with transaction.atomic():
        case = opened(world, on=date(2026, 3, 2))
        for step, days, why in taken:
            on = date(2026, 2, 23) + timedelta(days=days)
            act = services.correct_step if why else services.record_step
            more = {"why": why} if why else {}
            try:
                with transaction.atomic():
                    act(case=case, step=step, on=None if why == Why.DID_NOT_HAPPEN else on, by=world.gwen, **more)
            except Refused:
                continue
        case = CaseReview.objects.get(pk=case.pk)
        known = selectors.days(case)
        for duty in selectors.duties_of(case).filter(lapsed_at=None):
            assert known[duty.event] == duty.began_on
            met = duty.rule_key != "x" and duty.facts.filter(fallen_at=None).exists()
            assert bool(duty.closed_at) == met
        live = list(selectors.duties_of(case).filter(lapsed_at=None).values_list("rule_key", flat=True))
        assert len(live) == len(set(live))
        notified = Duty.objects.filter(period_label__startswith=f"{case.pk}-", rule_key="serious_incident_notification")
        if "became_aware" in known:
            assert bool(notified.get(lapsed_at=None).closed_at) == ("notified" in known)
        transaction.set_rollback(True)


def test_a_clock_begins_by_the_day_in_london(world):
    with clock.frozen(datetime(2026, 9, 14, 23, 30, tzinfo=clock.UTC)):  # half past midnight on the 15th
        case = opened(world, on=date(2026, 9, 15))
    assert due(case)["serious_incident_notification"] == date(2026, 9, 22)
