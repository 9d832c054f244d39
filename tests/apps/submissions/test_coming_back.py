"""What comes back of a submission: believed at the right address alone, counted once, and dealt with by a person."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.deadlines.models import Duty
from partnership.errors import Conflict, WrongState
from partnership.mail.incoming import keeping
from partnership.mail.models import IncomingMail, OutgoingMail
from partnership.mail.workflow import Sort
from partnership.submissions import jobs, selectors, services
from partnership.submissions.models import DeliveryEvent, Submission
from reports import jobs as reports
from tests.apps.documents.test_races import ROUNDS, at_once
from tests.apps.mail import samples
from tests.apps.submissions.test_pages import read

pytestmark = pytest.mark.django_db
NEW = "new@panel.example"


@pytest.fixture
def panel(places):
    """The submission to the Panel, taken by the relay."""
    places.publish()
    places.deliver()
    return again(Submission.objects.get(party="national_panel"))


def again(submission):
    return Submission.objects.select_related("version__document__area", "mail").get(pk=submission.pk)


def bounce(submission):
    return samples.postfix_bounce(submission.mail.envelope_from, submission.mail.message_id)


def another_address(address=NEW, party="national_panel"):
    change = services.propose(
        party=party, address=address, source="A letter", evidence="S", valid_from=clock.today(), by="Olga Operator"
    )
    return services.confirm(change=change, by="Petra Second")


def uploaded(name, data):
    return SimpleUploadedFile(name, data)


def test_a_bounce_is_noted_once_told_at_once_and_takes_the_state_back(places, panel, came):
    before = set(OutgoingMail.objects.values_list("pk", flat=True))

    came(bounce(panel))
    came(bounce(panel))
    jobs.file_incoming()

    panel = again(panel)
    assert panel.bounced_at == clock.now()
    assert "It came back" in selectors.state(panel)
    assert list(selectors.bounced()) == [panel]
    assert AuditEntry.objects.get(event=Event.SUBMISSION_BOUNCED).data["code"] == "5.1.1"
    told = OutgoingMail.objects.exclude(pk__in=before)
    assert sorted(told.values_list("to", flat=True)) == [f"{who}@people.example" for who in ("amina", "ben", "gwen")]
    assert {mail.purpose for mail in told} == {"submission_bounced"}
    assert all(f"/areas/oakshire/submissions/{panel.pk}/" in mail.text and "550" not in mail.text for mail in told)


@pytest.mark.parametrize(
    "forged",
    [
        lambda row: samples.postfix_bounce(row.mail.reply_to, row.mail.message_id),
        lambda row: samples.postfix_bounce("no-reply@safeguarding.example", row.mail.message_id),
        lambda row: samples.postfix_bounce(f"submissions+{'0' * 32}@practice.example", row.mail.message_id),
        lambda row: samples.exchange_bounce("no-reply@safeguarding.example", row.mail.message_id),
        lambda row: samples.delivered(row.mail.reply_to, row.mail.message_id),
    ],
)
def test_a_report_that_does_not_come_to_the_return_path_changes_nothing_and_is_for_the_operator(
    panel, came, forged, capsys
):
    came(forged(panel))

    assert again(panel).bounced_at is None
    assert not DeliveryEvent.objects.exists()
    assert selectors.state(again(panel)) == selectors.STATES["sent"]
    call_command("incoming")
    assert "MAILER-DAEMON" in (listed := capsys.readouterr().out) or "postmaster" in listed


def test_an_operator_lists_what_belongs_to_nothing_and_writes_it_out_as_it_came(panel, came, capfdbinary):
    stray = samples.reply(f"submissions+{'0' * 32}@practice.example", "<nothing@of.ours>")
    came(stray)
    came(samples.reply(panel.mail.reply_to))

    call_command("incoming", "--json")
    (row,) = json.loads(capfdbinary.readouterr().out)
    assert (row["sort"], row["about"], row["subject"]) == (
        "reply",
        None,
        "RE: Ashdown Safeguarding Children Partnership: yearly report 2025-26",
    )
    call_command("incoming", "--raw", str(row["number"]))
    assert capfdbinary.readouterr().out == stray
    with pytest.raises(CommandError, match="no message 0"):
        call_command("incoming", "--raw", "0")


def test_the_database_refuses_a_report_that_nothing_proves_and_a_bounce_without_one(panel):
    keeping.keep(samples.postfix_bounce(panel.mail.reply_to, panel.mail.message_id))
    forged = IncomingMail.objects.get()

    with pytest.raises(IntegrityError, match="submissions_report_is_proved"), transaction.atomic():
        DeliveryEvent.objects.create(
            submission=panel, mail=panel.mail, incoming=forged, what=Sort.BOUNCED, at=clock.now()
        )
    with pytest.raises(IntegrityError, match="submissions_bounce_is_proved"), transaction.atomic():
        Submission.objects.filter(pk=panel.pk).update(bounced_at=clock.now())


def test_what_came_back_and_what_was_first_queued_never_changes(panel, came):
    came(bounce(panel))

    for act in (
        lambda: DeliveryEvent.objects.update(what=Sort.DELIVERED),
        lambda: DeliveryEvent.objects.get().delete(),
        lambda: panel.messages.update(queued_at=clock.now()),
        lambda: Submission.objects.filter(pk=panel.pk).update(queued_at=clock.now() + timedelta(1)),
        lambda: Submission.objects.filter(pk=panel.pk).update(mail=Submission.objects.exclude(pk=panel.pk).get().mail),
    ):
        with pytest.raises(IntegrityError, match="submissions_"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("sample", "words"),
    [(samples.delayed, "delayed on its way"), (samples.delivered, "Delivered to the recipient’s mail system")],
)
def test_a_delay_and_a_delivery_are_told_as_what_they_are(client, places, panel, came, sample, words):
    came(sample(panel.mail.envelope_from))

    assert words in selectors.state(again(panel))
    assert words in read(client, places).content.decode()
    assert again(panel).bounced_at is None


def test_delivery_outlasts_a_report_of_delay_that_comes_late(panel, came):
    came(samples.delivered(panel.mail.envelope_from))
    came(samples.delayed(panel.mail.envelope_from))

    assert selectors.state(again(panel)).startswith("Delivered")


def test_an_automatic_answer_acknowledges_nothing(client, places, panel, came):
    came(samples.out_of_office(panel.mail.reply_to))
    event = DeliveryEvent.objects.get()

    assert selectors.state(again(panel)) == selectors.STATES["sent"]
    with pytest.raises(WrongState, match="no reply of a person"):
        services.acknowledge_reply(event=event, by=places.person("gwen"))
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "out of the office until 12 October" in text
    assert "Record this as their acknowledgement" not in text


def test_what_came_back_before_the_next_look_is_no_fact_of_the_duty(places):
    places.duties()
    places.publish()
    keeping.keep(bounce(Submission.objects.get(party="national_panel")))

    places.deliver()  # which follows the submissions as well

    duty = Submission.objects.get(party="national_panel").version.document.duties.get()
    assert not duty.facts.filter(key="submitted:national_panel").exists()
    assert duty.facts.filter(key="submitted:foundations").exists()


def test_more_events_cost_the_lists_no_more_queries(client, places, panel, came, django_assert_max_num_queries):
    read(client, places)
    with django_assert_max_num_queries(22) as few:
        client.get("/areas/oakshire/submissions/")
    for row in Submission.objects.all():
        came(samples.delayed(row.mail.envelope_from))
        came(samples.reply(row.mail.reply_to))
    with django_assert_max_num_queries(len(few)):
        client.get("/areas/oakshire/submissions/")


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_in_the_same_instant_file_it_once(places, panel):
    for number in range(ROUNDS):
        keeping.keep(samples.reply(panel.mail.reply_to, words=f"Round {number}."))

        results = at_once(jobs.file_incoming, jobs.file_incoming)

        assert sum(results) == 1
    assert panel.events.count() == ROUNDS


@pytest.mark.django_db(transaction=True)
def test_two_who_send_anew_in_the_same_instant_send_once(places, panel):
    gwen = places.person("gwen")
    for number in range(ROUNDS // 4):
        keeping.keep(bounce(panel))
        jobs.file_incoming()
        panel = again(panel)

        results = at_once(*[lambda p=panel: services.send_anew(submission=p, by=gwen)] * 2)

        assert sum(isinstance(result, WrongState) for result in results) == 1
        assert panel.messages.count() == number + 2
        places.deliver()
        panel = again(panel)


@pytest.mark.django_db(transaction=True)
def test_two_who_acknowledge_in_the_same_instant_record_one(places, panel):
    gwen = places.person("gwen")

    results = at_once(
        *[
            lambda words=words: services.acknowledge(submission=panel, words=words, by=gwen)
            for words in ("One.", "Two.")
        ]
    )

    assert sum(isinstance(result, Conflict) for result in results) == 1


def test_a_bounce_opens_the_duty_again_and_what_reaches_the_body_after_all_closes_it(places, came):
    places.duties()
    places.publish()
    places.deliver()
    panel = Submission.objects.get(party="national_panel")
    reports.follow_submissions()
    duty = Duty.objects.get(area=places.area, period_label="2025-26")
    assert duty.closed_at

    came(bounce(panel))
    reports.follow_submissions()
    reports.follow_submissions()
    duty.refresh_from_db()
    assert duty.is_open
    assert duty.facts.get(key="submitted:national_panel").fallen_because

    another_address()
    services.send_anew(submission=again(panel), by=places.person("gwen"))
    reports.follow_submissions()
    duty.refresh_from_db()
    assert duty.is_open
    with clock.frozen(clock.now() + timedelta(days=1)):
        places.deliver()
        reports.follow_submissions()
    duty.refresh_from_db()
    assert clock.london_day(duty.closed_at) == clock.today() + timedelta(days=1)
    assert duty.facts.filter(key="submitted:national_panel").count() == 2
