import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"]


def packages(folder):
    return json.loads((folder / "manifest.json").read_text())["packages"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_manifest_names_every_vendored_file_with_its_checksum(folder):
    named = {name: digest for package in packages(folder) for name, digest in package["files"].items()}

    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert found == named


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_package_has_its_version_and_its_licence_beside_it(folder):
    for package in packages(folder):
        assert package["version"]
        assert package["licence"]
        assert any(name.endswith("LICENSE.txt") for name in package["files"])


def test_the_versions_are_those_that_the_vendoring_asks_for():
    asked = json.loads((ROOT / "partnership/web/vendoring/package.json").read_text())["dependencies"]

    held = {package["package"]: package["version"] for folder in FOLDERS for package in packages(folder)}

    assert held == {name: version for name, version in asked.items() if name != "sass"}


def test_nothing_that_is_kept_for_gov_uk_addresses_is_served():
    for path in (ROOT / "static").rglob("*"):
        if path.is_file() and path.name != "LICENSE.txt":
            assert "crown" not in path.name.lower()
            assert "crest" not in path.name.lower()
            text = path.read_bytes().lower()
            assert b"gds transport" not in text, path
            assert b"crown" not in text, path
