"""What is taken from a Word file, and what is said of the rest."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from partnership.documents import markdown
from partnership.word import joining, reading
from partnership.word.reading import Imported
from tests.rules.documents.samples import Figures
from tests.rules.word import files


def read(*fill) -> Imported:  # type: ignore[no-untyped-def]
    return reading.read(files.made(*fill), "report.docx")


def body(imported: Imported) -> str:
    return "\n\n".join(part.body for part in imported.parts)


def test_a_published_report_goes_in_with_its_headings_and_its_twelve_tables() -> None:
    imported = reading.read(files.report(), "report.docx")

    assert imported.title.endswith("yearly report 2024-25")
    assert [part.title for part in imported.parts if part.level == 1] == [
        "Foreword", "The year at a glance", "Local context", "Governance", "Priorities", "Learning from reviews",
        "Audits and section 11", "Training", "Voice of children", "Statement of the independent scrutineer",
        "What each agency did", "Finance", "Priorities for next year", "Appendix: words explained",
    ]  # fmt: skip
    assert [part.title for part in imported.parts if part.level == 2] == [*files.PRIORITIES, *files.AGENCIES]
    text = body(imported)
    assert text.count("Table: ") == 12
    assert len(text) > 90_000  # some thirty pages
    assert text.count("## What changed for children") == 4
    assert imported.not_taken == (
        "The title of the file (“Marlbridge Safeguarding Children Partnership: yearly report 2024-25”) was not taken as text. "
        "The document here has a title of its own: before the first heading.",
    )
    assert [(drawn.alt, drawn.caption) for drawn in imported.pictures] == [
        ("A drawing by the young people’s panel", "Drawn by the panel")
    ]


def test_the_title_is_said_and_a_subtitle_or_a_second_title_is_taken_as_text() -> None:
    document = docx.Document()
    for words, style in (("Safe together", "Title"), ("A year on", "Subtitle"), ("Once more", "Title")):
        document.add_paragraph(words, style)
    document.add_paragraph("", "Title")
    imported = reading.read(files.saved(document), "report.docx")

    assert imported.parts[0].body == "A year on\n\nOnce more"
    assert imported.not_taken == (
        "The title of the file (“Safe together”) was not taken as text. The document here has a title of its own: "
        "before the first heading.",
    )


def test_what_is_taken_needs_no_mending_where_the_file_was_in_order() -> None:
    for part in reading.read(files.report(), "report.docx").parts:
        parsed = markdown.to_blocks(joining.with_pictures(part.body, {1: 1}), Figures())
        assert not parsed.problems


def test_a_list_counts_on_after_text() -> None:
    def lists(document) -> None:  # type: ignore[no-untyped-def]
        document.add_paragraph("first", style="List Number")
        document.add_paragraph("between")
        document.add_paragraph("second", style="List Number")

    assert body(read(lists)) == "1. first\n\nbetween\n\n2. second"


def test_an_item_that_stands_too_deep_is_taken_at_the_third_level_and_said() -> None:
    def deep(document) -> None:  # type: ignore[no-untyped-def]
        for depth in range(5):
            document.element.body.insert(
                -1,
                files.parse_xml(
                    f'<w:p {files.W}><w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:ilvl w:val="{depth}"/>'
                    f'<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>level {depth}</w:t></w:r></w:p>'
                ),
            )

    imported = read(deep)

    assert body(imported) == "- level 0\n  - level 1\n    - level 2\n    - level 3\n    - level 4"
    assert imported.not_taken[0].startswith("Lists can be 3 deep.")


def test_merged_cells_are_spread_and_said() -> None:
    def merged(document) -> None:  # type: ignore[no-untyped-def]
        grid = files.table(document, [["A", "B", "C"], ["1", "2", "3"], ["", "5", "6"]], "Table 4: Merged")
        grid.cell(1, 0).merge(grid.cell(2, 0))
        grid.cell(0, 1).merge(grid.cell(0, 2))
        grid.cell(0, 1).text = "Wide"

    imported = read(merged)

    lines = [line for line in body(imported).splitlines() if line.startswith("|")]
    assert lines == ["| A | Wide | Wide |", "| --- | --- | --- |", "| 1 | 2 | 3 |", "| 1 | 5 | 6 |"]
    assert (
        "A table has merged cells. Their words now stand in each of the cells that they covered"
        in imported.not_taken[0]
    )


def test_a_table_within_a_table_becomes_words_of_its_cell() -> None:
    def nested(document) -> None:  # type: ignore[no-untyped-def]
        grid = files.table(document, [["A", "B"], ["1", "two"]], "Nested")
        inner = grid.cell(1, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"

    imported = read(nested)

    assert "| 1 x y | two |" in body(imported)
    assert any(sentence.startswith("A table within a table") for sentence in imported.not_taken)


@pytest.mark.parametrize(
    ("inner", "taken", "sentence"),
    [
        ('<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>', "", "Hidden text was not taken"),
        ('<w:r><w:rPr><w:strike/></w:rPr><w:t>old</w:t></w:r>', "old", "Words that are struck through"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "", "A character of a symbol font"),
        ('<w:r><w:object/></w:r>', "", "An embedded object"),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a=b</m:t></m:r></m:oMath>',
            "", "An equation was not taken (“a=b”)",
        ),
        ('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box.'
         '</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>', "In a box.",
         "The text of a text box was taken as ordinary paragraphs"),
        ('<w:r><w:drawing><a:x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart '
         'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:x></w:drawing></w:r>', "",
         "A chart was not taken"),
        ('<w:r><w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing>'
         '</w:r>', "", "SmartArt was not taken"),
        ('<w:newThing><w:r><w:t>kept?</w:t></w:r></w:newThing>', "", "Something that is not known here (w:newThing)"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_said_with_where(inner: str, taken: str, sentence: str) -> None:
    imported = read(lambda d: d.add_paragraph("Before."), files.paragraph(inner))

    assert body(imported) == "\n\n".join(filter(None, ["Before.", taken]))
    assert imported.not_taken[0].startswith(sentence)
    assert imported.not_taken[0].endswith("under “Impact”.")


@pytest.mark.parametrize("kind", ["character", "paragraph"])
def test_what_a_style_hides_stays_out_and_is_said(kind: str) -> None:
    def hide(document: Any) -> None:
        style = document.styles.add_style("Secret", getattr(WD_STYLE_TYPE, kind.upper()))
        style.font.hidden = True
        paragraph = document.add_paragraph(style="Secret" if kind == "paragraph" else None)
        paragraph.add_run("A name.", style="Secret" if kind == "character" else None)

    imported = read(lambda d: d.add_paragraph("Before."), hide)

    assert body(imported) == "Before."
    assert imported.not_taken[0].startswith("Hidden text was not taken")


def test_a_footnote_becomes_a_paragraph_at_the_end_of_its_part() -> None:
    notes = (
        f'<w:footnotes {files.W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>See the plan.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    data = files.made(
        files.paragraph('<w:r><w:t>We did this.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'),
        lambda d: d.add_paragraph("And that."),
        lambda d: d.add_heading("Next", 1),
    )
    relations = files.read_entry(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes"/></Relationships>',
    )
    data = files.changed(data, word___rels__document_dot_xml_dot_rels=relations, word__footnotes_dot_xml=notes.encode())

    imported = reading.read(files.with_type(data, "/word/footnotes.xml", "footnotes"), "report.docx")

    assert imported.parts[0].body == "We did this. (note 1)\n\nAnd that.\n\nNote 1: See the plan."
    assert imported.not_taken[0].startswith("A footnote or endnote was taken as a paragraph at the end of its part")


def test_headers_and_the_table_of_contents_are_said() -> None:
    def fill(document) -> None:  # type: ignore[no-untyped-def]
        document.sections[0].header.paragraphs[0].text = "Marlbridge, page 1"
        document.element.body.insert(
            -1,
            files.parse_xml(
                f'<w:p {files.W}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Impact 3</w:t></w:r></w:p>'
            ),
        )
        document.element.body.insert(
            -1,
            files.parse_xml(
                f'<w:p {files.W}><w:r><w:t>Next 4</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ),
        )
        document.add_paragraph("We did this.")

    imported = read(fill)

    assert body(imported) == "We did this."
    assert imported.not_taken == (
        "The table of contents was not taken. The service makes one of its own: under “Impact” (2 times).",
        "A header was not taken (“Marlbridge, page 1”).",
    )


def test_pictures_keep_their_words_and_their_place_and_other_kinds_are_said() -> None:
    def pictures(document) -> None:  # type: ignore[no-untyped-def]
        document.add_paragraph("Before.")
        document.add_picture(BytesIO(files.picture()))
        document.inline_shapes[0]._inline.docPr.set("descr", "A  teal\u202e square")
        document.add_picture(BytesIO(files.picture(kind="GIF")))
        document.add_paragraph("After.")

    imported = read(pictures)

    assert body(imported) == "Before.\n\n[[imported picture 1]]\n\nAfter."
    (drawn,) = imported.pictures
    assert (drawn.number, drawn.alt, drawn.where) == (1, "A teal square", "under “Impact”")
    assert imported.not_taken[0].startswith("A picture was not taken, because it is neither PNG nor JPEG (gif)")


def test_words_that_look_like_our_own_marks_stay_words() -> None:
    words = ["[[picture 1]]", "[[imported picture 1]]", "Table: not one", "Source: not one", "## no", "- no", "1. no"]
    imported = read(*[lambda d, word=word: d.add_paragraph(word) for word in words])

    parsed = markdown.to_blocks(body(imported), Figures())

    assert [block["html"] for block in parsed.blocks] == words
    assert [problem.message.partition(" stands as words")[0] for problem in parsed.problems] == [
        "Line 1: [[picture 1]]"
    ]


def test_a_heading_stays_above_its_text_where_the_section_has_another_title() -> None:
    texts = [
        joining.Text("Impact", "One.\n\n## Deeper\n\nTwo."),
        joining.Text("Neglect", "Three.\n\n## Deeper\n\nFour."),
    ]

    assert joining.joined(texts, "impact") == (
        "One.\n\n## Deeper\n\nTwo.\n\n## Neglect\n\nThree.\n\n### Deeper\n\nFour."
    )
