"""The mail to who scrutinises: that several bodies have given evidence of one effect. None of the words of it."""

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.documents.kinds import address_of
from partnership.impact.models import Claim
from partnership.notices import services as notices
from partnership.notices.kinds import Kind


def several_gave_evidence(claim: Claim) -> None:
    """Tell the scrutineers, each once for an effect. Whether the evidence agrees is for a person to read.

    Source: capabilities 5.6, “two agencies with contradictory data (both shown, scrutineer notified)”.
    """
    document = claim.document
    where = reverse("impact:claim", args=[document.area.slug, address_of(document), claim.pk])
    said = {"document": document, "area": document.area, "link": settings.PUBLIC_ADDRESS + where}
    for held in areas.in_force(document.area, clock.today()).filter(office=Office.SCRUTINEER):
        notices.tell(
            "impact/several_gave_evidence",
            said,
            person=held.person,
            kind=Kind.NEWS,
            dedupe_key=f"several-gave-evidence:{claim.pk}:{held.person_id}",
            area_slug=document.area.slug,
            purpose="evidence of several",
        )
