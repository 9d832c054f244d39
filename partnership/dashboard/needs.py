"""What needs a person. Each kind of need is one query; the home page shows its rows and the navigation counts them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse

from arrangements import selectors as arrangements
from partnership import clock
from partnership.areas.roles import Permission
from partnership.briefings import selectors as briefings
from partnership.carrying import selectors as carrying
from partnership.dashboard import drafting, offices, signing, submitting
from partnership.dashboard.rows import Row, Section, in_order, within
from partnership.dashboard.standing import NotTheirs, Standing
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty
from partnership.documents import selectors as documents
from partnership.documents import shut
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Document, Ground, Version
from partnership.documents.workflow import CAME_BACK, Status
from partnership.guidance import dates, loader
from partnership.living import selectors as living
from partnership.notices import selectors as notices
from partnership.presentations import selectors as presentations
from partnership.submissions import selectors as submissions
from scrutiny import selectors as scrutiny

BEGIN_AHEAD = timedelta(days=90)
UNREAD = -1  # not a need, but counted in the same question to the database

Due = dict[int, date]


@dataclass(frozen=True)
class Need:
    """One kind of need: where the desk shows it, the query that finds it, and what its row says."""

    section: Section
    find: Callable[[Standing], QuerySet[Any]]
    row: Callable[[Any, Due], Row]


def due_dates(standing: Standing) -> Due:
    """The last day of each document that an open duty asks for, by the document's key."""
    duties = deadlines.duties_visible_to(standing.user).filter(closed_at=None, lapsed_at=None, document__isnull=False)
    return Due(duties.order_by().values_list("document_id", "due_on"))


def rows(standing: Standing, due: Due) -> list[Row]:
    """Everything that needs this person, the soonest first. `due` gives the last day of a document, by its key."""
    there = [need for index, need in enumerate(NEEDS) if index in _found(standing)]
    return in_order(
        [replace(need.row(thing, due), section=need.section) for need in there for thing in need.find(standing)]
    )


def count(standing: Standing) -> int:
    """How many rows there are."""
    return _found(standing).total() - unread(standing)


def unread(standing: Standing) -> int:
    """How many notices the person has not read, of their areas; what is over is not counted."""
    return _found(standing)[UNREAD]


def _found(standing: Standing) -> Counter[int]:
    """How many things there are of each kind of need, by its place in NEEDS: one query, asked once for each request.

    Most people have things of few kinds, so that the home page asks the kinds of which there are none no more.
    """
    if "needs" not in standing.known:
        plain = [(n, found.select_related(None).prefetch_related(None).order_by()) for n, found in _asked(standing)]
        seen = Q(area_slug__in=[*(area.slug for area in standing.all_areas), ""])
        told = notices.unread(standing.user, seen).select_related(None).order_by()
        first, *others = [query.annotate(which=Value(n)).values_list("which") for n, query in [(UNREAD, told), *plain]]
        standing.known["needs"] = Counter(which for (which,) in first.union(*others, all=True))
    return standing.known["needs"]


def _asked(standing: Standing) -> Iterator[tuple[int, QuerySet[Any]]]:
    """What is to be looked for, by its place in NEEDS: to make the queries of all takes longer than to ask them."""
    for number, need in enumerate(NEEDS):
        with suppress(NotTheirs):
            yield number, need.find(standing)


def _drafts(standing: Standing) -> QuerySet[Any]:
    areas = standing.areas_of_need(Permission.SEND_FOR_SIGN_OFF, Permission.BEGIN_DOCUMENT)
    empty = Q(sections__body="", sections__explanation="")
    drafts = Version.objects.filter(status=Status.DRAFT, document__area__in=areas).select_related(
        "document__area", "base"
    )
    return drafts.annotate(empty=ArrayAgg("sections__key", filter=empty, default=[]), is_carried=carrying.has_waiting())


def _draft(version: Any, due: Due) -> Row:
    document = version.document
    required = {
        section.key for section in loader.edition(document.edition_key).sections_for(document.kind) if section.required
    }
    left = len(required & set(version.empty))
    if version.base and version.base.status in CAME_BACK:
        came = "returned" if version.base.status == Status.RETURNED else "declared void"
        act, why = "Mend", f"It was {came}: {version.base.reason}"
    elif left:
        act, why = "Continue", f"{left} required {'section is' if left == 1 else 'sections are'} still empty."
    elif version.is_carried:
        act, why = "Continue", "Passages were carried from the last one, and are to be changed or confirmed."
    else:
        act, why = "Check and send", "Every required section is written. The checks say what is still open."
    return _row(f"{act} {document.title}", _page(document), document, due, why)


def _unanswered(standing: Standing) -> QuerySet[Any]:
    areas = standing.areas_of_need(Permission.ANSWER_CHALLENGE)
    return scrutiny.waiting_for_answers(standing.user).filter(area__in=areas)


def _answer(challenge: Any, due: Due) -> Row:
    why = "It has no answer yet, and the document cannot be sent for sign-off without one."
    return _challenge(f"Answer challenge {challenge.number} on {challenge.document.title}", challenge, due, why)


def _answered(standing: Standing) -> QuerySet[Any]:
    areas = standing.areas_of_need(Permission.CLOSE_CHALLENGE)
    mine = scrutiny.challenges_visible_to(standing.user).filter(closed_at=None, area__in=areas)
    return mine.annotate(answers=Count("responses")).filter(answers__gt=0)


def _look_at(challenge: Any, due: Due) -> Row:
    why = "The partners have answered. Close it, or leave it open."
    act = f"Look at the answers to challenge {challenge.number} on {challenge.document.title}"
    return _challenge(act, challenge, due, why)


def _challenge(act: str, challenge: Any, due: Due, why: str) -> Row:
    document = challenge.document
    where = reverse("scrutiny:challenges", args=[challenge.area.slug, address_of(document)])
    return Row(act, f"{where}#challenge-{challenge.number}", challenge.area, due.get(document.pk), why)


def _not_begun(standing: Standing) -> QuerySet[Any]:
    """A report can be begun when its year is over; the duty of the running year needs nobody yet."""
    running = dates.FinancialYear.containing(clock.today()).label
    areas = standing.areas_of_need(Permission.BEGIN_DOCUMENT)
    mine = deadlines.duties_visible_to(standing.user).filter(closed_at=None, document=None, area__in=areas)
    # A budget is begun when its first reminder would come; what an event began has no document to begin.
    near = clock.today() + BEGIN_AHEAD
    can_begin = Q(rule_key=deadlines.REPORT) & ~Q(period_label=running) | Q(rule_key="budget", due_on__lte=near)
    return mine.filter(can_begin, lapsed_at=None)


def _begin(duty: Duty, due: Due) -> Row:
    title = presenting.name(duty)
    where = reverse("documents:begin", args=[duty.area.slug, kind(duty.rule_key).address])
    why = f"Nobody has begun it. {presenting.passed_on(duty)}".strip()
    return Row(f"Begin the {within(title)}", where, duty.area, duty.due_on, why)


def _given_up(standing: Standing) -> QuerySet[Any]:
    """The last version of a document that has an open duty or waits for its redaction, when every version was given up."""
    areas = standing.areas_of_need(Permission.BEGIN_DOCUMENT)
    owed = deadlines.open_duties().filter(document__area__in=areas).values("document_id")
    is_owed = Q(document__in=owed) | Q(withdrawn_for=Ground.REDACTION, document__area__in=areas)
    open_to_them = documents.given_up().exclude(document__in=shut.shut_to(standing.user))
    return open_to_them.filter(is_owed).select_related("document__area")


def _begin_anew(version: Any, due: Due) -> Row:
    document = version.document
    where = reverse("documents:correct", args=[document.area.slug, address_of(document)])
    why = f"Version {version.number} was withdrawn, and nothing is published."
    if version.withdrawn_for == Ground.REDACTION:
        why = f"Version {version.number} was withdrawn for redaction. The public is told that something will take its place."
    return _row(f"Begin a new version of {document.title}", where, document, due, why)


def _not_told(standing: Standing) -> QuerySet[Any]:
    return arrangements.troubled(standing.areas_of_need(Permission.NAME_RELEVANT_AGENCIES))


def _tell(notice: Any, due: Due) -> Row:
    document = notice.version.document
    act = f"See to the message to {notice.agency_name} about {document.title}"
    return _row(act, _agencies(document), document, {}, submissions.STATES[notice.mail.status])


def _silent(standing: Standing) -> QuerySet[Any]:
    return arrangements.overdue(standing.areas_of_need(Permission.NAME_RELEVANT_AGENCIES))


def _ask(version: Any, due: Due) -> Row:
    document, many = version.document, version.silent != 1
    act = f"{version.silent} relevant {'agencies have' if many else 'agency has'} not acknowledged the arrangements"
    why = f"Told of {document.title} at least {arrangements.PATIENCE} working days ago. Tell again, or record a reply."
    return _row(act, _agencies(document), document, {}, why)


def _briefings(standing: Standing) -> QuerySet[Any]:
    return briefings.unacknowledged(standing.areas_of_need(Permission.ACKNOWLEDGE_BRIEFING))


def _read(briefing: Any, due: Due) -> Row:
    edition = loader.edition(briefing.edition_key)
    where = reverse("briefings:briefing", args=[briefing.area.slug, briefing.edition_key])
    act = f"Read what {edition.short_title} means for the area, and acknowledge it"
    why = f"It has been in force since {edition.in_force_from:%-d %B %Y}."
    if edition.in_force_from > clock.today():
        why = f"It comes into force on {edition.in_force_from:%-d %B %Y}."
    return Row(act, where, briefing.area, None, why)


def _stale(standing: Standing) -> QuerySet[Any]:
    return living.flagged(standing.areas_of_need(Permission.BEGIN_DOCUMENT))


def _put_right(version: Any, due: Due) -> Row:
    document = version.document
    act = f"Put right what the {kind(document.kind).noun} say of the records"
    where = reverse("living:facts", args=[document.area.slug, address_of(document)])
    why = (
        f"The records changed after {document.title} was published, and its public page says that it is not up to date."
    )
    return _row(act, where, document, due, why)


def _unheard_of(standing: Standing) -> QuerySet[Any]:
    return presentations.without_outcome(standing.seen_to, clock.today())


def _say(entry: Any, due: Due) -> Row:
    document = entry.presentation.document
    where = reverse("presentations:correct", args=[document.area.slug, address_of(document), entry.presentation_id])
    act = f"Say what came of presenting {document.title}: {entry.said.before_whom}"
    return Row(act, where, document.area, None, f"It was planned for {entry.day:%-d %B %Y}. Nothing is recorded since.")


def _agencies(document: Document) -> str:
    return reverse("arrangements:notices", args=[document.area.slug, address_of(document)])


def _page(document: Document) -> str:
    return reverse("documents:document", args=[document.area.slug, address_of(document)])


def _row(act: str, href: str, document: Document, due: Due, why: str) -> Row:
    return Row(act, href, document.area, due.get(document.pk), why)


NEEDS: tuple[Need, ...] = (
    Need(Section.SIGN, signing.to_sign, signing.sign),
    Need(Section.SIGN, signing.to_decide, signing.decide),
    Need(Section.SIGN, signing.stuck, signing.go_on),
    Need(Section.WRITE, _drafts, _draft),
    Need(Section.WRITE, drafting.sections, drafting.section),
    Need(Section.WRITE, drafting.to_write, drafting.write),
    Need(Section.ANSWER, drafting.to_confirm, drafting.confirm),
    Need(Section.ANSWER, drafting.commented, drafting.comments),
    Need(Section.WRITE, drafting.to_settle, drafting.settle),
    Need(Section.WRITE, drafting.to_state, drafting.state),
    Need(Section.ANSWER, drafting.to_agree, drafting.agree),
    Need(Section.WRITE, signing.agreed, signing.publish),
    Need(Section.WRITE, signing.to_review, signing.review),
    Need(Section.WRITE, drafting.to_publish, drafting.publish),
    Need(Section.WRITE, drafting.to_renew, drafting.renew),
    Need(Section.ANSWER, _unanswered, _answer),
    Need(Section.ANSWER, _answered, _look_at),
    Need(Section.WRITE, submitting.troubled, submitting.look_into),
    Need(Section.ANSWER, submitting.answered, submitting.read),
    Need(Section.WRITE, submitting.silent, submitting.ask),
    Need(Section.WRITE, _unheard_of, _say),
    Need(Section.WRITE, _not_told, _tell),
    Need(Section.WRITE, _silent, _ask),
    Need(Section.WRITE, _stale, _put_right),
    Need(Section.WRITE, _not_begun, _begin),
    Need(Section.WRITE, _given_up, _begin_anew),
    Need(Section.GUIDANCE, _briefings, _read),
    Need(Section.OFFICES, offices.vacant, offices.fill),
    Need(Section.ENDING, offices.unfollowed, offices.follow),
    Need(Section.ENDING, offices.own_ending, offices.know),
    Need(Section.OFFICES, offices.handing_over, offices.hand_over),
    Need(Section.REVIEWS, offices.reviews, offices.review),
    Need(Section.REVIEWS, offices.to_be_ended, offices.end),
    Need(Section.OFFICES, offices.unconfirmed, offices.ask),
    Need(Section.OFFICES, offices.lost_factors, offices.agree),
    Need(Section.OFFICES, offices.undeclared, offices.declare),
    Need(Section.OFFICES, offices.review_passed, offices.look_again),
)
