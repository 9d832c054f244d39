"""Whether sending is held because the database was restored, what the archive says, and the end of the hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.mail import archive, holding, reconciling
from partnership.mail.reconciling import Differences

MOST = 50  # lines of one kind


class Command(BaseCommand):
    help = "Show the hold on sending after a restored backup and what differs from the archive; end it with --operator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--operator", default="", help="your name: settle what the archive knows and end the hold")
        parser.add_argument(
            "--without-archive", default="", metavar="REASON", help="end it unseen, where no archive can be read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        held = holding.hold()
        if held is None:
            self.stdout.write("Sending is not held.")
            return
        self.stdout.write(f"Sending is held since {held.began_at:%Y-%m-%d %H:%M} UTC. {held.because}")
        operator, reason = options["operator"].strip(), options["without_archive"].strip()
        if reason and not operator:
            raise CommandError("Give --operator as well: who ends the hold stays on record.")
        if reason:
            reconciling.release_unseen(by=operator, reason=reason)
        elif not archive.is_there():
            raise CommandError("No archive is set up (MAIL_ARCHIVE_ADDRESS). Use --without-archive with the reason.")
        else:
            self._compare(operator)
        if operator:
            self.stdout.write("The hold has ended. What waits leaves within a minute.")

    def _compare(self, operator: str) -> None:
        try:
            found = reconciling.differences()
        except Exception as error:
            raise CommandError(
                f"The archive could not be read: {type(error).__name__}. Nothing was changed."
            ) from error
        self._tell(found)
        if operator:
            reconciling.reconcile(found, by=operator)

    def _tell(self, found: Differences) -> None:
        self.stdout.write(found.in_words)
        for title, rows in (("Has left already", found.left), ("Was made once more", found.again)):
            for mail, copy in rows[:MOST]:
                self.stdout.write(f"  {title}: {mail.to}, {mail.purpose}, {mail.message_id}. {copy.where}")
        for copy in found.unknown[:MOST]:
            self.stdout.write(f"  Unknown here: to {copy.to}, {copy.subject}, {copy.message_id}. {copy.where}")
