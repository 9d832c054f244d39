"""Reading challenges."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas import access
from partnership.carrying import selectors as carrying
from partnership.deadlines.models import Duty
from partnership.documents.kinds import Problem, address_of, kind_at
from partnership.documents.models import Document, Section, Version
from scrutiny.models import ChallengeNote, Response


def challenges_visible_to(user: access.Person) -> QuerySet[ChallengeNote]:
    """Challenges of the areas in which the person holds an office."""
    visible = access.visible_to(ChallengeNote.objects.all(), user)
    return visible.select_related("area", "document", "raised_by").prefetch_related("responses")


def document_at(user: access.Person, area_slug: str, address: str) -> Document | None:
    """The document at an address, for whoever holds an office in its area; a share by name opens its text alone."""
    address_of_kind, _, label = address.partition("/")
    found = kind_at(address_of_kind)
    if found is None:
        return None
    visible = access.visible_to(Document.objects.filter(area__slug=area_slug), user).select_related("area")
    return visible.filter(kind=found.key, period_label=label).first()


def of_document(document: Document) -> QuerySet[ChallengeNote]:
    """The challenges on one document, with their answers, both in the order in which they were made."""
    answers = Response.objects.select_related("answered_by").order_by("answered_at", "pk")
    challenges = ChallengeNote.objects.filter(document=document).select_related("version", "closed_by", "area")
    return challenges.prefetch_related(Prefetch("responses", queryset=answers)).order_by("number")


def section_titles(document: Document) -> dict[str, str]:
    """What the sections of a document are called, by key, in their order. The newest version has the last word."""
    rows = Section.objects.filter(version__document=document).order_by("position", "version__number")
    return dict(rows.values_list("key", "title"))


def duty_of(document: Document) -> Duty | None:
    """The open duty that the document answers, if there is one."""
    return Duty.objects.filter(document=document, closed_at=None).order_by("due_on").first()


def open_on_earlier(document: Document) -> list[ChallengeNote]:
    """Challenges that are open on the documents which this one was rolled forward from. They stay where they were raised."""
    rows = ChallengeNote.objects.filter(document__in=carrying.sources_of(document), closed_at=None)
    rows = rows.select_related("document__area").annotate(answers=Count("responses"))
    return list(rows.order_by("-document__period", "number"))


def unanswered(document: Document) -> QuerySet[ChallengeNote]:
    """Open challenges that no partner has answered."""
    open_ones = ChallengeNote.objects.filter(document=document, closed_at=None)
    return open_ones.annotate(answers=Count("responses")).filter(answers=0).order_by("number")


def waiting_for_answers(user: access.Person) -> QuerySet[ChallengeNote]:
    """Unanswered challenges in every area that the person may see."""
    open_ones = challenges_visible_to(user).filter(closed_at=None)
    return open_ones.annotate(answers=Count("responses")).filter(answers=0)


def unanswered_challenges(version: Version) -> list[Problem]:
    """What stops the sending: each challenge without an answer, with the place where it is answered."""
    document = version.document
    where = reverse("scrutiny:challenges", args=[document.area.slug, address_of(document)])
    return [
        Problem(
            f"Challenge {challenge.number} from the independent scrutineer has no answer yet.",
            f"{where}#challenge-{challenge.number}",
        )
        for challenge in unanswered(document)
    ]


def carried(version: Version) -> list[dict[str, Any]]:
    """The challenges on a document as they go into its frozen content, word for word, with the partners' answers."""
    return [
        {
            "number": challenge.number,
            "text": challenge.text,
            "raised_by": challenge.raised_as,
            "raised_on": clock.london_day(challenge.raised_at).isoformat(),
            "closed": bool(challenge.closed_at),
            "responses": [
                {
                    "text": response.text,
                    "position": response.get_position_display(),
                    "by": response.agency_name,
                    "on": clock.london_day(response.answered_at).isoformat(),
                }
                for response in challenge.responses.all()
            ],
        }
        for challenge in of_document(version.document)
    ]
