"""Each bad input that was named: refused or cleaned, with a sentence that says what and where."""

import zipfile
from io import BytesIO

import docx
import pytest

from partnership.documents import markdown
from partnership.word import reading
from partnership.word.reading import Imported, Unreadable, limits
from tests.rules.documents.samples import Figures
from tests.rules.word import files

GOOD = files.made(lambda document: document.add_paragraph("We did this."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def read(*fill, name: str = "report.docx") -> Imported:  # type: ignore[no-untyped-def]
    return reading.read(files.made(*fill), name)


def refused(data: bytes, name: str = "report.docx") -> str:
    with pytest.raises(Unreadable) as refusal:
        reading.read(data, name)
    return str(refusal.value)


def body(imported: Imported) -> str:
    return "\n".join(part.body for part in imported.parts)


def test_a_file_of_50_mb_is_refused_with_its_size_and_the_limit() -> None:
    assert refused(b"PK" + b"\0" * (50 * 1024 * 1024)) == (
        "The file is 51 MB. The most is 25 MB. In Word, choose “Compress pictures”, save it, and upload that."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", limits.EMPTY),
        (OLE, limits.OLD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), limits.PROTECTED),
        (b"%PDF-1.7 a report", limits.NOT_WORD),
        (b"{\\rtf1 a report}", limits.NOT_WORD),
        (b"PK\x03\x04 cut off", limits.DAMAGED),
        (GOOD[: len(GOOD) // 2], limits.DAMAGED),
        (files.changed(GOOD, word__document_dot_xml=b"<w:document"), limits.DAMAGED),
        (files.changed(GOOD, word__document_dot_xml=None), limits.DAMAGED),
        (files.with_entry(GOOD, "../../outside.xml", b"<a/>"), limits.STRANGE_NAMES),
        (files.with_entry(GOOD, "/etc/passwd", b"x"), limits.STRANGE_NAMES),
        (files.with_entry(GOOD, "word\\media\\x.png", b"x"), limits.STRANGE_NAMES),
        (files.with_entry(GOOD, "WORD/Document.xml", b"<a/>"), limits.DAMAGED),
        (files.with_entry(GOOD, "word/vbaProject.bin", b"Sub AutoOpen()"), limits.MACROS),
    ],
    ids=[
        "empty", "old", "password", "pdf", "rtf", "cut", "half", "mangled", "no text", "dots", "absolute", "backslash",
        "twice", "macro",
    ],
)  # fmt: skip
def test_what_is_no_word_file_or_could_do_harm_is_refused(data: bytes, sentence: str) -> None:
    assert refused(data) == sentence


def test_a_file_whose_name_or_type_says_that_it_holds_macros_is_refused() -> None:
    types = files.read_entry(GOOD, "[Content_Types].xml").replace(
        b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
    )
    assert refused(GOOD, "report.DOCM") == limits.MACROS
    assert refused(files.changed(GOOD, **{"[Content_Types]_dot_xml": types})) == limits.MACROS


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    by_ratio = files.with_entry(GOOD, "word/media/image.png", b"\0" * 60_000_000)
    by_number = BytesIO(GOOD)
    with zipfile.ZipFile(by_number, "a") as archive:
        for number in range(limits.MOST_ENTRIES):
            archive.writestr(f"word/media/{number}.png", b"")

    assert refused(by_ratio) == limits.SWOLLEN
    assert refused(by_number.getvalue()) == limits.SWOLLEN


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(GOOD)
    place = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 22  # the unpacked size in the directory
    data[place : place + 4] = (10).to_bytes(4, "little")

    assert refused(bytes(data)) == limits.DAMAGED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    lol = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "lol"}">' for n in range(9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document [{lol}]><w:document/>'

    assert refused(files.changed(GOOD, word__document_dot_xml=text.encode(encoding))) == limits.DECLARES


def test_things_within_things_without_end_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    boxes = "<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100
    for inner in (deep * 1, boxes):
        xml = f"<w:document {files.W}><w:body>{inner}<w:sectPr/></w:body></w:document>".encode()
        assert refused(files.changed(GOOD, word__document_dot_xml=xml)) in (limits.DEEP, limits.NOTHING)


def test_a_file_without_text_is_refused() -> None:
    assert refused(files.saved(docx.Document())) == limits.NOTHING


def test_tracked_changes_are_taken_as_if_accepted_and_said() -> None:
    imported = read(
        files.paragraph(
            '<w:r><w:t xml:space="preserve">We saw </w:t></w:r>'
            '<w:ins w:id="1" w:author="A"><w:r><w:t>forty</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="A"><w:r><w:delText>fourteen</w:delText></w:r></w:del>'
            '<w:r><w:t xml:space="preserve"> children.</w:t></w:r>'
        )
    )

    assert body(imported) == "We saw forty children."
    assert imported.not_taken == (
        "Text that was inserted as a tracked change was taken, as if it were accepted: under “Impact”.",
        "Text that was deleted as a tracked change was not taken, as if that were accepted: under “Impact”.",
    )


def test_comments_are_said_and_stay_out() -> None:
    def comment(document) -> None:  # type: ignore[no-untyped-def]
        paragraph = document.add_paragraph("We did this.")
        document.add_comment(paragraph.runs, text="Is that true?", author="Eve")

    imported = read(comment)

    assert body(imported) == "We did this."
    assert imported.not_taken == ("A comment was not taken: under “Impact”.",)


def test_a_table_of_3000_rows_is_not_taken_and_one_of_500_is_divided() -> None:
    def rows(count: int) -> Imported:
        lines = "".join(f"<w:tr><w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc>" * 1 + "<w:tc><w:p/></w:tc></w:tr>"
                        for n in range(count))  # fmt: skip
        xml = files.read_entry(GOOD, "word/document.xml").decode()
        cut = xml.index("<w:sectPr")
        return reading.read(
            files.changed(GOOD, word__document_dot_xml=f"{xml[:cut]}<w:tbl>{lines}</w:tbl>{xml[cut:]}".encode()),
            "x.docx",
        )

    assert rows(3000).not_taken == (
        "A table has 3,000 rows. The most that is taken is 1,000, so it was not taken. Put it into an attachment: under "
        "“Impact”.",
    )
    divided = rows(500)
    assert "A table has 500 rows. It was divided into tables of 200 rows" in divided.not_taken[0]
    assert body(divided).count("| --- | --- |") == 3


def test_a_table_as_wide_as_a_spreadsheet_is_not_taken() -> None:
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="900000"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    imported = read(files.paragraph("<w:r><w:t>Text.</w:t></w:r>"), lambda d: d.element.body.insert(-1, xml(wide)))
    assert imported.not_taken == (
        "A table has more than 60 columns, so it was not taken. Put it into an attachment: under “Impact”.",
    )


def test_a_few_words_that_are_spread_over_a_whole_table_are_not_taken() -> None:
    words = f"<w:p><w:r><w:t>{'x' * 900}</w:t></w:r></w:p>"
    first = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="50"/><w:vMerge w:val="restart"/></w:tcPr>{words}</w:tc></w:tr>'
    below = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="50"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>'
    imported = read(
        files.paragraph("<w:r><w:t>Text.</w:t></w:r>"),
        lambda d: d.element.body.insert(-1, xml(f"<w:tbl>{first}{below * 900}</w:tbl>")),
    )
    assert imported.not_taken[-1].startswith("A table has more than 50,000 characters once its merged cells are spread")
    assert "xxx" not in body(imported)


def test_a_part_that_is_xml_by_another_name_is_refused() -> None:
    data = files.with_type(
        files.with_entry(files.report(), "word/document.dat", b"<x/>"), "/word/document.dat", "document.main"
    )
    assert refused(data) == "This is not a Word file that can be read here. Save it as .docx, and upload that."


def xml(text: str):  # type: ignore[no-untyped-def]
    return files.parse_xml(text.replace(">", f" {files.W}>", 1))


def test_a_maze_of_headings_is_put_in_order() -> None:
    def maze(document) -> None:  # type: ignore[no-untyped-def]
        for level in (4, 9, 2, 7, 1, 5):
            document.add_heading(f"Level {level}", level)
            document.add_paragraph(f"Text of {level}.")
        document.add_heading("", 2)
        document.add_heading("x" * 300, 2)
        grid = document.add_table(2, 2)
        grid.cell(0, 0).paragraphs[0].style = "Heading 1"
        grid.cell(0, 0).paragraphs[0].add_run("In a cell")

    imported = read(maze)

    assert [(part.level, part.title) for part in imported.parts] == [(1, "Impact"), (2, "Level 2"), (1, "Level 1")]
    assert [line for line in body(imported).splitlines() if line.startswith("#")] == [
        "### Level 4", "### Level 9", "### Level 7", "### Level 5",
    ]  # fmt: skip
    said = " ".join(imported.not_taken)
    for sentence in (
        "A heading without words was not taken: under “Level 5”.",
        "A heading longer than 200 characters was taken as a paragraph",
        "A heading within a table was taken as the words of its cell",
        "A heading more than three levels deep was taken at the third level: “Level 5”; “Level 7”; “Level 9”"[:60],
    ):
        assert sentence in said


def test_more_headings_than_a_page_can_ask_for_are_refused() -> None:
    def many(document) -> None:  # type: ignore[no-untyped-def]
        for number in range(limits.MOST_PARTS + 1):
            document.element.body.insert(
                -1, xml(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{number}</w:t></w:r></w:p>')
            )

    assert refused(files.made(many)) == limits.TOO_MANY_HEADINGS


def test_200_000_characters_in_one_paragraph_are_not_taken_and_the_rest_is() -> None:
    imported = read(lambda d: d.add_paragraph("word " * 40_000), lambda d: d.add_paragraph("The rest."))

    assert body(imported) == "The rest."
    assert imported.not_taken[0].startswith("A paragraph of 199,999 characters was not taken (“word word word")
    assert imported.not_taken[0].endswith("Divide it in Word: under “Impact”.")


def test_a_part_longer_than_a_section_is_divided() -> None:
    imported = read(*[lambda d: d.add_paragraph("word " * 3_000)] * 8)

    assert [part.title for part in imported.parts] == ["Impact", "Impact (continued)", "Impact (continued)"]
    assert all(len(part.body) <= limits.LONGEST_PART for part in imported.parts)


def test_invisible_characters_are_removed_and_counted() -> None:
    imported = read(
        lambda d: d.add_paragraph("We \u202egnihton\u202c did\u200b \u0085this\ufeff."),
        lambda d: d.add_paragraph("Dé\u0301jà vu: e\u0301."),
    )

    assert body(imported).splitlines()[0] == "We gnihton did this."
    assert "é." in body(imported)
    assert imported.not_taken == (
        "An invisible character, such as a mark that turns the direction of text, was removed: under “Impact” (5 times).",
    )


def test_script_in_a_cell_stays_plain_text() -> None:
    script = "<script>alert(1)</script> [x](javascript:alert(1)) | <img src=x onerror=alert(1)>"
    imported = read(lambda d: files.table(d, [["What", "Note"], ["A", script]]))

    (part,) = imported.parts
    (table,) = markdown.to_blocks(f"Table: T\n\n{part.body}", Figures()).blocks
    assert table["rows"][0][1] == (
        "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) | &lt;img src=x onerror=alert(1)&gt;"
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///C:/Users/eve/plan.docx", "It leads to a file of one computer"),
        ("\\\\server\\share\\plan.docx", "It leads to a file of one computer"),
        ("plan.docx", "It leads to a file of one computer"),
        ("C:\\plan.docx", "It leads to a file of one computer"),
        ("http://example.org/a", "This link starts with http"),
        ("javascript:alert(1)", "This link must be a full address"),
    ],
)
def test_a_link_that_leads_nowhere_for_a_reader_is_words_and_said(address: str, why: str) -> None:
    def link(document) -> None:  # type: ignore[no-untyped-def]
        key = document.part.relate_to(address, files.HYPERLINK, is_external=True)
        document.element.body.insert(
            -1, files.parse_xml(f'<w:p {files.W} {files.R}><w:hyperlink r:id="{key}"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>'
                "</w:p>")
        )  # fmt: skip

    imported = read(link)

    assert body(imported) == "the plan"
    assert imported.not_taken[0].startswith(f"A link was taken as words alone. {why}")
    assert imported.not_taken[0].endswith("under “Impact”.")


def test_a_file_with_no_end_of_paragraphs_or_sentences_is_kept_within_bounds(monkeypatch) -> None:
    monkeypatch.setattr(limits, "MOST_PARAGRAPHS", 50)
    assert refused(files.made(*[lambda d: d.add_paragraph("x")] * 60)) == limits.TOO_LONG

    monkeypatch.setattr(limits, "MOST_PARAGRAPHS", 5_000)
    links = [
        files.paragraph(
            f'<w:fldSimple w:instr=" HYPERLINK &quot;plan-{n}.docx&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
        )
        for n in range(250)
    ]
    said = read(*links).not_taken
    assert len(said) == 201
    assert said[-1] == "There are 50 more things like these."
