"""Numbers and anchors, the same on page and in PDF."""

from partnership.documents import numbering
from tests.rules.documents.samples import document


def numbers(text):
    return [(item.type, item.number, item.anchor) for item in numbering.numbered(document(text))[0].items]


def test_paragraphs_and_quotations_count_and_a_list_belongs_to_the_text_above():
    assert numbers("a\n\n- b\n\nc\n\n> d") == [
        ("paragraph", "1.1", "p-1-1"), ("list", "", ""), ("paragraph", "1.2", "p-1-2"), ("quotation", "1.3", "p-1-3"),
    ]  # fmt: skip


def test_a_list_with_no_text_above_counts_itself():
    assert numbers("- a\n\n# B\n\n- c") == [
        ("list", "1.1", "p-1-1"), ("heading", "", "h-1-2"), ("list", "1.2", "p-1-2"),
    ]  # fmt: skip


def test_tables_and_figures_count_through_the_document_and_page_and_pdf_agree():
    page, pdf = (numbering.view(document(), "asset:{}".format, medium) for medium in ("page", "pdf"))

    found = [(item.number, item.anchor) for section in page.sections for item in section.items if item.number]
    assert found == [(item.number, item.anchor) for section in pdf.sections for item in section.items if item.number]
    assert ("Table 2", "table-2") in found
    assert ("Figure 4", "figure-4") in found
    assert len({anchor for _, anchor in found}) == len(found)


def test_contents_name_each_section_the_challenges_and_the_notes():
    assert numbering.view(document(), str).contents == [
        ("1", "What the partnership did", "impact"),
        ("2", "What comes next", "next"),
        ("", "Challenges and answers", "challenges"),
        ("", "Notes", "notes"),
    ]


def test_a_frozen_block_that_was_tampered_with_is_cleaned_before_it_is_shown():
    frozen = document("a")
    frozen["sections"][0]["blocks"][0]["html"] = '<img src="https://example.org/x">b<script>x</script>'

    assert numbering.numbered(frozen)[0].items[0].block["html"] == "b"


def test_days_are_written_in_full():
    assert numbering.day("2026-09-03") == "3 September 2026"


def test_a_caption_is_number_and_words_or_what_there_is_of_them():
    def caption(kind, number, **block):
        return numbering.Item(kind, number, "", block).caption

    assert caption("table", "Table 2", caption="Contacts") == "Table 2. Contacts"
    assert caption("chart", "Figure 2", title="Contacts") == "Figure 2. Contacts"
    assert caption("table", "Table 2", caption="") == "Table 2"
    assert caption("picture", "", caption="The room") == "The room"


def test_a_passage_is_named_within_a_sentence_where_an_effect_is_claimed():
    effect = {"type": "effect", "section": "impact", "block": 1, "evidence": []}

    (claim,) = numbering.view(document(claims=[{**effect, "block": 2}]), str).claims
    assert claim["places"] == [("paragraph 1.1 (What the partnership did)", "p-1-1")]
    (claim,) = numbering.view(document("Table: A\n\n| a | b |\n|---|---|\n| c | 1 |", claims=[effect]), str).claims
    assert claim["places"] == [("Table 1 (What the partnership did)", "table-1")]
