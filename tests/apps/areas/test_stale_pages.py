"""A page that somebody opened before another saved does not overwrite what that other wrote."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.areas import services
from partnership.areas.models import Appointment, IndependenceRecord, RelevantAgency
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
CHANGED = "Somebody else changed this while you were writing."


def appointment(world):
    """Correcting an appointment: its page, what the other writes, what is typed, what stands beside it, what is kept."""
    office = Appointment.objects.get(person=world.dev, office=Office.DSP)

    def other():
        services.correct(appointment=office, job_title="Head of service", authority="Minute 4", by=world.gwen)

    def now():
        office.refresh_from_db()
        return office.job_title, office.authority

    typed = {"job_title": "Director", "authority": "Minute 4"}
    return ("act", office.pk, "correct"), other, typed, "It is now: Head of service", now, ("Director", "Minute 4")


def agency(world):
    """Changing a relevant agency."""
    told = {"category": "criminal_justice", "reason": "First.", "contact_name": "", "contact_email": "", "since": TODAY}
    seat = services.name_by_name(area=world.area, name="Ashdown Scouts", by=world.gwen, **told)

    def other():
        more = {**told, "reason": "Second.", "category": "voluntary"}
        services.name_relevant_agency(area=world.area, agency=seat.agency, by=world.gwen, **more)

    def now():
        return RelevantAgency.objects.get(seat=seat).reason

    typed = {"category": "criminal_justice", "reason": "Third."}
    return ("change_agency", seat.pk), other, typed, "It is now: Second.", now, "Third."


def contract(world):
    """Recording the contract of a scrutineer."""
    office = Appointment.objects.get(person=world.femi, office=Office.SCRUTINEER)
    told = {"contract": "Rolling", "days": Decimal(20), "fee": None, "paid_by": "", "review_on": date(2027, 1, 1)}
    services.record_contract(appointment=office, by=world.gwen, **told)

    def other():
        services.record_contract(appointment=office, by=world.gwen, **{**told, "review_on": date(2028, 1, 1)})

    def now():
        return IndependenceRecord.objects.filter(appointment=office).latest("pk").review_on

    typed = {
        "contract": "Rolling", "days": "20", "review_on_day": "1", "review_on_month": "6", "review_on_year": "2027",
    }  # fmt: skip
    return ("contract", office.pk), other, typed, "It is now: 1 January 2028.", now, date(2027, 6, 1)


def address(world):
    """Changing an address."""

    def other():
        services.change_address(person=world.ben, email="ben@second.example", area=world.area, by=world.gwen)

    def now():
        world.ben.refresh_from_db()
        return world.ben.email

    typed = {"email": "ben@third.example"}
    where = ("account_act", world.ben.pk, "address")
    return where, other, typed, "It is now: ben@second.example", now, "ben@third.example"


@pytest.mark.parametrize("case", [appointment, agency, contract, address])
def test_a_stale_page_is_drawn_again_with_what_is_there_now_and_then_saves(client, world, case):
    (name, *arguments), other, typed, words, now, wanted = case(world)
    where = reverse(f"areas:{name}", args=[world.area.slug, *arguments])
    client.force_login(world.gwen)
    shown = client.get(where).context["form"]
    other()
    theirs = now()

    refused = client.post(where, {**typed, "seen": shown["seen"].value()})

    text, form = refused.content.decode(), refused.context["form"]
    assert refused.status_code == 409
    assert CHANGED in text and words in text
    assert text.count("It is now:") == (2 if case is agency else 1)
    assert now() == theirs
    assert all(form.data[field] == value for field, value in typed.items())
    assert client.post(where, {**typed, "seen": form["seen"].value()}).status_code == 302
    assert now() == wanted


@pytest.mark.parametrize("case", [appointment, agency, contract])
def test_the_same_page_sent_twice_is_recorded_once(client, world, case):
    (name, *arguments), _, typed, _, now, wanted = case(world)
    where = reverse(f"areas:{name}", args=[world.area.slug, *arguments])
    client.force_login(world.gwen)
    sent = {**typed, "seen": client.get(where).context["form"]["seen"].value()}
    before = AuditEntry.objects.count()

    answers = [client.post(where, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert now() == wanted
    assert AuditEntry.objects.count() == before + 1


@pytest.mark.parametrize("case", [appointment, agency, contract, address])
def test_a_page_without_its_mark_is_to_be_loaded_again(client, world, case):
    (name, *arguments), _, typed, _, now, _ = case(world)
    client.force_login(world.gwen)
    before = now()

    answer = client.post(reverse(f"areas:{name}", args=[world.area.slug, *arguments]), typed)

    assert "Load the page again, then send it once more" in answer.content.decode()
    assert now() == before
