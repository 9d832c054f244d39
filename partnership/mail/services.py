"""What people, and the services above, do with messages. Who may is asked above: this app knows no offices."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from partnership import clock
from partnership.files.models import StoredFile
from partnership.mail import letters, policies, tasks
from partnership.mail.composing import new_message_id
from partnership.mail.models import Attachment, MailRuling, OutgoingMail
from partnership.mail.workflow import AFTER_SETTLING, Ruling, Status
from partnership.web import faults
from partnership.web.queue import nudge


@transaction.atomic
def queue(
    *,
    to: str,
    subject: str,
    text: str,
    dedupe_key: str,
    html: str = "",
    attachments: Sequence[tuple[str, StoredFile]] = (),
    area_slug: str = "",
    purpose: str = "",
    reply_to: str = "",
    envelope_from: str = "",
) -> OutgoingMail:
    """Put one message for one recipient in the outbox, in the caller's transaction, and return its row.

    `dedupe_key` says which occasion this is: asked again for the same, the row that exists is returned unchanged.
    `attachments` are pairs of name and stored file; `envelope_from` is the return path, where bounces of this message
    alone are to come. Raises Incomplete for a header with a line break or a bad address.
    """
    said = {"to": to, "reply_to": reply_to, "envelope_from": envelope_from, "subject": subject, "text": text}
    policies.check_can_be_queued(**said, names=[name for name, _ in attachments])
    reference = uuid.uuid4()
    mail, is_new = OutgoingMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "reference": reference,
            "message_id": new_message_id(reference),
            **said,
            "html": html,
            "area_slug": area_slug,
            "purpose": purpose,
        },
    )
    if is_new:
        Attachment.objects.bulk_create(Attachment(mail=mail, name=name, file=file) for name, file in attachments)
        nudge(tasks.deliver_due)
        faults.point("P0_before_commit")
    return mail


def write(
    template: str,
    words: Mapping[str, object],
    *,
    to: str,
    dedupe_key: str,
    attachments: Sequence[tuple[str, StoredFile]] = (),
    area_slug: str = "",
    purpose: str = "",
    reply_to: str = "",
    envelope_from: str = "",
) -> OutgoingMail:
    """Put a letter that is made from a template (mail/letters.py) in the outbox; the rest is as for `queue`."""
    subject, text, html = letters.render(template, words)
    return queue(
        to=to,
        subject=subject,
        text=text,
        html=html,
        dedupe_key=dedupe_key,
        attachments=attachments,
        area_slug=area_slug,
        purpose=purpose,
        reply_to=reply_to,
        envelope_from=envelope_from,
    )


@transaction.atomic
def cancel(*, mail: OutgoingMail, by: Any = None, reason: str = "") -> OutgoingMail:
    """Withdraw a message that has not left. Raises WrongState once it is on its way. `by` None means the system."""
    mail = _lock(mail)
    policies.check_can_cancel(mail)
    return _rule(mail, Ruling.CANCELLED, Status.CANCELLED, by=by, evidence=reason, retry_at=None)


@transaction.atomic
def try_again(*, mail: OutgoingMail, by: Any) -> OutgoingMail:
    """Queue a failed message once more, by a person's decision. Raises WrongState for any other."""
    mail = _lock(mail)
    policies.check_can_try_again(mail)
    mail = _rule(mail, Ruling.TRY_AGAIN, Status.QUEUED, by=by, queued_at=clock.now())
    nudge(tasks.deliver_due)
    return mail


@transaction.atomic
def settle_uncertain(*, mail: OutgoingMail, by: Any, outcome: Ruling, evidence: str = "") -> OutgoingMail:
    """A person says what became of a message: ARRIVED (sent), SEND_AGAIN (queued) or GIVEN_UP (failed).

    `evidence` is what they saw. An arrived one counts as sent at the start of its last attempt. Raises WrongState when
    the message is not uncertain (any longer), ValueError for another outcome.
    """
    status = AFTER_SETTLING.get(outcome)
    if status is None:
        raise ValueError(f"{outcome} does not settle a message.")
    mail = _lock(mail)
    policies.check_can_settle(mail)
    changes: dict[str, Any] = {"queued_at": clock.now()} if status == Status.QUEUED else {}
    if status == Status.SENT:
        changes = {"sent_at": mail.tries.get(number=mail.attempts).started_at, "last_error": ""}
        changes["last_answer"] = evidence or f"No answer of the relay is known; {by} found that it arrived."
    mail = _rule(mail, outcome, status, by=by, evidence=evidence, **changes)
    if status == Status.QUEUED:
        nudge(tasks.deliver_due)
    return mail


def _lock(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.select_for_update().get(pk=mail.pk)


def _rule(
    mail: OutgoingMail, ruling: Ruling, status: Status, *, by: Any, evidence: str = "", **changes: Any
) -> OutgoingMail:
    """Keep who decided what, then move. The database lets an uncertain message go only in this order."""
    MailRuling.objects.create(
        mail=mail,
        attempt=mail.attempts,
        ruling=ruling,
        evidence=evidence,
        ruled_by=str(by) if by else "The system",
        ruled_by_id=getattr(by, "pk", None),
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, **changes)
    mail.refresh_from_db()
    return mail
