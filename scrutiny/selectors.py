"""Reading challenges and statements."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas import access
from partnership.areas.roles import Permission, offices_with
from partnership.carrying import selectors as carrying
from partnership.deadlines.models import Duty
from partnership.documents import canonical, plain, shut
from partnership.documents import selectors as documents
from partnership.documents.cleaning import fold
from partnership.documents.kinds import Problem, address_of, kinds
from partnership.documents.models import Document, Section, Version
from partnership.documents.workflow import Status
from scrutiny.models import ChallengeNote, Redaction, Response, Statement, StatementDraft
from scrutiny.passages import Passage

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
    """The challenges on one document, with their answers, both in the order in which they were made.

    Read along is what stands in the place of words that were taken out.
    """
    answers = Response.objects.select_related("answered_by", "seat__agency").prefetch_related("redactions")
    answers = answers.order_by("answered_at", "pk")
    challenges = ChallengeNote.objects.filter(document=document).select_related("version", "closed_by", "area")
    challenges = challenges.prefetch_related("text_redactions", "view_redactions")
    return challenges.prefetch_related(Prefetch("responses", queryset=answers)).order_by("number")


def passages(document: Document) -> list[Passage]:
    """Every passage of its challenges that words can be taken out of, in their order."""
    found = []
    for challenge in of_document(document):
        found.append(Passage(challenge))
        found += [Passage(challenge, answer=answer) for answer in challenge.responses.all()]
        found += [Passage(challenge, view=True)] if challenge.closed_at else []
    return found


def passage_at(document: Document, number: int, *, view: bool = False, answer: int | None = None) -> Passage | None:
    """One of these passages as it is in the database now: a challenge by its number, its view, or one answer to it."""
    challenge = of_document(document).filter(number=number).first()
    if challenge is None or answer is None:
        return Passage(challenge, view=view) if challenge else None
    said = next((row for row in challenge.responses.all() if row.pk == answer), None)
    return Passage(challenge, answer=said) if said else None


def again(passage: Passage) -> Passage:
    """The same passage, read anew: what was read before a lock may be old."""
    number, answer = passage.challenge.number, passage.answer.pk if passage.answer else None
    found = passage_at(passage.challenge.document, number, view=passage.view, answer=answer)
    assert found  # neither a challenge nor an answer is ever removed
    return found


def its_own_side(user: access.Person, passage: Passage) -> bool:
    """Whether somebody may take words out: of an answer as delegated partner of the agency that gave it, else as scrutineer."""
    held = access.offices_of(user, passage.challenge.area)
    if passage.answer is None:
        return held.filter(office__in=offices_with(Permission.REDACT_CHALLENGE)).exists()
    seat = passage.answer.seat
    mine = held.filter(office__in=offices_with(Permission.REDACT_ANSWER))
    return seat is not None and mine.filter(seat__agency=seat.agency_id).exists()


def redactions(document: Document) -> list[tuple[Passage, Redaction]]:
    """Everything that was taken out of its challenges and answers, the latest first; with the passage."""
    rows = [(passage, row) for passage in passages(document) for row in passage.redactions]
    return sorted(rows, key=lambda pair: pair[1].pk, reverse=True)


def taken_out_since(version: Version) -> str:
    """Why a frozen text must not go out: it holds words that were taken out after it was frozen. Empty where it holds none."""
    frozen = {row["number"]: row for row in canonical.load(version.content)["challenges"]}
    for challenge in of_document(version.document):
        row = frozen.get(challenge.number, {"text": "", "responses": []})
        answers = zip(challenge.responses.all(), row["responses"], strict=False)
        now = [(challenge.text_redaction, row["text"]), *((said.redaction, was["text"]) for said, was in answers)]
        if any(redaction and fold(redaction.words) != was for redaction, was in now if was):
            return (
                f"Words were taken out of challenge {challenge.number} or of an answer to it after this text was frozen, "
                "so it still holds them. Have it returned, and send it again."
            )
    return ""


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
    rows = rows.select_related("document__area").prefetch_related("text_redactions")
    rows = rows.annotate(is_sealed=shut.with_seal("document"))
    return list(rows.annotate(answers=Count("responses")).order_by("-document__period", "number"))


def unanswered(document: Document) -> QuerySet[ChallengeNote]:
    """Open challenges that no partner has answered."""
    open_ones = ChallengeNote.objects.filter(document=document, closed_at=None)
    return open_ones.annotate(answers=Count("responses")).filter(answers=0).order_by("number")


def waiting_for_answers(user: access.Person) -> QuerySet[ChallengeNote]:
    """Unanswered challenges in every area that the person may see, but for those that are sealed to them."""
    open_ones = challenges_visible_to(user).filter(closed_at=None).exclude(document__in=shut.shut_to(user))
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
    """The challenges on a document as they go into its frozen content, word for word, with the partners' answers.

    What words were taken out of says so; what is whole has no word of it, and so the fingerprint that it always had.
    """
    return [
        {
            "number": challenge.number,
            "text": challenge.text_as_read,
            "raised_by": challenge.raised_as,
            "raised_on": clock.london_day(challenge.raised_at).isoformat(),
            "closed": bool(challenge.closed_at),
            **_mark(challenge.text_redaction),
            "responses": [
                {
                    "text": response.text_as_read,
                    "position": response.get_position_display(),
                    "by": response.agency_name,
                    "on": clock.london_day(response.answered_at).isoformat(),
                    **_mark(response.redaction),
                }
                for response in challenge.responses.all()
            ],
        }
        for challenge in of_document(version.document)
    ]


def _mark(redaction: Redaction | None) -> dict[str, str]:
    return redaction.mark if redaction else {}


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
