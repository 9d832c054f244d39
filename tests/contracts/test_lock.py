"""The lock files: complete, with hashes, and without an address."""

import re
import tomllib
from pathlib import Path

import pytest

from partnership.embedded import lock

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = sorted(path.name for path in (ROOT / ".requirements").iterdir())
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


def locked(name):
    return dict(REQUIREMENT.findall((ROOT / ".requirements" / name).read_text()))


def names(requirements):
    return {re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def test_the_command_makes_every_file_and_no_other():
    assert sorted(lock.FILES) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_lock_names_no_address(name):
    text = (ROOT / ".requirements" / name).read_text()

    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host| @ ", text)


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_and_has_a_hash(name):
    blocks = re.split(r"\n(?=\S)", (ROOT / ".requirements" / name).read_text().strip())

    assert all(REQUIREMENT.match(block) and "--hash=sha256:" in block for block in blocks)


def test_the_lock_holds_what_the_project_asks_for():
    groups = PROJECT["dependency-groups"]

    assert names(PROJECT["project"]["dependencies"]) <= set(locked("production.txt"))
    assert names([*groups["embedded"], *groups["dev"]]) <= set(locked("everything.txt"))


def test_production_installs_no_embedded_server_and_no_test_tool():
    groups = PROJECT["dependency-groups"]
    shared = {"pyyaml"}  # drf-spectacular needs it too

    assert not (names([*groups["embedded"], *groups["dev"]]) - shared) & set(locked("production.txt"))


def test_tests_run_with_the_versions_of_production():
    everything = locked("everything.txt")

    assert {name: everything.get(name) for name in locked("production.txt")} == locked("production.txt")
