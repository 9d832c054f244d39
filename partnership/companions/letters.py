"""The mails about companions: which one, of what, and a link; never its words."""

from django.conf import settings
from django.urls import reverse

from partnership.companions import selectors
from partnership.companions.models import Companion
from partnership.documents.kinds import address_of
from partnership.documents.letters import concerned
from partnership.notices import services as notices
from partnership.notices.kinds import Kind


def ask_to_agree(companion: Companion) -> None:
    """Ask each delegated partner of a statutory seat, each person once for each edition."""
    document = companion.document
    where = reverse("companions:agree", args=[document.area.slug, address_of(document), companion.pk])
    people = {held.person_id: held.person for held in selectors.to_be_asked(companion)}
    context = {
        "companion": companion,
        "document": document,
        "area": document.area,
        "link": f"{settings.PUBLIC_ADDRESS}{where}",
    }
    for person in people.values():
        notices.tell(
            "companions/please_agree",
            context,
            person=person,
            kind=Kind.ASKED,
            dedupe_key=f"companion:{companion.pk}:please agree:{person.pk}",
            area_slug=document.area.slug,
            purpose="companion please agree",
        )


def withdrawn(companion: Companion) -> None:
    """Tell everybody concerned that the public cannot read it any more. Why is on the page, not in the mail."""
    document = companion.document
    where = reverse("public:companion", args=[document.area.slug, address_of(document), companion.kind])
    context = {
        "companion": companion,
        "document": document,
        "area": document.area,
        "link": f"{settings.PUBLIC_ADDRESS}{where}",
    }
    for held in concerned(document):
        notices.tell(
            "companions/withdrawn",
            context,
            person=held.person,
            kind=Kind.CAME_BACK,
            dedupe_key=f"companion:{companion.pk}:withdrawn:{held.person_id}",
            area_slug=document.area.slug,
            purpose="companion withdrawn",
        )
