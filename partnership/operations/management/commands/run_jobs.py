"""Everything that is due now, once, in this process. Part of the contract for operating."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership.operations import jobs

# What was done, as a sentence for one and for many.
SENTENCES = {
    "duties_opened": ("1 duty was opened.", "{} duties were opened."),
    "pdfs_made": ("1 PDF was made.", "{} PDFs were made."),
    "messages_sent": ("1 message was accepted by the mail relay.", "{} messages were accepted by the mail relay."),
    "messages_freed": ("1 message that was stuck was freed.", "{} messages that were stuck were freed."),
    "messages_reconciled": ("1 uncertain message was found.", "{} uncertain messages were found."),
    "facts_recorded": ("1 fact of a duty was recorded.", "{} facts of duties were recorded."),
    "reminders_queued": ("1 reminder was queued.", "{} reminders were queued."),
    "lists_forgotten": ("1 list of members was forgotten.", "{} lists of members were forgotten."),
}
FAILURES = {
    "duties_opened": "Duties could not be opened.",
    "pdfs_made": "PDFs could not be made.",
    "messages_sent": "Messages could not be sent.",
    "messages_freed": "Messages that are stuck could not be freed.",
    "messages_reconciled": "Uncertain messages could not be looked for.",
    "facts_recorded": "Facts of duties could not be recorded.",
    "reminders_queued": "Reminders could not be queued.",
    "lists_forgotten": "Lists of members could not be forgotten.",
}


class Command(BaseCommand):
    help = "Do everything that is due now, once, in this process, and say what was done."

    def handle(self, *args: Any, **options: Any) -> None:
        done = jobs.run_due()
        for name, count in done.items():
            if count > 0:
                one, many = SENTENCES[name]
                self.stdout.write(one if count == 1 else many.format(count))
        failed = [FAILURES[name] for name, count in done.items() if count == jobs.FAILED]
        if failed:
            raise CommandError(f"{' '.join(failed)} The log says why.")
        if not any(done.values()):
            self.stdout.write("Nothing was due.")
