"""Says what is late, failing or never ran, for cron or a monitor on another machine: the sweep cannot report its own death."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from partnership import clock
from partnership.operations import alarms, broker, watch

BROKER = "The broker does not answer. See that it runs and that BROKER_URL leads to it."
DATABASE = "The database does not answer. See that it runs and that DATABASE_URL leads to it."


class Command(BaseCommand):
    help = (
        "Say in sentences what is late, failing or never ran, and what to do. Ends with 1 when there is anything, and with "
        "0 when all is well. Alarms ring and end by it as they do by the sweep, so run it from another machine than that."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = alarms.look()
        except DatabaseError as error:
            raise CommandError(DATABASE) from error
        now = clock.real()
        told = [finding.sentence(now) for finding in found if finding.is_trouble]
        if not _broker_answers():
            told.append(BROKER)
        for sentence in told:
            self.stdout.write(sentence)
        if told:
            raise CommandError("1 thing needs somebody." if len(told) == 1 else f"{len(told)} things need somebody.")
        self.stdout.write("All is well.")


def _broker_answers() -> bool:
    try:
        broker.lengths(watch.QUEUES)
    except Exception:  # whatever is wrong with it
        return False
    return True
