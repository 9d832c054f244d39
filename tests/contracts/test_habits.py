"""The habits of the house, held by a machine: sizes, imports, vocabulary, pairs, letters."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from partnership.areas.roles import OFFICES, Office, Permission
from partnership.audit.events import Event
from partnership.audit.presenters import SENTENCES
from partnership.documents.workflow import MOVES, TURN, Status
from partnership.mail.letters import render

ROOT = Path(__file__).resolve().parents[2]
OURS = ("partnership", "arrangements", "scrutiny", "reports", "statutory")
SOURCES = sorted(path for app in OURS for path in (ROOT / app).rglob("*.py"))
CODE = [path for path in SOURCES if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES, FUNCTIONS, PAGES = 300, 40, 120


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_300_lines():
    long = {name(path): lines for path in CODE if (lines := len(path.read_text().splitlines())) > MODULES}

    assert not long


def test_no_function_is_longer_than_40_lines():
    long = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTIONS:
                    long.append(f"{name(path)}:{node.name} {lines}")

    assert not long


def test_no_template_is_longer_than_120_lines():
    assert not [name(path) for path in TEMPLATES if len(path.read_text().splitlines()) > PAGES]


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)

    assert not [name(path) for path in TEMPLATES if inline.search(path.read_text()) and "pdf" not in path.parts]


def test_only_the_frame_says_error_before_the_title_of_a_form():
    twice = re.compile(r"\{% block title %\}\{% if form\.errors %\}Error: ")

    assert not [name(path) for path in TEMPLATES if twice.search(path.read_text())]


# An import inside a function dodges a circle, unless it is one of these, each with its reason.
ALLOWED_INSIDE = {
    "partnership/briefings/apps.py",  # Django registers checks when the app is ready
    "partnership/documents/apps.py",  # the same
    "partnership/practice/apps.py",  # models can be imported only when the app is ready
}


def test_nothing_is_imported_inside_a_function():
    inside = set()
    for path in CODE:
        if "embedded" in path.parts:  # the starter runs before the packages are there
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)
            ):
                inside.add(name(path))

    assert inside <= ALLOWED_INSIDE


def test_there_are_no_signals():
    signals = re.compile(r"@receiver|post_save|pre_save|django.dispatch|Signal\(")

    assert not [name(path) for path in CODE if signals.search(path.read_text())]


def test_days_and_moments_come_from_the_one_clock():
    other = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|datetime\.utcnow\(")
    allowed = {"partnership/clock.py"}

    assert (
        not {name(path) for path in CODE if other.search(path.read_text()) and "embedded" not in path.parts} - allowed
    )


def test_every_event_has_a_sentence_and_is_used():
    text = "\n".join(path.read_text() for path in CODE if path.name not in {"events.py", "presenters.py"})
    used = {event for event in Event if f"Event.{event.name}" in text or f"_E.{event.name}" in text}

    assert set(SENTENCES) == set(Event)
    assert used == set(Event)


def test_every_status_can_be_reached_and_says_whose_turn_it_is():
    assert {Status.DRAFT, *(move.target for move in MOVES.values())} == set(Status)
    assert set(TURN) == set(Status)
    assert all(move.event in SENTENCES for move in MOVES.values())


def test_the_database_knows_the_same_moves_as_the_table():
    text = (ROOT / "partnership/documents/migrations/0016_after_publication_is_guarded.py").read_text()
    text = text[text.index("MOVES = [") : text.index("def _guard")]
    written = set(re.findall(r'\("(\w+)", "(\w+)"\),', text))

    assert written == {(str(source), str(move.target)) for move in MOVES.values() for source in move.sources}


def test_every_office_is_described_and_every_permission_is_held_by_somebody():
    assert set(OFFICES) == set(Office)
    assert all(len(description.sentence) > 30 for description in OFFICES.values())
    assert set().union(*(description.permissions for description in OFFICES.values())) == set(Permission)


def test_every_moment_with_a_person_is_paired_and_the_database_knows():
    """`published_at` and `published_by` come together; unpaired ones are the creation of a row or the clock's own."""
    unpaired = []
    for model in apps.get_models():
        if not model.__module__.startswith(OURS):
            continue
        names = {field.name for field in model._meta.get_fields()}
        rules = " ".join(
            str(constraint.condition) for constraint in model._meta.constraints if hasattr(constraint, "condition")
        )
        for field in model._meta.get_fields():
            if field.name.endswith("_by") and field.name[:-3] + "_at" in names and getattr(field, "null", False):
                moment = model._meta.get_field(field.name[:-3] + "_at")
                if moment.null and f"{field.name}__isnull" not in rules:
                    unpaired.append(f"{model.__name__}.{field.name}")

    assert not unpaired


MAIL = ROOT / "templates/mail"
LETTERS = sorted(str(path.relative_to(MAIL)).removesuffix(".subject.txt") for path in MAIL.rglob("*.subject.txt"))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_renders_in_three_parts_with_a_link(letter):
    context = {
        "link": "https://practice.example/here",
        "document": {"title": "Yearly report"},
        "area": "Ashdown",
        "days": 3,
    }

    subject, text, html = render(letter, context)

    assert subject.strip()
    assert "https://practice.example/here" in text
    assert "https://practice.example/here" in html


def test_the_imports_keep_to_their_layers():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_the_code_is_formatted_and_clean():
    for command in (["check", "."], ["format", "--check", "."]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_kind_of_document_is_listed_and_short():
    for path in settings.DOCUMENT_KINDS:
        module = ROOT / (path.rsplit(".", 1)[0].replace(".", "/") + ".py")
        assert len(module.read_text().splitlines()) < 100


def test_arrangements_and_reports_do_not_know_each_other():
    for one, other in (("arrangements", "reports"), ("reports", "arrangements")):
        other_app = re.compile(rf"^(from|import) {other}", re.M)
        assert not [name(path) for path in (ROOT / one).rglob("*.py") if other_app.search(path.read_text())]


def test_no_file_names_a_place_of_one_machine_or_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    bad = re.compile(r"(?<![\w.])/(?:work|farm)/|--index-url|--extra-index-url")
    texts = [path for path in listed if path.endswith((".py", ".md", ".txt", ".toml", ".yml", ".html"))]

    found = [path for path in texts if bad.search((ROOT / path).read_text())]
    assert set(found) <= {"tests/contracts/test_habits.py"}


EXTENDS = re.compile(r'{% extends "([^"]+)" %}')
BLOCK = re.compile(r"{% block (\w+) %}")


def blocks_above(template: str) -> set[str]:
    """Every block that the templates above this one open."""
    found: set[str] = set()
    while match := EXTENDS.search((ROOT / "templates" / template).read_text()):
        template = match[1]
        if not (ROOT / "templates" / template).exists():
            break
        found |= set(BLOCK.findall((ROOT / "templates" / template).read_text()))
    return found


def test_no_template_fills_a_block_that_nothing_above_it_has():
    """Django drops such a block without a word, and with it half a page."""
    lost = {}
    for path in [*TEMPLATES, *MAIL.rglob("*.txt")]:
        text = path.read_text()
        if not EXTENDS.search(text) or "layouts" in path.parts:
            continue
        own = BLOCK.findall(text)
        above = blocks_above(str(path.relative_to(ROOT / "templates")))
        if missing := set(own) - above:
            lost[name(path)] = missing

    assert not lost


def test_the_types_agree():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *OURS], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )

    assert done.returncode == 0, done.stdout
