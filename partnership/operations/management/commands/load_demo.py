"""Makes the practice data, once. Only where the practice area is."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partnership.operations.demo import load, post


class Command(BaseCommand):
    help = "Make the practice area: three areas, invented people and their story. Run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError(
                "The practice data has passwords that everybody knows. It is made under the embedded settings only."
            )
        told = load.load()
        if not told:
            self.stdout.write("The practice data is there already. Nothing was changed.")
            return
        for title in told:
            self.stdout.write(f"Loaded {title}.")
        if not post.mailbox_answers():
            self.stdout.write("No local mailbox answered, so the reports of the past will be sent by the worker.")
