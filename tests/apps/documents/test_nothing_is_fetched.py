"""What a text asks for while its PDF is made is answered from memory or refused; and what cannot be printed is said."""

import socket
import threading
from io import BytesIO

import pytest
from pypdf import PdfReader

from partnership.documents import numbering, rendering
from partnership.errors import Incomplete, Refused
from tests.apps.documents.test_rendering import make
from tests.rules.documents.samples import PICTURE, SHA256, document


def test_no_local_file_and_no_address_is_ever_fetched(tmp_path, monkeypatch):
    canary = tmp_path / "canary.txt"
    canary.write_text("the canary sang")
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard = []
        threading.Thread(target=lambda: heard.append(server.accept()), daemon=True).start()
        loopback = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        hostile = "".join(
            f'<img src="{a}"><link rel="attachment" href="{a}"><link rel="stylesheet" href="{a}">'
            f'<object data="{a}"></object><style>@import "{a}";</style>'
            f'<svg><image href="{a}"/><use href="{a}#x"/></svg><p style="background:url({a})">x</p>'
            for a in (canary.as_uri(), loopback, "asset:../../../etc/passwd", "ftp://127.0.0.1/x")
        )
        frozen = document("Harmless")
        frozen["sections"][0]["blocks"][0]["html"] = hostile
        cleaned = make(frozen)
        # Even if cleaning failed one day, nothing may be fetched.
        monkeypatch.setattr(numbering, "clean_inline", str)
        uncleaned = make(frozen)

    assert heard == []
    for made in (cleaned, uncleaned):
        found = PdfReader(BytesIO(made.data))
        assert list(found.attachments) == ["document.json"]
        assert "canary sang" not in "".join(sheet.extract_text() for sheet in found.pages)
        assert b"canary sang" not in made.data


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "data:text/css,x", "asset:", "asset:../base.html", "ASSET:x", "x"],
)
def test_the_shelf_refuses_every_address_but_its_own(address):
    with pytest.raises(ValueError, match="Nothing is fetched"):
        rendering.Shelf({}).fetch(address)


def test_a_table_of_2500_rows_is_refused_before_anything_is_drawn(monkeypatch):
    frozen = document("Table: T\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    frozen["sections"][0]["blocks"][0]["rows"] = [["1", "2"]] * 2500
    monkeypatch.setattr(rendering, "_write", lambda *parts: pytest.fail("it was drawn"))

    with pytest.raises(Incomplete, match="more than 200 rows"):
        make(frozen)


def test_another_fingerprint_is_refused():
    with pytest.raises(Incomplete, match="fingerprint does not belong"):
        make(fingerprint="0" * 64)


def test_a_missing_or_exchanged_picture_is_refused():
    with pytest.raises(Incomplete, match="is missing"):
        make(attachments={})
    with pytest.raises(Incomplete, match="not the one"):
        make(attachments={SHA256: PICTURE + b"x"})


def test_a_character_outside_the_typeface_is_refused():
    with pytest.raises(Incomplete, match="→"):
        make(status="Draft → signed")


def test_a_machine_without_pango_gets_one_sentence(monkeypatch):
    monkeypatch.setattr(rendering, "weasyprint", None)

    with pytest.raises(Refused, match="Pango is missing"):
        make()
