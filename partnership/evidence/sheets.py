"""The same facts for people: pages of HTML that need nothing else, and a table for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from partnership import clock
from partnership.documents import certificate
from partnership.documents.guidance_rows import how_met
from partnership.documents.models import Version
from partnership.evidence.facts import Facts
from partnership.web.spreadsheets import BYTE_ORDER_MARK, safe
from partnership.web.templatetags import words

STYLES = "static/css/standalone.css"
REQUIREMENT_HEAD = ("Requirement", "How strongly", "How it is met", "Where it is answered", "Source")
MET = {
    "passage": "Answered at a named passage",
    "explained": "Explained instead",
    "neither": "Neither answered at a named passage nor explained",
    "not asked": "Not asked of this document",
    "unknown": "Section named, no passage",
}


@dataclass(frozen=True)
class Table:
    """One table of a sheet: what it shows, its columns, and its rows in words."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def sheet(version: Version, title: str, said: Iterable[str], tables: Iterable[Table]) -> bytes:
    """A page with some sentences and tables; a table without rows is left out."""
    styles = (settings.BASE_DIR / STYLES).read_text("utf-8")
    context = {
        "version": version,
        "document": version.document,
        "title": title,
        "said": [sentence for sentence in said if sentence],
        "tables": [table for table in tables if table.rows],
        "styles": mark_safe(f"<style>\n{styles}</style>"),  # noqa: S308 (a file of our own)
    }
    return render_to_string("evidence/sheet.html", context).encode()


def agreed(version: Version) -> bytes:
    """Who signed, for whom, when and how; who did not, and why."""
    rows = [
        (
            row["agency"],
            row["name"] or row["why"],
            f"{row['office']}, {row['capacity'].lower()}" if row["at"] else "",
            _moment(row["at"] or row["said_at"]),
            row["reservation"] or row["reason"],
            row["paper"] or row["proved_by"],
            row["fingerprint"],
        )
        for row in certificate.signatures(version)
    ]
    head = ("Agency", "Signed by", "As", "When", "Reservation or reason", "How it was shown", "Fingerprint signed")
    said = (
        certificate.agreed_in_words(version),
        f"Each signature is under the text in content.json, whose fingerprint (SHA-256) is {version.sha256}.",
    )
    return sheet(version, "Who agreed to it", said, [Table("Signatures", head, rows)])


def requirements(version: Version, rows: Sequence[dict[str, Any]]) -> bytes:
    """How the document meets the guidance, for people."""
    table = Table("Each thing that is asked, and where it is answered", REQUIREMENT_HEAD, _requirement_rows(rows))
    return sheet(version, "How it meets the guidance", [how_met(rows)], [table])


def requirements_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """The same for a spreadsheet. No cell is run as a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("Key", *REQUIREMENT_HEAD))
    for row, cells in zip(rows, _requirement_rows(rows), strict=True):
        writer.writerow(map(safe, (row["id"], *cells)))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _requirement_rows(rows: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(row["requirement"], row["level"], MET[row["met"]], row["where"], row["source"]) for row in rows]


def deliveries(version: Version, sent: Sequence[Facts], told: Sequence[Facts], history: Facts) -> bytes:
    """What went to whom, what the relay answered each time, what people decided, and who acknowledged it."""
    earlier_ones = [message for row in sent for message in row["earlier_messages"]]
    messages = [*(row["message"] for row in sent), *earlier_ones, *told]
    earlier = [
        (row["recipient"], str(row["version"]), _moment(row["accepted_by_the_relay_at"]))
        for row in history["sent_before"]
    ]
    tables = [
        _submissions(sent),
        Table("Messages", ("To", "Subject", "Message-ID", "State", "File"), [_message(row) for row in messages]),
        _attempts(messages),
        _decisions(messages),
        _came_back(sent),
        Table("Earlier versions that were sent", ("To", "Version", "Accepted by the relay"), earlier),
    ]
    said = ["Accepted by the relay is not yet proof that anybody read it; an acknowledgement is."]
    return sheet(version, "What was sent, and what became of it", said if sent else ["Nothing was sent."], tables)


def _submissions(sent: Sequence[Facts]) -> Table:
    head = ("To", "Address of the day", "Due", "Queued", "Accepted by the relay", "Acknowledged")
    rows = [
        (
            row["recipient"],
            row["address"],
            _day(row["due_on"]) or "No date",
            _moment(row["queued_at"]),
            _moment(row["accepted_by_the_relay_at"]) or "Not yet",
            _acknowledged(row["acknowledgement"]),
        )
        for row in sent
    ]
    return Table("Submissions", head, rows)


def _attempts(messages: Sequence[Facts]) -> Table:
    head = ("To", "Attempt", "Begun", "Ended", "How it ended", "What was answered")
    rows = [
        (
            row["to"],
            str(tried["number"]),
            _moment(tried["started_at"]),
            _moment(tried["ended_at"]),
            tried["outcome"],
            tried["answer"],
        )
        for row in messages
        for tried in row["attempts"]
    ]
    return Table("Every attempt", head, rows)


def _came_back(sent: Sequence[Facts]) -> Table:
    head = ("From", "What", "When", "Status", "Reason given", "File")
    rows = [
        (row["recipient"], back["what"], _moment(back["at"]), back["status"], back["reason"], back["file"])
        for row in sent
        for back in row["came_back"]
    ]
    return Table("What came back", head, rows)


def _decisions(messages: Sequence[Facts]) -> Table:
    head = ("To", "After attempt", "When", "By", "Decision", "Evidence")
    rows = [
        (row["to"], str(said["attempt"]), _moment(said["at"]), said["by"], said["decision"], said["evidence"])
        for row in messages
        for said in row["decisions"]
    ]
    return Table("Decisions", head, rows)


def presented(version: Version, rows: Sequence[Facts]) -> bytes:
    """Where it was presented, what was asked and answered, and what was recorded before it was corrected."""
    head = ("Before", "Day", "How it stands", "Presented by", "Asked", "Answered", "Public minutes", "Recorded")
    found = [Table("As it is recorded now", head, [_presented(row) for row in rows])]
    earlier = [entry for row in rows for entry in row["recorded_before"]]
    found.append(Table("Recorded before, and corrected", head, [_presented(row) for row in earlier]))
    return sheet(version, "Where it was presented", [] if rows else ["Nothing is recorded."], found)


def _presented(row: Facts) -> tuple[str, ...]:
    why = f" Corrected, because: {row['corrected_because']}" if row["corrected_because"] else ""
    recorded = f"{_moment(row['recorded_at'])}, by {row['recorded_as']}.{why}"
    who = (row["before"], _day(row["day"]), row["state"], row["presented_by"])
    return *who, row["asked"], row["answered"], row["minutes"], recorded


def _message(row: Facts) -> tuple[str, ...]:
    return row["to"], row["subject"], row["message_id"], row["state"], row["file"]


def _acknowledged(row: Facts | None) -> str:
    if row is None:
        return "Not yet"
    return f"{row['words']} (recorded by {row['recorded_by']}, {_moment(row['recorded_at'])})"


def _day(said: str | None) -> str:
    return words.day(date.fromisoformat(said)) if said else ""


def _moment(said: str | datetime | None) -> str:
    if said is None:
        return ""
    return clock.in_words(datetime.fromisoformat(said) if isinstance(said, str) else said)
