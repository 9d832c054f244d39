"""What is known of a publication beside its text, as plain data: what was sent and what came of it, its history, its page."""

from datetime import UTC, date, datetime
from typing import Any

from partnership.documents import canonical, corrections
from partnership.documents.models import Ground, Version
from partnership.documents.workflow import Status
from partnership.evidence import selectors
from partnership.evidence.models import PublicFetch
from partnership.files import services as files
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Status as Sending
from partnership.presentations import selectors as log
from partnership.presentations.models import Entry
from partnership.public import presenting as public
from partnership.submissions.models import Submission

Facts = dict[str, Any]


def about(version: Version) -> Facts:
    """Which publication this is: of whom, of what, for when, and how it stands."""
    document = version.document
    return {
        "partnership": document.area.partnership_name,
        "area": document.area.slug,
        "kind": document.kind,
        "period": document.period_label,
        "title": document.title,
        "version": version.number,
        "status": version.status,
        "sha256": version.sha256,
        "published_at": at(version.published_at),
        "address": selectors.page_of(version)[0],
    }


def submissions_of(version: Version) -> list[Submission]:
    """What went to the national bodies, with its mails and all that became of them, in a few queries."""
    rows = version.submissions.select_related("mail", "recipient", "acknowledged_by", "receipt")
    within = (
        "mail__tries", "mail__rulings", "mail__attachments__file", "files__file", "messages__mail__tries",
        "messages__mail__rulings", "messages__mail__attachments__file", "events__incoming__file", "events__mail",
    )  # fmt: skip
    return list(rows.prefetch_related(*within).order_by("party", "pk"))


def notices(sent: list[Submission]) -> dict[int, OutgoingMail]:
    """The messages by which a body was told that what it was sent is withdrawn, by the key of the submission."""
    keys = {f"submission_withdrawn:{row.pk}": row.pk for row in sent}
    rows = OutgoingMail.objects.filter(dedupe_key__in=keys)
    return {keys[row.dedupe_key]: row for row in rows.prefetch_related("tries", "rulings", "attachments__file")}


def earlier_messages(row: Submission) -> list[OutgoingMail]:
    """The messages of a submission before the one that counts: each came back, or was given up."""
    return [sent.mail for sent in row.messages.all() if sent.mail_id != row.mail_id]


def came_back(row: Submission, names: dict[int, str]) -> list[Facts]:
    """What came in for a submission, each with the file that it is in; `names` by the key of the event."""
    return [
        {
            "what": event.get_what_display(),
            "at": at(event.at),
            "status": event.incoming.code,
            "reason": event.incoming.said,
            "answers": event.mail.message_id,
            "file": names[event.pk],
            "sha256": event.incoming.file.sha256,
        }
        for event in row.events.all()
    ]


def submission(row: Submission, message_file: str) -> Facts:
    """One submission: to whom, by when, what the relay and people said of it, and whether it was acknowledged."""
    acknowledged = None
    if row.acknowledged_at and row.acknowledged_by:
        acknowledged = {
            "words": row.acknowledgement,
            "recorded_at": at(row.acknowledged_at),
            "recorded_by": row.acknowledged_by.name,
            "how": row.get_acknowledged_how_display(),
            "received_on": on(row.received_on),
            "receipt": {"name": row.receipt_name, "sha256": row.receipt.sha256} if row.receipt else None,
        }
    return {
        "recipient": row.recipient_name,
        "party": row.party,
        "address": row.address,
        "address_source": row.recipient.source,
        "address_checked_on": on(row.recipient.checked_on),
        "due_on": on(row.due_on),
        "queued_at": at(row.queued_at),
        "accepted_by_the_relay_at": at(row.accepted_at),
        "came_back_at": at(row.bounced_at),
        "without_file_because": row.without_file,
        "acknowledgement": acknowledged,
        "files": [{"name": sent.name, "sha256": sent.file.sha256, "bytes": sent.file.size} for sent in row.files.all()],
        "message": message(row.mail, message_file),
    }


def message(mail: OutgoingMail, name: str) -> Facts:
    """What the record says of one message: each attempt with the relay's answer, and each decision about it."""
    return {
        "file": name,
        "message_id": mail.message_id,
        "to": mail.to,
        "subject": mail.subject,
        "written_at": at(mail.created_at),
        "state": Sending(mail.status).label,
        "attempts": [
            {
                "number": row.number,
                "started_at": at(row.started_at),
                "ended_at": at(row.ended_at),
                "outcome": row.get_outcome_display() or "Under way",
                "answer": row.answer,
            }
            for row in sorted(mail.tries.all(), key=lambda row: row.number)
        ],
        "decisions": [
            {
                "attempt": row.attempt,
                "decision": row.get_ruling_display(),
                "evidence": row.evidence,
                "at": at(row.ruled_at),
                "by": row.ruled_by,
            }
            for row in sorted(mail.rulings.all(), key=lambda row: (row.ruled_at, row.pk))
        ],
        "attachments": [
            {"name": row.name, "sha256": row.file.sha256, "bytes": row.file.size} for row in mail.attachments.all()
        ],
    }


def history(version: Version) -> Facts:
    """Every version that was ever public, and what became of this one. Of what is sealed nothing that it said."""
    declared = corrections.of(version)
    earlier = Submission.objects.filter(
        version__document=version.document_id, version__number__lt=version.number, accepted_at__isnull=False
    )
    into = version.consolidated_into
    return {
        "corrects": {
            "nature": declared.get_nature_display(),
            "reason": declared.reason,
            "version": declared.of.number,
            "published_at": at(declared.of.published_at),
        }
        if declared
        else None,
        "in_force_from": on(version.in_force_from),
        "superseded_at": at(version.superseded_at),
        "withdrawn_at": at(version.withdrawn_at),
        "withdrawn_because": version.reason if version.withdrawn_at else "",
        "taken_in_by": f"{into.title}, {into.area.partnership_name}" if into else "",
        "taken_in_at": at(version.consolidated_at),
        "reviews": [
            {"reviewed_on": on(row.reviewed_on), "found": row.found, "next_on": on(row.next_on)}
            for row in version.reviews.all()
        ],
        "editions": [
            {"version": row.number, "published_at": at(row.published_at), "note": row.note, "fate": row.fate}
            for row in public.history(version.document)
        ],
        "sent_before": [
            {
                "version": row.version.number,
                "recipient": row.recipient_name,
                "accepted_by_the_relay_at": at(row.accepted_at),
            }
            for row in earlier.select_related("version").order_by("accepted_at", "pk")
        ],
    }


def presentations(version: Version) -> list[Facts]:
    """Where the document was presented, each with what was recorded of it before.

    Nothing while a text of it is sealed and this is another one: what was asked may say what had to go.
    """
    gone = version.document.versions.filter(status=Status.TAKEN_DOWN, withdrawn_for=Ground.REDACTION)
    if not version.is_sealed and gone.exists():
        return []
    return [
        {**_entry(row.entry), "recorded_before": [_entry(entry) for entry in row.earlier]}
        for row in log.of_document(version.document)
    ]


def _entry(row: Entry) -> Facts:
    return {
        "before": row.said.before_whom,
        "kind_of_body": row.get_forum_display(),
        "day": on(row.day),
        "state": row.get_state_display(),
        "presented_by": row.office_name,
        "asked": row.asked,
        "answered": row.answered,
        "minutes": row.minutes,
        "corrected_because": row.reason,
        "recorded_at": at(row.recorded_at),
        "recorded_as": row.recorded_as,
    }


def public_page(version: Version, fetched: list[PublicFetch]) -> Facts:
    """When the public page was fetched and what it answered; and where it was not, why."""
    requests = version.fetch_requests.order_by("asked_at", "pk")
    return {
        "in_words": in_words(version, fetched),
        "asked_for_again_at": [at(row.asked_at) for row in requests],
        "tries": [_fetch(row, version) for row in fetched],
    }


def _fetch(row: PublicFetch, version: Version) -> Facts:
    body = files.read(row.body) if row.body else b""
    short = canonical.short(version.sha256 or "").encode()
    return {
        "number": row.number,
        "address": row.address,
        "led_to": row.led_to,
        "fetched_at": at(row.fetched_at),
        "status": row.status,
        "headers": row.headers,
        "failure": row.failure,
        "sha256": row.body.sha256 if row.body else None,
        "bytes": row.body.size if row.body else None,
        "names_the_fingerprint": short in body if row.body else None,
        "file": page_name(row) if row.body else None,
    }


def page_name(row: PublicFetch) -> str:
    """Where a page that was fetched lies in the bundle."""
    return f"public-page/{row.number}.html"


def in_words(version: Version, fetched: list[PublicFetch]) -> str:
    """Whether the public page is among the evidence, and if not, why; as a sentence."""
    good = [row for row in fetched if row.ok]
    changed = selectors.changed_at(version)
    if not fetched:
        return "The public page has not been fetched yet, so this evidence does not hold it."
    if not good:
        return (
            f"The public page could not be fetched in {len(fetched)} {'try' if len(fetched) == 1 else 'tries'}. "
            f"The last time: {fetched[-1].failure}"
        )
    if changed and good[-1].fetched_at < changed:
        why = f" The last time: {fetched[-1].failure}" if not fetched[-1].ok else ""
        return f"The public page was fetched, and has not been since it began to say something else.{why}"
    return "The public page was fetched as anybody could read it."


def at(moment: datetime | None) -> str | None:
    """A moment as data, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def on(day: date | None) -> str | None:
    """A day as data."""
    return day.isoformat() if day else None
