"""What came in and belongs to no submission: unmatched messages, and reports that nothing proves. For operators alone."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.files import services as files
from partnership.mail.models import IncomingMail
from partnership.submissions import selectors


class Command(BaseCommand):
    help = "List the incoming messages that stand beside no submission, or write one of them out as it came."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write a JSON list")
        parser.add_argument("--raw", type=int, metavar="NUMBER", help="write this message, as it came, to the output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["raw"] is not None:
            self._write_out(options["raw"])
            return
        found = [_as_told(row) for row in selectors.unfiled()]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
            return
        for row in found:
            self.stdout.write(
                f"{row['number']:>6}  {row['received_at']}  {row['sort']:<10}{row['sender']}  {row['subject']}"
            )
        if not found:
            self.stdout.write("Nothing came in that belongs to no submission.")

    def _write_out(self, number: int) -> None:
        row = IncomingMail.objects.select_related("file").filter(pk=number).first()
        if row is None:
            raise CommandError(f"There is no message {number}.")
        sys.stdout.buffer.write(files.read(row.file))


def _as_told(row: IncomingMail) -> dict[str, object]:
    return {
        "number": row.pk,
        "received_at": row.received_at.isoformat(),
        "sort": row.sort,
        "sender": row.sender,
        "subject": row.subject,
        "message_id": row.message_id,
        "status": row.code,
        "said": row.said,
        "about": row.answers.message_id if row.answers else None,
        "matched": row.matched,
        "size": row.file.size,
    }
