"""Nothing of a Word file is lost silently: every word is in a part, or what was not taken names it."""

from collections.abc import Callable
from typing import Any

import pytest

from partnership.word import reading
from partnership.word.reading import Imported
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
