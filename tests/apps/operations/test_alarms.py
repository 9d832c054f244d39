"""An alarm rings once for each trouble, tells the operators once, holds back when it flaps, ends, and is kept."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError

from partnership import clock
from partnership.mail.models import OutgoingMail
from partnership.operations import alarms, beating, health, jobs, watch
from partnership.operations.beating import Run
from partnership.operations.management.commands import watch as command
from partnership.operations.models import Alarm, Heartbeat
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def ros(db):
    return worlds.operator()


@pytest.fixture(autouse=True)
def broker_answers(monkeypatch):
    monkeypatch.setattr(health, "_ask_broker", lambda: None)


def later(minutes):
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def well():
    """Everything ended well at this moment."""
    now = clock.real()
    beating.write([Run(job.name, now, now) for job in watch.WATCHED])


def failing(name="duties_opened", times=3):
    for _ in range(times):
        beating.write([Run(name, clock.real(), clock.real(), failure="OSError")])


def look():
    """At the signs of life alone, so that the mail about an alarm, which nobody sends here, is not one itself."""
    return alarms.look(with_rows=False)


def letters():
    return OutgoingMail.objects.filter(purpose="alarm")


def test_one_alarm_and_one_mail_however_often_it_is_looked_at(ros, caplog):
    well()
    with later(6):
        for _ in range(3):
            look()

    alarm = Alarm.objects.get()
    assert (alarm.job, alarm.trouble, alarm.ended_at) == ("tick", "late", None)
    assert alarm.since == clock.real()
    assert alarm.told_at == alarm.began_at == clock.real() + timedelta(minutes=6)
    assert caplog.text.count("alarm_began job=tick trouble=late") == 1
    letter = letters().get()
    assert letter.to == ros.email
    assert letter.subject == "The sweep: late"
    assert "14 September 2026 at 9:00am" in letter.text
    assert "/operations/" in letter.text
    assert watch.JOBS["tick"].to_do in letter.text


def test_it_ends_when_the_job_is_well_again_and_is_kept(ros, caplog):
    well()
    with later(6):
        look()
    with later(8):
        well()
        look()

    alarm = Alarm.objects.get()
    assert alarm.ended_at == clock.real() + timedelta(minutes=8)
    assert "alarm_ended job=tick" in caplog.text
    with pytest.raises(IntegrityError, match="operations_alarm_is_kept"):
        alarm.delete()


def test_each_operator_in_force_is_written_to_and_nobody_else(ros):
    worlds.operator("Ada")
    gone = worlds.operator("Gone")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    worlds.person("Somebody")
    well()
    failing()

    look()

    assert {address.split("@")[0].rstrip("0123456789") for address in letters().values_list("to", flat=True)} == {
        "ros",
        "ada",
    }
    assert set(letters().values_list("subject", flat=True)) == {"Opening duties: failing"}


def test_without_an_operator_it_rings_and_says_that_nobody_was_told(db):
    well()
    failing()
    look()

    assert Alarm.objects.get().told_at is None
    assert not letters().exists()


def test_what_flaps_is_written_about_once_an_hour(ros):
    for minute in range(0, 60, 4):
        with later(minute):
            well()
            failing()
            look()
        with later(minute + 2):
            well()
            look()

    assert Alarm.objects.count() == 15
    assert letters().count() == 1
    assert Alarm.objects.filter(told_at=None).count() == 14


def test_what_was_held_back_is_told_once_the_hour_is_over_if_it_still_rings(ros):
    for minute in (0, 10):
        with later(minute):
            well()
            failing()
            look()
        with later(minute + 1):
            if minute == 0:
                well()
            look()
    assert letters().count() == 1

    with later(59):
        look()
    assert letters().filter(subject__startswith="Opening duties").count() == 1
    with later(61):
        look()
        look()

    assert letters().filter(subject__startswith="Opening duties").count() == 2


def test_another_job_is_told_of_within_the_same_hour(ros):
    well()
    failing()
    look()
    failing("reminders_queued")
    look()

    assert set(letters().values_list("subject", flat=True)) == {
        "Opening duties: failing",
        "Reminding of duties: failing",
    }


def test_a_sweep_rings_for_its_own_steps(ros, world, monkeypatch):
    monkeypatch.setattr(jobs.deadlines, "open_duties", lambda **_: 1 / 0)
    for minute in range(3):
        with later(minute):
            assert not Alarm.objects.exists()
            jobs.sweep()

    assert Alarm.objects.get().job == "duties_opened"
    assert letters().count() == 1


def test_an_alarm_that_cannot_be_rung_does_not_stop_the_sweep(world, monkeypatch, caplog):
    monkeypatch.setattr(jobs.alarms, "look", lambda: 1 / 0)

    assert jobs.sweep()["duties_opened"] == 6
    assert "alarms_failed" in caplog.text


def test_a_sweep_after_a_long_silence_rings_nothing(ros, world):
    jobs.sweep()
    with later(24 * 60):
        jobs.sweep()

    assert not Alarm.objects.exists()


def test_a_dead_sweep_is_rung_by_whoever_looks_at_readyz(ros, client):
    well()
    with later(6):
        first, second = client.get("/readyz"), client.get("/readyz")

    assert first.json()["jobs_late"] == second.json()["jobs_late"] == 1
    assert Alarm.objects.get().job == "tick"
    assert letters().count() == 1


def test_readyz_says_nothing_of_rows_and_ends_no_alarm_about_them(client):
    well()
    Alarm.objects.create(job="mail_queued", trouble="late", since=clock.real())

    client.get("/readyz")

    assert Alarm.objects.get().ended_at is None


def test_an_alarm_of_a_job_that_there_is_no_more_ends(db):
    Alarm.objects.create(job="before_the_update", trouble="late", since=clock.real())
    well()

    look()

    assert Alarm.objects.get().ended_at == clock.real()


def test_a_message_that_nobody_sends_rings_once_the_relay_was_tried(ros, places):
    places.send()
    with later(6):
        alarms.look()
        assert not Alarm.objects.exists()
        well()
        alarms.look()

    assert Alarm.objects.get().job == "mail_queued"


def test_the_command_is_content_where_all_is_well(capsys, db):
    well()

    call_command("watch")

    assert capsys.readouterr().out == "All is well.\n"


def test_the_command_says_what_is_late_and_ends_with_one(capsys, ros):
    well()
    with later(12), pytest.raises(CommandError, match=r"1 thing needs somebody\.") as ended:
        call_command("watch")

    told = capsys.readouterr().out
    assert told == f"The sweep: late, for 12 minutes now. {watch.JOBS['tick'].to_do}\n"
    assert ended.value.returncode == 1
    assert Alarm.objects.get().told_at


@pytest.mark.parametrize("never", [True, False])
def test_the_command_tells_of_what_never_ran_and_of_the_broker(capsys, db, monkeypatch, never):
    if not never:
        well()
    monkeypatch.setattr(command.broker, "lengths", lambda queues: 1 / 0)

    with pytest.raises(CommandError):
        call_command("watch")

    assert ("The sweep: never ran." in (told := capsys.readouterr().out)) == never
    assert command.BROKER in told


def test_the_command_says_in_a_sentence_that_the_database_does_not_answer(monkeypatch):
    def down():
        raise DatabaseError("connection to db.internal refused")

    monkeypatch.setattr(command.alarms, "look", down)

    with pytest.raises(CommandError, match="The database does not answer"):
        call_command("watch")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"job": ""}, "operations_alarm_names_its_job"),
        ({"trouble": "odd"}, "operations_alarm_trouble_is_known"),
        ({"ended_at": "2024-01-01T00:00Z"}, "operations_alarm_ends_after_it_began"),
    ],
)
def test_the_database_refuses_nonsense(db, change, rule):
    with pytest.raises(IntegrityError, match=rule):
        Alarm.objects.create(**{"job": "tick", "trouble": "late", "since": clock.real(), **change})


def test_two_open_alarms_of_one_job_are_refused(db):
    Alarm.objects.create(job="tick", trouble="late", since=clock.real())

    with pytest.raises(IntegrityError, match="operations_one_open_alarm_of_a_job"):
        Alarm.objects.create(job="tick", trouble="failing", since=clock.real())


@pytest.mark.parametrize("change", [{"job": "other"}, {"since": "2024-01-01T00:00Z"}, {"told_at": None}])
def test_what_rang_is_not_rewritten(db, change):
    alarm = Alarm.objects.create(job="tick", trouble="late", since=clock.real(), told_at=clock.real())

    with pytest.raises(IntegrityError, match="operations_alarm_is_kept"):
        Alarm.objects.filter(pk=alarm.pk).update(**change)


def test_a_look_at_what_is_well_costs_two_queries(db, django_assert_num_queries):
    well()
    assert Heartbeat.objects.count() == len(watch.WATCHED)

    with django_assert_num_queries(2):
        alarms.look(with_rows=False)
    with django_assert_num_queries(9):  # with the rows that wait, and whether nothing leaves
        alarms.look()
