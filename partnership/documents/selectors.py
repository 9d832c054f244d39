"""Reading documents. Lists, details, files, API and mail all start from what the person may see."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment, Area, Seat
from partnership.documents import shut
from partnership.documents.kinds import kind, kind_at
from partnership.documents.models import (
    Answer,
    Document,
    DocumentShare,
    Outcome,
    Release,
    RequiredSeat,
    Review,
    Section,
    SignOff,
    Unsigned,
    Version,
    Why,
)
from partnership.documents.workflow import AGREED, GONE, READABLE, Status


def documents_visible_to(user: access.Person) -> QuerySet[Document]:
    """Documents of the areas in which the person holds an office, and what was shared with them by name until now."""
    in_areas = Q(area__in=access.areas_for(user).values("pk"))
    by_name = Q(pk__in=shared_with(user).values("content_object"))
    return Document.objects.filter(in_areas | by_name).select_related("area")


def at(address: str, among: QuerySet[Document]) -> Document | None:
    """Of some documents of an area, the one at an address such as `yearly-report/2025-26`, with whether it is sealed."""
    place, _, label = address.partition("/")
    found = kind_at(place)
    rows = among.select_related("area").annotate(is_sealed=shut.with_seal())
    return rows.filter(kind=found.key, period_label=label).first() if found else None


def shares_of(document: Document) -> QuerySet[DocumentShare]:
    """Everybody with whom a document was ever shared by name, the latest first."""
    rows = DocumentShare.objects.filter(content_object=document).select_related("user", "shared_by", "ended_by")
    return rows.order_by("-shared_at", "-pk")


def shared_with(user: access.Person) -> QuerySet[DocumentShare]:
    """What is shared with a person by name at this moment; of an inactive account, nothing."""
    if not (user.is_authenticated and user.is_active):
        return DocumentShare.objects.none()
    rows = DocumentShare.objects.filter(user_id=user.pk, ended_at=None, expires_at__gt=clock.now())
    return rows.select_related("content_object__area", "shared_by").order_by("expires_at", "pk")


def reads_by_name(user: User) -> bool:
    """Whether anything is shared with a person by name at this moment (settings.WHAT_GIVES_RIGHTS)."""
    return shared_with(user).exists()


def versions_visible_to(user: access.Person) -> QuerySet[Version]:
    """Versions of visible documents."""
    visible = documents_visible_to(user).order_by().values("pk")
    return Version.objects.filter(document__in=visible).select_related("document__area")


def lock(version: Version) -> Version:
    """The version, locked until the end of the transaction. Whoever counts its signatures holds this first."""
    return Version.objects.select_for_update(of=("self",)).select_related("document__area").get(pk=version.pk)


def lock_all(version: Version) -> Version:
    """The version, locked with every other one of its document, the newest first: publishing locks what it replaces last."""
    list(Version.objects.select_for_update(of=("self",)).filter(document=version.document_id).order_by("-pk"))
    return lock(version)


def current(document: Document) -> Version | None:
    """The version that people work on or look at: the newest one that was neither returned nor withdrawn."""
    alive = document.versions.exclude(status__in=GONE)
    return alive.select_related("document__area").order_by("-number").first()


def newest(document: Document) -> Version:
    """The version with the highest number, whatever became of it. Every document has one."""
    return document.versions.select_related("document__area").order_by("-number")[0]


def given_up() -> QuerySet[Version]:
    """The newest version of each document of which nothing is left: withdrawn, with none alive before it or after."""
    others = Version.objects.filter(document=OuterRef("document"))
    alive = others.exclude(status__in=GONE)
    newer = others.filter(number__gt=OuterRef("number"))
    return Version.objects.filter(~Exists(alive), ~Exists(newer), status__in=[Status.WITHDRAWN, Status.TAKEN_DOWN])


def last_before(area: Area, kind_key: str, day: date) -> Version | None:
    """What the document of a period that begins on this day may be rolled forward from, or None.

    Of the last earlier document of its kind that was not given up: what is published, or else its newest text alive.
    """
    earlier = Version.objects.filter(document__area=area, document__kind=kind_key, document__period__endswith__lte=day)
    alive = earlier.exclude(status__in=GONE).select_related("document__area")
    last = alive.order_by("-document__period", "-number").first()
    if last is None:
        return None
    return alive.filter(document=last.document_id, status=Status.PUBLISHED).first() or last


def draft(document: Document) -> Version | None:
    """The draft of a document, if there is one."""
    return document.versions.filter(status=Status.DRAFT).select_related("document__area").first()


def missing_seats(version: Version) -> QuerySet[RequiredSeat]:
    """The required seats that have not signed this version."""
    signed = version.sign_offs.values("seat_id")
    return version.required_seats.exclude(seat_id__in=signed).select_related("seat__agency")


def standing_unsigned(version: Version) -> QuerySet[Unsigned]:
    """Which seats do not sign this version, and why, as it stands now."""
    return version.unsigned.filter(taken_back_at=None)


def seats_to_sign(version: Version, user: User) -> list[RequiredSeat]:
    """The seats of this version for which this person may sign today and has not."""
    if version.status != Status.IN_SIGN_OFF:
        return []
    held = access.seats_signed_for_by(user, version.document.area).values("pk")
    refused = standing_unsigned(version).filter(why=Why.REFUSED).values("seat_id")
    return list(missing_seats(version).filter(seat_id__in=held).exclude(seat_id__in=refused))


def counted_before(section: Section) -> dict[str, int]:
    """The number of a section in the publication, and how many tables and figures of the draft stand before it."""
    standing = Q(blocks__place__isnull=False)
    earlier = section.version.sections.filter(position__lt=section.position).annotate(
        blocks_there=Count("blocks", filter=standing),
        tables=Count("blocks", filter=standing & Q(blocks__kind="table")),
        figures=Count("blocks", filter=standing & Q(blocks__kind__in=["chart", "picture"])),
    )
    rows = list(earlier.values_list("blocks_there", "explanation", "tables", "figures"))
    return {
        "number": 1 + sum(1 for blocks, explanation, *_ in rows if blocks or explanation),
        "tables": sum(tables for _, _, tables, _ in rows),
        "figures": sum(figures for *_, figures in rows),
    }


def appointment_to_sign(user: access.Person, seat: Seat) -> Appointment | None:
    """The office by which this person may sign for a seat today, or None."""
    return access.may_sign(access.offices_of(user)).filter(seat=seat).first()


def waiting_for_signature_of(user: User) -> QuerySet[RequiredSeat]:
    """Across all areas: each seat of a version in sign-off for which this person may sign today, and neither has nor refused."""
    seats = access.may_sign(access.offices_of(user))
    waiting = RequiredSeat.objects.filter(version__status=Status.IN_SIGN_OFF, seat_id__in=seats.values("seat_id"))
    signed = SignOff.objects.filter(version=OuterRef("version"), seat=OuterRef("seat"))
    refused = Unsigned.objects.filter(
        version=OuterRef("version"), seat=OuterRef("seat"), why=Why.REFUSED, taken_back_at=None
    )
    return (
        waiting.exclude(Exists(signed))
        .exclude(Exists(refused))
        .select_related("version__document__area", "seat__agency")
    )


def last_known_to(seat: Seat, version: Version) -> Version | None:
    """What this seat knows already: the version of this document that it was last asked to sign, signed or returned.

    Where there is none, the last that it signed of an earlier document of the same kind.
    """
    document = version.document
    asked = document.versions.filter(required_seats__seat=seat).exclude(pk=version.pk).order_by("-number").first()
    if asked:
        return asked
    earlier = Version.objects.filter(sign_offs__seat=seat, document__area=document.area, document__kind=document.kind)
    return earlier.exclude(pk=version.pk).order_by("-sign_offs__signed_at").first()


def replaced_by(version: Version) -> list[Version]:
    """What the publication of this version would supersede."""
    older = Version.objects.filter(status=Status.PUBLISHED).exclude(pk=version.pk).select_related("document")
    if kind(version.document.kind).one_current_in_area:
        return list(older.filter(document__area=version.document.area, document__kind=version.document.kind))
    return list(older.filter(document=version.document))


def published(area: Area, kind: str, label: str) -> Version | None:
    """What the public reads at a permanent address: the published version of that document, or None."""
    return (
        Version.objects.filter(
            document__area=area, document__kind=kind, document__period_label=label, status__in=READABLE
        )
        .select_related("document__area")
        .order_by("-number")
        .first()
    )


def releases_due(moment: datetime) -> QuerySet[Release]:
    """What was agreed to be published by this moment, and is neither public nor stopped."""
    agreed = Release.objects.filter(proposal__outcome=Outcome.AGREED, stopped_at=None, release_at__lte=moment)
    waiting = agreed.filter(proposal__version__status__in=AGREED)
    return waiting.select_related("proposal__version__document__area").order_by("release_at", "pk")


def could_take_in(version: Version) -> QuerySet[Document]:
    """The other documents that are public now: of its area, or of an area that took its place."""
    document = version.document
    heirs = [row.successor_id for row in areas.successions(document.area)]
    found = Document.objects.filter(area__in=[document.area_id, *heirs], versions__status=Status.PUBLISHED)
    return found.exclude(pk=document.pk).select_related("area").distinct().order_by("title")


def led_to(document: Document) -> QuerySet[Version]:
    """The publications that tell the public to read this document in their place."""
    return Version.objects.filter(consolidated_into=document, status=Status.CONSOLIDATED).select_related("document")


def next_review(version: Version) -> date | None:
    """When a publication is to be reviewed: as its last review said, or its publication; None where nobody said."""
    last = version.reviews.first()
    return last.next_on if last else version.review_on


def reviews_due(areas: Collection[int], today: date) -> QuerySet[Version]:
    """What stands in these areas and was to be reviewed by today; `next_on` says since when."""
    rows = with_next_review().filter(document__area__in=areas, next_on__lte=today)
    return rows.select_related("document__area").order_by("pk")


def with_next_review() -> QuerySet[Any]:
    """What stands, with the day of its next review as `next_on`; NULL where nobody said one."""
    last = Review.objects.filter(version=OuterRef("pk")).values("next_on")[:1]
    rows = Version.objects.filter(status=Status.PUBLISHED).select_related("document__area")
    return rows.annotate(next_on=Coalesce(Subquery(last), F("review_on")))


def planned_for(document: Document) -> QuerySet[Release]:
    """What was agreed to be published of a document at a time to come."""
    agreed = Release.objects.filter(proposal__outcome=Outcome.AGREED, stopped_at=None)
    return agreed.filter(proposal__version__document=document, proposal__version__status__in=AGREED).order_by("pk")


def is_planned() -> Exists:
    """Of a version: that it was agreed when it is published, or is proposed now, and waits for nobody who publishes."""
    rows = Release.objects.filter(proposal__version=OuterRef("pk"), stopped_at=None)
    return Exists(rows.filter(proposal__outcome__in=["", Outcome.AGREED]))


def withdrawn(area: Area, kind: str, label: str) -> Version | None:
    """What stood last at a permanent address, if it was withdrawn from the public and nothing has come since."""
    found = Version.objects.filter(
        document__area=area, document__kind=kind, document__period_label=label, status=Status.TAKEN_DOWN
    )
    return found.select_related("document__area").defer("content").order_by("-number").first()


def all_withdrawn(area: Area) -> QuerySet[Version]:
    """For each document of an area of which nothing is public any more, what stood last."""
    still = Version.objects.filter(document=OuterRef("document"), status__in=READABLE)
    gone = Version.objects.filter(~Exists(still), document__area=area, status=Status.TAKEN_DOWN)
    newest = gone.order_by("document_id", "-number").distinct("document_id").values("pk")
    return gone.filter(pk__in=newest).select_related("document__area").defer("content")


def publications(area: Area | None = None) -> QuerySet[Version]:
    """Everything that anybody may read, newest first: for each document its last published version."""
    readable = Version.objects.filter(status__in=READABLE).select_related("document__area")
    if area is not None:
        readable = readable.filter(document__area=area)
    newest = readable.order_by("document_id", "-number").distinct("document_id").values("pk")
    return readable.filter(pk__in=newest).order_by("-published_at")


def with_marks_to_confirm(user: User, areas: set[int]) -> QuerySet[Version]:
    """The drafts of these areas with a mark that this person may confirm, and no confirmed one for the requirement."""
    marks = Answer.objects.filter(version=OuterRef("pk"), block__place__isnull=False)
    theirs = marks.exclude(claimed_by=user).exclude(block__written_by=user).exclude(confirmed_mark=F("block__mark"))
    settled = Answer.objects.filter(version=OuterRef("version"), requirement=OuterRef("requirement"))
    settled = settled.filter(block__place__isnull=False, confirmed_mark=F("block__mark"))
    drafts = Version.objects.filter(status=Status.DRAFT, document__area__in=areas)
    return drafts.filter(Exists(theirs.exclude(Exists(settled)))).select_related("document__area")
