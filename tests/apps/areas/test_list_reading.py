"""From the bytes of a file to rows, whoever wrote it; and a sentence for each file that is no list."""

import csv
import time
from datetime import date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from partnership.areas.importing import columns, csv_file, excel_file, reading
from partnership.areas.importing.limits import MOST_ROWS, Unreadable
from tests.apps.areas import lists

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).filter(
    lambda text: text == text.strip()
)


def rows_of(name: str, data: bytes):
    return columns.table(reading.read(name, data).lines)[0]


def answered(name: str, data: bytes) -> bool:
    """Whether there are rows, or a whole sentence; anything else is raised."""
    try:
        return bool(rows_of(name, data))
    except Unreadable as refusal:
        return str(refusal).endswith(".")


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        rows_of(name, data)
    return str(refusal.value)


@given(table=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), delimiter=st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_read_whatever_divides_its_cells(table, delimiter):
    head = ["Name", "Email", "First day"]
    out = StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([head, *table])

    found = csv_file.read(out.getvalue().encode())

    assert [cells for _, cells in found] == [head, *(cells for cells in table if any(cells))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_list_is_read_in_the_codes_and_dialects_of_spreadsheets(delimiter, code):
    data = lists.as_csv(lists.row(name="Zoë O’Brien", job_title="Chief, Executive"), delimiter=delimiter, code=code)

    ((number, cells),) = rows_of("members.csv", data)

    assert number == 2
    assert (cells["name"], cells["job_title"]) == ("Zoë O’Brien", "Chief, Executive")


def test_the_line_by_which_excel_names_its_delimiter_is_no_row():
    data = b"sep=;\r\n" + lists.as_csv(lists.row(), delimiter=";")

    ((number, cells),) = rows_of("members.csv", data)

    assert (number, cells["name"]) == (3, "Nia Rees")


def test_a_title_above_the_columns_and_empty_rows_below_are_passed_over():
    head = ",".join(lists.HEAD)
    data = f"Members of the partnership\n\nat 1 April 2026\n{head}\n,,,\n{','.join(lists.row())}\n,,,\n".encode()

    ((number, cells),) = rows_of("members.csv", data)

    assert (number, cells["email"]) == (6, "nia@practice.example")


def test_columns_are_known_by_other_names_and_the_unknown_are_named():
    head = ["Full name", "E-mail address", "ROLE", "Start_date", "Appointed by", "Shoe size", "Recorded on"]
    sheet = reading.read(
        "m.csv", lists.as_csv(["Nia", "n@x.example", "LSP", "1/4/2026", "Letter", "7", "x"], head=head)
    )

    ((_, cells),), notes = columns.table(sheet.lines)

    assert cells == {"name": "Nia", "email": "n@x.example", "office": "LSP", "since": "1/4/2026", "authority": "Letter"}
    assert notes == ["The column “Shoe size” was not read."]


def test_a_workbook_gives_days_whole_numbers_and_cached_results():
    row = ["Nia", "n@x.example", "LSP", "", "", 7.0, datetime(2026, 4, 1), date(2027, 3, 31), True, None]

    ((number, cells),) = rows_of("m.xlsx", lists.saved(lists.workbook(row)))

    assert number == 2
    assert (cells["since"], cells["last"], cells["job_title"], cells["basis"]) == (
        "2026-04-01",
        "2027-03-31",
        "7",
        "yes",
    )


def test_the_first_sheet_that_can_be_seen_is_read_and_the_others_are_named():
    book = lists.workbook(lists.row())
    hidden = book.create_sheet("Salaries", 0)
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Notes")
    book.active = 1

    sheet = reading.read("m.xlsx", lists.saved(book))

    assert sheet.notes == ["The sheet “Salaries” was not read; it is hidden.", "The sheet “Notes” was not read."]
    assert columns.table(sheet.lines)[0][0][1]["name"] == "Nia Rees"


def test_rows_and_columns_that_are_hidden_are_read_and_named():
    book = lists.workbook(lists.row(), lists.row(name="Tom Lee"), lists.row(name="Una May"))
    sheet = book.active
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True  # nothing stands there
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["Z"].hidden = True

    found = reading.read("m.xlsx", lists.saved(book))

    assert found.notes == [
        "The row 3 is hidden in the workbook. It was read like the others.",
        "The column B is hidden in the workbook. It was read like the others.",
    ]
    assert [cells["name"] for _, cells in columns.table(found.lines)[0]] == ["Nia Rees", "Tom Lee", "Una May"]
    sheet.row_dimensions[4].hidden = True
    notes = reading.read("m.xlsx", lists.saved(book)).notes
    assert notes[0] == "These rows are hidden in the workbook, and were read like the others: 3, 4."


def test_a_formula_without_its_result_is_refused_by_its_cell():
    said = refused("m.xlsx", lists.saved(lists.workbook(lists.row(name='=HYPERLINK("http://x.example")'))))

    assert said.startswith("Cell A2 holds a formula whose result is not in the file.")


SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = lists.saved(lists.workbook(lists.row()))
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(body: str) -> bytes:
    """A workbook with this as the rows of its sheet."""
    text = f'<worksheet xmlns="{SPACE}"><dimension ref="A1:XFD1048576"/><sheetData>{body}</sheetData></worksheet>'
    return lists.archive((SHEET, text.encode()), of=WORKBOOK)


def inline(*cells: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)


def test_a_formula_with_its_result_is_read_as_the_result():
    head = f"<row>{inline(*lists.HEAD)}</row>"
    data = sheet_of(f'{head}<row><c t="str"><f>[1]Other!A1</f><v>Nia</v></c>{inline(*lists.row()[1:])}</row>')

    assert rows_of("m.xlsx", data)[0][1]["name"] == "Nia"


def test_a_hundred_thousand_empty_rows_below_a_list_cost_little():
    blank = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in range(3, 100_003))
    data = sheet_of(f"<row>{inline(*lists.HEAD)}</row><row>{inline(*lists.row())}</row>{blank}")
    started = time.monotonic()

    sheet = reading.read("m.xlsx", data)

    assert [number for number, _ in sheet.lines] == [1, 2]
    assert sheet.notes == ["Reading ended at line 1,003, after 1,000 empty rows."]
    assert time.monotonic() - started < 5


def test_a_row_far_below_ends_the_reading_and_is_named():
    data = sheet_of(f'<row>{inline(*lists.HEAD)}</row><row r="1048576">{inline("x")}</row>')

    sheet = reading.read("m.xlsx", data)

    assert sheet.notes == ["Reading ended at line 1,002, after 1,000 empty rows."]


def test_a_csv_of_endless_empty_lines_is_refused():
    assert "more than 200,000 lines" in refused("m.csv", lists.as_csv(lists.row()) + b"\r\n" * 200_001)


def test_sixteen_thousand_columns_are_refused():
    data = lists.as_csv([], head=["Name", *("x" for _ in range(16_000))])
    assert "more than 100 columns" in refused("m.csv", data)
    wide = sheet_of(f"<row>{inline(*(str(number) for number in range(16_000)))}</row>")
    assert "more than 100 columns" in refused("m.xlsx", wide)


def bomb(*entries: tuple[str, bytes]) -> bytes:
    return lists.archive(*entries, of=WORKBOOK)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("m.csv", b"Name,Email\0\n", "holds characters that no text has"),
        ("m.csv", "Name\tEmail".encode("utf-16"), "letters of the file cannot be read"),
        ("m.csv", b"Name,Email\n\x81\x8d", "letters of the file cannot be read"),
        ("m.csv", b'Name,Email\n"Nia,n@x.example\n', "A quotation mark in line 2 has no partner"),
        ("m.csv", b"", "holds no rows"),
        ("m.csv", b"\n\n,,\n", "holds no rows"),
        ("m.csv", ",".join(lists.HEAD).encode(), "holds no rows"),
        ("m.csv", b"Name,Email\nNia,n@x.example\n", "lacks these columns: “Office”, “First day”, “Authority”"),
        ("m.csv", b"Nia,n@x.example,LSP\n", "lacks these columns"),
        ("m.csv", lists.as_csv(lists.row(), head=[*lists.HEAD[:-1], "e-mail"]), "column “Email” more than once"),
        ("m.csv", lists.as_csv(*[lists.row()] * (MOST_ROWS + 1)), "more than 500 rows"),
        ("m.csv", lists.as_csv(*[lists.row()] * 5_000), "more than 500 rows"),
        ("m.xlsx", lists.saved(lists.workbook(*[lists.row()] * 5_000)), "more than 500 rows"),
        ("m.csv", WORKBOOK, "is called .csv, and is an Excel workbook"),
        ("m.xlsx", lists.as_csv(lists.row()), "is called .xlsx, and is no Excel workbook"),
        ("m.pdf", b"%PDF-1.7", "must be a list as CSV (.csv) or an Excel workbook"),
        ("m", b"Name", "must be a list as CSV (.csv) or an Excel workbook"),
        ("m.xlsm", WORKBOOK, "may hold macros"),
        ("m.xls", reading.OLD_OFFICE + b"\0" * 600, "old versions of Excel"),
        ("m.xlsx", reading.OLD_OFFICE + b"\0" * 600 + reading.ENCRYPTED, "protected by a password"),
        ("m.xlsx", b"PK\x03\x04 and nothing else", "damaged or not made by a spreadsheet"),
        ("m.xlsx", WORKBOOK[:3_000], "damaged or not made by a spreadsheet"),
        ("m.xlsx", lists.archive(("word/document.xml", b"<w/>")), "damaged or not made by a spreadsheet"),
        ("m.xlsx", bomb((SHEET, b"<worksheet>")), "damaged or not made by a spreadsheet"),
        ("m.xlsx", bomb(("xl/media/big", b"\0" * 31 * 1024 * 1024)), "far larger inside than it looks"),
        ("m.xlsx", bomb(("xl/media/big", b"\0" * 5 * 1024 * 1024)), "far larger inside than it looks"),
        ("m.xlsx", bomb(*((f"xl/{number}", b"x") for number in range(100))), "far larger inside than it looks"),
        ("m.xlsx", bomb((SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')), "declarations that no spreadsheet"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_answered_with_a_sentence(name, data, sentence):
    started = time.monotonic()

    assert sentence in refused(name, data)
    assert time.monotonic() - started < 5


def test_a_workbook_without_a_sheet_to_see_is_refused():
    text = lists.unzipped(WORKBOOK, "xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')

    assert "no sheet that can be seen" in refused("m.xlsx", lists.archive(("xl/workbook.xml", text), of=WORKBOOK))


@given(
    data=st.binary(max_size=200),
    ending=st.sampled_from([".csv", ".xlsx", ".txt", ""]),
    start=st.sampled_from([b"", b"PK\x03\x04"]),
)
def test_any_bytes_are_rows_or_a_sentence(data, ending, start):
    assert answered(f"m{ending}", start + data)


@pytest.mark.parametrize("place", range(0, len(WORKBOOK), 97))
def test_a_workbook_with_a_broken_byte_is_rows_or_a_sentence(place):
    data = WORKBOOK[:place] + bytes([WORKBOOK[place] ^ 0xFF]) + WORKBOOK[place + 1 :]
    assert answered("m.xlsx", data)


def test_a_cell_marked_as_text_by_our_own_file_is_read_without_the_mark():
    ((_, cells),) = rows_of("m.csv", lists.as_csv(lists.row(job_title="'=Head", authority="'s Gravenhage")))

    assert (cells["job_title"], cells["authority"]) == ("=Head", "'s Gravenhage")


def test_the_archive_is_looked_at_before_anything_is_unpacked(monkeypatch):
    monkeypatch.setattr(excel_file, "load_workbook", lambda *args, **kwargs: pytest.fail("It was opened."))

    assert "far larger" in refused("m.xlsx", bomb(("xl/media/big", b"\0" * 31 * 1024 * 1024)))


def test_an_empty_workbook_holds_no_rows():
    assert "holds no rows" in refused("m.xlsx", lists.saved(Workbook()))
