"""A Word file is read in a process of its own, which may take only so much time and memory."""

import os

import pytest

from partnership.word import reading
from partnership.word.reading import Unreadable, apart, limits
from tests.rules.word import files


def refused(data: bytes, name: str = "report.docx") -> str:
    with pytest.raises(Unreadable) as refusal:
        apart.read(data, name)
    return str(refusal.value)


def test_it_gives_what_reading_gives() -> None:
    data = files.report()

    found = apart.read(data, "jährlich “1”\n.docx")

    assert found == reading.read(data, "report.docx")
    assert found.pictures[0].data.startswith(b"\x89PNG")


def test_it_refuses_what_reading_refuses_with_the_same_sentence() -> None:
    assert refused(b"") == limits.EMPTY
    assert refused(files.report(), "report.docm") == limits.MACROS
    assert refused(b"PK\x03\x04 cut off") == limits.DAMAGED


def test_the_memory_of_whoever_asks_does_not_count() -> None:
    held = b"x" * (400 * limits.MEGABYTE)

    assert refused(b"PK\x03\x04 cut off") == limits.DAMAGED
    assert held


def test_a_file_within_every_limit_of_size_that_swells_in_memory_is_refused() -> None:
    data = files.made(lambda d: d.add_paragraph("Text."))
    document = files.read_entry(data, "word/document.xml")
    swollen = document.replace(b"<w:sectPr", b'<w:x a="" b="" c="" d=""/>' * 750_000 + b"<w:sectPr", 1)
    data = files.with_entry(
        files.changed(data, word__document_dot_xml=swollen), "word/media/x.png", os.urandom(300_000)
    )

    assert refused(data) == limits.TOO_HEAVY


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)

    assert refused(files.report()) == limits.TOO_HEAVY
    assert "within 20 seconds and 512 MB" in limits.TOO_HEAVY
