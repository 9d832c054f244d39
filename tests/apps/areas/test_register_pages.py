"""The register on its pages: ends and beginnings, vacancies, hand-overs, turns of the chair, relevant agencies, reviews."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from partnership.areas import jobs, marks, services
from partnership.areas.models import (
    AccessReview,
    Appointment,
    ChairTurn,
    HandOver,
    RelevantAgency,
    Vacancy,
)
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from tests import worlds
from tests.apps.areas.test_office_pages import AGENCY, TODAY, held, page, read, send

pytestmark = pytest.mark.django_db


def test_what_ends_and_begins_is_listed_with_the_last_day(client, world):
    services.end_appointment(appointment=held(world.dev, Office.DSP), until=date(2026, 10, 1), by=world.gwen)
    worlds.appoint(world.ines, Office.OBSERVER, world.area, since=date(2026, 11, 1))

    text = read(client, world, "amina", "changes")

    assert "30 September 2026" in text
    assert "1 November 2026" in text


def test_a_vacancy_is_on_the_register_and_can_be_planned_for(client, world):
    jobs.find_vacancies(today=TODAY)
    vacancy = Vacancy.objects.get(area=world.area)

    answer = send(client, world, "gwen", {"plan": "Named in May."}, "vacancy", vacancy.pk)

    assert answer.url == page(world, "people")
    text = read(client, world, "amina", "people")
    assert "Named in May." in text
    assert "Fill or plan" not in text


def test_who_has_chaired_is_shown_with_the_last_day(client, world):
    services.end_appointment(appointment=held(world.eve, Office.CHAIR), until=date(2026, 9, 21), by=world.gwen)

    assert "Eve, from 1 January 2024 to 20 September 2026" in read(client, world, "amina", "chair")


def test_a_hand_over_is_ticked_from_its_page(client, world):
    services.end_appointment(appointment=held(world.dev, Office.DSP), until=date(2026, 10, 1), by=world.gwen)
    item = HandOver.objects.get().items.first()

    assert "Note as done" in read(client, world, "dev", "hand_overs")
    assert "Note as done" not in read(client, world, "amina", "hand_overs")
    answer = send(client, world, "dev", {}, "tick", item.pk)

    assert answer.status_code == 302
    assert "Done on 14 September 2026, Dev" in read(client, world, "amina", "hand_overs")


def test_a_hand_over_of_another_area_is_not_ticked(client, world):
    services.end_appointment(appointment=held(world.dev, Office.DSP), until=date(2026, 10, 1), by=world.gwen)
    item = HandOver.objects.get().items.first()
    client.force_login(world.harry)

    assert client.post(reverse("areas:tick", args=[world.other_area.slug, item.pk])).status_code == 404


def test_turns_of_the_chair_are_planned_and_taken_out(client, world):
    typed = {"seat": world.council.pk, "since_day": "1", "since_month": "4", "since_year": "2027", "once": uuid4()}

    for _ in range(2):
        assert send(client, world, "eve", typed, "chair").status_code == 302
    refused = send(client, world, "gwen", {**typed, "since_year": "2028", "once": uuid4()}, "chair")
    turn = ChairTurn.objects.get()

    assert refused.status_code == 409
    assert "From 1 April 2027" in read(client, world, "amina", "chair")
    assert send(client, world, "amina", {}, "remove_turn", turn.pk).status_code == 403
    for _ in range(2):
        assert send(client, world, "gwen", {}, "remove_turn", turn.pk).status_code == 302
    assert not ChairTurn.objects.exists()


def test_a_turn_in_the_past_is_refused_at_its_last_day(client, world):
    typed = {
        "seat": world.council.pk, "since_day": "1", "since_month": "4", "since_year": "2025", "last_day": "13",
        "last_month": "9", "last_year": "2026", "once": uuid4(),
    }  # fmt: skip

    answer = send(client, world, "gwen", typed, "chair")

    assert answer.context["form"].errors["last"] == ["This turn is over already. The last day must be today or later"]
    assert not ChairTurn.objects.exists()


def test_a_relevant_agency_is_named_changed_and_dropped(client, world):
    send(client, world, "gwen", AGENCY, "name_agency")
    seat = RelevantAgency.objects.get().seat
    twice = send(client, world, "gwen", AGENCY, "name_agency")
    again = send(client, world, "gwen", {**AGENCY, "once": uuid4()}, "name_agency")
    changed = {**AGENCY, "reason": "Because it must.", "seen": marks.of_agency(seat)}
    send(client, world, "gwen", changed, "change_agency", seat.pk)

    text = read(client, world, "amina", "agencies")

    assert (twice.status_code, again.status_code) == (302, 409)
    assert "Because it must." in text
    assert "Criminal justice (to be confirmed)" in text
    for _ in range(2):
        assert send(client, world, "gwen", {}, "drop_agency", seat.pk).status_code == 302
    assert "Until 14 September 2026" in read(client, world, "amina", "agencies")


def test_an_ended_agency_is_to_read_and_says_its_last_day(client, world):
    send(client, world, "gwen", AGENCY, "name_agency")
    seat = RelevantAgency.objects.get().seat
    stale = {**AGENCY, "reason": "Because it must.", "seen": marks.of_agency(seat)}
    for _ in range(2):
        answer = send(client, world, "gwen", {}, "drop_agency", seat.pk)
    assert "is ended already. Its last day is 14 September 2026." in client.get(answer.url).content.decode()
    before = AuditEntry.objects.count()

    text = read(client, world, "gwen", "change_agency", seat.pk)
    late = send(client, world, "gwen", stale, "change_agency", seat.pk)

    assert "Its last day is 14 September 2026." in text
    assert "Save the changes" not in text and "End its place" not in text
    assert "Nothing was changed." in client.get(late.url).content.decode()
    assert RelevantAgency.objects.get().reason == AGENCY["reason"]
    assert AuditEntry.objects.count() == before


def test_what_is_no_relevant_agency_of_the_area_is_not_there_to_be_ended(client, world):
    elsewhere = worlds.seat(world.other_area, "Otherham Scouts", "other", "relevant")

    for unknown in (elsewhere.pk, world.police.pk, 0):
        assert send(client, world, "gwen", {}, "drop_agency", unknown).status_code == 404
        assert send(client, world, "gwen", {}, "change_agency", unknown).status_code == 404


def test_an_access_review_is_signed_from_its_page(client, world):
    jobs.open_access_reviews(today=TODAY)
    review = AccessReview.objects.get(seat=world.council)
    rows = Appointment.objects.filter(seat=world.council)
    verdicts = {f"verdict_{row.pk}": "keep" for row in rows}

    missing = send(client, world, "dev", {"agree": "on"}, "access_review", review.pk)
    unticked = send(client, world, "dev", verdicts, "access_review", review.pk)
    signed = send(client, world, "dev", {**verdicts, "agree": "on"}, "access_review", review.pk)
    again = send(client, world, "dev", {**verdicts, "agree": "on"}, "access_review", review.pk)

    assert "Say whether the access of Amina is still right" in missing.content.decode()
    assert "Tick the statement" in unticked.content.decode()
    assert (signed.status_code, again.status_code) == (302, 302)
    assert "Signed by Dev" in read(client, world, "amina", "access_reviews")
    assert "still right" in read(client, world, "gwen", "access_review", review.pk)


def test_a_contributor_sees_people_and_is_told_who_may_see_the_rest(client, world):
    worlds.hold(world.ines, Office.CONTRIBUTOR, world.area)

    assert "Amina" in read(client, world, "ines", "people")
    assert "may see the area" in read(client, world, "ines", "area", status=403)
    assert "may see the area" in read(client, world, "ines", "timeline", status=403)
    client.force_login(world.ines)
    assert client.get(f"/areas/{world.area.slug}/documents/").status_code == 403


def test_the_register_costs_the_same_however_many_hold_an_office(client, world, django_assert_max_num_queries):
    def fill(number):
        for row in range(number):
            worlds.appoint(worlds.person(f"Extra{row}"), Office.OBSERVER, world.area, since=TODAY - timedelta(row + 1))

    fill(2)
    read(client, world, "gwen", "people")  # the first page of a session also makes that session
    with django_assert_max_num_queries(30) as few:
        read(client, world, "gwen", "people")
    fill(20)
    with django_assert_max_num_queries(30) as many:
        read(client, world, "gwen", "people")

    assert len(few) == len(many)
