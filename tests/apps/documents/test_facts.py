"""Tokens in a text: drawn from the records while drafting, frozen with value, source and day, the same everywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import content, directives, services, tokens
from partnership.documents.kinds import address_of
from partnership.errors import Incomplete
from tests import worlds
from tests.answered import first_block, mark

pytestmark = pytest.mark.django_db
TEXT = """The police are led by {{lsp police}}.

- In health it is **{{ LSP  icb }}**.

Table: Who delegates

| Body | Delegate |
|---|---|
| {{partner council}} | {{dsp council}} |
"""


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def save(version, key, body, by):
    section = version.sections.get(key=key)
    return services.save_section(
        section=section, body=body, explanation=section.explanation, seen_revision=section.revision, by=by
    )


def end(office, seat=None, area=None, acting=None):
    held = Appointment.objects.filter(office=office, voided_at=None)
    held = held.exclude(basis="acting") if acting is False else held
    held = held.filter(seat=seat) if seat else held.filter(area=area, seat=None)
    areas.end_appointment(appointment=held.get(), until=clock.today(), because="A new post.", by=None)


def state_of(version, key):
    return next(state for state in content.states(version) if state.section.key == key)


def test_a_token_is_drawn_in_a_paragraph_a_list_and_a_table(world):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", TEXT, world.gwen)

    state = state_of(draft, "leadership")

    assert not state.problems
    assert tokens.names_in(list(state.blocks)) == ["lsp police", "lsp icb", "partner council", "dsp council"]
    assert '<data value="lsp police">Cerys</data>' in state.blocks[0]["html"]
    assert '<strong><data value="lsp icb">Ben</data></strong>' in state.blocks[1]["items"][0]["html"]
    assert state.blocks[2]["rows"] == [
        ['<data value="partner council">Ashdown Council</data>', '<data value="dsp council">Dev</data>']
    ]


def test_an_unknown_token_is_a_problem_with_its_line_and_stops_the_sending(world):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", "First.\n\nSecond line,\nthird: {{lsp polise}}.", world.gwen)

    (problem,) = state_of(draft, "leadership").problems

    assert "Line 4: There is no fact called “lsp polise”. Did you mean {{lsp police}}" in problem.sentence
    with pytest.raises(Incomplete):
        services.send_for_sign_off(version=draft, by=world.gwen)
    assert not draft.content


KNOWN = [
    "partner police", "partner council", "partner icb", "lsp police", "lsp council", "lsp icb", "chair",
    "attendance police", "attendance council", "attendance north-west-london-icb", "count rapid reviews",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("attendance icb", ["attendance north-west-london-icb", "attendance police", "attendance council"]),
        ("lsp", ["lsp icb", "lsp police", "lsp council"]),
        ("lsp polise", ["lsp police", "lsp council", "lsp icb"]),
        ("chiar", ["chair"]),
        ("weather", []),
    ],
)
def test_an_unknown_name_is_answered_with_those_that_begin_alike(typed, meant):
    found = directives.nearest(typed, KNOWN)

    assert (found[:1], set(found)) == (meant[:1], set(meant))


def test_a_vacant_office_is_a_problem_and_not_a_gap_in_the_text(world):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", "The police are led by {{lsp police}}.", world.gwen)
    end(Office.LSP, world.police)

    (problem,) = state_of(draft, "leadership").problems

    assert "lead safeguarding partner for Ashdown Police, is held by nobody today" in problem.sentence


@pytest.mark.parametrize(
    "body",
    ["## {{chair}}", "> {{chair}}", "[{{chair}}](https://example.org/)", "{{chair", "{{chair\nagain}}", "{{{{chair}}"],
)
def test_curly_brackets_where_no_fact_can_stand_are_a_problem(world, body):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", f"Some words.\n\n{body}", world.gwen)

    assert state_of(draft, "leadership").problems


def test_an_explanation_draws_on_nothing_and_no_token_is_frozen_in_it(world):
    draft = worlds.written(world, "arrangements", "2026")
    section = draft.sections.get(key="leadership")
    worlds.write(section, section.body, world.gwen, "Ask {{chair}}.")
    asked = draft.answers.all()[0].requirement
    services.explain(
        version=draft, requirement=asked, reason="not_met", text="{{lsp police}}", seen_revision=0, by=world.gwen
    )

    with pytest.raises(Incomplete) as refusal:
        services.send_for_sign_off(version=draft, by=world.gwen)

    told = [problem.sentence for problem in refusal.value.problems if "cannot draw on the records" in problem.sentence]
    assert len(told) == 2
    assert told[1].startswith(asked)


def test_a_changed_value_leaves_a_confirmed_passage_confirmed(world):
    draft = worlds.written(world, "arrangements", "2026")
    first = draft.answers.select_related("block__section")[0]
    asked, key = first.requirement, first.block.section.key
    section = save(draft, key, "We are led by {{lsp police}}.", world.gwen).section
    block = first_block(draft, key)
    mark(draft, asked, block, world.gwen)
    answer = block.answers.get(requirement=asked)
    services.confirm(answer=answer, seen_mark=answer.block.mark, by=world.dev)
    end(Office.LSP, world.police)
    worlds.appoint(worlds.person("Nia"), Office.LSP, world.area, world.police, since=clock.today())

    services.save_section(
        section=section, body=f"{section.body}\n\nMore.", explanation="", seen_revision=section.revision, by=world.gwen
    )

    answer.refresh_from_db()
    assert "Nia" in state_of(draft, key).blocks[0]["html"]
    assert answer.state == "confirmed"
    save(draft, key, "We are not led by {{lsp police}}.", world.gwen)
    assert type(answer).objects.get(pk=answer.pk).state == "changed"


def test_the_page_of_a_section_lists_the_facts_with_their_present_values(world):
    draft = worlds.written(world, "arrangements", "2026")
    end(Office.CHAIR, area=world.area)
    client = Client()
    client.force_login(world.gwen)

    page = client.get(
        reverse("documents:section", args=[world.area.slug, address_of(draft.document), "leadership"])
    ).content.decode()

    today = f"{clock.today().day} {clock.today():%B %Y}"
    assert f"As the records stand today, {today}; frozen on the day the document is sent" in page
    assert "<code data-token>{{lsp police}}</code> Cerys" in page
    assert "<code data-token>{{chair}}</code> <em>Partnership chair, is held by nobody today</em>" in page
    assert "<code data-token>{{challenges open}}</code> 0" in page


def test_whoever_stands_in_beside_the_holder_changes_nothing_and_alone_is_named_as_acting(world):
    document = worlds.begun(world)
    worlds.appoint(worlds.person("Hana"), Office.LSP, world.area, world.police, basis="acting")
    assert content.Figures(document).fact("lsp police").value == "Cerys"
    end(Office.LSP, world.police, acting=False)
    assert content.Figures(document).fact("lsp police").value == "Hana (acting)"


def test_two_agencies_of_one_kind_are_named_by_their_own_names(world):
    second = worlds.seat(world.area, "NHS Second Board", "health")
    worlds.appoint(worlds.person("Zoe"), Office.LSP, world.area, second)
    figures = content.Figures(worlds.begun(world, "arrangements", "2026"))

    assert "lsp icb" not in figures.fact_names()
    assert figures.fact(f"lsp {second.agency.slug}").value == "Zoe"
    assert figures.fact("lsp police").value == "Cerys"


def test_however_many_tokens_a_text_has_they_cost_the_same_queries(world, django_assert_max_num_queries):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", TEXT, world.gwen)
    with django_assert_max_num_queries(100) as few:
        content.states(draft)
    for key in ("structure", "scrutiny_plan", "funding"):
        save(draft, key, TEXT + "{{chair}} {{scrutineer}} {{business manager}} {{partners}}", world.gwen)
    with django_assert_max_num_queries(len(few)):
        content.states(draft)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"\{{lsp police}}", "{{lsp police}}"),
        (r"{\{lsp police}}", "{{lsp police}}"),
        ("&#123;{lsp police}}", "{{lsp police}}"),
        ("\uff5b\uff5blsp police}}", "{{lsp police}}"),
        (r"a\*b \{\{ and **\{{chair}}**", "a*b {{ and <strong>{{chair}}</strong>"),
        (r"\\\{{chair}}", r"\{{chair}}"),
    ],
)
def test_curly_brackets_after_a_backslash_are_words(world, body, shown):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", body, world.gwen)

    state = state_of(draft, "leadership")

    assert all("stands as words here" in problem.sentence for problem in state.problems)
    assert state.blocks[0]["html"] == shown


def test_words_that_read_like_a_fact_of_the_records_are_named_before_the_text_is_sent(world):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", r"Led by \{\{lsp police}} and \{\{somebody}}.", world.gwen)

    (problem,) = state_of(draft, "leadership").problems

    assert "Line 1: {{lsp police}} stands as words here, and draws nothing from the records." in problem.sentence


def test_an_escaped_bracket_is_a_word_in_a_caption_a_source_a_heading_and_a_quotation(world):
    draft = worlds.written(world, "arrangements", "2026")
    body = "## \\{{a}}\n\nTable: \\{{b}}\n\n| A |\n| --- |\n| \\{{c}} |\n\nSource: \\{{d}}\n\n> \\{{e}}"
    save(draft, "leadership", body, world.gwen)

    state = state_of(draft, "leadership")

    assert not state.problems
    assert [state.blocks[1][key] for key in ("caption", "rows", "source")] == ["{{b}}", [["{{c}}"]], "{{d}}"]
    assert [state.blocks[0]["html"], *state.blocks[2]["paragraphs"]] == ["{{a}}", "{{e}}"]


def test_a_backslash_before_a_backslash_does_not_hide_a_fact(world):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", r"\\{{lsp police}}", world.gwen)

    assert state_of(draft, "leadership").blocks[0]["html"] == '\\<data value="lsp police">Cerys</data>'
