"""What people do to a duty: a day of their own, a hold, words for the public; and what a national body does to its date."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.deadlines import jobs, relaxing, selectors, services
from partnership.deadlines.models import Duty, Hold, LateStatement, LocalTarget, Relaxation
from partnership.documents import services as documents
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from reports import checks
from tests import told as telling
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
LATE = datetime(2026, 10, 3, 9, tzinfo=clock.LONDON)


@pytest.fixture
def duty(world):
    jobs.open_duties(today=TODAY)
    return Duty.objects.get(area=world.area, rule_key="yearly_report", period_label="2025-26")


def test_a_day_of_the_areas_own_lies_before_the_date_and_every_change_stays_on_record(world, duty):
    for on, reason in ((date(2026, 9, 20), "The board meets."), (date(2026, 9, 22), "It meets later."), (None, "No.")):
        for _ in range(2):
            services.set_target(duty=duty, on=on, reason=reason, by=world.gwen)

    assert selectors.target_of(duty) is None
    assert LocalTarget.objects.count() == 3
    assert AuditEntry.objects.filter(event="duty.target_set").count() == 3
    for on in (date(2026, 10, 1), date(2026, 9, 13)):
        with pytest.raises(WrongState):
            services.set_target(duty=duty, on=on, reason="Because.", by=world.gwen)
    with pytest.raises(NotAllowed):
        services.set_target(duty=duty, on=TODAY, reason="Because.", by=world.amina)
    with pytest.raises(WrongState):
        services.set_target(duty=duty, on=TODAY, reason="  ", by=world.gwen)


def test_a_hold_stops_the_reminders_and_not_the_clock(world, duty):
    services.hold(duty=duty, reason="The chief constable is ill.", by=world.eve)
    services.hold(duty=duty, reason="Again.", by=world.gwen)
    jobs.remind(today=date(2026, 10, 2))
    assert not duty.reminders.exists()
    assert Hold.objects.count() == 1
    with clock.frozen(LATE):
        services.explain_lateness(duty=duty, text="It comes in October.", by=world.gwen)

    services.resume(duty=duty, by=world.gwen)
    services.resume(duty=duty, by=world.gwen)
    jobs.remind(today=date(2026, 10, 2))

    assert [reminder.days for reminder in duty.reminders.all()] == [1]  # the step of now alone
    assert AuditEntry.objects.filter(event="duty.resumed").count() == 1


def test_lateness_is_explained_to_the_public_once_it_is_there(world, duty, client):
    with pytest.raises(WrongState):
        services.explain_lateness(duty=duty, text="Not yet.", by=world.gwen)
    public = reverse("public:area", args=[world.area.slug])
    with clock.frozen(LATE):
        assert "The partnership has not said why." in client.get(public).content.decode()
        for text in ("It comes in October.", "It comes on 20 October.", "It comes on 20 October."):
            services.explain_lateness(duty=duty, text=text, by=world.eve)
        page = client.get(public).content.decode()

    assert "It comes on 20 October." in page
    assert "It comes in October." not in page
    assert "not yet published. It was due on 30 September 2026 and is late by 3 days" in page
    assert LateStatement.objects.count() == 2
    letters = telling.of("late_explained")
    assert letters.count() == 2 * 7
    assert not letters.filter(text__contains="October.").exists()


def test_what_people_said_of_a_duty_is_never_changed_or_removed(world, duty):
    services.set_target(duty=duty, on=date(2026, 9, 20), reason="The board meets.", by=world.gwen)
    held = services.hold(duty=duty, reason="Ill.", by=world.gwen)

    for act in (
        lambda: LocalTarget.objects.update(on=TODAY),
        lambda: LocalTarget.objects.all().delete(),
        lambda: Hold.objects.update(reason="Well."),
        lambda: Hold.objects.filter(pk=held.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    services.resume(duty=duty, by=world.gwen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.update(ended_at=None, ended_as="")


def propose(**more):
    told = {
        "rule_key": "yearly_report", "first_due": date(2026, 9, 30), "last_due": date(2026, 9, 30),
        "moved_to": date(2026, 12, 18), "source": "An invented letter of 1 September 2026", "by": "Pat Operator",
    }  # fmt: skip
    return relaxing.propose(**{**told, **more})


def test_a_national_date_moves_by_two_operators_and_the_first_one_stays_beside_it(world, duty):
    jobs.remind(today=TODAY)
    row = propose()
    assert propose() == row
    assert {moved.area for moved in relaxing.would_move(row)} == {world.area, world.other_area}
    with pytest.raises(WrongState):
        relaxing.confirm(row=row, by="pat operator")
    duty.refresh_from_db()
    assert duty.due_on == date(2026, 9, 30)

    relaxing.confirm(row=row, by="Sam Second")
    with pytest.raises(Conflict):
        relaxing.confirm(row=row, by="Sam Second")

    duty.refresh_from_db()
    assert (duty.first_due_on, duty.due_on) == (date(2026, 9, 30), date(2026, 12, 18))
    jobs.remind(today=date(2026, 12, 4))
    assert [(row.due_on.month, row.days) for row in duty.reminders.all()] == [(9, -30), (12, -14)]
    assert Duty.objects.get(area=world.area, period_label="2026-27", rule_key="yearly_report").due_on.month == 9


def test_what_is_declined_moves_nothing_and_is_not_confirmed_afterwards(duty):
    row = propose()
    relaxing.decline(row=row, by="Sam Second")

    with pytest.raises(Conflict):
        relaxing.confirm(row=row, by="Third Person")
    duty.refresh_from_db()
    assert duty.relaxation is None


def test_an_operator_relaxes_by_command_and_sees_first_what_would_move(duty, capsys):
    dates = ["--first-due", "2026-09-30", "--last-due", "2026-09-30", "--to", "2026-12-18"]
    call_command("relax", "propose", "yearly_report", *dates, "--source", "A letter", "--by", "Pat")
    shown = capsys.readouterr().out
    assert f"{duty.area}: {duty.title}, from 2026-09-30 to 2026-12-18" in shown
    number = str(Relaxation.objects.get().pk)
    with pytest.raises(CommandError, match="second person"):
        call_command("relax", "confirm", number, "--by", "Pat")
    call_command("relax", "confirm", number, "--by", "Sam")
    assert "2 dates were moved." in capsys.readouterr().out
    call_command("relax", "list")
    assert "confirmed by Sam, proposed by Pat" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no rule"):
        call_command("relax", "propose", "nothing", *dates, "--source", "A letter", "--by", "Pat")


@pytest.mark.parametrize("year", [2028, 2029])
def test_a_date_on_a_weekend_stays_and_is_told_of_on_the_last_working_day_before_it(world, year):
    due_on = date(year, 9, 30)
    day = date(year - 1, 6, 1)
    jobs.open_duties(today=day)
    friday = due_on - timedelta(days=due_on.weekday() - 4)
    duty = Duty.objects.get(area=world.area, rule_key="yearly_report", due_on=due_on)
    for days in range(-7, 1):
        jobs.remind(today=due_on + timedelta(days=days))

    assert (friday - due_on).days in {row.days for row in duty.reminders.all()}


def test_nothing_that_somebody_typed_goes_into_a_mail(world):
    services.agree_cycle(
        area=world.area, rule_key="section_11", title="Typed by a person", first_on=date(2026, 9, 20),
        every_months=None, agreed_where="Minutes", by=world.gwen,
    )  # fmt: skip
    jobs.remind(today=TODAY)

    assert telling.of("reminder").filter(title__contains="section 11").exists()
    assert not telling.of("reminder").filter(text__contains="Typed by").exists()
    assert not OutgoingMail.objects.filter(text__contains="Typed by").exists()


def test_the_next_report_draws_on_how_the_last_one_stood_to_its_date_and_is_reminded_of_it(world):
    jobs.open_duties(today=date(2025, 10, 1))
    last = Duty.objects.get(area=world.area, period_label="2024-25")
    services.explain_lateness(duty=last, text="We waited\nfor the audit.", by=world.gwen)
    version = worlds.written(world)
    (warned,) = checks.last_one_was_late(version)
    assert checks.TOKEN in warned.sentence

    worlds.write(version.sections.get(key="training"), f"Late: {checks.TOKEN}", world.gwen)
    assert checks.last_one_was_late(version) == []
    frozen = documents.send_for_sign_off(version=version, by=world.gwen)
    assert "Due on 30 September 2025; not yet everything of it is on record." in frozen.content
    assert "The partners said of it: “We waited for the audit.”" in frozen.content


def test_a_report_that_was_in_time_warns_of_nothing_and_the_page_gives_the_second_test(world, client):
    version = worlds.published(world, label="2024-25")
    jobs.open_duties(today=TODAY)
    duty = Duty.objects.get(area=world.area, period_label="2025-26")
    client.force_login(world.gwen)

    page = client.get(reverse("deadlines:duty", args=[world.area.slug, duty.pk])).content.decode()

    published = clock.london_day(version.published_at)
    assert published == TODAY
    assert "published on 14 September 2026, so the next is due by 14 September 2027" in page
    assert checks.last_one_was_late(worlds.written(world)) == []
