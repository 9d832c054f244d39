"""Every outgoing message and what is known of it. Part of the contract for operating: its JSON keys stay."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnership.mail import selectors
from partnership.mail.models import OutgoingMail


class Command(BaseCommand):
    help = "List every outgoing message with recipient, state, attempts, Message-ID and times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        deliveries = [_as_told(mail) for mail in selectors.deliveries().iterator()]
        if options["json"]:
            self.stdout.write(json.dumps(deliveries, indent=2, ensure_ascii=False))
            return
        for delivery in deliveries:
            self.stdout.write(
                f"{delivery['created_at']}  {delivery['state']:<10}{delivery['attempts']:>3}  "
                f"{delivery['recipient']}  {delivery['subject']}"
            )
        if not deliveries:
            self.stdout.write("No message has been queued yet.")


def _as_told(mail: OutgoingMail) -> dict[str, object]:
    return {
        "reference": str(mail.reference),
        "recipient": mail.to,
        "subject": mail.subject,
        "purpose": mail.purpose,
        "area": mail.area_slug,
        "state": mail.status,
        "attempts": mail.attempts,
        "message_id": mail.message_id,
        "created_at": _iso(mail.created_at),
        "sent_at": _iso(mail.sent_at),
        "retry_at": _iso(mail.retry_at),
        "answer": mail.last_answer,
        "error": mail.last_error,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
