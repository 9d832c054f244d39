"""The mails about documents. Each carries a reference, the act and a link, and nothing of the text."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import corrections
from partnership.documents.kinds import address_of
from partnership.documents.models import (
    Document,
    DocumentShare,
    Proposal,
    Release,
    RequiredSeat,
    SignOff,
    Unsigned,
    Version,
)
from partnership.notices import services as notices
from partnership.notices.kinds import Kind

CONCERNED = (Office.LSP, Office.DSP, Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER)


# What waits for one person alone, and what did not come about as it was to, is told at once; the rest is news.
KINDS = {"please_sign": Kind.SIGNING, "proposed": Kind.SIGNING}
KINDS |= dict.fromkeys(("declined", "not_released", "returned", "taken_down", "unsigned", "voided"), Kind.CAME_BACK)
# Whoever is next to act on it is not to wait for Monday.
NEXT = (Office.BUSINESS_MANAGER, Office.CHAIR)
TO_BE_PUBLISHED = ("sign_off_complete", "settled_in_part")


def _kind(template: str, holder: Appointment) -> Kind:
    if template in TO_BE_PUBLISHED and holder.office in NEXT:
        return Kind.ASKED
    return KINDS.get(template, Kind.NEWS)


def _link(name: str, version: Version, *more: object) -> str:
    document = version.document
    return settings.PUBLIC_ADDRESS + reverse(name, args=[document.area.slug, address_of(document), *more])


def _public(version: Version) -> str:
    document = version.document
    return settings.PUBLIC_ADDRESS + reverse("public:document", args=[document.area.slug, address_of(document)])


def about_signing(version: Version, seat_id: int) -> str:
    """What the ask to sign names: over once this seat has signed, or the version has moved on."""
    return f"version:{version.pk}:seat:{seat_id}"


def _send(template: str, version: Version, to: Appointment, key: str, *, about: str = "", **context: object) -> None:
    document = version.document
    notices.tell(
        f"documents/{template}",
        {"version": version, "document": document, "area": document.area, **context},
        person=to.person,
        kind=_kind(template, to),
        dedupe_key=f"{template}:{version.pk}:{key}:{to.person_id}",
        area_slug=document.area.slug,
        purpose=template,
        about=about,
    )


def concerned(document: Document) -> list[Appointment]:
    """Everybody in an office that has to do with the document today, each person once."""
    held = areas.in_force(document.area, clock.today()).filter(office__in=CONCERNED)
    # Of the offices of one person the one counts in which they are to act: the chair is a delegated partner too.
    last = sorted(held, key=lambda appointment: appointment.office in NEXT)
    return list({appointment.person_id: appointment for appointment in last}.values())


def please_sign(version: Version, seat: RequiredSeat, holder: Appointment) -> None:
    """Ask a lead partner to sign for one seat."""
    link = _link("documents:sign", version, version.number, seat.seat_id)
    about = about_signing(version, seat.seat_id)
    _send("please_sign", version, holder, str(seat.seat_id), about=about, seat=seat, link=link)


def reserved(signed: SignOff) -> None:
    """Tell everybody that a partner approved with a reservation. Its words are on the page, not in the mail."""
    version = signed.version
    for holder in concerned(version.document):
        link = _link("documents:version", version, version.number)
        _send("reserved", version, holder, str(signed.seat_id), agency=signed.agency_name, link=link)


def sign_off_complete(version: Version) -> None:
    """Tell everybody that every seat has signed."""
    for holder in concerned(version.document):
        _send("sign_off_complete", version, holder, "complete", link=_link("documents:document", version))


def unsigned(row: Unsigned) -> None:
    """Tell everybody that a seat does not sign. Why is on the page, not in the mail."""
    version = row.version
    for holder in concerned(version.document):
        link = _link("documents:version", version, version.number)
        _send("unsigned", version, holder, str(row.pk), row=row, link=link)


def proposed(proposal: Proposal, asked: Collection[Appointment]) -> None:
    """Ask those who may decide on an act that takes a second person, and tell everybody else that it is proposed."""
    version = proposal.version
    link = _link("documents:proposal", version, version.number, proposal.pk)
    may = {holder.person_id for holder in asked}
    others = [holder for holder in concerned(version.document) if holder.person_id not in may]
    for template, holders in (("proposed", asked), ("proposed_for_information", others)):
        for holder in holders:
            about = f"version:{version.pk}:proposal:{proposal.pk}" if template == "proposed" else ""
            _send(template, version, holder, str(proposal.pk), about=about, proposal=proposal, link=link)


def declined(proposal: Proposal) -> None:
    """Tell everybody that it was declined; nobody is asked any more."""
    notices.settle(about=f"version:{proposal.version_id}:proposal:{proposal.pk}")
    _of_proposal("declined", proposal)


def _of_proposal(template: str, proposal: Proposal) -> None:
    version = proposal.version
    link = _link("documents:proposal", version, version.number, proposal.pk)
    for holder in concerned(version.document):
        _send(template, version, holder, str(proposal.pk), proposal=proposal, link=link)


def settled_in_part(version: Version) -> None:
    """Tell everybody that it may be published without every signature."""
    for holder in concerned(version.document):
        _send("settled_in_part", version, holder, "settled", link=_link("documents:document", version))


def voided(version: Version) -> None:
    """Tell everybody that a version is void."""
    for holder in concerned(version.document):
        link = _link("documents:version", version, version.number)
        _send("voided", version, holder, "voided", link=link)


def returned(version: Version, seat: RequiredSeat, by: object) -> None:
    """Tell everybody that a version came back. The reason is on the page, not in the mail."""
    for holder in concerned(version.document):
        link = _link("documents:version", version, version.number)
        _send("returned", version, holder, "returned", seat=seat, link=link)


def published(version: Version) -> None:
    """Tell everybody that it is public."""
    for holder in concerned(version.document):
        _send("published", version, holder, "published", link=_public(version), correction=corrections.of(version))


def to_be_released(release: Release) -> None:
    """Tell everybody when it will be public."""
    _of_release("to_be_released", release)


def not_released(release: Release) -> None:
    """Tell everybody that it is not published as it was agreed, and who or what stopped it."""
    _of_release("not_released", release)


def _of_release(template: str, release: Release) -> None:
    version = release.proposal.version
    link = _link("documents:proposal", version, version.number, release.proposal_id)
    for holder in concerned(version.document):
        _send(template, version, holder, str(release.pk), release=release, link=link)


def consolidated(version: Version) -> None:
    """Tell everybody that another document has taken it in."""
    for holder in concerned(version.document):
        _send("consolidated", version, holder, "consolidated", link=_public(version))


def taken_down(version: Version) -> None:
    """Tell everybody that the public cannot read it any more. Why is on the page, not in the mail."""
    for holder in concerned(version.document):
        _send("taken_down", version, holder, "taken_down", link=_public(version))


def shared(share: DocumentShare, occasion: str) -> None:
    """Tell a reader what is shared with them by name, and until when. `occasion` tells one sharing from the next."""
    document = share.content_object
    last = share.last_day
    words = {
        "document": document,
        "area": document.area,
        "by": share.shared_by,
        "until": f"{last.day} {last:%B %Y}",
        "link": settings.PUBLIC_ADDRESS
        + reverse("documents:document", args=[document.area.slug, address_of(document)]),
    }
    notices.tell(
        "documents/shared",
        words,
        person=share.user,
        kind=Kind.ASKED,
        dedupe_key=f"shared:{share.pk}:{occasion}",
        area_slug=document.area.slug,
        purpose="shared",
    )
