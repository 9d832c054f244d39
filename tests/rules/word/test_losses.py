"""Nothing of a Word file is lost silently: every word is in a part, or what was not taken names it."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from partnership.documents import markdown
from partnership.documents.kinds import Fact
from partnership.word import joining, reading
from partnership.word.reading import Imported, Unreadable, limits
from tests.rules.documents.samples import Figures
from tests.rules.word import files

BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{way}"/></w:r>' for way in ("begin", "separate", "end"))


def read(*fill: Callable[[Any], Any]) -> Imported:
    return reading.read(files.made(*fill), "report.docx")


def body(imported: Imported) -> str:
    return "\n\n".join(part.body for part in imported.parts)


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize(
    "opening",
    [
        BEGIN,
        BEGIN + code("TOC \\o"),
        BEGIN + code("TOC \\o") + MIDDLE,
        BEGIN + code("PAGE") + BEGIN + code("TOC") + END,
    ],
)
def test_a_field_without_an_end_does_not_swallow_what_follows(opening: str) -> None:
    imported = read(
        files.paragraph(opening + words("The same paragraph.")),
        files.paragraph(words("The next.")),
        lambda d: d.add_heading("Next", 1),
        files.paragraph(words("The last.")),
    )

    assert body(imported) == "The same paragraph.\n\nThe next.\n\nThe last."
    assert [part.title for part in imported.parts] == ["Impact", "Next"]
    assert imported.not_taken == (
        "A field of Word, such as a table of contents, has no end. What follows it was taken as ordinary text: under "
        "“Impact”.",
    )


def test_a_field_in_a_box_ends_with_the_box() -> None:
    box = f"<w:p>{BEGIN}{code('TOC')}{words('In the box.')}</w:p>"
    imported = read(
        files.paragraph(
            f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{box}'
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        ),
        files.paragraph(words("After it.")),
    )

    assert body(imported) == "In the box.\n\nAfter it."
    assert any(sentence.startswith("A field of Word") for sentence in imported.not_taken)


def test_words_in_the_code_of_a_field_are_named() -> None:
    imported = read(files.paragraph(BEGIN + code("IF") + words("lost?") + MIDDLE + words("kept") + END))

    assert body(imported) == "kept"
    assert imported.not_taken == ("Words in the code of a field of Word were not taken (“lost?”): under “Impact”.",)


DELETED = "Text that was deleted as a tracked change was not taken, as if that were accepted: under “Impact”."
INSERTED = "Text that was inserted as a tracked change was taken, as if it were accepted: under “Impact”."
OLD = f"<w:p>{words('Old.')}</w:p>"


@pytest.mark.parametrize(
    ("xml", "taken", "said"),
    [
        (f"<w:del>{OLD}</w:del>", "", DELETED),
        (f"<w:moveFrom>{OLD}</w:moveFrom>", "", DELETED),
        (f"<w:ins>{OLD}</w:ins>", "Old.", INSERTED),
        (f"<w:moveTo>{OLD}</w:moveTo>", "Old.", INSERTED),
    ],
)
def test_paragraphs_that_were_changed_as_a_whole_are_taken_as_if_accepted(xml: str, taken: str, said: str) -> None:
    imported = read(lambda d: d.add_paragraph("Before."), files.block(xml))

    assert body(imported) == "\n\n".join(filter(None, ["Before.", taken]))
    assert imported.not_taken == (said,)


def row(*cells: str, changed: str = "") -> str:
    return f"<w:tr><w:trPr>{changed}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def told(imported: Imported) -> list[str]:
    """What was said, but for the missing caption of a table."""
    return [sentence for sentence in imported.not_taken if "no caption" not in sentence]


def test_rows_and_cells_that_were_deleted_are_not_taken_and_said() -> None:
    cell = f"<w:p>{words('cell')}</w:p>"
    gone = f"<w:tcPr><w:cellDel/></w:tcPr><w:p>{words('gone')}</w:p>"
    imported = read(
        files.block(
            f"<w:tbl>{row(cell, cell)}{row(cell, OLD, changed='<w:del/>')}{row(cell, cell, changed='<w:ins/>')}"
            f"{row(cell, cell, gone)}<w:moveFrom>{row(cell, OLD)}</w:moveFrom></w:tbl>"
        )
    )

    assert body(imported) == "| cell | cell |\n| --- | --- |\n| cell | cell |\n| cell | cell |"
    assert sorted(told(imported)) == sorted(
        [
            "A row of a table that was deleted as a tracked change was not taken, as if that were accepted: under “Impact”.",
            "A row of a table that was inserted as a tracked change was taken, as if it were accepted: under “Impact”.",
            DELETED,
            "A cell of a table that was deleted as a tracked change was not taken, as if that were accepted: under “Impact”.",
        ]
    )


def test_a_table_whose_rows_were_all_deleted_leaves_its_sentence() -> None:
    imported = read(lambda d: d.add_paragraph("Before."), files.block(f"<w:tbl>{row(OLD, changed='<w:del/>')}</w:tbl>"))

    assert body(imported) == "Before."
    assert told(imported)[0].startswith("A row of a table that was deleted")


EQUATION = "<m:oMathPara><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></m:oMathPara>"


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (f"<w:del>{OLD}</w:del>", DELETED),
        (EQUATION, "An equation was not taken (“a=b”): under “Impact”."),
        ("<w:altChunk/>", "A part of another kind, put in from elsewhere, was not taken: under “Impact”."),
        (
            f"<w:newThing>{OLD}</w:newThing>",
            "Something that is not known here (w:newThing) was not taken (“Old.”): under “Impact”.",
        ),
    ],
)
def test_what_has_no_place_is_named_wherever_it_stands(xml: str, said: str) -> None:
    kept = f"<w:p>{words('kept')}</w:p>"
    in_text = read(lambda d: d.add_paragraph("kept"), files.block(xml))
    in_a_cell = read(files.block(f"<w:tbl>{row(kept + xml, kept)}</w:tbl>"))
    in_an_inner_table = read(files.block(f"<w:tbl>{row(f'<w:tbl>{row(kept + xml)}</w:tbl>', kept)}</w:tbl>"))

    assert (body(in_text), in_text.not_taken) == ("kept", (said,))
    assert body(in_a_cell) == body(in_an_inner_table) == "| kept | kept |\n| --- | --- |"
    assert told(in_a_cell) == [said]
    assert said in told(in_an_inner_table)


def test_an_unknown_thing_without_words_is_named_where_it_shows_something() -> None:
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    imported = read(
        lambda d: d.add_paragraph("kept"),
        files.block(f"<w:newThing>{EQUATION}</w:newThing>"),
        files.block(f"<w:otherThing>{blip}</w:otherThing>"),
    )

    assert imported.not_taken == (
        "Something that is not known here (w:newThing) was not taken (“a=b”): under “Impact”.",
        "Something that is not known here (w:otherThing) was not taken (a picture): under “Impact”.",
    )


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        ("<w:tbl><w:tr><w:tc>" * 13 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 13, limits.DEEP),
        ("<w:sdt><w:sdtContent>" * 1200 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 1200, limits.TOO_DEEP),
    ],
)
def test_the_limit_of_things_within_things_is_the_one_that_is_said(xml: str, sentence: str) -> None:
    data = files.made(lambda d: d.add_paragraph("Text."))
    document = files.read_entry(data, "word/document.xml").decode()
    document = document.replace("<w:sectPr", f"{xml}<w:sectPr")

    with pytest.raises(Unreadable) as refusal:
        reading.read(files.changed(data, word__document_dot_xml=document.encode()), "report.docx")

    assert str(refusal.value) == sentence
    assert "12 deep" in limits.DEEP


def test_forty_content_controls_within_each_other_are_read() -> None:
    inner = f"<w:p>{words('Within.')}</w:p>"
    imported = read(files.block("<w:sdt><w:sdtContent>" * 40 + inner + "</w:sdtContent></w:sdt>" * 40))

    assert (body(imported), imported.not_taken) == ("Within.", ())


def test_twelve_boxes_within_each_other_are_read() -> None:
    inner = f"<w:p>{words('Within.')}</w:p>"
    imported = read(files.block("<w:tbl><w:tr><w:tc>" * 12 + inner + "</w:tc></w:tr></w:tbl>" * 12))

    assert body(imported) == "Within."


@pytest.mark.parametrize("title", ["#", "C #", "Part ##", "# #"])
def test_a_heading_that_ends_in_number_signs_keeps_them(title: str) -> None:
    imported = read(
        lambda d: d.add_heading(title, 2), lambda d: d.add_heading(title, 3), lambda d: d.add_paragraph("Text.")
    )
    text = joining.joined([joining.Text(part.title, part.body) for part in imported.parts], "Other")

    headings = [block["html"] for block in markdown.to_blocks(text, Figures()).blocks if block["type"] == "heading"]
    assert headings == ["Impact", title, title]


class Facts(Figures):
    """The records know one fact."""

    def fact(self, name: str) -> Fact | None:
        return Fact("Lead", "Robin Example", "the register", date(2026, 9, 1)) if name == "lsp police" else None

    def fact_names(self) -> list[str]:
        return ["lsp police"]


def shown(markdown_text: str) -> tuple[str, list[str]]:
    """What a draft shows of a text, and what its writer would have to mend."""
    parsed = markdown.to_blocks(markdown_text, Facts())
    return json.dumps(parsed.blocks), [problem.message for problem in parsed.problems]


TOKEN = "{{lsp police}}"


@pytest.mark.parametrize(
    "inner",
    [
        words(TOKEN),
        words("{") + words("{lsp police}}"),
        words("in") + f"<w:r><w:rPr><w:b/></w:rPr><w:t>{TOKEN}</w:t></w:r>" + words("side"),
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>a{{</w:t></w:r>{words('{lsp police}}')}",
        words("{") + TOKEN.join(["<w:r><w:t>", "</w:t></w:r>"]) + words("}"),
    ],
)
def test_what_looks_like_a_token_stays_words(inner: str) -> None:
    cell = f"<w:p>{inner}</w:p>"
    imported = read(
        files.paragraph(inner),
        lambda d: d.add_paragraph(TOKEN, style="List Bullet"),
        lambda d: d.add_heading(f"Of {TOKEN}", 3),
        lambda d: d.add_paragraph(f"Table 1: {TOKEN}", style="Caption"),
        files.block(f"<w:tbl>{row(cell, OLD)}{row(cell, cell)}</w:tbl>"),
        lambda d: d.add_paragraph(f"Source: {TOKEN} and *"),
    )
    blocks, problems = shown(joining.joined([joining.Text(part.title, part.body) for part in imported.parts], "Impact"))

    assert "Robin" not in blocks
    assert blocks.count("lsp police}}") == 8
    assert "\\" not in blocks
    assert problems
    assert all(f"{TOKEN} stands as words here" in problem for problem in problems)


def test_what_looks_like_a_fact_of_the_records_is_kept_as_words_and_said() -> None:
    cell = "<w:tc><w:p>" + words("[[attendance]]") + "</w:p></w:tc>"
    imported = read(
        files.paragraph(words("Led by {") + words("{chair}}.")),
        files.block(f"<w:tbl><w:tr>{cell}<w:tc><w:p>{words('b')}</w:p></w:tc></w:tr></w:tbl>"),
    )

    said = " ".join(imported.not_taken)
    assert "\\{\\{chair}}" in body(imported)
    assert said.count("was taken as words, and draws nothing from the records") == 2
    assert "(“{{chair}}”): under “Impact”." in said
    assert "(“[[attendance]]”)" in said
