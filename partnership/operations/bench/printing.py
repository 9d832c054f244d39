"""A report of about 40 pages as our PDF, beside WeasyPrint alone with the same HTML and the same styles."""

from typing import Any

from django.template.loader import render_to_string

from partnership.documents import canonical, certificate, content, jobs, rendering
from partnership.documents.guidance_rows import guidance_rows
from partnership.documents.models import Version
from partnership.operations.bench import timing
from partnership.operations.demo.places import HAMMERSMITH

COPIES = 3  # of the sections of the report of 2023-24
HEAD = ("Printing", "Median ms", "Min", "Max")


def measure(runs: int) -> str:
    """The table, with the number of pages and how many times as long ours took."""
    version = Version.objects.get(
        document__area__slug=HAMMERSMITH, document__kind="yearly_report", document__period_label="2023-24", number=1
    )
    document = _long(content.of(version))
    given = _given(version, document)
    markup = render_to_string("pdf/document.html", rendering._context(document, **_for_the_page(given)))
    pages = rendering.to_pdf(document, **given).pages
    ours, bare = timing.in_turn(
        (
            ("This software", lambda: rendering.to_pdf(document, **given)),
            ("WeasyPrint alone", lambda: _weasyprint_alone(markup, given["attachments"])),
        ),
        runs,
    )
    table = timing.table(HEAD, [ours.cells, bare.cells])
    return f"{table}\n{pages} pages; {timing.ratio(ours, bare)} times as long."


def _long(document: dict[str, Any]) -> dict[str, Any]:
    sections = [
        {**section, "key": section["key"] if copy == 1 else f"{section['key']}-{copy}"}
        for copy in range(1, COPIES + 1)
        for section in document["sections"]
    ]
    return {**document, "sections": sections}


def _given(version: Version, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": "Signed",
        "signatures": [row for row in certificate.signatures(version) if row["at"]],
        "fingerprint": canonical.fingerprint(canonical.canonical(document)),
        "address": jobs.public_address(version),
        "attachments": jobs.pictures_of(document),
        "guidance_rows": guidance_rows(document),
    }


def _for_the_page(given: dict[str, Any]) -> dict[str, Any]:
    return {key: given[key] for key in ("status", "signatures", "address", "guidance_rows")}


def _weasyprint_alone(markup: str, attachments: dict[str, bytes]) -> bytes:
    """As the first page of WeasyPrint's manual has it, with our styles. Through the one module that may use it."""
    weasyprint, shelf = rendering.weasyprint, rendering.Shelf(attachments)
    fonts = weasyprint.text.fonts.FontConfiguration()
    styles = weasyprint.CSS(string=rendering._STYLES.read_text("utf-8"), url_fetcher=shelf, font_config=fonts)
    html = weasyprint.HTML(string=markup, base_url="asset:", url_fetcher=shelf)
    written: bytes = html.write_pdf(stylesheets=[styles], font_config=fonts)
    return written
