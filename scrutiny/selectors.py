"""Reading challenges and statements."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas import access
from partnership.carrying import selectors as carrying
from partnership.deadlines.models import Duty
from partnership.documents import plain
from partnership.documents import selectors as documents
from partnership.documents.kinds import Problem, address_of, kinds
from partnership.documents.models import Document, Section, Version
from partnership.documents.workflow import Status
from scrutiny.models import ChallengeNote, Response, Statement, StatementDraft

STATEMENT = "Statement of the independent scrutineer"
NO_STATEMENT = "The independent scrutineer had given no statement when this was sent."


def challenges_visible_to(user: access.Person) -> QuerySet[ChallengeNote]:
    """Challenges of the areas in which the person holds an office."""
    visible = access.visible_to(ChallengeNote.objects.all(), user)
    return visible.select_related("area", "document", "raised_by").prefetch_related("responses")


def document_at(user: access.Person, area_slug: str, address: str) -> Document | None:
    """The document at an address, for whoever holds an office in its area; a share by name opens its text alone."""
    return documents.at(address, access.visible_to(Document.objects.filter(area__slug=area_slug), user))


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


def statement_draft(document: Document, user: access.Person) -> StatementDraft | None:
    """What the person has written of their own statement. There is no way to ask for anybody else's."""
    return StatementDraft.objects.filter(document=document, author_id=user.pk).first()


def statements(document: Document) -> QuerySet[Statement]:
    """Every statement that was given on a document, the latest first."""
    return Statement.objects.filter(document=document).select_related("version").order_by("-given_at", "-pk")


def statements_on(version: Version) -> list[Statement]:
    """The statements that go with a version: of each scrutineer the latest, given before it was sent; in order of days.

    A statement is given on a draft, with that draft's lock, so what stands with a frozen version never changes.
    """
    rows = Statement.objects.filter(document=version.document_id, version__number__lte=version.number)
    latest = rows.order_by("author_id", "-number").distinct("author_id").values("pk")
    return list(rows.filter(pk__in=latest).order_by("given_at", "pk"))


def statement_of(version: Version) -> list[dict[str, Any]]:
    """The scrutineers' statements as they go into the frozen content: unedited, one for each; empty when none was given."""
    return [
        {
            "title": STATEMENT,
            "author": statement.author_name,
            "office": statement.office_name,
            "given_on": clock.london_day(statement.given_at).isoformat(),
            "blocks": list(plain.read(statement.body).blocks),
            "text": statement.body,
            "sha256": statement.sha256,
        }
        for statement in statements_on(version)
    ]


def without_statement(version: Version) -> list[Problem]:
    """Worth knowing before the sending, and never a reason against it: no scrutineer has given a statement."""
    if statements_on(version):
        return []
    where = reverse("scrutiny:statement", args=[version.document.area.slug, address_of(version.document)])
    has_begun = StatementDraft.objects.filter(document=version.document).exclude(body="").exists()
    standing = "is writing a statement and has not given it" if has_begun else "has given no statement"
    return [Problem(f"The independent scrutineer {standing}. The document may go, and will say so.", where)]


def statements_to_give(user: access.Person, areas: set[int]) -> QuerySet[Version]:
    """The drafts in these areas that say so when no statement was given, and on which the person has given none."""
    asking = [key for key, which in kinds().items() if without_statement in which.warnings]
    given = Statement.objects.filter(author_id=user.pk).values("document")
    drafts = Version.objects.filter(status=Status.DRAFT, document__area__in=areas, document__kind__in=asking)
    return drafts.exclude(document__in=given).select_related("document__area")
