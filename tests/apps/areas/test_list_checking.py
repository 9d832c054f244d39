"""Rows of a list beside the register: what each would change, and every sentence that refuses one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import User
from partnership.areas import services
from partnership.areas.departures import DepartureRule
from partnership.areas.importing.rows import Problem
from partnership.areas.importing.verdicts import Outcome
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.mail.models import OutgoingMail
from tests.apps.areas.lists import checked, kept, said

pytestmark = pytest.mark.django_db

COUNCIL = "Ashdown Council"


def only(verdicts):
    (verdict,) = verdicts
    return verdict


def one(world, **cells):
    return only(checked(world.area, world.gwen, cells))


def test_a_row_for_somebody_unknown_invites_them(world):
    verdict = one(world)

    assert (verdict.outcome, verdict.person, verdict.problems) == (Outcome.NEW, None, [])


def test_a_row_for_somebody_known_finds_them_whatever_the_case_of_the_address(world):
    verdict = one(world, email=world.ines.email.upper(), name="ines")

    assert (verdict.outcome, verdict.person, verdict.notes) == (Outcome.NEW, world.ines, [])


def test_an_account_keeps_its_name_which_is_told_only_where_the_register_tells_it(world):
    dev, olu = checked(
        world.area,
        world.gwen,
        {"email": world.dev.email, "name": "Devan"},
        {"email": world.olu.email, "name": "Olufemi"},
    )

    assert dev.notes == ["Stays in the register as Dev."]
    assert olu.notes == ["This address has an account. It keeps the name that it has."]


@pytest.mark.parametrize(
    ("column", "title", "text", "what"),
    [
        ("name", "Name", "Nia\u200b Rees", "an invisible character after “Nia”"),
        ("name", "Name", "\u202eseeR aiN", "a character that changes the direction of the text at its beginning"),
        ("email", "Email", "nia\ufeff@practice.example", "an invisible character after “nia”"),
        ("office", "Office", "DSP\u00ad", "an invisible character after “DSP”"),
        ("since", "First day", "1/10/\u20662026", "a character that changes the direction of the text after “1/10/”"),
        ("job_title", "Job title", "Head\U000e0041", "an invisible character after “Head”"),
    ],
)
def test_what_nobody_can_see_is_the_one_problem_of_its_cell(world, column, title, text, what):
    verdict = one(world, **{column: text})

    assert verdict.problems == [Problem(title, f"The cell has {what}. Delete the text and type it again.")]
    assert verdict.outcome == Outcome.ERROR


def test_a_name_in_a_script_that_joins_its_letters_is_taken(world):
    assert one(world, name="\u0646\u0648\u0631\u200c\u0627\u0644\u062f\u06cc\u0646").problems == []


def test_what_the_register_has_already_is_skipped(world):
    verdict = one(world, email=world.dev.email, name="Dev", office="DSP", agency=" ashdown  COUNCIL", since="1/4/2025")

    assert (verdict.outcome, verdict.notes) == (Outcome.SAME, ["Recorded already, from 1 January 2024."])


def test_a_vacancy_of_our_own_file_records_nothing(world):
    verdict = one(world, name="Vacant", email="", office="LSP", agency=COUNCIL, since="", authority="")

    assert (verdict.outcome, verdict.problems) == (Outcome.SAME, [])


def test_an_agency_is_found_by_the_name_that_it_had(world):
    services.rename_agency(agency=world.council.agency, name="Ashdown City Council", on=date(2026, 6, 1), by=None)

    for name in ("Ashdown Council", "Ashdown City Council"):
        assert one(world, office="contributor", agency=name).seat == world.council


def test_the_agency_of_an_office_of_the_whole_partnership_is_passed_over(world):
    verdict = one(world, agency=COUNCIL)

    assert (verdict.outcome, verdict.seat) == (Outcome.NEW, None)
    assert "This office serves the whole partnership, so the agency is not recorded." in verdict.notes


LSP = {"office": "LSP", "agency": COUNCIL, "is_head": "yes"}


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"name": ""}, "Name", "Enter the full name."),
        ({"name": "N" * 121}, "Name", "It must be 120 characters or fewer."),
        ({"email": ""}, "Email", "Enter the email address. The person signs in with it."),
        ({"email": "nia at home"}, "Email", "“nia at home” is no email address. Write it like name@example.org."),
        ({"office": ""}, "Office", "Enter the office."),
        ({"office": "Wizard"}, "Office", "“Wizard” is no office that can be recorded."),
        ({"since": ""}, "First day", "Enter the first day in office."),
        ({"since": "30/2/2026"}, "First day", "“30/2/2026” is no day. Write it like 1/4/2026, with the day"),
        ({"last": "soon"}, "Last day", "“soon” is no day. Write it like 1/4/2026, with the day"),
        ({"last": "1/4/2026"}, "Last day", "The last day lies before the first. Check both."),
        ({"basis": "loan"}, "Basis", "“loan” is no basis. Write substantive, interim or acting, or leave the cell empty."),
        ({"authority": ""}, "Authority", "Enter who or what made the appointment, such as a letter with its date."),
        ({"reason": "R" * 501}, "Reason", "It must be 500 characters or fewer."),
        ({"sub_group": "Learning"}, "Sub-group", "Only the chair of a sub-group has one. Leave the cell empty, or"),
        ({"office": "sub-group chair"}, "Sub-group", "Enter the name of the sub-group."),
        ({"office": "DSP"}, "Agency", "Choose the agency for which this person is delegated safeguarding partner."),
        ({"office": "DSP", "agency": "Mars"}, "Agency", "Ashdown has no agency “Mars” in its register."),
        (
            {"office": "DSP", "agency": COUNCIL, "since": "1/4/2020"}, "Agency",
            "Ashdown Council has no seat in Ashdown on 1 April 2020.",
        ),
        ({**LSP, "is_head": "maybe"}, "Head of the agency", "“maybe” is neither yes nor no. Write one of them."),
        ({**LSP, "is_head": ""}, "Head of the agency", "Write yes or no: is this lead partner the head of the agency?"),
        (
            {**LSP, "is_head": "no", "basis": "acting"}, "Reason",
            "The lead partner is not the head of the agency. Say why in the column “Reason”.",
        ),
        (
            {**LSP, "basis": "acting", "may_sign": "yes"}, "May sign",
            "An acting lead partner signs only if the letter on file says so, and a list holds no letter.",
        ),
        (
            {"office": "scrutineer"}, "Employed by a partner",
            "Write yes or no: is the scrutineer employed by one of the partners?",
        ),
        ({"office": "scrutineer", "is_paid": "yes"}, "Reason", "The scrutineer is employed by a partner. Say why"),
        (LSP, "Office", "Somebody already holds this office for this seat in that time. End it first."),
        ({"office": "DSP", "agency": COUNCIL}, "Office", "Somebody already holds this office for this seat in that time."),
        ({"office": "chair"}, "Office", "The partnership already has a chair in that time. End it first."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_recorded_says_why_in_its_column(world, cells, column, sentence):
    verdict = one(world, **cells)

    ((where, found),) = said(verdict)
    assert verdict.outcome == Outcome.ERROR
    assert (where, found.startswith(sentence)) == (column, True)


def test_a_scrutineer_who_is_a_partner_is_refused(world):
    verdict = one(world, email=world.amina.email, name="Amina", office="scrutineer", is_paid="no")

    assert said(verdict) == [
        ("Office", "One person cannot be scrutineer and partner of the same area at the same time.")
    ]


def test_a_chair_who_is_no_delegated_partner_is_refused_and_one_of_the_same_list_is_not(world):
    chair = Appointment.objects.get(office=Office.CHAIR)
    services.end_appointment(appointment=chair, until=date(2026, 10, 1), by=world.gwen)
    health = {"office": "DSP", "agency": "NHS Ashdown Integrated Care Board"}

    alone = one(world, office="chair")
    together = checked(world.area, world.gwen, {"office": "chair"}, health)

    assert said(alone) == [("Office", "The chair must be a delegated partner of the area in all that time.")]
    assert [verdict.outcome for verdict in together] == [Outcome.NEW, Outcome.NEW]


def test_a_seat_that_ends_earlier_refuses_the_row(world):
    services.close_seat(seat=world.health, on=date(2027, 1, 1), by=None)

    verdict = one(world, office="contributor", agency="NHS Ashdown Integrated Care Board")

    assert said(verdict) == [("Office", "The agency does not have its seat in all that time. Choose days within it.")]


def test_nobody_records_an_office_of_their_own_by_a_list(world):
    verdict = one(world, email=world.gwen.email, name="Gwen")

    assert said(verdict) == [
        ("Email", "Nobody records an office of their own. Ask somebody else who may record appointments.")
    ]


def test_an_office_held_on_another_basis_is_to_be_ended_first(world):
    cells = {"email": world.dev.email, "name": "Dev", "office": "DSP", "agency": COUNCIL, "basis": "interim"}

    assert said(one(world, **cells)) == [
        ("Basis", "This person holds the office in that time already, as substantive. End that first.")
    ]


def test_a_reason_lets_a_departure_pass_and_is_noted(world):
    cells = {"email": world.dev.email, "name": "Dev", **LSP, "basis": "acting", "reason": "The post is empty."}

    verdict = one(world, **cells)

    assert (verdict.outcome, verdict.departures) == (Outcome.NEW, [DepartureRule.LEAD_IS_ALSO_DELEGATE])
    assert "One person is lead and delegated partner of one agency. The reason is noted." in verdict.notes
    assert "Acting, without a letter on file: may not sign." in verdict.notes


def test_a_departure_between_two_rows_of_the_list_is_seen(world):
    services.end_appointment(
        appointment=Appointment.objects.get(office=Office.SCRUTINEER), until=date(2026, 9, 30), by=world.gwen
    )

    support, scrutineer = checked(world.area, world.gwen, {}, {"office": "scrutineer", "is_paid": "no"})

    assert support.outcome == Outcome.NEW
    assert said(scrutineer) == [
        ("Reason", "The scrutineer also works in the business team. Say why in the column “Reason”.")
    ]


def test_rows_that_contradict_each_other_name_each_other(world):
    name, other = checked(world.area, world.gwen, {}, {"name": "Nora Rees", "office": "observer"})
    first, second = checked(world.area, world.gwen, {"since": "1/10/2026"}, {"since": "1/11/2026"})
    rival, rival_too = checked(
        world.area, world.gwen, {"office": "chair"}, {"office": "chair", "email": "o@practice.example", "name": "O"}
    )

    assert said(name) == [("Name", "Row 3 gives this address to Nora Rees. Mend one of them.")]
    assert said(other) == [("Name", "Row 2 gives this address to Nia Rees. One address is one person's.")]
    assert said(first) == [("First day", "Row 3 records this person in this office in the same time. Keep one.")]
    assert said(second) == [("First day", "Row 2 records this person in this office in the same time. Keep one.")]
    assert said(rival) == [("Office", "Row 3 gives this office to somebody else in the same time.")]
    assert said(rival_too) == [("Office", "Row 2 gives this office to somebody else in the same time.")]


def test_one_after_the_other_is_no_contradiction(world):
    verdicts = checked(
        world.area,
        world.gwen,
        {"since": "1/10/2026", "last": "31/10/2026"},
        {"since": "1/11/2026", "authority": "Another"},
    )

    assert [verdict.outcome for verdict in verdicts] == [Outcome.NEW, Outcome.NEW]


def test_the_same_row_twice_is_recorded_once(world):
    first, second = checked(world.area, world.gwen, {}, {})

    assert (first.outcome, second.outcome, second.notes) == (Outcome.NEW, Outcome.SAME, ["Row 2 says the same."])


def test_looking_at_a_list_writes_nothing(world):
    before = Appointment.objects.count(), User.objects.count(), OutgoingMail.objects.count()

    checked(world.area, world.gwen, {}, {"email": "o@practice.example", "office": "DSP", "agency": COUNCIL})

    assert (Appointment.objects.count(), User.objects.count(), OutgoingMail.objects.count()) == before


@pytest.mark.parametrize(("is_refused", "each"), [(False, 0), (True, 4)])
def test_the_queries_do_not_grow_with_the_rows_unless_the_database_refuses_one(world, is_refused, each):
    def queries(how_many: int) -> int:
        rows = [{"email": f"p{number}@practice.example", "name": f"P {number}"} for number in range(how_many)]
        refused = [{"email": "x@practice.example", "office": "DSP", "agency": COUNCIL}] if is_refused else []
        upload = kept(world.area, world.gwen, *rows, *refused)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            services.examine(upload=upload, by=world.gwen)
        return len(captured)

    few, many = queries(5), queries(100)

    assert few <= 16 + 6 * each
    assert many == few + 95 * each
