"""Case reviews on screen: opened, recorded, corrected; bad days are refused at the field."""

import uuid
from datetime import date

import pytest

from partnership.case_reviews import services
from partnership.case_reviews.models import CaseReview, Step

pytestmark = pytest.mark.django_db


def day(on, name="on"):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def gwen(world, client):
    client.force_login(world.gwen)
    return client


def where(world, path=""):
    return f"/areas/{world.area.slug}/case-reviews/{path}"


def test_a_case_is_opened_by_a_day_and_shows_its_clocks(world, gwen):
    key = uuid.uuid4()
    asked = {"step": "became_aware", "once": key, **day(date(2026, 9, 14))}
    for _ in range(2):
        answer = gwen.post(where(world, "open/"), asked, follow=True)

    case = CaseReview.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == where(world, f"{case.pk}/")
    assert "21 September 2026" in page
    assert "CR 2026/1" in gwen.get(where(world)).content.decode()


def test_a_day_that_cannot_be_is_refused_at_the_field_and_what_was_typed_stays(world, gwen):
    case = services.open_case(
        area=world.area, step=Step.BECAME_AWARE, on=date(2026, 9, 14), once=uuid.uuid4(), by=world.gwen
    )
    answer = gwen.post(where(world, f"{case.pk}/record/"), {"step": "notified", **day(date(2026, 9, 1))})

    page = answer.content.decode()
    assert "this would come first: the Panel was notified" in page
    assert 'href="#id_on_day"' in page
    assert 'value="2026"' in page


def test_a_correction_shows_what_was_on_record_before(world, gwen):
    case = services.open_case(
        area=world.area, step=Step.BECAME_AWARE, on=date(2026, 9, 14), once=uuid.uuid4(), by=world.gwen
    )
    path = where(world, f"{case.pk}/correct/became_aware/")
    assert gwen.get(path).status_code == 200
    page = gwen.post(path, {"why": "mistyped", **day(date(2026, 9, 11))}, follow=True).content.decode()

    assert "11 September 2026" in page
    assert "Before: 14 September 2026" in page
    assert gwen.get(where(world, f"{case.pk}/correct/notified/")).status_code == 404


def test_from_what_a_clock_is_counted_is_shown_with_its_source_and_set(world, gwen):
    page = gwen.get(where(world, "clocks/")).content.decode()
    assert "To be confirmed" in page or "to be confirmed" in page
    gwen.post(where(world, "clocks/"), {"serious_incident_notification": "incident", "rapid_review": "notified"})

    from_now_on = services.open_case(
        area=world.area, step=Step.BECAME_AWARE, on=date(2026, 9, 14), once=uuid.uuid4(), by=world.gwen
    )
    assert "No clock runs" in gwen.get(where(world, f"{from_now_on.pk}/")).content.decode()


def test_the_list_costs_the_same_whatever_it_holds(world, gwen, django_assert_max_num_queries):
    def more():
        services.open_case(
            area=world.area, step=Step.BECAME_AWARE, on=date(2026, 9, 14), once=uuid.uuid4(), by=world.gwen
        )

    more()
    gwen.get(where(world))
    with django_assert_max_num_queries(30) as few:
        gwen.get(where(world))
    for _ in range(8):
        more()
    with django_assert_max_num_queries(len(few)):
        page = gwen.get(where(world)).content.decode()
    assert page.count("CR\u00a02026") + page.count("CR 2026") >= 9
