"""Which arrangements are published, and which agency was told of them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Count, QuerySet

from arrangements.models import AgencyNotice
from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Area, Seat
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.guidance import working_days
from partnership.mail.workflow import Status as MailStatus

KEY = "arrangements"
PATIENCE = 10  # working days that an agency has before somebody is reminded of it
NOT_GONE = (MailStatus.FAILED, MailStatus.UNCERTAIN, MailStatus.CANCELLED)


def digest(token: str) -> str:
    """What is kept of the token in a link."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def notice_for(token: str) -> AgencyNotice | None:
    """The notice that a link belongs to, or None for a link that never was or that a newer one replaced."""
    return _with_all(AgencyNotice.objects.filter(token_sha256=digest(token))).first()


def notices_of(version: Version) -> QuerySet[AgencyNotice]:
    """Every notice of one edition, by the agency's name."""
    return _with_all(AgencyNotice.objects.filter(version=version)).order_by("agency_name", "pk")


def in_force(area: Area) -> Version | None:
    """The arrangements that are published for an area now."""
    found = Version.objects.filter(document__area=area, document__kind=KEY, status=Status.PUBLISHED)
    return found.select_related("document__area").first()


def published_version(document: Document) -> Version | None:
    """The edition of this document that agencies are told of: published, or once published and superseded."""
    found = document.versions.filter(status__in=[Status.PUBLISHED, Status.SUPERSEDED])
    return found.select_related("document__area").order_by("-number").first()


def agencies(version: Version) -> QuerySet[Seat]:
    """The relevant agencies of today in the area of some arrangements."""
    return areas.relevant_agencies(version.document.area, clock.today())


def never_told(version: Version) -> list[Seat]:
    """The relevant agencies of today that were sent no message about this edition and have not acknowledged it."""
    known = AgencyNotice.objects.filter(version=version).values("seat_id")
    return list(agencies(version).exclude(pk__in=known))


def troubled(area_ids: Iterable[int]) -> QuerySet[AgencyNotice]:
    """Notices of published arrangements whose message did not go, or of which that is not known."""
    return _open(area_ids).filter(mail__status__in=[MailStatus.FAILED, MailStatus.UNCERTAIN])


def overdue(area_ids: Iterable[int]) -> QuerySet[Version]:
    """Published arrangements with agencies that were told ten working days ago and are silent; `silent` counts them."""
    first = working_days.working_days_back(clock.today(), PATIENCE)
    before = datetime.combine(first, time.min, tzinfo=clock.LONDON)
    waiting = _open(area_ids).filter(told_at__lt=before).exclude(mail__status__in=NOT_GONE)
    found = Version.objects.filter(agency_notices__in=waiting).select_related("document__area")
    return found.annotate(silent=Count("agency_notices"))


def _open(area_ids: Iterable[int]) -> QuerySet[AgencyNotice]:
    """Not acknowledged, of an edition that is published now, for an agency that is a relevant one today."""
    rows = AgencyNotice.objects.filter(acknowledged_at=None, told_at__isnull=False, version__status=Status.PUBLISHED)
    rows = rows.filter(version__document__area__in=area_ids, seat__during__contains=clock.today())
    return _with_all(rows)


def _with_all(rows: QuerySet[AgencyNotice]) -> QuerySet[AgencyNotice]:
    return rows.select_related("version__document__area", "seat__agency", "mail", "recorded_by", "told_by")
