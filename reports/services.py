"""What happens to a yearly report beside its workflow."""

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.models import Document, Version
from partnership.guidance import dates, loader
from partnership.guidance.financial_years import FinancialYear
from partnership.submissions import services as submissions
from reports import tasks
from reports.models import YearlyReport


def record_year(document: Document, *, by: User) -> None:
    """Note the year of a report that has been begun. Called in the transaction that begins it."""
    access.require(by, Permission.BEGIN_DOCUMENT, document.area)
    YearlyReport.objects.create(document=document, start_year=FinancialYear.parse(document.period_label).start_year)


def submit(version: Version, *, by: User) -> None:
    """Queue the published report for every national body that its edition names, as part of publishing."""
    document = version.document
    edition = loader.edition(document.edition_key)
    end = FinancialYear.parse(document.period_label).end
    due = {deadline.document: dates.due_on(deadline, end) for deadline in edition.deadlines}
    parties = {recipient.party: due.get(document.kind) for recipient in edition.recipients_for(document.kind)}
    submissions.queue_for(version, parties=parties, by=by)
    tasks.follow_up_soon()
