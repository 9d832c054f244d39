"""Words in notes, boxes, merged cells and long lists of a Word file are taken or named."""

import pytest

from partnership.word import reading
from tests.rules.word import files
from tests.rules.word.test_losses import BEGIN, END, EQUATION, MIDDLE, OLD, body, code, read, row, words


def with_notes(*notes: str) -> bytes:
    """A file with one reference to each note from 2 on, and one to a note that is not there."""
    numbers = range(2, len(notes) + 3)
    data = files.made(
        files.paragraph("".join(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in numbers)),
        lambda d: d.add_paragraph("And that."),
    )
    held = "".join(f'<w:footnote w:id="{number}">{note}</w:footnote>' for number, note in enumerate(notes, 2))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = files.read_entry(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Target="footnotes.xml" Type="{kind}"/></Relationships>'.encode(),
    )
    data = files.changed(
        data,
        word___rels__document_dot_xml_dot_rels=relations,
        word__footnotes_dot_xml=f"<w:footnotes {files.W} {files.M} {files.R}>{held}</w:footnotes>".encode(),
    )
    return files.with_type(data, "/word/footnotes.xml", "footnotes")


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)


TWO = f"<w:p>{words('One')}{words('s.')}</w:p><w:p>{words('Two.')}</w:p>"


def test_the_paragraphs_of_a_note_are_parted_and_a_note_that_is_not_there_is_named() -> None:
    imported = reading.read(with_notes(TWO, f"<w:p>{words('Said.')}{BOX.format(TWO)}</w:p>{EQUATION}"), "report.docx")

    assert body(imported) == (
        "(note 1) (note 2) (note 3)\n\nAnd that.\n\nNote 1: Ones. Two.\n\nNote 2: Said. Ones. Two."
    )
    assert "The text refers to note 3, which is not in the file: under “Impact”." in imported.not_taken
    assert "An equation was not taken (“a=b”): under “Impact”." in imported.not_taken


def test_a_note_without_words_is_named() -> None:
    imported = reading.read(with_notes("<w:p/>"), "report.docx")

    assert "Note 1:" not in body(imported)
    assert "Note 1 has no words that could be taken: under “Impact”." in imported.not_taken


def test_a_note_with_a_picture_and_a_note_of_20_001_characters_are_named() -> None:
    drawing = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId404"/>'
        "</w:drawing></w:r>"
    )
    imported = reading.read(with_notes(f"<w:p>{words('x' * 20_001)}</w:p>", f"<w:p>{drawing}</w:p>"), "report.docx")

    assert any(sentence.startswith("A paragraph of 20,001 characters was not taken") for sentence in imported.not_taken)
    assert any(
        sentence.startswith("A picture was not taken, because it lies outside") for sentence in imported.not_taken
    )


def test_the_paragraphs_of_a_box_in_a_cell_are_parted() -> None:
    imported = read(files.block(f"<w:tbl>{row(f'<w:p>{BOX.format(TWO)}</w:p>', OLD)}{row(OLD, OLD)}</w:tbl>"))

    assert body(imported).startswith("| Ones. Two. | Old. |")


def test_notes_keep_their_numbers_where_a_table_of_contents_holds_one() -> None:
    contents = BEGIN + code("TOC") + MIDDLE + '<w:r><w:t>Impact 1</w:t><w:footnoteReference w:id="7"/></w:r>'
    imported = read(
        files.paragraph(contents),
        files.paragraph(END),
        files.paragraph('<w:r><w:t>Did.</w:t><w:footnoteReference w:id="8"/></w:r>'),
    )

    assert body(imported) == "Did. (note 2)"
    assert "The text refers to note 2, which is not in the file: under “Impact”." in imported.not_taken


def test_words_behind_a_merged_cell_are_named() -> None:
    first = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>{words("Shown.")}</w:p>'
    behind = f"<w:tcPr><w:vMerge/></w:tcPr><w:p>{words('Behind.')}</w:p>"
    imported = read(files.block(f"<w:tbl>{row(OLD, OLD)}{row(first, OLD)}{row(behind, OLD)}</w:tbl>"))

    assert "Words behind a merged cell of a table were not taken (“Behind.”): under “Impact”." in imported.not_taken


def test_a_list_that_is_too_long_for_a_section_is_called_a_list() -> None:
    imported = read(*[lambda d: d.add_paragraph("word " * 3_900, style="List Bullet")] * 3)

    assert imported.not_taken == (
        "A list with more than 50,000 characters was not taken. Divide it in Word: “- word word word word word word word "
        "word word word word wor…”.",
    )


@pytest.mark.parametrize("length", [121, 200])
def test_a_title_is_named_whole(length: int) -> None:
    title = ("Marlbridge " * 20)[:length].strip("M ")
    imported = read(lambda d: d.add_paragraph(title, "Title"))

    assert imported.title == title
    assert f"The title of the file (“{title}”) was not taken as text." in imported.not_taken[0]


def test_a_title_that_is_too_long_is_a_paragraph_and_the_file_has_none() -> None:
    title = ("Marlbridge " * 20).strip()
    imported = read(lambda d: d.add_paragraph(title, "Title"))

    assert (imported.title, body(imported)) == ("", title)
    assert imported.not_taken == ("A title longer than 200 characters was taken as a paragraph: under “Impact”.",)
