"""What people are told: kept once for each person, by mail as they chose, and no longer once it is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from partnership import clock
from partnership.deadlines import jobs as deadlines
from partnership.deadlines import letters
from partnership.deadlines import selectors as duties
from partnership.deadlines.models import Duty
from partnership.errors import Incomplete
from partnership.guidance import dates, loader, rungs
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Status
from partnership.notices import selectors, services
from partnership.notices.kinds import MAY_BE_CHOSEN, RULES, Cadence, Kind
from partnership.notices.models import Notice

pytestmark = pytest.mark.django_db
RULES_WITH_LADDERS = [
    rule for rule in (*loader.edition("wt2026").deadlines, *loader.edition("wt2026").duties) if rungs.rungs(rule)
]


def step(days):
    """A rung as the calendar reaches it."""
    return dates.Step(key="", on=date(2026, 9, 30) + timedelta(days=days), days=days, who=())


def tell(person, kind=Kind.NEWS, key="key-1", about=""):
    words = {"edition": "Working Together", "area": "Ashdown", "link": "http://localhost:8000/home/"}
    return services.tell(
        "briefings/briefing", words, person=person, kind=kind, dedupe_key=key, purpose="test", about=about
    )


def test_a_notice_is_kept_once_and_its_mail_is_a_copy_only_where_it_goes_at_once(world):
    urgent = tell(world.gwen, Kind.SIGNING, "urgent")
    again = tell(world.gwen, Kind.SIGNING, "urgent")
    waits = tell(world.gwen, Kind.NEWS, "news")

    assert again == urgent
    assert Notice.objects.filter(person=world.gwen, dedupe_key__in=["urgent", "news"]).count() == 2
    assert (urgent.mail.to, urgent.mail.subject) == (world.gwen.email, urgent.title)
    assert waits.mail is None
    assert not OutgoingMail.objects.filter(dedupe_key="news").exists()
    assert urgent.link == "/home/"
    assert "\n--\n" not in urgent.text


@pytest.mark.parametrize("cadence", [Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY, Cadence.HERE_ONLY])
def test_what_may_be_chosen_is_told_as_its_reader_chose(world, cadence):
    services.choose(person=world.gwen, cadences={Kind.NEWS: cadence})
    services.choose(person=world.gwen, cadences={Kind.NEWS: cadence})

    assert tell(world.gwen).cadence == cadence
    assert OutgoingMail.objects.filter(dedupe_key="key-1").exists() == (cadence == Cadence.AT_ONCE)
    assert tell(world.dev, key="key-2").cadence == RULES[Kind.NEWS].default


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in MAY_BE_CHOSEN])
def test_what_cannot_be_switched_off_is_refused_here_and_by_the_database(world, kind):
    with pytest.raises(Incomplete):
        services.choose(person=world.gwen, cadences={kind: Cadence.WEEKLY})
    with pytest.raises(IntegrityError), transaction.atomic():
        world.gwen.preferences.create(kind=kind, cadence=Cadence.WEEKLY)
    assert tell(world.gwen, kind).mail is not None


def test_who_is_asked_may_wait_for_a_mail_but_not_go_without_one(world):
    with pytest.raises(Incomplete):
        services.choose(person=world.gwen, cadences={Kind.ASKED: Cadence.HERE_ONLY})
    with pytest.raises(IntegrityError), transaction.atomic():
        world.gwen.preferences.create(kind=Kind.ASKED, cadence=Cadence.HERE_ONLY)


def test_what_is_over_is_settled_with_every_part_of_it_and_its_mail_does_not_leave(world):
    part = tell(world.gwen, Kind.SIGNING, "a", about="version:3:seat:7")
    other = tell(world.gwen, Kind.SIGNING, "b", about="version:31")
    gone = tell(world.dev, Kind.SIGNING, "c", about="version:3")
    OutgoingMail.objects.filter(pk=gone.mail.pk).update(status=Status.SENDING, attempts=1, sending_since=clock.now())

    assert services.settle(about="version:3") == 2
    assert services.settle(about="version:3") == 0
    for notice in (part, other, gone):
        notice.refresh_from_db()
        notice.mail.refresh_from_db()
    assert part.settled_at
    assert part.mail.status == Status.CANCELLED
    assert other.settled_at is None
    assert gone.mail.status == Status.SENDING


def test_what_somebody_was_told_is_never_changed_or_deleted(world):
    notice = tell(world.gwen)
    for change in (
        {"title": "Another"},
        {"text": "Another"},
        {"person": world.dev},
        {"created_at": clock.now() - timedelta(hours=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.delete()
    services.mark_read(notices=Notice.objects.filter(pk=notice.pk), until=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(read_at=clock.now() + timedelta(hours=1))


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "javascript:alert(1)"])
def test_a_link_leads_nowhere_else(world, link):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.tell(
            "briefings/briefing",
            {"edition": "E", "area": "A", "link": link},
            person=world.gwen,
            kind=Kind.NEWS,
            dedupe_key="k",
            purpose="test",
        )


@pytest.mark.parametrize("rule", RULES_WITH_LADDERS, ids=lambda rule: rule.key)
def test_the_last_two_steps_of_a_ladder_go_at_once_and_far_dates_wait(rule):
    days = [rung.days for rung in rungs.rungs(rule)]

    kinds = {day: letters.kind_of(step(day), rule) for day in days}
    assert [day for day, kind in kinds.items() if kind is Kind.LAST_STEP] == days[-2:]
    assert letters.kind_of(step(days[-1] + rule.repeat_late_every_days), rule) is Kind.LAST_STEP
    assert all(kind is Kind.DATE_AHEAD for day, kind in kinds.items() if day < -7 and day < days[-2])
    assert all(kind is Kind.DATE_NEAR for day, kind in kinds.items() if -7 <= day < days[-2])


def test_a_duty_that_closes_settles_its_reminders(world):
    deadlines.open_duties(today=clock.today())
    duty = Duty.objects.get(area=world.area, rule_key="yearly_report", period_label="2025-26")
    deadlines.remind(today=duty.due_on - timedelta(days=1))
    reminder = duty.reminders.get()
    assert reminder.recipients == reminder.notices.count() > 1
    assert dates.is_in_time(clock.now(), duty.due_on)

    for key, label in duties.missing_facts(duty).items():
        deadlines.record_fact(duty=duty, key=key, label=label, happened_at=clock.now(), evidence="test:1")

    assert not reminder.notices.filter(settled_at=None).exists()
    assert {notice.mail.status for notice in reminder.notices.select_related("mail")} == {Status.CANCELLED}
    assert not selectors.unread(world.gwen, Q(area_slug=world.area.slug)).filter(about=letters.about(duty)).exists()


def test_a_mail_that_was_on_its_way_when_it_was_settled_and_came_back_does_not_leave_later(world):
    notice = tell(world.gwen, Kind.SIGNING, "a", about="version:3")
    mails = OutgoingMail.objects.filter(pk=notice.mail.pk)
    mails.update(status=Status.SENDING, attempts=1, sending_since=clock.now())
    services.settle(about="version:3")
    mails.update(status=Status.WAITING, sending_since=None, retry_at=clock.now(), last_error="451")

    assert services.cancel_what_is_over() == 1
    assert mails.get().status == Status.CANCELLED
    assert services.cancel_what_is_over() == 0


def test_an_address_of_the_service_with_a_stroke_at_its_end_makes_no_strange_link(world, settings):
    settings.PUBLIC_ADDRESS = "http://localhost:8000/"
    words = {"edition": "E", "area": "A", "link": "http://localhost:8000//desk/"}
    made = services.tell("briefings/briefing", words, person=world.gwen, kind=Kind.NEWS, dedupe_key="k", purpose="test")

    assert made.link == "/desk/"
