"""The page of the operators: what is in trouble, since when, what to do; and nothing of anybody's work."""

import re
from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import Operator
from partnership.mail import holding
from partnership.mail.models import Instance, OutgoingMail
from partnership.operations import alarms, beating, page, watch
from partnership.operations.beating import Run
from partnership.operations.broker import lengths as really_waits
from partnership.operations.models import Alarm, Heartbeat
from partnership.submissions.models import Recipient
from tests import worlds

pytestmark = pytest.mark.django_db
PAGE = "/operations/"


@pytest.fixture(autouse=True)
def lengths(monkeypatch):
    """What waits in the broker, as a test needs it; the real one is asked in a test of its own."""
    waits = {"default": 0, "mail": 1, "pdf": 12}
    monkeypatch.setattr(page.broker, "lengths", lambda queues: waits)
    return waits


@pytest.fixture
def ros(client, db):
    client.force_login(worlds.operator())
    return client


def later(minutes):
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def well():
    now = clock.real()
    beating.write([Run(job.name, now, now, 2) for job in watch.WATCHED])


def seen(client):
    text = client.get(PAGE).content.decode()
    body = re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1].split("</main>", 1)[0])
    return " ".join(body.replace("&#x27;", "'").split())


def part(key):
    return next(part for part in page.parts(page.seen()) if part.key == key)


def row(key, title):
    return next(row for row in part(key).rows if row.title == title)


def test_an_operator_opens_it_and_finds_it_in_the_menu(ros):
    answer = ros.get(PAGE)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert 'href="/operations/" aria-current="true"' in answer.content.decode()


def test_for_everybody_else_it_is_not_there(client, world):
    assert client.get(PAGE)["Location"].startswith("/account/login/")
    for who in (world.gwen, world.amina, worlds.person("Nobody")):
        client.force_login(who)
        assert client.get(PAGE).status_code == 404
        assert "/operations/" not in client.get("/").content.decode()


def test_it_is_closed_at_the_request_after_the_grant_ended(ros):
    assert ros.get(PAGE).status_code == 200

    accounts.end_operator(operator=Operator.objects.get(), because="Left.", by="Ada")

    assert ros.get(PAGE).status_code == 404


def test_an_operator_with_an_office_keeps_both(client, world):
    accounts.grant_operator(person=world.gwen, since=clock.today(), reason="Small team.", by="Ada")
    client.force_login(world.gwen)

    area = client.get(f"/areas/{world.area.slug}/").content.decode()

    assert client.get(PAGE).status_code == 200
    assert 'href="/operations/"' in area
    assert f'href="/areas/{world.area.slug}/submissions/"' in area


def test_where_all_is_well_nothing_needs_anybody(ros):
    worlds.national_bodies()
    Recipient.objects.update(checked_on=clock.today())
    well()

    told = seen(ros)

    assert "Nothing. Everything that is watched runs" in told
    assert "What to do" not in told
    assert "Opening duties Last ended well 0 seconds ago, and did 2. Well" in told


def test_a_dead_sweep_is_told_once_with_what_to_do(ros):
    well()
    with later(12):
        needs = part("to-do")
        jobs = part("jobs")

    assert [row.title for row in needs.rows] == ["The sweep"]
    assert needs.rows[0].to_do == watch.JOBS["tick"].to_do
    late = next(row for row in jobs.rows if row.title == "Opening duties")
    assert (late.tag, late.to_do) == ("Late", "")
    assert "See to “The sweep” first: this waits for it." in late.lines


def test_a_failure_is_told_by_its_class(ros):
    well()
    with later(1):
        for _ in range(3):
            beating.write([Run("reminders_queued", clock.real(), clock.real(), failure="OperationalError")])
        told = seen(ros)

    assert "Failed 3 times in a row, last 0 seconds ago with OperationalError." in told
    assert "Look for “job_failed step=reminders_queued” in the worker’s log" in told
    assert "OperationalError (jobs that fail with it now) 1" in told


def test_steps_that_are_well_are_folded_away_and_the_others_are_in_sight(ros):
    well()
    beating.write([Run("reminders_queued", clock.real(), clock.real(), failure="OSError")])

    jobs = part("jobs")

    assert [row.title for row in jobs.rows] == [
        "The sweep",
        "Sending mail",
        "Making PDFs",
        "Fetching public pages",
        "Making the lists of fingerprints",
        "Reminding of duties",
    ]
    assert jobs.quiet_said == "22 steps of the sweep are well"
    assert len(jobs.quiet) == 22


def test_one_failure_is_shown_and_needs_nobody(ros):
    well()
    beating.write([Run("reminders_queued", clock.real(), clock.real(), failure="OSError")])

    failed = row("jobs", "Reminding of duties")

    assert (failed.tag, failed.to_do) == ("Failed", "")
    assert "Failed once, last 0 seconds ago with OSError." in failed.lines


def test_each_queue_says_how_much_waits_and_when_it_last_answered(ros):
    well()
    with later(1):
        told = {row.title: row.lines for row in part("queues").rows}

    assert told == {
        "The queue “default”": ("0 tasks wait.", "A worker last answered 1 minute ago."),
        "The queue “mail”": ("1 task waits.", "A worker last answered 1 minute ago."),
        "The queue “pdf”": ("12 tasks wait.", "A worker last answered 1 minute ago."),
    }


def test_a_broker_that_does_not_answer_is_said_and_breaks_nothing(ros, monkeypatch):
    monkeypatch.setattr(page.broker, "lengths", lambda queues: 1 / 0)
    well()

    told = seen(ros)

    assert "Broker What to do: See that the broker runs" in told
    assert "Its length is not known, because the broker does not answer." in told


def test_the_real_broker_tells_how_much_waits(db):
    assert set(really_waits(watch.QUEUES)) == set(watch.QUEUES)


def test_what_waits_is_counted_with_the_age_of_the_oldest(ros, places):
    places.send()
    with later(7):
        well()
        waits = row("waiting", "Messages in the queue")
        pdfs = row("waiting", "PDFs to be made")

    assert waits.tag == "Late"
    assert f"{OutgoingMail.objects.count()} waiting. The oldest has waited for 7 minutes" in waits.lines[0]
    assert "See that a worker serves the queue “mail”" in waits.to_do
    assert pdfs.tag == "1"
    assert not pdfs.to_do


def test_a_final_pdf_is_owed_since_the_last_signature(world):
    version = worlds.in_sign_off(world)
    with later(60 * 24):
        for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
            worlds.sign(version, place, who)
        assert "waited for 0 seconds" in row("waiting", "PDFs to be made").lines[0]


def test_bank_holidays_are_told_before_they_end():
    assert page._holidays(date(2026, 9, 14)).tag == "Well"
    assert page._holidays(date(2029, 12, 1)).tag == "Ends soon"
    assert page._holidays(date(2031, 1, 1)).tag == "Over"
    assert "england_bank_holidays.csv" in page._holidays(date(2031, 1, 1)).to_do


def test_an_address_that_nobody_looked_at_for_90_days_is_told(ros):
    worlds.national_bodies()
    Recipient.objects.update(checked_on=clock.today() - timedelta(days=91))
    stale = Recipient.objects.first()

    found = row("surroundings", f"Address of {stale.name}")

    assert found.lines == ("Last checked 91 days ago.",)
    assert f"recipients recheck {stale.party} " in found.to_do


def test_the_alarms_of_thirty_days_are_told_and_older_ones_are_not(ros):
    def rang(job, days, hours=1):
        began = clock.real() - timedelta(days=days)
        return Alarm.objects.create(
            job=job,
            trouble="late",
            since=began,
            began_at=began,
            ended_at=began + timedelta(hours=hours) if hours else None,
        )

    rang("queue:mail", 3)
    rang("messages_sent", 31)
    rang("tick", 40, hours=None)

    told = part("alarms").rows

    assert [(row.title, row.tag) for row in told] == [("The queue “mail”", "Over"), ("The sweep", "Rings")]
    assert "Over 11 September 2026 at 10:00am, after 1 hour." in told[0].lines


def test_it_tells_nothing_of_what_anything_is_about(ros, world):
    version = worlds.published(world)
    told = ros.get(PAGE).content.decode()

    for words in (world.area.name, world.area.slug, version.document.title, world.gwen.name, world.gwen.email):
        assert words not in told
    for mail in OutgoingMail.objects.all():
        assert mail.to not in told
        assert mail.subject not in told


def test_looking_changes_nothing(ros):
    well()
    with later(12):
        ros.get(PAGE)

    assert not Alarm.objects.exists()
    assert Heartbeat.objects.count() == len(watch.WATCHED)


def test_it_costs_the_same_however_much_waits_and_fails(ros, places, django_assert_max_num_queries):
    worlds.national_bodies()
    well()
    ros.get(PAGE)
    with django_assert_max_num_queries(24) as few:
        ros.get(PAGE)
    for number in range(3):
        places.send(places.open(f"shire-{number}"))
    for job in watch.WATCHED:
        for _ in range(3):
            beating.write([Run(job.name, clock.real(), clock.real(), failure="OSError")])
    with later(20):
        alarms.look()
        with django_assert_max_num_queries(len(few)):
            ros.get(PAGE)


def test_a_hold_after_a_restored_backup_is_said_with_what_differs_and_what_to_do(ros, world, settings):
    settings.MAIL_ARCHIVE = ""
    assert holding.hold() is None
    Instance.objects.update(identity="another/1/2")
    assert holding.hold()

    shown = ros.get(PAGE).content.decode()

    assert "Compare the outbox with what left" in shown
    assert "No archive is set up" in shown
    settings.MAIL_ARCHIVE = "partnership.practice.mailbox"
    shown = ros.get(PAGE).content.decode()
    assert "Compared with the archive since" in shown


def test_what_waits_because_of_a_hold_is_no_trouble_of_its_own(ros, places):
    holding.hold()
    Instance.objects.update(identity="another/1/2")
    assert holding.hold()
    places.send()
    well()

    with clock.frozen(clock.now() + timedelta(hours=2)):
        found = {finding.name for finding in alarms.standing()}

    assert not {"mail_queued", "mail_waiting"} & found
    assert "mail_uncertain" in found
