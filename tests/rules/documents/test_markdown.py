"""From Markdown to blocks: what may stand, and the sentence for what may not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.documents.markdown import MOST_CHARACTERS, to_blocks
from tests.rules.documents.samples import SHA256, TEXT, Figures


def parse(text):
    return to_blocks(text, Figures())


def html(text):
    return parse(text).blocks[0]["html"]


def messages(text):
    return [problem.message for problem in parse(text).problems]


def test_a_full_section_has_no_problem_and_every_type_of_block():
    parsed = parse(TEXT)

    assert parsed.problems == ()
    assert {block["type"] for block in parsed.blocks} == {
        "heading", "paragraph", "list", "quotation", "table", "chart", "picture",
    }  # fmt: skip
    json.dumps(parsed.blocks)


def test_headings_begin_at_level_three_and_leave_no_gap():
    assert [block["level"] for block in parse("# One\n\n## Two\n\n### Three\n\n###### Six").blocks] == [3, 3, 4, 4]
    assert parse("### First").blocks[0]["level"] == 3


def test_emphasis_links_and_breaks_become_inline_html():
    assert html("*a* **b**  \n[c](https://example.org/x?y=1&z=2)") == (
        '<em>a</em> <strong>b</strong><br><a href="https://example.org/x?y=1&amp;z=2" rel="noopener noreferrer">c</a>'
    )


def test_code_becomes_plain_words():
    assert html("Say `this`") == "Say this"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
        "//example.org/x", "/page",
        "page",
        "#p-1-1", "file:///etc/passwd", "https://", "https://a@b.example", "https://localhost", "mailto:nobody",
        "mailto:a@b.org?bcc=c@d.org", "vbscript:x", "https:example.org", "ftp://example.org", "https://[1",
        "&#106;avascript:x",
    ],
)  # fmt: skip
def test_a_link_that_is_not_https_or_mailto_is_refused_with_its_line(address):
    parsed = parse(f"Text\n\n[here](<{address}>)")

    assert parsed.blocks[1]["html"] == "here"
    assert [(problem.line, problem.block_index) for problem in parsed.problems] == [(3, 1)]


def test_a_link_to_an_e_mail_address_may_stand():
    assert 'href="mailto:partners@example.org"' in html("[write](mailto:partners@example.org)")


def test_a_link_without_text_is_a_problem():
    assert "This link has no text" in messages("before [](https://example.org) after")[0]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=x>b</b>",
        "<!-- x -->",
        "<svg/onload=alert(1)>",
    ],
)
def test_raw_html_is_shown_as_words(text):
    assert "<" not in html(f"a {text}")


def test_marks_that_hide_or_turn_text_are_removed_even_as_entities():
    assert html("a\u202eb\u200b\x07c &#x202E;d&#8203;e") == "abc de"


def test_text_is_normalised_to_composed_letters():
    assert html("cafe\u0301") == "café"


def test_a_character_that_the_typeface_lacks_is_named_with_its_line():
    problem = parse("fine\n\nup → down").problems[0]

    assert "“→”" in problem.message
    assert (problem.line, problem.block_index) == (3, 1)


def test_nested_lists_keep_their_order_and_start():
    block = parse("3. a\n   - b\n   - c\n4. d").blocks[0]

    assert (block["ordered"], block["start"]) == (True, 3)
    assert [item["html"] for item in block["items"]] == ["a", "d"]
    assert [item["html"] for item in block["items"][0]["items"]] == ["b", "c"]
    assert block["items"][0]["ordered"] is False


def test_a_table_in_a_list_and_a_list_four_deep_are_problems():
    assert "A list can hold text and lists only" in messages("- a\n\n  ## b")[0]
    assert "at most 3 deep" in messages("- a\n  - b\n    - c\n      - d")[0]


def test_a_table_takes_its_caption_sides_and_source():
    table = parse("Table: Contacts\n\n| Q | N |\n|---|--:|\n| 1 | 2 |\n\nSource: our register").blocks[0]

    assert table == {
        "type": "table", "caption": "Contacts", "head": ["Q", "N"], "rows": [["1", "2"]], "align": ["left", "right"],
        "source": "our register",
    }  # fmt: skip


def test_a_caption_and_source_may_touch_the_table_and_the_text_before_it_stays():
    text, table = parse("Words\nTable: Contacts\n| Q | N |\n|---|---|\n| 1 | 2 |\nSource: register").blocks

    assert text["html"] == "Words"
    assert (table["caption"], table["source"], table["rows"]) == ("Contacts", "register", [["1", "2"]])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "Give table 1 of this text (“a”, “b”) a caption"),
        ("Table: T\n\n| a |  |\n|---|---|\n| 1 | 2 |", "needs a heading"),
        ("Table: T\n\n| a | b |\n|---|---|", "has no rows"),
        ("Table: T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |", "Row 2 of table 1"),
        ("Table: T\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |", "Row 1 of table 1"),
        ("Table: T\n\n| a | b |\n|---|\n| 1 | 2 |", "looks like a table"),
        ("Table: T\n\nNo table", "has no table after it"),
        ("Table: T\n\n|" + "a|" * 13 + "\n|" + "-|" * 13 + "\n|" + "1|" * 13, "13 columns"),
        ("Table: T\n\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 201, "201 rows"),
    ],
)
def test_a_table_that_readers_could_not_use_is_a_problem(text, sentence):
    assert any(sentence in message for message in messages(text))


def test_each_sentence_about_a_table_says_which_one_it_means():
    text = "| **Audit** | Children & families | x |\n|---|---|---|\n| 1 | 2 | 3 |\n\nWords\n\n"
    said = messages(text + "[[funding contributions]]\n\n" + text)

    named = "of this text (“Audit”, “Children & families”)"
    assert [sentence.split(" a caption")[0] for sentence in said] == [f"Give table 1 {named}", f"Give table 3 {named}"]
    assert messages("|  |  |\n|---|---|\n| 1 | 2 |")[0].startswith("Give table 1 of this text a caption")


def test_a_table_that_is_too_long_becomes_no_block():
    assert parse("Table: T\n\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 2500).blocks == ()


def test_an_escaped_pipe_is_not_a_new_cell():
    assert messages("Table: T\n\n| a | b |\n|---|---|\n| 1 \\| 2 | 3 |") == []


def test_a_chart_is_read_from_its_lines():
    text = "```chart\ntitle: Calls\nkind: line\nunit: £\nsource: register\nApril: £1,250.50\nMay: 0\nTime 9:30: -3\n```"

    assert parse(text).blocks[0] == {
        "type": "chart", "kind": "line", "title": "Calls", "unit": "£", "source": "register",
        "points": [["April", "1250.5"], ["May", "0"], ["Time 9:30", "-3"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sentence", "line"),
    [
        ("title: T\nkind: pie\na: 1\nb: 2", "what kind of chart", 3),
        ("kind: bar\na: 1\nb: 2", "Give this chart a title", 3),
        ("title: T\nkind: bar\na: 1", "at least two lines", 3),
        ("title: T\nkind: bar\na: 1\nb: many", "not “Label: number”", 7),
        ("title: T\nkind: bar\na: 1\nb: nan", "not “Label: number”", 7),
        ("title: T\nkind: bar\na: 1\nb: 1e9", "not “Label: number”", 7),
        ("title: T\nkind: bar\na: 1\na: 2", "stands twice", 7),
        ("title: T\ntitle: U\nkind: bar\na: 1\nb: 2", "two lines that start", 5),
        ("title: T\nkind: bar\na: 1\nb: -2", "below zero", 3),
        ("title: T\nkind: share\na: 0\nb: 0", "add up to nothing", 3),
        ("title: T\nkind: bar\n" + "\n".join(f"a{n}: 1" for n in range(25)), "at most 24", 3),
    ],
)
def test_a_chart_of_nonsense_is_no_block_but_a_problem_with_its_line(lines, sentence, line):
    parsed = parse(f"Before\n\n```chart\n{lines}\n```")

    assert [block["type"] for block in parsed.blocks] == ["paragraph"]
    assert [(sentence in problem.message, problem.line) for problem in parsed.problems] == [(True, line)]


def test_other_code_a_rule_and_a_picture_from_elsewhere_are_problems():
    assert "Code cannot be shown" in messages("```python\nx\n```")[0]
    assert "A line across the page" in messages("a\n\n***")[0]
    assert "A picture is put in by a line of its own" in messages("![x](https://example.org/x.png)")[0]


def test_a_picture_is_found_by_its_number():
    assert parse("[[picture 1]]").blocks[0] == {
        "type": "picture", "sha256": SHA256, "alt": "A plan of the new room", "caption": "The room",
        "width": 480, "height": 240,
    }  # fmt: skip


@pytest.mark.parametrize(
    "line", ["[[picture 2]]", "[[picture]]", "[[picture one]]", "[[picture 9999999]]", "[[picture ²]]"]
)
def test_an_unknown_picture_is_a_problem(line):
    parsed = parse(line)

    assert parsed.blocks == ()
    assert "picture" in parsed.problems[0].message


def test_a_picture_without_alternative_text_is_a_problem():
    class NoWords(Figures):
        def picture(self, number):
            return {**super().picture(number), "alt": " "}

    assert "no alternative text" in to_blocks("[[picture 1]]", NoWords()).problems[0].message


@pytest.mark.parametrize("line", ["[[figures funding contributions]]", "[[ Funding   contributions ]]"])
def test_figures_become_a_table_that_says_its_source(line):
    table = parse(line).blocks[0]

    assert (table["type"], table["figures"], table["source"]) == ("table", "funding contributions", "Invented")
    assert table["rows"][0] == ["Example Council", "£70,000"]
    assert table["align"] == ["left", "right"]


def test_figures_are_plain_text_and_cannot_bring_html():
    class Hostile(Figures):
        def figures(self, name):
            return {"caption": "c", "head": ["<b>"], "rows": [["<script>"]], "source": ""}

    assert to_blocks("[[x]]", Hostile()).blocks[0]["rows"] == [["&lt;script&gt;"]]


def test_unknown_figures_are_answered_with_what_there_is():
    assert messages("[[funding magic]]") == [
        "There are no figures called “funding magic”. You can use: [[funding contributions]]."
    ]


def test_several_directives_in_lines_below_each_other_each_have_their_line():
    parsed = parse("[[picture 1]]\n[[nothing]]\n[[funding contributions]]")

    assert [block["type"] for block in parsed.blocks] == ["picture", "table"]
    assert parsed.problems[0].line == 2


@pytest.mark.parametrize("text", ["See [[picture 1]] here", "- [[picture 1]]", "> [[picture 1]]"])
def test_a_directive_within_text_is_a_problem(text):
    assert "on a line of its own" in messages(text)[0]


def test_a_section_over_its_length_is_a_problem_and_no_block():
    parsed = parse("a" * (MOST_CHARACTERS + 1))

    assert parsed.blocks == ()
    assert "60,000 characters or fewer. Shorten it by 1." in parsed.problems[0].message


@given(st.text(alphabet=st.sampled_from("ab1 \n\t|-:#*_[]()<>!`~&;\\.=+\"'T\u0301\u202e\x00\ud800é→"), max_size=200))
def test_nothing_that_can_be_typed_raises_or_lets_a_tag_through(text):
    parsed = to_blocks("Table: x\n" + text, Figures())

    shown = json.dumps(parsed.blocks)
    assert "\\u202e" not in shown
    assert "<script" not in shown
    assert all(problem.message.endswith((".", "”.")) and problem.line >= 1 for problem in parsed.problems)


def test_a_marker_that_was_not_closed_is_named_and_never_printed_in_silence():
    assert any("two square brackets" in problem.message for problem in parse("[[picture 2").problems)


def test_a_word_too_long_for_a_column_is_named_before_the_pdf_cuts_it_off():
    table = f"Table: Long\n\n| A | B |\n|---|---|\n| {'x' * 150} | 1 |"

    assert any("too long a word" in problem.message for problem in parse(table).problems)


class _Facts(Figures):
    """Knows one fact too."""

    def fact_names(self):
        return ["lsp police"]

    def fact(self, name):
        return None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("One.\n\nLed by \\{\\{LSP police}}.", "{{LSP police}}"),
        ("One.\n\nLed by \\{{lsp  police}}.", "{{lsp  police}}"),
        ("One.\n\n- by {\\{lsp police\\}\\}", "{{lsp police}}"),
        ("One.\n\n\\[\\[funding contributions\\]\\]", "[[funding contributions]]"),
        ("One.\n\n\\[[figures funding contributions]]", "[[figures funding contributions]]"),
        ("One.\n\n\\[\\[picture 1\\]\\]", "[[picture 1]]"),
    ],
)
def test_words_that_look_like_a_fact_or_a_table_of_the_records_are_pointed_out(text, written):
    problems = [problem.message for problem in to_blocks(text, _Facts()).problems]

    assert problems[-1].startswith(f"Line 3: {written} stands as words here")


@pytest.mark.parametrize("text", ["\\{\\{chair}}", "\\[\\[picture 2\\]\\]", "\\[\\[1\\]\\]", "\\{lsp police}"])
def test_other_words_in_brackets_are_left_alone(text):
    assert to_blocks(text, _Facts()).problems == ()
