"""The bundle is unpacked and checked with the standard library and public tools alone, as its own README says.

Our own code publishes and gives the file. Nothing of it takes part in the checking.
"""

import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes, policy
from io import BytesIO

import pypdf
import pytest

from tests import worlds
from tests.apps.evidence import made

pytestmark = [pytest.mark.django_db, pytest.mark.real_pdf]
TEXTS = ("README.txt", "SHA256SUMS", "manifest.json")


@pytest.fixture
def data(monkeypatch, settings):
    """What somebody was handed."""
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    made.submitted(settings)
    made.fetched(monkeypatch)
    return made.taken(version, world.gwen).made.data


@pytest.fixture
def folder(data, tmp_path):
    where = tmp_path / "handed"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        archive.extractall(where)
    return where


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def wrong(folder):
    """What does not agree, found with the standard library. Nothing for what is as it was given."""
    found = []
    manifest = (folder / "manifest.json").read_bytes()
    listed = (folder / "SHA256SUMS").read_bytes().decode().removesuffix("\n").split("\n")
    sums = dict(reversed(line.split("  ", 1)) for line in listed)
    there = {name: sha256((folder / name).read_bytes()) for name in names(folder)}
    if sums != {name: value for name, value in there.items() if name != "SHA256SUMS"}:
        found.append("sums")
    if sums.get("manifest.json") != sha256(manifest):
        return [*found, "manifest"]
    rows = {row["name"]: row for row in json.loads(manifest)["files"]}
    if set(rows) != set(there) - {"SHA256SUMS", "manifest.json"}:
        found.append("names")
    for name, row in rows.items():
        if (row["sha256"], row["bytes"]) != (there.get(name), (folder / name).stat().st_size):
            found.append(name)
    return found


def test_every_file_is_listed_with_its_fingerprint_size_and_what_it_is(folder):
    assert wrong(folder) == []
    rows = json.loads((folder / "manifest.json").read_bytes())["files"]
    assert all(len(row["what"]) > 10 for row in rows)
    readme = (folder / "README.txt").read_text("utf-8")
    assert all(row["name"] in readme for row in rows if row["name"] != "README.txt")


def test_the_archive_is_the_same_for_every_tool(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_byte_that_was_changed_in_any_member_is_found(folder):
    found = {}
    for name in sorted(names(folder)):
        path = folder / name
        whole = path.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            try:
                found[name, place] = bool(wrong(folder))
            except ValueError:  # not even a text, or no list, any more
                found[name, place] = True
        path.write_bytes(whole)

    assert len(found) >= 3 * 17
    assert all(found.values()), [which for which, is_found in found.items() if not is_found]
    assert wrong(folder) == []


def test_a_file_that_was_added_or_lost_is_found(folder):
    (folder / "more.txt").write_text("More.")
    assert "names" in wrong(folder)
    (folder / "more.txt").unlink()
    (folder / "history.json").unlink()
    with pytest.raises(FileNotFoundError):
        wrong(folder)


def test_the_parts_agree_with_each_other(folder):
    evidence = json.loads((folder / "evidence.json").read_bytes())
    content, pdf = (sha256((folder / name).read_bytes()) for name in ("content.json", "document.pdf"))
    assert (evidence["content"]["sha256"], evidence["pdf"]["sha256"]) == (content, pdf)
    assert {row["sha256"] for row in evidence["signatures"]} == {content}
    assert len(evidence["signatures"]) == 3
    reader = pypdf.PdfReader(folder / "document.pdf")
    assert reader.attachments["document.json"] == [(folder / "content.json").read_bytes()]
    about = json.loads((folder / "manifest.json").read_bytes())["document"]
    assert about["sha256"] == content
    told = json.loads((folder / "content.json").read_bytes())
    assert json.loads((folder / "requirements.json").read_bytes()) == told["guidance"]
    form = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(form.encode()) == content


def test_each_message_brings_the_published_pdf_and_names_its_text(folder):
    pdf, content = ((folder / name).read_bytes() for name in ("document.pdf", "content.json"))
    known = json.loads((folder / "deliveries.json").read_bytes())["submissions"]
    assert len(known) == 2
    for row in known:
        message = message_from_bytes((folder / row["message"]["file"]).read_bytes(), policy=policy.default)
        (attachment,) = message.iter_attachments()
        assert attachment.get_payload(decode=True) == pdf
        assert message["Message-ID"] == row["message"]["message_id"]
        assert message["To"] == row["address"]
        assert sha256(content)[:4] in message.get_body(("plain",)).get_content()
        assert [sent["sha256"] for sent in row["files"]] == [sha256(pdf)]


def test_the_public_page_is_there_as_it_was_fetched(folder):
    (row,) = json.loads((folder / "public-page/fetches.json").read_bytes())["tries"]

    body = (folder / row["file"]).read_bytes()
    assert (row["sha256"], row["bytes"], row["status"]) == (sha256(body), len(body), 200)
    assert row["fetched_at"] and row["headers"] == [["Server", "ours"]]


def commands(folder):
    return re.findall(
        r"^    ((?:sha256sum|python3|pdfdetach|cmp) .+)$", (folder / "README.txt").read_text("utf-8"), re.M
    )


def run(folder, line):
    program, *rest = shlex.split(line)
    asked = [sys.executable if program == "python3" else program, *rest]
    return subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)


def test_the_commands_of_its_readme_say_so_too(folder, tmp_path):
    said, given = {}, names(folder)
    for line in commands(folder):
        if shutil.which(line.split()[0]) is None:
            continue  # a tool that this machine lacks; the next line does the same with another
        where = folder
        if line.startswith("pdfdetach"):
            where = tmp_path / "apart"
            where.mkdir()
            shutil.copy(folder / "document.pdf", where)
        done = run(where, line)
        assert (done.returncode, done.stderr) == (0, ""), line
        said[line] = done.stdout

    checked, prints, evidence, signatures, computed, *_, attached = [
        said[line] for line in said if "pypdf" not in line and not line.startswith(("pdfdetach", "cmp"))
    ]
    assert checked.count(": OK") == len(given) - 1
    content, pdf = (line.split()[0] for line in prints.splitlines())
    assert evidence.split() == [content, pdf]
    assert [line.split()[0] for line in signatures.splitlines()] == [content] * 3
    assert computed.strip() == content
    assert attached.split()[0] == pdf
    assert (folder / "document.json").read_bytes() == (folder / "content.json").read_bytes()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="There is no sha256sum here.")
def test_the_first_command_finds_a_changed_byte_in_any_member(folder):
    first = commands(folder)[0]
    assert run(folder, first).returncode == 0
    for name in sorted(names(folder)):
        path = folder / name
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        assert run(folder, first).returncode != 0, name
        path.write_bytes(whole)
