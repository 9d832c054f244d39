"""Pasting from Word into a section: headings, lists, tables, bold, italics and links come in, and nothing else does."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partnership.documents import markdown
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from tests import worlds
from tests.browser.looking import PHONE, WIDE, let_in, look
from tests.rules.documents.samples import Figures

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MARK = (
    '<![if !x]><span style="mso-list:Ignore">{mark}<span style="font:7pt Arial">&nbsp;&nbsp; </span></span><![endif]>'
)


def item(words: str, *, level: int = 1, mark: str = "·", place: str = "Middle") -> str:
    """An item of a list as Word puts it on the clipboard: a paragraph with a mark that is to be ignored."""
    style = f"margin-left:{level * 36}pt;text-indent:-18pt;mso-list:l0 level{level} lfo1"
    return f"<p class=MsoListParagraphCxSp{place} style='{style}'>{MARK.format(mark=mark)}{words}<o:p></o:p></p>"


WORD = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal {{mso-style-parent:"";}}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB><!--StartFragment-->
<h1>What we <b>did</b><o:p></o:p></h1>
<p class=MsoNormal>We met <b style='mso-bidi-font-weight:normal'>every
quarter</b>, as <i>planned</i>; see <a href="https://example.org/plan">the plan</a>
and <a href="file:///C:/Users/eve/notes.docx">my notes</a>.<o:p></o:p></p>
{item("listened to 40 children", place="First")}
{item("trained people", mark="·")}
{item("the new ones", level=2, mark="1.")}
{item("the others", level=2, mark="2.")}
{item("published a plan", place="Last")}
<p class=MsoNormal><span style='color:red;mso-fareast-language:EN-GB'>1. not a list, and * no [mark]</span>
<img width=10 height=10 src="file:///C:/Temp/msohtmlclip1/01/clip_image001.png"></p>
<h3>By quarter</h3>
<table class=MsoTableGrid border=1><tr><td rowspan=2><p class=MsoNormal><b>Quarter</b></p></td>
<td colspan=2><p class=MsoNormal><b>Contacts</b></p></td></tr>
<tr><td><p class=MsoNormal>2024</p></td><td><p class=MsoNormal>2025</p></td></tr>
<tr><td><p class=MsoNormal>April | May</p></td><td><p class=MsoNormal>410</p></td><td><p class=MsoNormal>395</p></td></tr></table>
<script>document.title = "taken over"</script><p onclick="alert(1)" class=MsoNormal>The end.</p>
<!--EndFragment--></body></html>"""

PASTED = """## What we did

We met **every quarter**, as *planned*; see [the plan](<https://example.org/plan>) and my notes.

- listened to 40 children
- trained people
  1. the new ones
  2. the others
- published a plan

1\\. not a list, and \\* no \\[mark\\]

### By quarter

| Quarter | Contacts | Contacts |
| --- | --- | --- |
| Quarter | 2024 | 2025 |
| April \\| May | 410 | 395 |

The end."""

PASTE = """([html, text]) => {
  const box = document.querySelector("#id_body");
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  return box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def paste(page: Page, html: str, text: str = "plain") -> bool:
    """Put something on the clipboard and paste it; whether that was left to the browser."""
    return page.evaluate(PASTE, [html, text])


@pytest.fixture
def section(world, opened) -> Page:
    document = worlds.begun(world)
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.goto(reverse("documents:section", args=[world.area.slug, address_of(document), "impact"]))
    return page


def test_what_is_pasted_from_word_is_our_own_markdown_and_can_be_saved(world, section):
    assert not paste(section, WORD)

    expect(section.locator("#id_body")).to_have_value(PASTED)
    expect(section.get_by_role("status").first).to_contain_text("Left out here: 1.")
    expect(section.get_by_role("status").first).to_contain_text("Links that lead to no web address are words now: 1.")
    expect(section.get_by_role("status").first).to_contain_text("merged cells")
    assert "taken over" not in section.title()
    look(section, "pasted-from-word")
    section.set_viewport_size(PHONE)
    look(section, "pasted-from-word-phone")
    section.get_by_role("button", name="Save and preview").click()
    expect(section.locator("#preview table")).to_be_visible()
    saved = documents.draft(world.area.documents.get()).sections.get(key="impact").body
    parsed = markdown.to_blocks(saved, Figures())
    assert [block["type"] for block in parsed.blocks] == [
        "heading", "paragraph", "list", "paragraph", "heading", "table", "paragraph",
    ]  # fmt: skip


def test_it_goes_where_the_cursor_is_and_can_be_undone(section):
    box = section.locator("#id_body")
    box.fill("Before.")
    paste(section, "<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>")
    expect(box).to_have_value("Before.\n\n- one\n  1. two\n- three")
    section.keyboard.press("Control+z")
    expect(box).to_have_value("Before.")


def test_plain_words_are_left_to_the_browser(section):
    assert paste(section, "")
    assert paste(section, "<meta charset='utf-8'><span style='color:red'>only words</span>")
    expect(section.locator("#id_body")).to_have_value("")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><td>a</td><td>d<p>e</p>f</td></tr></table>", "| a | d e f |\n| --- | --- |"),
        ("<ul><li>d<p>e</p></li></ul>", "- d e"),
        (
            "<ul><li>one<div><ul><li>in a box</li></ul></div></li>loose<p>two</p></ul>",
            "- one\n  - in a box\n- loose\n- two",
        ),
        ("<h2>d<div>e</div></h2>", "## d e"),
    ],
)
def test_blocks_within_blocks_are_parted_and_kept(section, html, text):
    paste(section, html)
    expect(section.locator("#id_body")).to_have_value(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Led by {{chair}}</h2>", "## Led by \\{\\{chair}}"),
        ("<p class=MsoNormal>Led by {{chair}}.</p>", "Led by \\{\\{chair}}."),
        ("<p class=MsoNormal>{{chair}}</p>", "\\{\\{chair}}"),
        ("<span>by {</span><span>{chair}}</span>", "by \\{\\{chair}}"),
    ],
)
def test_what_looks_like_a_fact_of_the_records_is_pasted_as_words(section, html, text):
    assert not paste(section, html, text.replace("\\", ""))
    expect(section.locator("#id_body")).to_have_value(text)


def test_a_fact_that_is_copied_by_itself_is_left_to_the_browser(section):
    assert paste(section, "<meta charset='utf-8'><code>{{chair}}</code>", "{{chair}}")


OURS = "<code data-token>{{funding total}}</code>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<meta charset='utf-8'><ul class='govuk-list'><li>{OURS} £105,000</li></ul>", "{{funding total}}"),
        (f"<meta charset='utf-8'>{OURS}<span> £105,000</span>", "{{funding total}}"),
        ("<ul><li><code data-token=''>[[attendance]]</code></li></ul>", "[[attendance]]\n"),
        (
            f"<ul><li>{OURS} 105</li><li>{OURS} {{{{b}}}}</li></ul>",
            "- {{funding total}} 105\n- {{funding total}} \\{\\{b}}",
        ),
        (f"<p>We have <b>{OURS}</b>.</p>", "We have **{{funding total}}**."),
        ("<p>By <code data-token>any {{chair}}</code></p>", "By any \\{\\{chair}}"),
    ],
)
def test_what_is_copied_from_our_own_list_of_facts_is_still_a_fact(section, html, text):
    assert not paste(section, html)
    expect(section.locator("#id_body")).to_have_value(text)


def test_a_line_of_the_list_that_is_copied_with_three_clicks_is_still_a_fact(section):
    section.get_by_text("How to write headings").click()
    code = section.locator("code[data-token]", has_text="{{").first
    code.click(click_count=3)
    section.keyboard.press("Control+c")
    section.locator("#id_body").focus()
    section.keyboard.press("Control+v")
    expect(section.locator("#id_body")).to_have_value(code.inner_text())


def test_what_stands_as_words_now_is_said(section):
    paste(section, "<h2>By {{chair}}</h2><p>See [[attendance]] and {{chair}}.</p>")
    expect(section.get_by_role("status").first).to_contain_text(
        "These stand as words, and draw nothing from the records: {{chair}}, [[attendance]]."
    )


def test_a_fact_of_the_list_is_put_in_where_the_cursor_is(section):
    box = section.locator("#id_body")
    box.fill("Led by , as ever.")
    box.evaluate("box => box.setSelectionRange(7, 7)")
    section.get_by_text("How to write headings").click()
    code = section.locator("code[data-token]", has_text="{{").first
    token = code.inner_text()
    section.get_by_role("button", name=f"Insert {token}").click()
    expect(box).to_have_value(f"Led by {token}, as ever.")
    look(section, "list-of-facts")


TOO_MUCH = {
    "lists": "'<ul><li>x'.repeat(3000)",
    "elements": "'<p>x</p>'.repeat(60000)",
    "letters": "'<p>' + 'x'.repeat(5000001)",
    "cells": "'<table>' + ('<tr>' + '<td colspan=60 rowspan=1000>x</td>'.repeat(9) + '</tr>').repeat(900)",
    "wide": "'<table><tr>' + '<td>x</td>'.repeat(5000) + '</tr>' + '<tr><td>x</td></tr>'.repeat(5000)",
    "breaks": "'<p>x' + '<br>'.repeat(19000) + 'x' + '</p>' + '<p>x</p>'.repeat(2000)",
}


MOST = {
    "deep": "'<h2>Deep</h2>' + '<div>'.repeat(90) + '<p>wordwords</p>'.repeat(8000)",
    "lists": "('<ul>' + '<li>wordword</li>'.repeat(100) + '<li>').repeat(45)",
    "breaks": "'<p>x' + '<br>'.repeat(19000) + 'x</p>'",
    "tags": "'<p>words <b>' + '<a '.repeat(200000) + '<style'.repeat(100000)",
}


@pytest.mark.parametrize("made", MOST.values(), ids=MOST)
def test_as_much_as_may_be_pasted_is_read_in_a_moment(section, made):
    assert timed(section, made) < 3000
    expect(section.get_by_role("status").first).not_to_contain_text("too much at once")


def timed(page: Page, made: str) -> float:
    """The milliseconds that the browser spends on pasting what an expression makes."""
    page.evaluate(f"window.made = {made}")
    return page.evaluate(
        f"() => {{ const begun = performance.now(); ({PASTE})([window.made, 'x']); return performance.now() - begun; }}"
    )


@pytest.mark.parametrize("made", TOO_MUCH.values(), ids=TOO_MUCH)
def test_more_than_a_browser_can_read_is_refused_at_once_and_said(section, made):
    assert timed(section, made) < 3000
    expect(section.locator("#id_body")).to_have_value("")
    expect(section.get_by_role("status").first).to_contain_text("Nothing was pasted: this is too much at once")
