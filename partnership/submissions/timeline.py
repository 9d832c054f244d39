"""What is known of a submission, as its page tells it: each message, what the relay said, what came back, who found what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partnership.files import services as files
from partnership.mail.incoming.parsing import Enclosure, Parsed, parse
from partnership.mail.workflow import Outcome, Sort
from partnership.submissions.models import DeliveryEvent, Submission, SubmissionMail

MOST_SHOWN = 4_000  # characters of a reply; the whole message can be saved
MOST_REPLIES = 20

EVENTS: dict[str, str] = {
    Sort.BOUNCED: "The message came back: it could not be delivered.",
    Sort.DELAYED: "A mail system on the way says that the message is delayed. It is still being tried.",
    Sort.DELIVERED: "The recipient’s mail system says that the message was delivered.",
    Sort.RELAYED: "The message was passed on to a mail system that reports no further.",
    Sort.AUTOMATIC: "An automatic answer came. It does not show that anybody read the message.",
    Sort.REPLY: "A reply came. Somebody has to read it.",
    Sort.UNCLEAR: "Something came of which it is not clear what it says. Somebody has to read it.",
}
ATTEMPTS: dict[str, str] = {
    Outcome.SENT: "The mail relay accepted the message.",
    Outcome.TEMPORARY: "The message could not be sent for now. It is tried again.",
    Outcome.PERMANENT: "The mail relay refused the message for good.",
    Outcome.CONFIGURATION: "The mail relay cannot be used as it is set up. It is tried again.",
    Outcome.UNCERTAIN: "The connection broke after the whole message had gone out. Nobody knows whether it was accepted.",
}


@dataclass(frozen=True)
class Reply:
    """Something that a person has to read: plain text, cut at a length that can be read, and what came with it."""

    event: DeliveryEvent
    text: str
    is_shortened: bool
    is_automatic: bool
    is_theirs: bool
    enclosures: tuple[Enclosure, ...]


def entries(submission: Submission) -> list[dict[str, Any]]:
    """Everything that happened, the newest first, as the timeline component wants it."""
    messages = submission.messages.select_related("mail").prefetch_related("mail__tries", "mail__rulings")
    found = [entry for message in messages for entry in _of_message(message)]
    found += [_of_event(event) for event in submission.events.select_related("incoming", "mail")]
    if submission.acknowledged_at and submission.acknowledged_by:
        who = f"recorded by {submission.acknowledged_by.name}"
        title = f"Acknowledged: {submission.get_acknowledged_how_display()}."
        found.append(_entry(submission.acknowledged_at, title, submission.acknowledgement, who))
    return sorted(found, key=lambda entry: entry["at"])[::-1]  # of one moment, what followed comes first


def _of_message(message: SubmissionMail) -> list[dict[str, Any]]:
    mail = message.mail
    found = [_entry(message.queued_at, f"Queued to be sent to {mail.to}.")]
    for attempt in sorted(mail.tries.all(), key=lambda attempt: attempt.number):
        title = ATTEMPTS.get(attempt.outcome, "An attempt to send it is under way.")
        said = f"The relay said: {attempt.answer}" if attempt.answer else ""
        found.append(_entry(attempt.ended_at or attempt.started_at, title, said))
    found += [
        _entry(ruling.ruled_at, f"{ruling.get_ruling_display()}.", ruling.evidence, ruling.ruled_by)
        for ruling in mail.rulings.all()
    ]
    return found


def _of_event(event: DeliveryEvent) -> dict[str, Any]:
    incoming = event.incoming
    parts = [f"Sent to {event.mail.to}." if event.what in (Sort.BOUNCED, Sort.DELAYED) else ""]
    parts.append(f"Status {incoming.code}." if incoming.code else "")
    parts.append(f"It says: {incoming.said}" if incoming.said else "")
    return _entry(event.at, EVENTS[event.what], " ".join(filter(None, parts)))


def _entry(at: datetime, title: str, text: str = "", by: str = "") -> dict[str, Any]:
    return {"at": at, "title": title, "text": text, "by": by, "href": ""}


def replies(submission: Submission) -> list[Reply]:
    """What somebody has to read, the newest first."""
    told = (Sort.REPLY, Sort.UNCLEAR, Sort.AUTOMATIC)
    rows = submission.events.filter(what__in=told).select_related("incoming__file", "mail").order_by("-at", "-pk")
    return [_reply(event) for event in rows[:MOST_REPLIES]]


def opened(event: DeliveryEvent) -> Parsed:
    """The message that came in, taken apart. Raises FileDamaged when it is no longer what was kept."""
    return parse(files.read(event.incoming.file))


def _reply(event: DeliveryEvent) -> Reply:
    try:
        parsed = opened(event)
    except files.FileDamaged:
        parsed = Parsed(text="The message cannot be shown: its file is missing or damaged.")
    domain = event.mail.to.rpartition("@")[2].lower()
    return Reply(
        event=event,
        text=parsed.text[:MOST_SHOWN].rstrip(),
        is_shortened=len(parsed.text) > MOST_SHOWN,
        is_automatic=event.what == Sort.AUTOMATIC,
        is_theirs=event.incoming.sender.lower().rstrip(">").endswith(f"@{domain}"),
        enclosures=parsed.enclosures,
    )
