"""What the clock does with duties: nothing to do, due, already done, twice, days late, one of them broken."""

from datetime import date, datetime, timedelta

import pytest

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.deadlines import jobs, letters
from partnership.deadlines.models import Duty, DutyFact, Reminder
from partnership.guidance import dates
from partnership.mail.models import OutgoingMail
from partnership.submissions.models import Submission
from reports import jobs as reports
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def of_reports(world):
    return Duty.objects.filter(area=world.area, rule_key="yearly_report")


def duty_of(world, label="2025-26"):
    jobs.open_duties(today=TODAY)
    return Duty.objects.get(area=world.area, period_label=label)


def test_duties_are_opened_for_last_year_and_this_year_and_only_once(world):
    assert jobs.open_duties(today=TODAY) == 6  # of two areas each two reports and a budget
    assert jobs.open_duties(today=TODAY) == 0

    assert {(duty.period_label, duty.due_on) for duty in of_reports(world)} == {
        ("2025-26", date(2026, 9, 30)),
        ("2026-27", date(2027, 9, 30)),
    }


def test_a_duty_is_tied_to_the_report_when_it_is_begun(world):
    document = worlds.begun(world)

    assert document.duties.get() == duty_of(world)


def test_nothing_is_sent_before_the_first_step(world):
    duty_of(world)

    assert jobs.remind(today=date(2026, 5, 1)) == 0
    assert not OutgoingMail.objects.exists()


def test_a_step_is_sent_once_to_each_person_of_the_offices_it_names(world):
    duty_of(world)

    sent = [jobs.remind(today=date(2026, 9, 23)) for _ in range(2)]

    assert sent == [2, 0]  # one for each of the two areas
    told = list(OutgoingMail.objects.filter(area_slug=world.area.slug).values_list("to", flat=True))
    assert sorted(told) == sorted(
        getattr(world, name).email for name in ("amina", "ben", "cerys", "dev", "eve", "gwen")
    )


def test_after_months_of_darkness_only_the_latest_step_is_sent(world):
    duty = duty_of(world)

    jobs.remind(today=date(2026, 9, 29))

    assert [reminder.days for reminder in Reminder.objects.filter(duty=duty)] == [-1]


def test_a_late_duty_is_told_of_again_and_again_in_words_that_say_so(world):
    duty = duty_of(world)

    for day in range(90):
        jobs.remind(today=duty.due_on + timedelta(days=day))

    late = Reminder.objects.filter(duty=duty, days__gt=0)
    assert late.count() >= 3
    assert OutgoingMail.objects.filter(text__contains="is late", area_slug=world.area.slug).exists()


def test_a_closed_duty_is_never_told_of(world):
    duty = duty_of(world)
    Duty.objects.filter(pk=duty.pk).update(closed_at=clock.now())

    jobs.remind(today=date(2026, 9, 29))

    assert not Reminder.objects.filter(duty=duty).exists()


def test_one_duty_that_breaks_does_not_silence_the_others(world, monkeypatch):
    duty = duty_of(world)
    real = letters.reminder

    def broken(of, step, today):
        if of.pk == duty.pk:
            raise RuntimeError("broken on purpose")
        return real(of, step, today)

    monkeypatch.setattr(letters, "reminder", broken)

    assert jobs.remind(today=date(2026, 9, 29)) == 1
    assert not Reminder.objects.filter(duty=duty).exists()


def test_the_duty_closes_by_its_three_facts_each_with_its_own_day(world):
    version = worlds.published(world)
    duty = version.document.duties.get()
    for number, submission in enumerate(version.submissions.order_by("party"), 1):
        moment = clock.now() + timedelta(days=number)
        Submission.objects.filter(pk=submission.pk).update(accepted_at=moment)

    assert reports.follow_submissions() == 2
    assert reports.follow_submissions() == 0

    duty.refresh_from_db()
    days = {fact.key: clock.london_day(fact.happened_at) for fact in duty.facts.all()}
    assert days == {
        "published": date(2026, 9, 14),
        "submitted:foundations": date(2026, 9, 15),
        "submitted:national_panel": date(2026, 9, 16),
    }
    assert clock.london_day(duty.closed_at) == date(2026, 9, 16)
    assert "in time" in AuditEntry.objects.get(event=Event.DUTY_CLOSED).data["timing"]


def test_publication_alone_leaves_the_duty_open(world):
    version = worlds.published(world)

    assert version.document.duties.get().closed_at is None


@pytest.mark.parametrize(
    ("second", "in_time"), [(datetime(2026, 9, 30, 22, 59, 59), True), (datetime(2026, 9, 30, 23, 0, 0), False)]
)
def test_the_last_second_of_30_september_in_london_is_in_time_and_the_next_is_late(second, in_time):
    moment = second.replace(tzinfo=clock.UTC)

    assert dates.is_in_time(moment, date(2026, 9, 30)) is in_time


def test_the_first_day_of_a_fact_stands(world):
    duty = duty_of(world)
    for hours in (0, 5):
        jobs.record_fact(
            duty=duty,
            key="published",
            label="Published",
            happened_at=clock.now() + timedelta(hours=hours),
            evidence="version:1",
        )

    assert DutyFact.objects.get(duty=duty).happened_at == clock.now()
