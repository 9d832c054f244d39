"""A document that is written as a Word file and read back has the same headings, lists and tables."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.documents import markdown
from partnership.documents.cleaning import clean_text
from partnership.word import joining, reading, writing
from partnership.word.reading import inline, runs
from tests.rules.documents import samples

MOMENT = datetime(2026, 9, 14, 9, tzinfo=UTC)
COVER = writing.Cover("Draft. Not agreed.", "For reading only.", "Version 2", "14 September 2026", True)
WORDS = st.text(st.sampled_from("abc XYZ 0123 .,;:!?*_[]()<>&|\\`~#-+=>/'\"“”’éŵ£%\n"), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
LINE = WORDS.map(lambda text: " ".join(text.split())).filter(bool)


def written(document: dict[str, Any]) -> bytes:
    return writing.to_docx(
        document, cover=COVER, pictures=lambda sha256: samples.PICTURE, guidance_rows=[], moment=MOMENT
    )


def read_back(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The blocks of each section, as our own reader finds them in the Word file."""
    imported = reading.read(written(document), "download.docx")
    sections: dict[str, list[joining.Text]] = {}
    title = ""
    for part in imported.parts:
        title = part.title if part.level == 1 else title
        sections.setdefault(title, []).append(joining.Text(part.title, part.body))
    figures = samples.Figures()
    return {
        title: list(markdown.to_blocks(joining.with_pictures(joining.joined(texts, title), {1: 1}), figures).blocks)
        for title, texts in sections.items()
    }


def essence(block: dict[str, Any]) -> Any:
    """What must survive: everything but how a table's figures were drawn from records, and the look of its headings."""
    kept = {key: value for key, value in block.items() if key not in ("figures", "sha256")}
    if block["type"] == "table":
        kept["head"] = [re.sub(r"</?strong>", "", cell) for cell in block["head"]]
    return kept


def without_charts(text: str) -> str:
    return re.sub(r"```chart.*?```\n", "", text, flags=re.DOTALL)


def test_one_of_everything_comes_back_as_it_went() -> None:
    document = samples.document(without_charts(samples.TEXT))

    found = read_back(document)

    (first, *_) = document["sections"]
    assert [essence(block) for block in found[first["title"]]] == [essence(block) for block in first["blocks"]]


def test_a_chart_comes_back_as_the_table_of_its_figures() -> None:
    document = samples.document()

    tables = [block for block in read_back(document)["What the partnership did"] if block["type"] == "table"]

    assert [table["caption"] for table in tables] == [
        "Contacts by quarter", "Contacts by quarter (contacts)", "Who pays (£)", "Children on a plan, by month",
        "Contributions 2025-26",
    ]  # fmt: skip
    assert tables[2]["rows"][0] == ["Example Council", "£70,000"]


@given(
    st.lists(WORDS, min_size=1, max_size=4), st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=4)
)
@settings(max_examples=300, deadline=None)
def test_words_come_out_as_they_went_in_whatever_they_hold(texts: list[str], looks: list[tuple[bool, bool]]) -> None:
    pieces = [inline.Piece(text, bold, italic) for text, (bold, italic) in zip(texts, looks, strict=False)]

    marked, _ = inline.to_markdown(pieces)

    parsed = markdown.to_blocks(marked, samples.Figures())
    (block,) = parsed.blocks
    assert block["type"] == "paragraph"
    plain = samples_text(block["html"])
    assert plain.split() == clean_text("".join(texts)).split()


def samples_text(markup: str) -> str:
    text = re.sub(r"<[^>]*>", "", markup.replace("<br>", " "))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


ENTRY = st.recursive(
    LINE.map(lambda text: (text, None, [])),
    lambda inner: st.tuples(LINE, st.booleans(), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=5,
)
BLOCK = st.one_of(
    st.tuples(st.just("paragraph"), LINE),
    st.tuples(st.just("heading"), LINE),
    st.tuples(st.just("list"), st.booleans(), st.lists(ENTRY, min_size=1, max_size=4)),
    st.tuples(st.just("table"), st.lists(st.lists(LINE, min_size=2, max_size=2), min_size=2, max_size=4)),
)


def _item(entry: Any, depth: int = 1) -> dict[str, Any]:
    text, ordered, inner = entry
    item: dict[str, Any] = {"html": _html(text), "items": []}
    if inner and depth < 3:
        item["items"] = [_item(deeper, depth + 1) for deeper in inner]
        item["ordered"] = bool(ordered)
    return item


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _block(drawn: Any) -> dict[str, Any]:
    kind, *rest = drawn
    if kind == "list":
        return {"type": "list", "ordered": rest[0], "items": [_item(entry) for entry in rest[1]]}
    if kind == "table":
        head, *rows = [[_html(cell) for cell in row] for row in rest[0]]
        caption = "A caption"
        return {"type": kind, "caption": caption, "head": head, "rows": rows, "align": ["left", "left"], "source": ""}
    return {"type": kind, "html": _html(rest[0]), **({"level": 3} if kind == "heading" else {})}


@given(st.lists(BLOCK, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_headings_lists_and_tables_come_back(drawn: list[Any]) -> None:
    blocks: list[dict[str, Any]] = []
    for block in map(_block, drawn):
        # Two lists of one kind without anything between them are one list to every reader.
        if blocks and block["type"] == "list" == blocks[-1]["type"]:
            blocks.append({"type": "paragraph", "html": "And then:"})
        blocks.append(block)
    section = {"key": "impact", "title": "§ Impact", "blocks": blocks, "explanation": ""}

    found = read_back(samples.document(sections=[section], challenges=[]))

    assert [essence(block) for block in found["§ Impact"]] == blocks


def test_the_file_says_what_it_is_in_its_properties_and_on_each_page() -> None:
    opened = docx.Document(BytesIO(written(samples.document())))

    assert opened.core_properties.language == "en-GB"
    assert opened.styles.element.xpath("//w:lang/@w:val") == ["en-GB"]
    assert "Draft. Not agreed." in opened.sections[0].header.paragraphs[0].text
    assert {"Heading 1", "Heading 2", "Heading 3", "Caption", "Quote"} <= {p.style.name for p in opened.paragraphs}
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in opened.tables)
    assert opened.inline_shapes[0]._inline.docPr.get("descr") == "A plan of the new room"


def lines_of(**changes: Any) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(written(samples.document(**changes)))).paragraphs]


def test_headings_and_paragraphs_carry_the_numbers_by_which_the_file_refers_to_them() -> None:
    lines = lines_of(text="We met.\n\n- once\n\n> Nobody asked.\n>\n> Nobody.\n\n### Then\n\n- a list alone")

    begins = lines.index("1 What the partnership did")
    assert lines[begins + 1 : begins + 9] == [
        "1.1 We met.", "once", "1.2 Nobody asked.", "Nobody.", "Then", "1.3 ", "a list alone", "2 What comes next",
    ]  # fmt: skip


def test_numbers_that_come_back_are_dropped_but_no_word_that_was_typed_beside_them() -> None:
    opened = docx.Document(BytesIO(written(samples.document("We met.\n\nWe went.\n\nWe saw."))))
    met, went, saw = (line for line in opened.paragraphs if line.text[:2] == "1.")
    met.runs[0].text = "1.1 12 times. "
    went.runs[0].text = "12 of us. "
    saw.runs[0].text = "7."
    stream = BytesIO()
    opened.save(stream)

    imported = reading.read(stream.getvalue(), "download.docx")

    (part,) = [part for part in imported.parts if part.title == "What the partnership did"]
    assert part.body == "12 times. We met.\n\n12 of us. We went.\n\nWe saw."
    assert f"{runs.NUMBERS}." in imported.not_taken


EVIDENCE = {
    "sort": "A survey", "before": "", "after": "82 of 120.", "period": "2025-26", "source": "Survey", "strength": "",
    "limits": "More are needed.", "by": "Example Council",
}  # fmt: skip
EFFECT = {"type": "effect", "section": "impact", "block": 1, "for_whom": "", "none_yet": "", "look_again_on": ""}
PASSAGES = [{"section": "impact", "block": 1}]


def test_effects_and_priorities_say_where_they_stand_and_end_each_sentence_once() -> None:
    named = {"type": "priority", "words": "Neglect", "effects": PASSAGES, "why": "", "what_next": ""}
    bare = {**named, "words": "Exploitation", "effects": [], "why": "No agreement", "what_next": "We meet."}
    effects = [{**EFFECT, "evidence": [EVIDENCE]}, {**EFFECT, "evidence": []}]

    lines = lines_of(text="We met.", claims=[*effects, named, bare])

    begins = lines.index("Effects and their evidence")
    assert lines[begins + 1 : begins + 11] == [
        "Effect claimed in paragraph 1.1 (What the partnership did)",
        "A survey, 2025-26. What was so before is not known. Now: 82 of 120. Source: Survey. "
        "What it does not show: More are needed. Contributed by Example Council.",
        "Effect claimed in paragraph 1.1 (What the partnership did)",
        "No evidence is given.",
        "Priorities of the year",
        "Neglect",
        "Effects claimed in paragraph 1.1 (What the partnership did).",
        "Exploitation",
        "Little or no progress. No agreement.",
        "What comes next: We meet.",
    ]


def test_a_fact_says_where_it_stands() -> None:
    fact = {
        "name": "children", "title": "Children", "value": "410", "kind": "figure", "source": "The register",
        "as_of": "2026-09-14", "key": "example", "places": PASSAGES,
    }  # fmt: skip

    opened = docx.Document(BytesIO(written(samples.document("We met.", facts=[fact]))))

    assert [cell.text for cell in opened.tables[0].rows[1].cells] == [
        "Children", "410", "The register, 14 September 2026", "Paragraph 1.1 (What the partnership did)",
    ]  # fmt: skip
