"""Measures pages and printing beside bare Django and bare WeasyPrint."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership import clock
from partnership.operations.bench import pages, previews, printing
from partnership.operations.demo import load
from partnership.operations.demo.post import STORY_ENDS


class Command(BaseCommand):
    help = (
        "Measure, on the practice data and in this process: the five most used pages beside a bare Django view that asks "
        "the database as often, the preview of a section beside its Markdown alone, and a report of about 40 pages "
        "beside WeasyPrint alone with the same HTML. Each pair is measured in turn in one run, so the ratio stands on a "
        "busy machine too. Nothing passes or fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--runs", type=int, default=30, help="how often each page is asked for (default 30)")
        parser.add_argument(
            "--prints", type=int, default=3, help="how often the report is printed (default 3; 0: never)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("This measures the practice data, which is there under the embedded settings only.")
        if not all(chapter.is_told() for chapter in load.CHAPTERS):
            raise CommandError("The practice data is not there. Run `python3 manage.py load_demo` first.")
        with clock.frozen(STORY_ENDS):
            self.stdout.write(pages.measure(max(options["runs"], 1)))
            self.stdout.write("")
            self.stdout.write(previews.measure(max(options["runs"], 1)))
            if options["prints"] > 0:
                self.stdout.write("")
                self.stdout.write(printing.measure(options["prints"]))
