"""What the documents say is held against what is there: commands, variables, apps, layers, decisions, links."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from partnership.embedded import commands
from partnership.operations.demo.people import PEOPLE

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
ADRS = sorted((ROOT / "partnership/docs/adr").glob("*.md"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
PAGES = [ROOT / path for path in TRACKED if path.endswith(".md")]
# The texts of the practice documents are not about this code, and their pictures lie elsewhere.
OUR_PAGES = [path for path in PAGES if "texts" not in path.parts]
OURS = ("partnership", "arrangements", "scrutiny", "reports", "statutory")
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
PAGE = 50  # lines of one page


def part(heading: str) -> str:
    """The text under a heading of the README, up to the next heading of any level."""
    return re.split(r"^#+ ", README.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_column(table: str) -> set[str]:
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_the_readme_names_every_command_and_no_other():
    ours = {
        path.stem
        for app in OURS
        for path in (ROOT / app).rglob("management/commands/*.py")
        if not path.stem.startswith("_")
    }

    named = first_column(part("Commands")) - {"python3 manage.py"}

    assert named == ours | set(commands.OWN) | set(commands.ONE_BY_ONE) | {"lock"}


def test_the_readme_names_every_variable_and_no_other():
    examples = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert first_column(part("Environment")) == examples


def test_the_readme_names_every_app_and_no_other():
    installed = {app for app in settings.INSTALLED_APPS if app.startswith(OURS)}
    not_installed = {"partnership.dashboard", "partnership.guidance", "partnership.public", "statutory"}

    table = part("The map of the house")
    assert first_column(table) == installed | not_installed
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(named) == len(set(named))  # one row each
    assert all((ROOT / name.replace(".", "/") / "__init__.py").exists() for name in not_installed)


def test_the_picture_of_the_layers_is_the_import_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Imports go down")
    drawn = part("The map of the house").split("```")[1].strip("\n").splitlines()

    assert [re.split(r" {2,}", line.strip())[1] for line in drawn] == [
        layer.replace("partnership.", "") for layer in layers
    ]


def test_whoever_the_readme_signs_in_is_there():
    email, password = re.search(r"sign in as `([^`]+)`\s+with `([^`]+)`", README).groups()

    assert (email, password) in {(person.email, person.password) for person in PEOPLE}


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_its_five_parts_on_one_page(path):
    text = path.read_text()
    number = int(path.stem[:4])

    assert re.match(rf"# {number}\. \S", text)
    assert re.search(r"^Date: \d{1,2} [A-Z][a-z]+ 20\d\d\. Status: (accepted|superseded by \d+)\.$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert all(len(words) > 100 for words in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:])
    assert len(text.splitlines()) <= PAGE


def test_decisions_are_numbered_without_a_gap_and_listed_by_their_titles():
    listed = LINK.findall(part("Decisions"))
    titles = [path.read_text().splitlines()[0].split(". ", 1)[1] for path in ADRS]

    assert [int(path.stem[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))
    assert listed == [(title, str(path.relative_to(ROOT))) for title, path in zip(titles, ADRS, strict=True)]


@pytest.mark.parametrize("path", OUR_PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere_and_pictures_are_described(path):
    links = LINK.findall(path.read_text())
    local = [target.split("#")[0] for _, target in links if not re.match(r"[a-z]+:|#", target)]

    assert not [target for target in local if not (path.parent / target).exists()]
    assert all(len(words) > 20 for words in re.findall(r"!\[([^\]]*)\]\(", path.read_text()))


@pytest.mark.parametrize("command", ["roles_table", "workflow_diagram"])
def test_pages_that_are_written_from_tables_are_up_to_date(command):
    call_command(command, "--check")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_place_of_one_machine_or_a_registry(path):
    places = re.compile(r"(?<![\w.])/(?:work|farm|home|root|tmp|Users)/|file://|--(?:extra-)?index-url|pypi\.org|npmjs")

    assert not [line for line in path.read_text().splitlines() if places.search(line)]
