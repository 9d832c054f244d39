"""The register as a file: the rows of its page, for the same people, which no spreadsheet runs."""

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from partnership.areas import services
from partnership.areas.importing import columns, reading
from partnership.areas.importing.verdicts import Outcome
from partnership.areas.models import Appointment
from partnership.areas.register_files import HEAD
from partnership.areas.roles import Office
from tests import worlds

pytestmark = pytest.mark.django_db


def fetched(client, world, ending, query="", who="gwen"):
    client.force_login(world.people[who])
    return client.get(f"/areas/{world.area.slug}/people.{ending}{query}")


def rows(client, world, query="", who="gwen"):
    text = fetched(client, world, "csv", query, who).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def cells(client, world, query=""):
    return load_workbook(BytesIO(fetched(client, world, "xlsx", query).content)).active


def test_each_office_with_its_holder_is_a_row(client, world):
    lead = next(row for row in rows(client, world) if row["Name"] == "Amina")

    assert lead == {
        "Area": "Ashdown", "Seat": "Ashdown Council", "Kind of seat": "Statutory safeguarding partner",
        "Office": "Lead safeguarding partner", "Sub-group": "", "Name": "Amina", "Email": world.amina.email,
        "Job title": "", "Basis": "Substantive", "May sign": "Yes", "First day": "2024-01-01", "Last day": "",
        "Authority": "Letter of appointment", "Recorded on": "2026-09-14", "Suspended": "No", "Departures": "",
        "Invented": "No",
    }  # fmt: skip


def test_an_office_that_stands_empty_is_a_row(client, world):
    vacant = [(row["Seat"], row["Office"]) for row in rows(client, world) if row["Name"] == "Vacant"]

    assert vacant == [("NHS Ashdown Integrated Care Board", "Delegated safeguarding partner")]


def test_the_last_day_is_in_office_and_what_limits_an_office_is_told(client, world):
    held = Appointment.objects.get(person=world.dev)
    services.end_appointment(appointment=held, until=date(2027, 1, 1), by=world.gwen)
    services.suspend(appointment=held, reason="Asked for.", by=world.gwen)
    reasons = {"lead_is_not_head": "The head is new."}
    services.appoint_by_address(
        email="jo@practice.example", name="Jo", area=world.area, office=Office.LSP, seat=world.council, basis="acting",
        since=date(2026, 9, 1), authority="Letter", is_head=False, reasons=reasons, by=world.gwen,
    )  # fmt: skip

    found = {row["Name"]: row for row in rows(client, world)}

    assert (found["Dev"]["Last day"], found["Dev"]["Suspended"]) == ("2026-12-31", "Yes")
    assert (found["Jo"]["Basis"], found["Jo"]["May sign"]) == ("Acting", "No")
    assert found["Jo"]["Departures"] == "The lead partner is not the head of the agency: The head is new."


def test_the_file_is_of_the_day_that_its_address_names(client, world):
    services.rename_agency(agency=world.council.agency, name="Ashdown City Council", on=date(2026, 9, 1), by=None)
    worlds.appoint(world.ines, Office.OBSERVER, world.area, since=date(2026, 9, 1))

    before, after = rows(client, world, "?on=2026-08-31"), rows(client, world, "?on=2026-09-01")

    assert {row["Seat"] for row in before if row["Name"] == "Amina"} == {"Ashdown Council"}
    assert {row["Seat"] for row in after if row["Name"] == "Amina"} == {"Ashdown City Council"}
    assert ("Ines" in {row["Name"] for row in before}, "Ines" in {row["Name"] for row in after}) == (False, True)
    assert fetched(client, world, "csv", "?on=2026-08-31").headers["Content-Disposition"].endswith('-2026-08-31.csv"')


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-3", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_cell_begins_a_formula(client, world, text):
    Appointment.objects.filter(person=world.dev).update(job_title=text)

    assert next(row for row in rows(client, world) if row["Name"] == "Dev")["Job title"] == f"'{text}"
    written = [cell for row in cells(client, world).iter_rows() for cell in row]
    assert not [cell.coordinate for cell in written if cell.data_type == "f"]
    assert "'" + text.replace("\r", "\n") in {str(cell.value).replace("\r", "\n") for cell in written}


def test_the_csv_keeps_to_its_standard_with_a_mark_for_excel(client, world):
    Appointment.objects.filter(person=world.dev).update(job_title='Head, "Early Help"')

    data = fetched(client, world, "csv").content

    assert data.startswith(b"\xef\xbb\xbfArea,Seat,")
    assert b'"Head, ""Early Help"""' in data
    assert data.count(b"\r\n") == data.count(b"\n")


def test_the_workbook_has_days_as_days_and_no_lock_and_no_macro(client, world):
    answer = fetched(client, world, "xlsx", "?on=2026-09-14")
    sheet = load_workbook(BytesIO(answer.content)).active

    lead = next(row for row in sheet.iter_rows(min_row=2) if row[5].value == "Amina")
    assert [cell.value for cell in sheet[1]] == list(HEAD)
    assert lead[HEAD.index("First day")].value == datetime(2024, 1, 1)
    assert lead[HEAD.index("First day")].is_date
    assert lead[HEAD.index("Last day")].value is None
    assert not sheet.protection.sheet
    assert not [name for name in zipfile.ZipFile(BytesIO(answer.content)).namelist() if "vba" in name.lower()]


def test_both_files_hold_the_same_rows(client, world):
    sheet = cells(client, world)

    as_text = [[_text(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert as_text == [list(row.values()) for row in rows(client, world)]


def _text(value):
    return value.date().isoformat() if isinstance(value, datetime) else value or ""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_file_can_be_uploaded_again_and_changes_nothing(client, world, ending):
    worlds.hold(world.ines, Office.SUB_GROUP_CHAIR, world.area, job_title="=Head")
    worlds.hold(
        worlds.person("Act"), Office.LSP, world.area, basis="acting", may_sign_while_acting=True,
        instrument=worlds.letter(),
    )  # fmt: skip
    cells, notes = columns.table(reading.read(f"m.{ending}", fetched(client, world, ending).content).lines)
    upload = services.keep_list(area=world.area, file_name="m", rows=cells, notes=notes, by=world.eve)

    verdicts = services.examine(upload=upload, by=world.eve)

    assert notes == []
    assert [verdict.row.number for verdict in verdicts if verdict.outcome != Outcome.SAME] == []
    assert len(verdicts) == len(rows(client, world))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_who_sees_the_register_may_take_it_and_nobody_else(client, world, ending):
    worlds.hold(world.ines, Office.CONTRIBUTOR, world.area)

    answers = {who: fetched(client, world, ending, who=who).status_code for who in ("gwen", "ines", "harry")}

    assert answers == {"gwen": 200, "ines": 200, "harry": 404}


def test_more_rows_cost_no_more_queries(client, world, django_assert_max_num_queries):
    fetched(client, world, "csv")
    with django_assert_max_num_queries(20) as few:  # the session's own among them
        fetched(client, world, "csv")
    for number in range(20):
        worlds.hold(worlds.person(f"P{number}"), Office.OBSERVER, world.area)

    with django_assert_max_num_queries(20) as many:
        fetched(client, world, "csv")

    assert len(many) == len(few)
