"""The pages on which offices are recorded, limited and followed up."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.accounts.models import User
from partnership.areas import jobs, marks, services
from partnership.areas.models import (
    AccessReview,
    Appointment,
    ChairTurn,
    HandOver,
    IndependenceRecord,
    RelevantAgency,
    Vacancy,
)
from partnership.areas.roles import APPOINTABLE, OFFICES, Office
from partnership.audit.models import AuditEntry
from tests import worlds

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


def acting(world, **more):
    return {
        **TYPED,
        "seat": world.council.pk,
        "is_head": "yes",
        "basis": "acting",
        "may_sign_while_acting": "on",
        **more,
    }


def test_an_acting_lead_who_may_sign_needs_the_letter(client, world):
    text = send(client, world, "gwen", acting(world), "appoint_to", "lsp").content.decode()

    assert "Add the letter that says that this person may sign while acting" in text


def test_the_letter_is_kept_while_another_field_is_mended(client, world):
    file = SimpleUploadedFile("letter.pdf", LETTER)

    first = send(client, world, "gwen", acting(world, instrument=file, authority=""), "appoint_to", "lsp")
    kept = first.context["form"]["kept"].value()
    second = send(client, world, "gwen", acting(world, kept=kept), "appoint_to", "lsp")

    assert "Kept: letter.pdf" in first.content.decode()
    assert second.status_code == 302
    made = Appointment.objects.get(person__email="new.person@ashdown.example")
    assert client.get(page(world, "instrument", made.pk)).content == LETTER


@pytest.mark.parametrize("kept", ["forged", "WyJhIl0:x:y"])
def test_a_forged_kept_letter_is_refused(client, world, kept):
    text = send(client, world, "gwen", acting(world, kept=kept), "appoint_to", "lsp").content.decode()

    assert "Choose the decision or letter again" in text


def test_a_letter_that_is_no_letter_is_refused(client, world):
    file = SimpleUploadedFile("letter.pdf", b"MZ a program", content_type="application/pdf")

    text = send(client, world, "gwen", acting(world, instrument=file), "appoint_to", "lsp").content.decode()

    assert "must be a PDF, a PNG or a JPEG" in text


def test_the_letter_is_a_download_that_opens_nothing(client, world):
    made = services.appoint(
        person=world.ines, area=world.area, office=Office.OBSERVER, since=TODAY, authority="x",
        instrument=worlds.letter(), instrument_name="a.pdf", by=world.gwen,
    )  # fmt: skip
    client.force_login(world.amina)

    answer = client.get(page(world, "instrument", made.pk))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


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


def test_the_record_of_independence_is_written_by_two_hands(client, world):
    office = held(world.femi, Office.SCRUTINEER)
    contract = {"contract": "Two years from January", "days": "24.5", "fee": "18500", "paid_by": "The council"}
    contract["seen"] = marks.of_contract(office)

    send(client, world, "gwen", contract, "contract", office.pk)
    send(client, world, "femi", {"interests": "None", "earlier_work": "An audit"}, "declare", office.pk)

    text = read(client, world, "amina", "independence")
    for words in ("Two years from January", "24.5", "£18,500, paid by The council", "An audit", "14 September 2026"):
        assert words in text
    assert IndependenceRecord.objects.count() == 2
    assert send(client, world, "gwen", {"interests": "x", "earlier_work": "x"}, "declare", office.pk).status_code == 403


def test_every_state_of_the_record_of_independence_is_shown_with_who_and_when(client, world):
    office = held(world.femi, Office.SCRUTINEER)
    told = {"days": None, "paid_by": "", "review_on": None, "appointment": office, "by": world.gwen}
    services.record_contract(contract="Two years", fee=Decimal("18500.00"), **told)
    services.declare_interests(appointment=office, interests="None", earlier_work="An audit", by=world.femi)
    services.record_contract(contract="Three years", fee=Decimal("19000.00"), **told)

    client.force_login(world.amina)
    answer = client.get(page(world, "independence"))

    (row,) = answer.context["rows"]
    assert [(state["title"], state["by"], state["text"]) for state in row["story"]] == [
        ("Contract recorded", "Gwen", "Contract: Three years. Fee a year in pounds: 19000."),
        (
            "Interests declared", "Femi",
            "Interests: None. Earlier work for a partner: An audit. Declared on: 14 September 2026.",
        ),
        ("Contract recorded", "Gwen", "Contract: Two years. Fee a year in pounds: 18500."),
    ]  # fmt: skip
    assert "Two years" in answer.content.decode()


SENSELESS = [
    ("days", "400"), ("days", "many"), ("days", "1e2"), ("days", "NaN"), ("fee", "-1"), ("fee", "9" * 12),
    ("fee", "1e5"), ("fee", "Infinity"), ("fee", "100,000,000"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "fee", "shown"), [
    ("24", "19,300", ('value="24"', 'value="19,300"')), ("100.0", "£19300.50", ('value="100"', 'value="19,300.50"')),
    ("24.5", "0", ('value="24.5"', 'value="0"')), ("", "99,999,999.99", ('value="99,999,999.99"',)),
])  # fmt: skip
def test_figures_come_back_as_people_write_them(client, world, days, fee, shown):
    office = held(world.femi, Office.SCRUTINEER)

    typed = {"contract": "Two years", "days": days, "fee": fee, "seen": marks.of_contract(office)}
    assert send(client, world, "gwen", typed, "contract", office.pk).url

    text = read(client, world, "gwen", "contract", office.pk)
    assert [value for value in shown if value not in text] == []


@pytest.mark.parametrize(("field", "value"), SENSELESS)
def test_days_and_fees_that_make_no_sense_are_said_at_their_field(client, world, field, value):
    typed = {"contract": "Two years", field: value}

    text = send(client, world, "gwen", typed, "contract", held(world.femi, Office.SCRUTINEER).pk).content.decode()

    assert f'href="#id_{field}">Enter ' in text
    assert f'value="{value}"' in text
    assert not IndependenceRecord.objects.exists()


AGENCY = {
    "once": "6a6a3b0e-0a55-4b43-9f0c-0d7c1f3b2a13",
    "name": "Ashdown Youth Justice Service",
    "category": "criminal_justice",
    "reason": "It works with children at risk of offending.",
    "contact_email": "head@yjs.example",
}


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
