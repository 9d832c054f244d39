"""From a frozen document to the PDF that is sent and kept. The only user of WeasyPrint.

The same document gives the same bytes on every machine and every day: our own typeface, no clock, no network, no file
of the machine. What a page or picture asks for is answered from memory or refused.
"""

import hashlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from partnership import clock
from partnership.documents import canonical, cleaning, fonts, numbering, tables, tagging
from partnership.documents.guidance_rows import how_met
from partnership.errors import Incomplete, Refused

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:  # Pango is not on this machine: everything else must go on working
    weasyprint = None
    URLFetcher = URLFetcherResponse = object  # type: ignore[assignment,misc]

MISSING = "PDFs cannot be made on this machine because Pango is missing. Install libpango-1.0-0 and libpangoft2-1.0-0."
_STYLES = Path(__file__).resolve().parents[2] / "static" / "css" / "pdf.css"
# An attachment must carry dates. The content has its own; a fixed one keeps the bytes the same.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 (WeasyPrint writes it as it stands, marked as UTC)


@dataclass(frozen=True)
class Pdf:
    """A finished file, its SHA-256 and its number of pages."""

    data: bytes
    sha256: str
    pages: int


# What is attached: name, description, and what it is to the document (ISO 19005-3, AFRelationship).
_CONTENT = ("document.json", "The content that was signed, in its canonical form", "Source")
_EVIDENCE = ("evidence.json", "Who signed it, when and how, and who did not", "Supplement")


class Shelf(URLFetcher):
    """Answers `asset:` addresses from what it was given, and nothing else whatsoever."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The bytes of one of our fonts or of a picture of this document. ValueError for everything else."""
        scheme, _, name = url.partition(":")
        if scheme == "asset" and name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name], {"Content-Type": _content_type(self.pictures[name])})
        if scheme == "asset" and name in fonts.FILES:
            return URLFetcherResponse(url, fonts.data(name), {"Content-Type": "font/woff2"})
        raise ValueError(f"Nothing is fetched while a PDF is made: {url[:200]}")


def to_pdf(
    document: dict[str, Any],
    *,
    status: str,
    signatures: list[dict[str, Any]],
    fingerprint: str,
    address: str,
    attachments: dict[str, bytes],
    guidance_rows: list[dict[str, Any]] | tuple[dict[str, Any], ...] = (),
    evidence: str = "",
) -> Pdf:
    """The PDF of a document: tagged, for keeping, with its canonical text attached as `document.json`.

    `evidence`: who agreed to it, attached as `evidence.json`; nothing for a text that nobody was asked to agree to yet.

    `status` is a sentence for the cover. A signature has agency, office, name, job_title, capacity, at (an aware moment)
    and fingerprint. `attachments` gives each picture's bytes by its SHA-256. A guidance row has requirement, level,
    source, places (words and anchor) and what is said beside them. Refused if Pango is missing; Incomplete if a picture
    is missing, a table is too long, a character cannot be shown or the fingerprint is not this content's.
    """
    if weasyprint is None:
        raise Refused(MISSING)
    text = canonical.canonical(document)
    if canonical.fingerprint(text) != fingerprint:
        raise Incomplete("The fingerprint does not belong to this content, so no PDF was made.")
    document = canonical.load(text)
    _check(document, attachments)
    context = _context(document, status, signatures, address, guidance_rows)
    markup = render_to_string("pdf/document.html", {**context, "has_evidence": bool(evidence)})
    if unknown := fonts.unknown_in_markup(markup):
        raise Incomplete(f"These characters cannot be shown in a PDF: {' '.join(unknown)}. Use words instead.")
    files = [(text, *_CONTENT), *([(evidence, *_EVIDENCE)] if evidence else [])]
    return _write(markup, files, Shelf(attachments))


def _write(markup: str, files: list[tuple[str, str, str, str]], shelf: Shelf) -> Pdf:
    """Print; where the table of entries or their stream happens to end like a line, print again with one more."""
    for padding in range(tagging.MOST_PADDING):
        laid_out = _laid_out(markup, files, shelf)
        with warnings.catch_warnings():
            # WeasyPrint leaves its colour profile to be closed by Python, which is worth no line in the worker's log.
            warnings.simplefilter("ignore", ResourceWarning)
            data = laid_out.write_pdf(pdf_variant="pdf/a-3a", finisher=partial(tagging.finish, padding=padding))
        if tagging.ends_plainly(data):
            return Pdf(data, hashlib.sha256(data).hexdigest(), len(laid_out.pages))
    raise Refused("The PDF could not be written so that every reader agrees on its length. Try again.")


def _laid_out(markup: str, files: list[tuple[str, str, str, str]], shelf: Shelf) -> Any:
    configuration = weasyprint.text.fonts.FontConfiguration()
    styles = weasyprint.CSS(string=_STYLES.read_text("utf-8"), url_fetcher=shelf, font_config=configuration)
    laid_out = weasyprint.HTML(string=markup, base_url="asset:", url_fetcher=shelf).render(
        stylesheets=[styles], font_config=configuration
    )
    laid_out.metadata.attachments = [
        weasyprint.Attachment(
            string=text,
            name=name,
            description=description,
            created=_NO_MOMENT,
            modified=_NO_MOMENT,
            relationship=relationship,
            url_fetcher=shelf,
        )
        for text, name, description, relationship in files
    ]
    return laid_out


def _check(document: dict[str, Any], attachments: dict[str, bytes]) -> None:
    for section in document["sections"]:
        for block in section["blocks"]:
            if block["type"] == "table" and len(block["rows"]) > tables.MOST_ROWS:
                raise Incomplete(f"The table “{block['caption']}” has more than {tables.MOST_ROWS} rows.")
            if block["type"] == "picture" and block["sha256"] not in attachments:
                raise Incomplete(f"The picture “{block['alt']}” is missing, so no PDF was made.")
    for sha256, data in attachments.items():
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Incomplete("A picture is not the one that belongs to this content, so no PDF was made.")


def _context(
    document: dict[str, Any],
    status: str,
    signatures: list[dict[str, Any]],
    address: str,
    guidance_rows: list[dict[str, Any]] | tuple[dict[str, Any], ...],
) -> dict[str, Any]:
    shown: Callable[[str], str] = "asset:{}".format
    view = numbering.view(document, shown, "pdf")
    fingerprint = canonical.fingerprint(canonical.canonical(document))
    contents = [*view.contents, ("", "Signatures", "signatures")]
    if guidance_rows:
        contents.append(("", "How this document meets the guidance", "guidance"))
    signed = {signature["agency"] for signature in signatures}
    given = [signature for signature in signatures if not signature.get("why")]
    refused = [signature for signature in signatures if signature.get("why")]
    return {
        "view": view,
        "met": how_met(guidance_rows),
        "document": document,
        "status": status,
        "address": address,
        "is_web_address": not cleaning.address_problem(address),
        "period": f"{numbering.day(document['period']['from'])} to {numbering.day(document['period']['to'])}",
        "short": canonical.short(fingerprint),
        "fingerprint": fingerprint,
        "fingerprint_lines": (fingerprint[:32], fingerprint[32:]),
        "contents": contents,
        "signatures": [_signature(signature) for signature in given],
        "refused": [_refusal(signature) for signature in refused],
        "unsigned": [signatory for signatory in document["signatories"] if signatory["agency"] not in signed],
        "guidance_rows": guidance_rows,
    }


def _signature(signature: dict[str, Any]) -> dict[str, Any]:
    printed = ("agency", "office", "name", "job_title", "capacity", "reservation", "paper")
    shown = {key: fonts.printable(signature.get(key, "")) for key in printed}
    moment, short = _moment(signature["at"]), canonical.short(signature["fingerprint"])
    return {**signature, **shown, "moment": moment, "short": short}


def _refusal(signature: dict[str, Any]) -> dict[str, Any]:
    shown = {key: fonts.printable(signature.get(key, "")) for key in ("agency", "why", "reason", "said_as")}
    return {**shown, "moment": _moment(signature["said_at"])}


def _moment(moment: datetime) -> str:
    at = moment.astimezone(clock.LONDON)
    return f"{numbering.day(at.date())} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def _content_type(data: bytes) -> str:
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
