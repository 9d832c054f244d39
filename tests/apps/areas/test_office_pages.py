"""The pages on which offices are recorded, limited and followed up."""

from datetime import date

import pytest
from django.urls import reverse

from partnership.accounts.models import User
from partnership.areas import marks, services
from partnership.areas.models import (
    Appointment,
)
from partnership.areas.roles import APPOINTABLE, OFFICES, Office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def page(world, name, *arguments):
    return reverse(f"areas:{name}", args=[world.area.slug, *arguments])


def read(client, world, who, name, *arguments, status=200):
    client.force_login(world.people[who])
    answer = client.get(page(world, name, *arguments))
    assert answer.status_code == status
    return answer.content.decode()


def send(client, world, who, data, name, *arguments):
    client.force_login(world.people[who])
    return client.post(page(world, name, *arguments), data)


def held(person, office):
    return Appointment.objects.get(person=person, office=office)


TYPED = {
    "once": "6a6a3b0e-0a55-4b43-9f0c-0d7c1f3b2a11",
    "email": "new.person@ashdown.example",
    "name": "New Person",
    "job_title": "Councillor",
    "since_day": "14",
    "since_month": "9",
    "since_year": "2026",
    "basis": "substantive",
    "authority": "Decision of the council of 1 September 2026",
}


def test_every_office_that_can_be_given_is_offered_with_its_sentence(client, world):
    text = read(client, world, "gwen", "appoint")

    for office in APPOINTABLE:
        assert office.label.replace("'", "&#x27;") in text
        assert OFFICES[office].sentence.split("'")[0] in text
    assert "Guest reader" not in text


def test_choosing_an_office_leads_to_its_questions(client, world):
    client.force_login(world.gwen)

    answer = client.get(page(world, "appoint"), {"office": "lsp"})

    assert answer.url == page(world, "appoint_to", "lsp")
    assert "Is this person the head of the agency?" in client.get(answer.url).content.decode()
    assert "Is this person the head" not in client.get(page(world, "appoint_to", "observer")).content.decode()


@pytest.mark.parametrize("office", ["guest_reader", "nonsense"])
def test_what_is_no_office_to_be_given_is_not_there(client, world, office):
    read(client, world, "gwen", "appoint_to", office, status=404)


def test_an_appointment_is_recorded_and_shown(client, world):
    answer = send(client, world, "gwen", TYPED, "appoint_to", "observer")

    made = Appointment.objects.get(person__email="new.person@ashdown.example")
    assert answer.url == page(world, "appointment", made.pk)
    text = client.get(answer.url).content.decode()
    assert "New Person" in text
    assert "Decision of the council of 1 September 2026" in text


def test_pressed_twice_it_is_recorded_once(client, world):
    for _ in range(2):
        answer = send(client, world, "gwen", TYPED, "appoint_to", "observer")

    assert answer.status_code == 302
    assert Appointment.objects.filter(person__email="new.person@ashdown.example").count() == 1


def test_the_name_of_an_account_in_the_register_is_told_where_another_was_typed(client, world):
    typed = {**TYPED, "email": world.dev.email.upper(), "name": "Devon Achebe"}

    asked = send(client, world, "gwen", typed, "appoint_to", "business_support")
    typed[f"same_person_{world.dev.pk}"] = "on"
    made = send(client, world, "gwen", typed, "appoint_to", "business_support")

    text = asked.content.decode()
    assert "This address has the account of Dev." in text
    assert "Decision of the council of 1 September 2026" in text
    assert "This is the same person" in text
    assert made.status_code == 302
    assert held(world.dev, Office.BUSINESS_SUPPORT).person.name == "Dev"


def test_the_name_of_an_account_elsewhere_is_not_told(client, world):
    typed = {**TYPED, "email": world.harry.email, "name": "Henry"}

    text = send(client, world, "gwen", typed, "appoint_to", "observer").content.decode()

    assert "This address has an account under another name." in text
    assert "Harry" not in text


def test_a_tick_for_one_person_says_nothing_of_another(client, world):
    typed = {**TYPED, "email": world.ines.email, f"same_person_{world.dev.pk}": "on"}

    answer = send(client, world, "gwen", typed, "appoint_to", "observer")

    assert answer.status_code == 200
    assert not Appointment.objects.filter(person=world.ines).exists()


@pytest.mark.parametrize("name", ["Ines", "  INES ", "ines."])
def test_the_same_name_written_otherwise_is_not_asked_about(client, world, name):
    typed = {**TYPED, "email": world.ines.email, "name": name}

    assert send(client, world, "gwen", typed, "appoint_to", "observer").status_code == 302


def test_a_departure_is_asked_about_at_its_own_box_and_keeps_what_was_typed(client, world):
    services.end_appointment(appointment=held(world.cerys, Office.LSP), until=TODAY, by=world.gwen)
    typed = {**TYPED, "seat": world.police.pk, "is_head": "no"}

    answer = send(client, world, "gwen", typed, "appoint_to", "lsp")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "The lead partner is not the head of the agency: why?" in text
    assert "#id_reason_lead_is_not_head" in text
    assert "Decision of the council of 1 September 2026" in text
    typed["reason_lead_is_not_head"] = "An assistant commissioner acts for the force."
    assert send(client, world, "gwen", typed, "appoint_to", "lsp").status_code == 302
    assert "An assistant commissioner acts for the force." in read(client, world, "amina", "people")


def test_a_rule_that_nobody_read_is_shown_as_to_be_confirmed(client, world):
    typed = {**TYPED, "is_paid_by_a_partner": "yes"}

    text = send(client, world, "gwen", typed, "appoint_to", "scrutineer").content.decode()

    assert "(to be confirmed)" in text


LETTER = b"%PDF-1.7 made for a test"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "not an address", "Enter an email address in the right form"),
        ("since_day", "31", "must be a real date"),
        ("authority", "", "Enter who or what made the appointment"),
        ("name", "x" * 121, "must be 120 characters or fewer"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(client, world, field, value, sentence):
    answer = send(client, world, "gwen", {**TYPED, field: value}, "appoint_to", "observer")

    assert sentence in answer.content.decode()
    assert not User.objects.filter(email="new.person@ashdown.example").exists()


def test_what_the_database_refuses_is_said_at_the_day(client, world):
    typed = {**TYPED, "seat": world.council.pk, "is_head": "yes"}

    answer = send(client, world, "gwen", typed, "appoint_to", "lsp")

    assert answer.status_code == 409
    assert "Somebody already holds this office for this seat in that time." in answer.content.decode()


def test_an_office_is_ended_corrected_suspended_lifted_and_struck_out_from_its_page(client, world):
    office = held(world.dev, Office.DSP)
    day = {"last_day": "30", "last_month": "9", "last_year": "2026", "because": "Moved on."}
    words = {"job_title": "Director", "authority": "Letter", "seen": marks.of_appointment(office)}
    send(client, world, "gwen", words, "act", office.pk, "correct")
    send(client, world, "gwen", {"reason": "Agreed."}, "act", office.pk, "suspend")
    assert "Suspended since" in read(client, world, "amina", "appointment", office.pk)
    send(client, world, "gwen", {}, "lift", office.pk)
    send(client, world, "gwen", day, "act", office.pk, "end")
    other = held(world.femi, Office.SCRUTINEER)
    send(client, world, "gwen", {"reason": "Never appointed."}, "act", other.pk, "void")

    office.refresh_from_db()
    assert (office.job_title, office.suspended_at, office.during.upper) == ("Director", None, date(2026, 10, 1))
    assert "It counts on no day." in read(client, world, "amina", "appointment", other.pk)


def test_an_end_pressed_twice_is_told_as_one(client, world):
    office = held(world.dev, Office.DSP)
    day = {"last_day": "13", "last_month": "9", "last_year": "2026", "because": "Moved on."}

    answers = [send(client, world, "gwen", day, "act", office.pk, "end") for _ in range(2)]
    other = send(client, world, "gwen", {**day, "because": "Retired."}, "act", office.pk, "end")

    assert [answer.url for answer in answers] == [page(world, "appointment", office.pk)] * 2
    assert other.status_code == 409
    assert "The reason: Moved on." in other.context["form"].errors["last"][0]
    text = read(client, world, "amina", "appointment", office.pk)
    assert text.count("as the last day of Dev as Delegated safeguarding partner, Ashdown Council: Moved on.") == 1


def test_a_correction_that_changes_nothing_says_so(client, world):
    office = held(world.dev, Office.DSP)
    same = {"job_title": office.job_title, "authority": office.authority, "seen": "older"}

    answer = send(client, world, "gwen", same, "act", office.pk, "correct")

    assert "This is what is written already. Nothing was changed." in client.get(answer.url).content.decode()
    assert "corrected what is written" not in read(client, world, "amina", "appointment", office.pk)


@pytest.mark.parametrize(
    ("act", "data", "sentence"),
    [
        ("end", {"last_day": "1", "last_month": "1", "last_year": "2020"}, "cannot be before the first day"),
        ("end", {}, "Enter last day in office"),
        ("suspend", {"reason": " "}, "Say why"),
        ("void", {}, "Say why"),
        ("correct", {"authority": ""}, "Enter who or what made the appointment"),
    ],
)
def test_an_act_without_what_it_needs_says_so(client, world, act, data, sentence):
    answer = send(client, world, "gwen", data, "act", held(world.dev, Office.DSP).pk, act)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_an_own_office_is_not_changed_by_its_holder(client, world):
    office = held(world.gwen, Office.BUSINESS_MANAGER)

    assert "somebody else who records appointments" in read(client, world, "gwen", "appointment", office.pk)
    assert send(client, world, "gwen", {"reason": "x"}, "act", office.pk, "suspend").status_code == 403


def test_an_office_of_another_area_is_not_there(client, world):
    read(client, world, "gwen", "appointment", held(world.harry, Office.BUSINESS_MANAGER).pk, status=404)
    read(client, world, "gwen", "act", held(world.harry, Office.BUSINESS_MANAGER).pk, "end", status=404)
    read(client, world, "gwen", "act", held(world.dev, Office.DSP).pk, "dance", status=404)


AGENCY = {
    "once": "6a6a3b0e-0a55-4b43-9f0c-0d7c1f3b2a13",
    "name": "Ashdown Youth Justice Service",
    "category": "criminal_justice",
    "reason": "It works with children at risk of offending.",
    "contact_email": "head@yjs.example",
}
