"""Everything that is due now, once, in this process. Part of the contract for operating."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership.operations import jobs

# What was done, as a sentence for one and for many.
SENTENCES = {
    "duties_opened": ("1 duty was opened.", "{} duties were opened."),
    "pdfs_made": ("1 PDF was made.", "{} PDFs were made."),
    "messages_sent": ("1 message was accepted by the mail relay.", "{} messages were accepted by the mail relay."),
    "documents_released": ("1 document was published as agreed.", "{} documents were published as agreed."),
    "digests_queued": ("1 digest was queued.", "{} digests were queued."),
    "messages_freed": ("1 message that was stuck was freed.", "{} messages that were stuck were freed."),
    "messages_reconciled": ("1 uncertain message was found.", "{} uncertain messages were found."),
    "messages_read": ("1 message was read from the mailbox.", "{} messages were read from the mailbox."),
    "answers_filed": ("1 answer was put beside what it belongs to.", "{} answers were put beside what they belong to."),
    "facts_recorded": ("1 fact of a duty was recorded.", "{} facts of duties were recorded."),
    "reminders_queued": ("1 reminder was queued.", "{} reminders were queued."),
    "sections_reminded": ("1 owner of a section was reminded.", "{} owners of sections were reminded."),
    "briefings_made": ("1 briefing on guidance was made.", "{} briefings on guidance were made."),
    "published_facts_compared": (
        "1 published document was held against the records.",
        "{} published documents were held against the records.",
    ),
    "password_asks_answered": ("1 ask for a password was answered.", "{} asks for passwords were answered."),
    "contributions_reminded": (
        "1 agency was reminded of its contribution.",
        "{} agencies were reminded of contributions.",
    ),
    "duties_followed": ("1 duty followed the records of its area.", "{} duties followed the records of their areas."),
    "duties_missing": ("1 duty that should be there is missing.", "{} duties that should be there are missing."),
    "duties_passed_on": ("1 duty passed to another area.", "{} duties passed to other areas."),
    "vacancies_changed": ("1 vacancy was found or filled.", "{} vacancies were found or filled."),
    "access_reviews_opened": ("1 access review was opened.", "{} access reviews were opened."),
    "sign_in_checks_asked": (
        "1 person was asked whether they can sign in.",
        "{} people were asked whether they can sign in.",
    ),
    "sign_in_checks_confirmed": ("1 person can still sign in.", "{} people can still sign in."),
    "kept_posts_deleted": ("1 kept form was deleted.", "{} kept forms were deleted."),
    "lists_forgotten": ("1 list of members was forgotten.", "{} lists of members were forgotten."),
    "public_pages_fetched": ("1 public page was fetched and kept.", "{} public pages were fetched and kept."),
    "daily_lists_made": ("1 daily list of fingerprints was made.", "{} daily lists of fingerprints were made."),
}
FAILURES = {
    "duties_opened": "Duties could not be opened.",
    "pdfs_made": "PDFs could not be made.",
    "messages_sent": "Messages could not be sent.",
    "documents_released": "Documents could not be published as agreed.",
    "messages_freed": "Messages that are stuck could not be freed.",
    "messages_reconciled": "Uncertain messages could not be looked for.",
    "messages_read": "The mailbox could not be read.",
    "answers_filed": "What came in could not be put beside what it belongs to.",
    "facts_recorded": "Facts of duties could not be recorded.",
    "digests_queued": "Digests could not be queued.",
    "reminders_queued": "Reminders could not be queued.",
    "sections_reminded": "Owners of sections could not be reminded.",
    "briefings_made": "Briefings on guidance could not be made.",
    "published_facts_compared": "Published documents could not be held against the records.",
    "password_asks_answered": "Asks for passwords could not be answered.",
    "contributions_reminded": "Agencies could not be reminded of their contributions.",
    "duties_followed": "Duties could not be held against the records of their areas.",
    "duties_missing": "It could not be seen whether a duty is missing.",
    "duties_passed_on": "Duties could not be passed on.",
    "vacancies_changed": "Vacancies could not be looked for.",
    "access_reviews_opened": "Access reviews could not be opened.",
    "sign_in_checks_asked": "People could not be asked whether they can sign in.",
    "sign_in_checks_confirmed": "Sign-ins could not be looked for.",
    "kept_posts_deleted": "Kept forms could not be deleted.",
    "lists_forgotten": "Lists of members could not be forgotten.",
    "public_pages_fetched": "Public pages could not be fetched.",
    "daily_lists_made": "The daily list of fingerprints could not be made.",
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
