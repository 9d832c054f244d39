"""A published document is checked with public tools alone: hashlib, json, pypdf, and the commands that the README gives.

Our own code publishes and serves the three files. Nothing of it takes part in the checking.
"""

import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from django.test import Client

from tests import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.real_pdf]

README = (Path(__file__).resolve().parents[3] / "README.md").read_text()
FILES = ("document.pdf", "content.json", "evidence.json")
# What the evidence within the PDF cannot know, because it is part of it and older than the publication.
LATER = {"published_at": None, "pdf": None}


@pytest.fixture
def folder(tmp_path):
    """What somebody has saved who read the page of a published report."""
    version = worlds.published(worlds.area_with_its_cast())
    for name in FILES:
        answer = Client().get(f"/published/{version.document.area.slug}/yearly-report/2025-26/{name}")
        assert answer.status_code == 200
        (tmp_path / name).write_bytes(b"".join(answer))
    return tmp_path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(folder):
    return json.loads((folder / "evidence.json").read_text("utf-8"))


def words(reader):
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def wrong(folder):
    """What does not agree, found with public tools. Nothing for what is genuine."""
    evidence, reader = told(folder), pypdf.PdfReader(folder / "document.pdf")
    content = sha256(folder / "content.json")
    found = []
    if evidence["content"]["sha256"] != content:
        found.append("content")
    if any(row["sha256"] != content for row in evidence["signatures"]):
        found.append("signature")
    if evidence["pdf"] != {
        "sha256": sha256(folder / "document.pdf"),
        "bytes": size(folder),
        "pages": len(reader.pages),
    }:
        found.append("pdf")
    if reader.attachments["document.json"] != [(folder / "content.json").read_bytes()]:
        found.append("attached content")
    inside = json.loads(reader.attachments["evidence.json"][0])
    address = {"content": {**evidence["content"], "address": ""}}
    if inside != {**evidence, **LATER, **address}:
        found.append("attached evidence")
    return found


def size(folder):
    return (folder / "document.pdf").stat().st_size


def test_every_file_agrees_with_every_other(folder):
    assert wrong(folder) == []
    assert len(told(folder)["signatures"]) == 3


def test_the_fingerprint_and_everybody_who_signed_stand_in_the_pdf_for_people(folder):
    reader = pypdf.PdfReader(folder / "document.pdf")
    certificate = words(reader)
    fingerprint = sha256(folder / "content.json")

    assert fingerprint in certificate.replace(" ", "")
    assert " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4)) in certificate
    for row in told(folder)["signatures"]:
        assert row["agency"] in certificate
        assert row["name"] in certificate
    assert {row["agency"] for row in told(folder)["signatures"]} == set(told(folder)["required"])


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("content.json", b"What we say", b"What I say", "content"),
        ("evidence.json", b'"agency": "Ashdown Council"', b'"agency": "Another Council"', "attached evidence"),
        ("evidence.json", b'"bytes": ', b'"bytes": 1', "pdf"),
        ("document.pdf", b"%%EOF", b"%%EOF ", "pdf"),
    ],
)
def test_a_letter_that_was_changed_in_any_of_them_is_found(folder, name, old, new, finding):
    data = (folder / name).read_bytes()
    changed = data.replace(old, new, 1)
    assert changed != data
    (folder / name).write_bytes(changed)

    assert finding in wrong(folder)


def commands():
    return re.split(r"^```$", README.split("### Check it yourself without us\n", 1)[1], flags=re.MULTILINE)[1]


def test_the_commands_of_the_readme_say_so_too(folder):
    said, ran = {}, 0
    for line in commands().strip().splitlines():
        program, *rest = shlex.split(line)
        if shutil.which(program) is None:
            continue  # a tool that this machine lacks; the next line does the same with another
        where = folder / "apart" if program == "pdfdetach" else folder
        where.mkdir(exist_ok=True)
        if program == "pdfdetach":
            shutil.copy(folder / "document.pdf", where)
        asked = [sys.executable if program == "python3" else program, *rest]
        done = subprocess.run(asked, cwd=where, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line
        said[line], ran = done.stdout, ran + 1

    assert ran >= 5
    first, second, third = list(said.values())[:3]
    content, pdf = (line.split()[0] for line in first.splitlines())
    assert second.split() == [content, pdf]
    assert [line.split()[0] for line in third.splitlines()] == [content] * 3
    assert (folder / "document.json").read_bytes() == (folder / "content.json").read_bytes()
