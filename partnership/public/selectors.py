"""What anybody may read: publications, who holds the statutory offices today, and what is due."""

from datetime import date, timedelta

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from partnership.areas.models import Area
from partnership.deadlines import selectors as duties
from partnership.deadlines.models import Duty, DutyFact
from partnership.documents import selectors as documents
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.documents.workflow import Status
from partnership.guidance import dates, loader


def areas(search: str = "") -> QuerySet[Area]:
    """Every area by name, or those whose name or partnership holds the words; with what is published and due."""
    published = Count("documents", filter=Q(documents__versions__status__in=documents.READABLE), distinct=True)
    due = duties.open_duties().filter(area=OuterRef("pk"), rule_key__in=duties.rule_keys(public=True))
    first = due.order_by().values("area")
    found = Area.objects.annotate(
        published=published, next_due=Subquery(first.annotate(first=Min("due_on")).values("first"))
    )
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(partnership_name__icontains=word))
    return found.order_by("name")


def open_duties(area: Area, running: str) -> QuerySet[Duty]:
    """What the area owes the public: open duties, apart from that of the `running` year, which cannot be met yet."""
    owed = duties.open_duties().filter(area=area, rule_key__in=duties.rule_keys(public=True))
    owed = owed.exclude(rule_key=duties.REPORT, period_label=running)
    published = DutyFact.objects.filter(duty__area=area, key="published", fallen_at=None)
    return owed.exclude(pk__in=published.values("duty")).prefetch_related("late_statements").order_by("due_on")


def newest_of_kind(version: Version) -> Version | None:
    """What stands in the place of a superseded version: the published one of its document, or of its kind."""
    published = Version.objects.filter(status=Status.PUBLISHED, document__area=version.document.area)
    published = published.filter(document__kind=version.document.kind).select_related("document__area")
    same = published.filter(document=version.document).first()
    return same or published.order_by("-document__period").first()


def earlier(version: Version) -> QuerySet[Version]:
    """Published versions of the same document that came before this one."""
    return version.document.versions.filter(status__in=documents.READABLE, number__lt=version.number).defer("content")


def final_pdf(version: Version) -> Rendition | None:
    """The PDF that was published."""
    return version.renditions.filter(kind=RenditionKind.FINAL).select_related("file").first()


def invented_signatories(version: Version) -> set[str]:
    """Who signed and is made up for practice, by name; said so wherever the name is shown."""
    return set(version.sign_offs.filter(signed_by__is_invented=True).values_list("person_name", flat=True))


def duty_date(version: Version) -> date | None:
    """The day by which the document had to be published: of its duty, or else of its guidance; or None."""
    document = version.document
    duty = document.duties.order_by("due_on").first()
    if duty:
        return duty.due_on
    last = document.period.upper - timedelta(days=1)
    deadlines = loader.edition(document.edition_key).deadlines_for(document.kind)
    return min((dates.due_on(deadline, last) for deadline in deadlines), default=None)
