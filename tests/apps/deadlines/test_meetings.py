"""Meetings of the lead partners: put on record, called off, never rewritten; every plan of the area follows them."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.areas.models import LeadMeeting
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.contributions import selectors as contributions
from partnership.dashboard import lines
from partnership.deadlines import jobs, presenting
from partnership.deadlines.meetings import call_off_meeting, record_meeting
from partnership.deadlines.models import Duty
from partnership.drafting import selectors as drafting
from partnership.errors import NotAllowed, WrongState
from tests import worlds
from tests.apps.documents.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
IN_MARCH = datetime(2026, 3, 2, 9, tzinfo=clock.LONDON)


def record(world, on=date(2026, 9, 16), called="Lead partners’ meeting", by="gwen"):
    return record_meeting(area=world.area, on=on, called=called, by=getattr(world, by))


def report_of(world):
    jobs.open_duties(today=TODAY)
    return Duty.objects.get(area=world.area, rule_key="yearly_report", period_label="2025-26")


def days(duty):
    return {step.key: step.on for step in presenting.plan_of(Duty.objects.get(pk=duty.pk)).steps}


def test_a_meeting_is_on_record_once_with_who_said_so(world):
    row = record(world)

    assert record(world) == row
    assert (row.said_by, row.said_as) == (world.gwen, "Gwen, Business manager")
    assert AuditEntry.objects.filter(event="meeting.recorded").count() == 1
    assert record(world, called="With the scrutineer") != row


@pytest.mark.parametrize(
    ("on", "called"),
    [(TODAY - timedelta(days=1), "Meeting"), (date(2029, 9, 15), "Meeting"), (TODAY, "  "), (TODAY, "x" * 161), (TODAY, "[[x]]")],
)  # fmt: skip
def test_a_day_that_is_over_or_far_away_and_a_meeting_without_a_name_are_refused(world, on, called):
    with pytest.raises(WrongState):
        record(world, on=on, called=called)

    assert not LeadMeeting.objects.exists()


def test_only_those_who_may_set_the_areas_own_dates_record_and_call_off(world):
    row = record(world, by="eve")
    for name in ("amina", "dev", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            record(world, by=name)
        with pytest.raises(NotAllowed):
            call_off_meeting(meeting=row, reason="No.", by=getattr(world, name))


def test_a_meeting_is_called_off_once_with_a_reason_and_can_be_put_on_record_again(world):
    row = record(world)
    with pytest.raises(WrongState, match="Say why"):
        call_off_meeting(meeting=row, reason=" ", by=world.gwen)
    for reason in ("Two are away.", "Another reason."):
        call_off_meeting(meeting=row, reason=reason, by=world.eve)

    row.refresh_from_db()
    assert (row.is_on, row.off_because, row.off_as) == (False, "Two are away.", "Eve, Partnership chair")
    assert AuditEntry.objects.filter(event="meeting.called_off").count() == 1
    assert record(world) != row


def test_what_is_on_record_of_a_meeting_is_never_changed_or_removed(world):
    row = record(world)
    for act in (
        lambda: LeadMeeting.objects.update(on=TODAY),
        lambda: LeadMeeting.objects.update(called="Another"),
        lambda: LeadMeeting.objects.all().delete(),
        lambda: LeadMeeting.objects.update(off_at=clock.now()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    call_off_meeting(meeting=row, reason="Two are away.", by=world.gwen)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadMeeting.objects.update(off_at=None, off_as="", off_because="")


def test_the_plan_follows_a_meeting_and_no_longer_one_that_was_called_off(world):
    duty = report_of(world)
    before = days(duty)
    row = record(world)
    record_meeting(area=world.other_area, on=date(2026, 9, 18), called="Theirs", by=world.harry)
    bound = days(duty)
    call_off_meeting(meeting=row, reason="Two are away.", by=world.gwen)

    assert (before["signing_closes"], bound["signing_closes"]) == (date(2026, 9, 23), date(2026, 9, 16))
    assert days(duty) == before


def test_the_page_of_a_duty_says_why_each_step_lies_where_it_does(world, client):
    duty = report_of(world)
    client.force_login(world.amina)
    page = reverse("deadlines:duty", args=[world.area.slug, duty.pk])
    assert (
        "No meeting of the lead partners in the year before the date is on record." in client.get(page).content.decode()
    )
    record(world)
    text = client.get(page).content.decode()

    assert "for the meeting on 16 September" in text
    assert "before August, when many are away" in text
    assert "counted back alone it would be 26 August 2026" in text
    assert "the signing is planned for that meeting" in text
    assert "2 days to the date" in text


def test_the_line_of_the_year_and_the_days_that_are_suggested_are_those_of_the_plan(world):
    duty = report_of(world)
    document = worlds.begun(world)
    with clock.frozen(IN_MARCH):
        record(world, on=date(2026, 9, 9))
        planned = days(duty)
        marks = {mark.label: mark.on for mark in presenting.year_line(duty, None, clock.today()).marks}
        asked, written = contributions.suggested_due(document, clock.today()), drafting.written_by(document)

    assert marks["Signed by every lead partner"] == planned["signing_closes"] == date(2026, 9, 9)
    assert marks["Agreed by the delegated partners"] == planned["dsp_agreement"] == date(2026, 7, 31)
    assert (asked, written) == (planned["contributions_in"], planned["full_draft"])


def test_the_lines_of_many_areas_with_many_meetings_take_a_constant_number_of_queries(world):
    def queries():
        rows = Duty.objects.filter(period_label="2025-26", rule_key="yearly_report")
        rows = list(rows.select_related("area", "document").prefetch_related("facts"))
        with CaptureQueriesContext(connection) as asked:
            lines.draw(rows, TODAY)
        return len(rows), len(asked)

    report_of(world)
    few = queries()
    for number in range(6):
        place = worlds.area(f"More{number}")
        manager = worlds.person(f"Manager{number}")
        worlds.hold(manager, Office.BUSINESS_MANAGER, place)
        for week in range(4):
            on = TODAY + timedelta(weeks=week)
            record_meeting(area=place, on=on, called="Meeting", by=manager)
    jobs.open_duties(today=TODAY)
    many = queries()

    assert many[0] > few[0]
    assert many[1] == few[1]


def read(client, world, page, *more, name="gwen", **sent):
    client.force_login(getattr(world, name))
    address = reverse(f"deadlines:{page}", args=[world.area.slug, *more])
    return client.post(address, sent) if sent else client.get(address)


def day(on):
    return {"on_day": on.day, "on_month": on.month, "on_year": on.year}


def test_several_meetings_are_put_on_record_one_after_the_other(client, world):
    for on in (date(2026, 12, 9), date(2026, 10, 7)):
        answer = read(client, world, "add_meeting", called="Lead partners’ meeting", **day(on))
        assert answer.url == reverse("deadlines:add_meeting", args=[world.area.slug])
    form = client.get(answer.url).content.decode()
    text = read(client, world, "meetings", name="amina").content.decode()

    assert 'value="Lead partners’ meeting"' in form, "the name of the last one stands there for the next"
    assert form.rindex("7 October 2026") < form.rindex("9 December 2026")
    assert text.index("7 October 2026") < text.index("9 December 2026")
    assert "Recorded on 14 September 2026 by Gwen, Business manager" in text
    assert "Call off" not in text, "a lead partner reads"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"called": "Meeting"}, "Enter the day on which they meet"),
        ({"called": "", **day(TODAY)}, "Say what the meeting is called"),
        ({"called": "Meeting", **day(date(2026, 9, 13))}, "must be 14 September 2026 or later"),
        ({"called": "Meeting", **day(date(2029, 9, 15))}, "must be 14 September 2029 or earlier"),
        ({"called": "Meeting", "on_day": "31", "on_month": "2", "on_year": "2027"}, "must be a real date"),
        ({"called": "{{x}}", **day(TODAY)}, "Leave out double brackets"),
        ({"called": "x" * 161, **day(TODAY)}, "160 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(client, world, sent, sentence):
    answer = read(client, world, "add_meeting", **sent)
    text = answer.content.decode()

    assert sentence in text
    assert answer.status_code == 200
    assert not sent["called"] or f'value="{sent["called"]}"' in text
    assert f'value="{sent.get("on_day", "")}"' in text or "on_day" not in sent
    assert not LeadMeeting.objects.exists()


def test_a_meeting_is_called_off_on_its_page_and_stays_in_the_list(client, world):
    row = record(world)
    assert (
        "Say why the meeting does not take place" in read(client, world, "call_off", row.pk, reason="").content.decode()
    )
    read(client, world, "call_off", row.pk, reason="Two are away.")
    text = read(client, world, "meetings").content.decode()

    assert "called off on 14 September 2026 by Gwen, Business manager: Two are away." in text
    assert "No coming meeting is on record." in text
    assert read(client, world, "call_off", row.pk).status_code == 409


def test_a_meeting_that_is_over_is_listed_as_past(client, world):
    record(world, on=TODAY)
    with clock.frozen(datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)):
        text = read(client, world, "meetings").content.decode()

    assert (
        text.index("No coming meeting is on record.")
        < text.index("Past, newest first")
        < text.index("14 September 2026")
    )


def test_another_area_finds_nothing_and_who_may_not_is_told_who_may(client, world):
    row = record(world)
    theirs = record_meeting(area=world.other_area, on=TODAY, called="Theirs", by=world.harry)
    for page, *more in (("meetings",), ("add_meeting",), ("call_off", row.pk)):
        assert read(client, world, page, *more, name="harry").status_code == 404
    assert read(client, world, "call_off", theirs.pk).status_code == 404
    for page, *more in (("add_meeting",), ("call_off", row.pk)):
        answer = read(client, world, page, *more, name="amina")
        assert answer.status_code == 403
        assert "may set days of the area" in answer.content.decode()


def test_the_list_of_duties_leads_to_the_meetings(client, world):
    assert reverse("deadlines:meetings", args=[world.area.slug]) in read(client, world, "duties").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_record_or_call_off_the_same_meeting_at_once_leave_one_row():
    world = worlds.area_with_its_cast()
    for number in range(ROUNDS):
        on = TODAY + timedelta(days=number)
        at_once(*[lambda who=who, on=on: record(world, on=on, by=who) for who in ("gwen", "eve")])
        row = LeadMeeting.objects.get(on=on)
        at_once(
            *[
                lambda who=who, row=row: call_off_meeting(meeting=row, reason=f"Says {who.name}.", by=who)
                for who in (world.gwen, world.eve)
            ]
        )
    for event in ("meeting.recorded", "meeting.called_off"):
        assert AuditEntry.objects.filter(event=event).count() == ROUNDS
