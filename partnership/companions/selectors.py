"""Reading companions: the newest of each kind, how it stands, what is public."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment, Seat, SeatKind
from partnership.areas.roles import Office
from partnership.companions.models import WORDS, Agreement, Companion, Kind
from partnership.documents import workflow
from partnership.documents.kinds import Along, Problem, address_of
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status

FROZEN = [*workflow.FROZEN, Status.PUBLISHED]


def companions_of(document: Document) -> QuerySet[Companion]:
    """Every edition of a document's companions, the newest of each kind first."""
    rows = Companion.objects.filter(document=document)
    return rows.select_related("document__area", "made_for", "made_by", "published_by", "file").prefetch_related(
        "agreements"
    )


def frozen(document: Document) -> Version | None:
    """The newest text of a document that a companion can be made for: frozen, and neither returned nor given up."""
    return document.versions.filter(status__in=FROZEN).select_related("document__area").order_by("-number").first()


def is_stale(companion: Companion, newest: Version | None) -> bool:
    """Whether the document has a newer frozen text than the one that it was made for."""
    return newest is not None and newest.number > companion.made_for.number


def lacking(companion: Companion) -> list[Seat]:
    """The statutory seats whose delegated partner has not agreed."""
    agreed = {row.seat_id for row in companion.agreements.all()}
    seats = areas.statutory_seats(companion.document.area, clock.today())
    return [seat for seat in seats if seat.pk not in agreed]


def seat_of(user: User, companion: Companion) -> Seat | None:
    """The statutory seat for which this person may agree today, as its delegated partner."""
    area = companion.document.area
    held = access.offices_of(user, area).filter(office=Office.DSP).values("seat_id")
    return areas.statutory_seats(area, clock.today()).filter(pk__in=held).order_by("pk").first()


@dataclass(frozen=True)
class Standing:
    """One kind of companion as it stands for the people inside: the newest edition, if there is one, and the public one."""

    kind: Kind
    companion: Companion | None
    lacking: list[Seat]
    is_stale: bool
    agreements: list[Agreement]
    public: Companion | None = None

    @property
    def words(self) -> str:
        """What it is called inside a sentence."""
        return WORDS[self.kind]


def standings(document: Document) -> list[Standing]:
    """Both kinds, each with its newest edition."""
    newest: dict[str, Companion] = {}
    version, public = frozen(document), {row.kind: row for row in published(document)}
    for row in companions_of(document):
        newest.setdefault(row.kind, row)
    found = []
    for kind in Kind:
        if companion := newest.get(kind.value):
            agreed = list(companion.agreements.all())
            stale = is_stale(companion, version)
            found.append(Standing(kind, companion, lacking(companion), stale, agreed, public.get(kind.value)))
        else:
            found.append(Standing(kind, None, [], False, []))
    return found


def warnings(version: Version) -> list[Problem]:
    """What somebody should know who publishes a document: a companion that is missing, not agreed, or of another text."""
    document = version.document
    where = reverse("companions:companions", args=[document.area.slug, address_of(document)])
    found = []
    for row in standings(document):
        if sentence := _warning(row, version):
            found.append(Problem(sentence, where))
    return found


def _warning(row: Standing, version: Version) -> str:
    if row.companion is None:
        return f"There is no {row.words}."
    made_for = row.companion.made_for
    if row.companion.withdrawn_at:
        return f"The {row.words} was withdrawn, so it will not appear. Put in a new edition."
    is_public = row.companion.published_at is not None and made_for.status != Status.TAKEN_DOWN
    if made_for.pk != version.pk and is_public:
        return (
            f"The {row.words} was made for version {made_for.number}. Put in a new edition for version {version.number}. "
            "Until it is published, the public is told that the document has changed since."
        )
    if made_for.pk != version.pk:
        return f"The {row.words} was made for version {made_for.number}, so it will not appear. Put in a new edition."
    if row.lacking and not is_public:
        agencies = ", ".join(seat.agency.name for seat in row.lacking)
        return f"The {row.words} is not yet agreed. Still to agree: {agencies}. It will not appear until they have."
    return ""


def goes_along(version: Version) -> list[Along]:
    """What can be published together with a text: each companion that was made for it and is not public."""
    return [
        Along(f"{row.kind}:{row.companion.number}", f"{row.kind.label}, edition {row.companion.number}", _stop(row))
        for row in standings(version.document)
        if row.companion and row.companion.made_for_id == version.pk and row.companion.published_at is None
    ]


def _stop(row: Standing) -> str:
    agencies = ", ".join(seat.agency.name for seat in row.lacking)
    return f"The delegated partner has still to agree to the {row.words} for: {agencies}." if agencies else ""


def published(document: Document) -> list[Companion]:
    """What the public reads beside a document: the newest published edition of each kind that was not withdrawn."""
    found: dict[str, Companion] = {}
    for row in _public(document):
        found.setdefault(row.kind, row)
    return list(found.values())


def _public(document: Document) -> QuerySet[Companion]:
    """Every published edition that was withdrawn neither alone nor with its text: a redaction would come back by this door."""
    rows = companions_of(document).filter(published_at__isnull=False, withdrawn_at=None)
    return rows.exclude(made_for__status=Status.TAKEN_DOWN)


def public_until(companion: Companion) -> QuerySet[Companion]:
    """A published edition and every earlier one of its kind that could still be given away as public."""
    rows = Companion.objects.filter(document=companion.document_id, kind=companion.kind, number__lte=companion.number)
    rows = rows.filter(published_at__isnull=False, withdrawn_at=None).exclude(made_for__status=Status.TAKEN_DOWN)
    return rows.select_related("document__area")


def withdrawn(document: Document, kind: str) -> Companion | None:
    """The companion of this kind that the public read last, and that was withdrawn, alone or with its text."""
    rows = companions_of(document).filter(kind=kind, published_at__isnull=False)
    return rows.filter(Q(withdrawn_at__isnull=False) | Q(made_for__status=Status.TAKEN_DOWN)).first()


def to_agree(user: User) -> QuerySet[Companion]:
    """The newest editions that wait for this person's agreement, as delegated partner of a statutory seat."""
    held = access.offices_of(user).filter(office=Office.DSP, seat__kind=SeatKind.STATUTORY)
    held = held.filter(area=OuterRef("document__area"), seat__during__contains=clock.today())
    said = Agreement.objects.filter(companion=OuterRef(OuterRef("pk")), seat=OuterRef("seat"))
    return _newest().filter(Exists(held.exclude(Exists(said))))


def to_publish(areas: set[int]) -> QuerySet[Companion]:
    """The newest editions in these areas to which everybody has agreed, made for what is public now."""
    said = Agreement.objects.filter(companion=OuterRef(OuterRef("pk")), seat=OuterRef("pk"))
    seats = Seat.objects.filter(kind=SeatKind.STATUTORY, during__contains=clock.today())
    lacking = seats.filter(area=OuterRef("document__area")).exclude(Exists(said))
    rows = _newest().filter(document__area__in=areas, made_for__status=Status.PUBLISHED)
    return rows.exclude(Exists(lacking))


def to_renew(areas: set[int]) -> QuerySet[Companion]:
    """The last editions in these areas of which the document has been published again since, in another version."""
    again = Version.objects.filter(document=OuterRef("document"), status=Status.PUBLISHED)
    return _last().filter(Exists(again.filter(number__gt=OuterRef("made_for__number"))), document__area__in=areas)


def to_be_asked(companion: Companion) -> QuerySet[Appointment]:
    """The delegated partners of the statutory seats: who is asked to agree to a new edition."""
    area = companion.document.area
    held = areas.in_force(area, clock.today()).filter(office=Office.DSP)
    return held.filter(seat__in=areas.statutory_seats(area, clock.today()))


def _newest() -> QuerySet[Companion]:
    """Of each document and kind the last edition, where it is not public and its text was not given up."""
    return _last().filter(published_at=None, made_for__status__in=FROZEN)


def _last() -> QuerySet[Companion]:
    """Of each document and kind the last edition."""
    newer = Companion.objects.filter(
        document=OuterRef("document"), kind=OuterRef("kind"), number__gt=OuterRef("number")
    )
    return Companion.objects.exclude(Exists(newer)).select_related("document__area", "made_for")
