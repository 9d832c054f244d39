"""The quarterly access review, and the check each June whether signatories can still sign in."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import jobs, selectors, services
from partnership.areas.models import AccessReview, Appointment, SignInCheck
from partnership.areas.quarters import Quarter
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

TODAY = date(2026, 9, 14)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_lies_in_one_quarter_and_its_review_is_due_within_it(day):
    quarter = Quarter.of(day)

    assert quarter.first <= day
    assert Quarter.of(quarter.first) == quarter
    assert Quarter.of(quarter.review_due_on) == quarter
    assert Quarter.of(quarter.first - timedelta(1)) != quarter


@pytest.fixture
def reviews(world):
    jobs.open_access_reviews(today=TODAY)
    return {row.seat: row for row in AccessReview.objects.filter(area=world.area)}


def keep_all(review):
    return {row.pk: "keep" for row in services.reviewing.to_review(review)}


pytestmark = pytest.mark.django_db


def test_a_quarter_opens_a_review_for_each_delegate_and_for_the_chair(world, reviews):
    assert set(reviews) == {world.council, world.police, None}
    assert {row.quarter for row in reviews.values()} == {"2026-Q3"}
    assert OutgoingMail.objects.filter(to=world.dev.email, subject__contains="2026-Q3").count() == 1


def test_opening_again_in_the_quarter_opens_nothing_and_the_next_quarter_opens_anew(world, reviews):
    assert jobs.open_access_reviews(today=TODAY) == 0
    assert jobs.open_access_reviews(today=date(2026, 10, 1)) == 4  # Otherham has no chair, and is in use


def test_the_review_of_an_area_without_a_chair_waits_for_one_and_no_mail_goes(client, world):
    chair = Appointment.objects.get(person=world.eve, office=Office.CHAIR)
    services.end_appointment(appointment=chair, until=TODAY, by=world.gwen)
    before = OutgoingMail.objects.filter(subject__contains="2026-Q3").count()

    jobs.open_access_reviews(today=TODAY)

    review = AccessReview.objects.get(area=world.area, seat=None)
    link = reverse("areas:access_review", args=[world.area.slug, review.pk])
    client.force_login(world.amina)
    assert "Waits for a partnership chair" in client.get(reverse("areas:access_reviews", args=[world.area.slug])).text
    assert "It waits for a partnership chair, and nobody is chair at present" in client.get(link).text
    assert (
        OutgoingMail.objects.filter(subject__contains="2026-Q3").count() == before + 2
    )  # to Dev and to Eve, for seats
    worlds.appoint(world.dev, Office.CHAIR, world.area, since=TODAY)
    client.force_login(world.dev)
    assert link in client.get("/").text
    services.sign_access_review(review=review, verdicts=keep_all(review), by=world.dev)


def test_the_delegate_signs_for_the_agency_with_what_was_seen(world, reviews):
    review = reviews[world.council]

    services.sign_access_review(review=review, verdicts=keep_all(review), by=world.dev)

    review.refresh_from_db()
    assert review.signed_by == world.dev
    assert {(line.person_name, line.verdict) for line in review.lines.all()} == {("Amina", "keep"), ("Dev", "keep")}
    assert AuditEntry.objects.get(event="access_review.signed").data["kept"] == 2


@pytest.mark.parametrize("name", ["amina", "eve", "gwen", "femi", "harry"])
def test_nobody_else_signs_it(world, reviews, name):
    with pytest.raises(NotAllowed):
        services.sign_access_review(review=reviews[world.council], verdicts={}, by=world.people[name])


def test_only_the_chair_signs_for_the_whole_partnership(world, reviews):
    with pytest.raises(NotAllowed, match="partnership chair"):
        services.sign_access_review(review=reviews[None], verdicts={}, by=world.dev)

    signed = services.sign_access_review(review=reviews[None], verdicts=keep_all(reviews[None]), by=world.eve)

    assert {line.person_name for line in signed.lines.all()} == {"Eve", "Femi", "Gwen"}


def test_a_review_needs_a_verdict_for_everybody(world, reviews):
    with pytest.raises(Incomplete) as refusal:
        services.sign_access_review(review=reviews[world.council], verdicts={}, by=world.dev)

    assert len(refusal.value.problems) == 2


def test_somebody_who_left_while_it_was_read_is_a_conflict(world, reviews):
    review = reviews[world.council]
    seen = {**keep_all(review), 999_999: "keep"}
    del seen[next(iter(seen))]

    with pytest.raises(Conflict, match="An office changed"):
        services.sign_access_review(review=review, verdicts=seen, by=world.dev)


def test_a_second_click_changes_nothing_and_another_signer_is_refused(world, reviews):
    review = reviews[world.council]
    for _ in range(2):
        services.sign_access_review(review=review, verdicts=keep_all(review), by=world.dev)
    worlds.appoint(world.ines, Office.DSP, world.area, world.council, basis="interim")

    with pytest.raises(WrongState, match="Dev has already signed"):
        services.sign_access_review(review=review, verdicts={}, by=world.ines)
    assert review.lines.count() == 2


def test_a_verdict_to_end_is_a_task_and_ends_nothing_by_itself(world, reviews):
    review, amina = reviews[world.council], Appointment.objects.get(person=world.amina)

    services.sign_access_review(review=review, verdicts={**keep_all(review), amina.pk: "end"}, by=world.dev)

    assert list(selectors.to_be_ended([world.area.pk], TODAY)) == [amina]
    assert list(selectors.to_be_ended([world.other_area.pk], TODAY)) == []
    services.end_appointment(appointment=amina, until=TODAY + timedelta(3), by=world.gwen)
    assert not selectors.to_be_ended([world.area.pk], TODAY)


def test_the_database_keeps_a_signed_review(world, reviews):
    review = services.sign_access_review(
        review=reviews[world.council], verdicts=keep_all(reviews[world.council]), by=world.dev
    )

    with pytest.raises(IntegrityError, match="areas_record_is_kept"), transaction.atomic():
        AccessReview.objects.filter(pk=review.pk).update(statement="Something else.")
    with pytest.raises(IntegrityError, match="areas_record_is_kept"), transaction.atomic():
        review.lines.update(verdict="end")


def in_june(day=1, month=6, hour=9):
    return clock.frozen(datetime(2026, month, day, hour, tzinfo=clock.LONDON))


def test_each_june_everybody_who_signs_is_asked_once(world):
    with in_june():
        asked = jobs.ask_who_can_sign_in(today=clock.today())
        again = jobs.ask_who_can_sign_in(today=clock.today())

    assert (asked, again) == (4, 0)
    assert {check.person for check in SignInCheck.objects.all()} == {world.amina, world.ben, world.cerys, world.olu}
    assert OutgoingMail.objects.filter(subject__contains="still sign in").count() == 4


def test_nobody_is_asked_before_june(world):
    assert jobs.ask_who_can_sign_in(today=date(2026, 5, 31)) == 0


def test_a_lead_who_comes_later_in_the_year_is_asked_then(world):
    with in_june():
        jobs.ask_who_can_sign_in(today=clock.today())
    elsewhere = worlds.seat(world.other_area, "Otherham Police", "police")
    worlds.appoint(world.ines, Office.LSP, world.other_area, elsewhere, since=date(2026, 7, 1))

    assert jobs.ask_who_can_sign_in(today=date(2026, 7, 2)) == 1


def test_signing_in_confirms_and_an_earlier_sign_in_does_not(world):
    User.objects.filter(pk=world.ben.pk).update(last_signed_in_at=datetime(2026, 5, 30, tzinfo=clock.LONDON))
    with in_june():
        jobs.ask_who_can_sign_in(today=clock.today())
    User.objects.filter(pk=world.amina.pk).update(last_signed_in_at=datetime(2026, 6, 2, tzinfo=clock.LONDON))

    with in_june(day=3):
        confirmed = [jobs.confirm_sign_ins(today=clock.today()) for _ in range(2)]

    assert confirmed == [1, 0]
    assert SignInCheck.objects.get(person=world.amina).confirmed_at
    assert not SignInCheck.objects.get(person=world.ben).confirmed_at
    assert AuditEntry.objects.filter(event="sign_in_check.confirmed", area_slug=world.area.slug).count() == 1
