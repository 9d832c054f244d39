"""Documents of which nobody looks at the PDF: a stand-in for the renderer, which has tests of its own."""

from types import SimpleNamespace

import pytest

from partnership.documents import rendering


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch) -> None:
    def stand_in(document, *, fingerprint, status, **more):
        return SimpleNamespace(data=f"%PDF-1.7 {status} {fingerprint}".encode(), pages=3)

    monkeypatch.setattr(rendering, "to_pdf", stand_in)
