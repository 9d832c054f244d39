"""The mail that tells a relevant agency of the arrangements, with the link by which it acknowledges them."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from arrangements.models import AgencyNotice
from arrangements.selectors import digest
from partnership.areas.models import Seat
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail

PURPOSE = "arrangements"


def told(version: Version, seat: Seat, token: str, reference: UUID) -> OutgoingMail:
    """Queue the message. The token stands in its text alone; raises Incomplete for an address that cannot be used."""
    document = version.document
    where = reverse("public:document", args=[document.area.slug, address_of(document)])
    return outbox.write(
        "arrangements/told",
        {
            "document": document,
            "area": document.area,
            "agency": seat.agency.name,
            "contact_name": seat.relevant_agency.contact_name,
            "reference": reference,
            "published": settings.PUBLIC_ADDRESS + where,
            "link": settings.PUBLIC_ADDRESS + reverse("arrangements:acknowledge", args=[token]),
        },
        to=seat.relevant_agency.contact_email,
        dedupe_key=f"arrangements_told:{reference}:{digest(token)[:16]}",
        area_slug=document.area.slug,
        purpose=PURPOSE,
    )


def withdrawn(notice: AgencyNotice) -> OutgoingMail:
    """Tell an agency that the edition of which it was told is withdrawn, at the address of that day."""
    version = notice.version
    document = version.document
    where = reverse("public:document", args=[document.area.slug, address_of(document)])
    return outbox.write(
        "arrangements/withdrawn",
        {
            "document": document,
            "area": document.area,
            "agency": notice.agency_name,
            "contact_name": notice.contact_name,
            "link": settings.PUBLIC_ADDRESS + where,
        },
        to=notice.address,
        dedupe_key=f"arrangements_withdrawn:{notice.reference}",
        area_slug=document.area.slug,
        purpose=PURPOSE,
    )
