"""Whether the audit record and the daily lists are as they were written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.evidence import verifying

MOST = 50  # damages that are told


class Command(BaseCommand):
    help = "Compute the chains of the audit record and of the daily lists anew, and say what is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--newest", default="", metavar="SHA256", help="the fingerprint of a daily list that you kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verifying.look(options["newest"].strip().lower())
        self.stdout.write(
            f"{report.entries} entries in {report.chains} records, and {report.lists} daily lists, were computed anew."
        )
        if report.newest:
            self.stdout.write(
                f"The newest list: {report.newest}. Keep it where nobody who runs this service can change it."
            )
        for damage in report.damages[:MOST]:
            self.stderr.write(damage)
        if report.damages:
            raise CommandError(f"Damages found: {len(report.damages)}.")
        self.stdout.write("Everything is as it was written.")
