"""Of what is asked: every address of the resolver, and a report in each state that it can be in, with everything on it."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.urls import URLResolver, get_resolver, reverse

from partnership import clock
from partnership.areas import jobs
from partnership.areas import services as areas
from partnership.areas.models import AccessReview, Appointment, HandOverItem, Vacancy
from partnership.case_reviews import services as case_reviews
from partnership.case_reviews.models import Step
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.contributions.models import Writing
from partnership.counts import services as counts
from partnership.counts.kinds import Figure, Meetings
from partnership.deadlines import meetings
from partnership.deadlines import services as calendar
from partnership.deadlines.switching import switch_off
from partnership.documents import services as documents
from partnership.documents.models import Act, Ground, Version
from partnership.documents.workflow import FROZEN, Status
from partnership.drafting import selectors as sections
from partnership.drafting import services as drafting
from partnership.drafting.models import CommentKind
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.impact import services as impact
from partnership.impact.models import Evidence, Priority
from partnership.mail.incoming import keeping
from partnership.submissions import jobs as submissions
from partnership.submissions.models import Submission
from partnership.word.models import WordImport
from scrutiny import services as scrutiny
from scrutiny.models import Response
from tests import worlds
from tests.answered import first_block
from tests.apps.areas.lists import kept
from tests.apps.contributions import rooms
from tests.apps.mail import samples
from tests.apps.presentations import occasions
from tests.contracts.canaries import word_files

Url = tuple[str, frozenset[str]]


def urls(resolver: URLResolver | None = None, space: str = "", outer: frozenset[str] = frozenset()) -> Iterator[Url]:
    """Every named address of the service with the names of its arguments, found from the resolver itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        arguments = outer | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from urls(entry, f"{space}{entry.namespace}:" if entry.namespace else space, arguments)
        else:
            yield f"{space}{entry.name}", arguments


def _draft(world: worlds.World) -> Version:
    """A written draft with an effect, a priority without progress and an answered challenge on it."""
    version = worlds.written(world)
    priority = impact.name_priority(document=version.document, words="Neglect", by=world.gwen)
    told = {"why": "We did not agree.", "what_next": "We meet in May.", "seen_revision": 0}
    impact.tell_little_progress(priority=priority, by=world.dev, **told)
    challenge = scrutiny.raise_challenge(document=version.document, text="Show the effect.", by=world.femi)
    scrutiny.answer(challenge=challenge, position="accept", text="We will.", by=world.dev)
    word_files.act(version.document, world.gwen)
    _many_hands(world, version)
    # The police have begun to write, so that their delegate can release; the statement is written and not given.
    rooms.write(rooms.asked(world, version.document), world.eve)
    scrutiny.save_statement(document=version.document, body="I looked into it.", seen_revision=0, by=world.femi)
    return version


def _many_hands(world: worlds.World, version: Version) -> None:
    """A section that Dev has handed in, and a question about a passage."""
    (task,) = drafting.share_out(
        document=version.document, owners={"training": drafting.Owner(person=world.dev)}, due_on=clock.today(),
        seen=sections.mark_of(version.document), by=world.gwen,
    )  # fmt: skip
    drafting.hand_in(task=task, by=world.dev)
    block = first_block(version, "funding")
    drafting.raise_comment(
        section=block.section, block_key=block.key, kind=CommentKind.QUESTION, text="Which year?", once=uuid.uuid4(),
        by=world.amina,
    )  # fmt: skip


def _in_sign_off(world: worlds.World) -> Version:
    return documents.send_for_sign_off(version=_draft(world), by=world.gwen)


def _signed_in_part(world: worlds.World) -> Version:
    """The police refused, the others signed, and it was agreed to go on without them."""
    version = _in_sign_off(world)
    worlds.sign(version, world.council, world.amina)
    worlds.sign(version, world.health, world.ben)
    documents.refuse(
        version=version, seat=world.police, seen_sha256=version.sha256 or "", reason="Not true.", by=world.cerys
    )
    row = documents.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    documents.agree(proposal=row, by=world.amina)
    worlds.documents_jobs.render_missing()
    return version


def _void(world: worlds.World) -> Version:
    version = _in_sign_off(world)
    row = documents.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
    documents.agree(proposal=row, by=world.gwen)
    return version


def _proposed(world: worlds.World, version: Version) -> int:
    """A proposal to declare it void, where that is possible."""
    if version.status not in FROZEN:
        return 0
    return documents.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.gwen).pk


def _unsigned(world: worlds.World, version: Version) -> int:
    """That the police refuse, where they are asked."""
    if version.status != Status.IN_SIGN_OFF:
        return 0
    seen = version.sha256 or ""
    return documents.refuse(version=version, seat=world.police, seen_sha256=seen, reason="No.", by=world.cerys).pk


def _signed(world: worlds.World, version: Version | None = None) -> Version:
    version = version or _in_sign_off(world)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    worlds.documents_jobs.render_missing()
    return version


def _published(world: worlds.World) -> Version:
    return worlds.publish(_signed(world), world.gwen)


def _returned(world: worlds.World) -> Version:
    version = _in_sign_off(world)
    documents.return_for_changes(version=version, seat=world.health, reason="Old figures.", by=world.ben)
    return version


def _withdrawn(world: worlds.World) -> Version:
    return documents.withdraw(version=_draft(world), reason="Begun for the wrong year.", by=world.gwen)


def _superseded(world: worlds.World) -> Version:
    """The first version, after a second one was published in its place."""
    first = _published(world)
    second = worlds.correct(first, world.gwen)
    second = documents.send_for_sign_off(version=second, by=world.gwen)
    worlds.publish(_signed(world, second), world.gwen)
    return first


def _taken_down(world: worlds.World) -> Version:
    """Published, and withdrawn for redaction, so that its original is sealed."""
    version = _published(world)
    return documents.take_down(version=version, ground=Ground.REDACTION, note="It said too much.", by=world.eve)


STATES: dict[str, Callable[[worlds.World], Version]] = {
    "draft": _draft,
    "in_sign_off": _in_sign_off,
    "signed": _signed,
    "signed_in_part": _signed_in_part,
    "void": _void,
    "published": _published,
    "returned": _returned,
    "withdrawn": _withdrawn,
    "superseded": _superseded,
    "taken_down": _taken_down,
}


# Where one name of an argument stands for different things.
SPECIAL: dict[str, dict[str, object]] = {
    "areas:account_act": {"act": "address"},
    "documents:propose": {"act": "void"},
    "areas:appoint_to": {"office": "observer"},
}


@dataclass(frozen=True)
class Scene:
    """A world in which the report stands in one state, and the things that an address may name."""

    world: worlds.World
    version: Version
    things: dict[str, object]

    def address(self, name: str, arguments: frozenset[str]) -> str:
        """The address of a URL for this scene."""
        special = {"number": 1, "answer": self.things["said"]} if name.startswith("scrutiny") else SPECIAL.get(name, {})
        if name.startswith("account"):
            special = {"key": "forged"}
        if name == "contributions:text":
            special = {"text": self.things["writing"]}
        if name in {"areas:contract", "areas:declare"}:
            special = {"appointment": self.things["scrutineer"]}
        if name in {"areas:change_agency", "areas:drop_agency", "arrangements:record", "arrangements:tell_again"}:
            special = {"seat": self.things["relevant"]}
        if name.startswith("word:earlier_"):
            special = {"imported": self.things["earlier"]}
        if name in {"documents:begin", "word:upload_earlier"}:
            special = {"kind": "yearly-report"}
        known = {**self.things, **special}
        return reverse(name, kwargs={argument: known[argument] for argument in arguments})


def _of_offices(world: worlds.World) -> dict[str, object]:
    """What the addresses about offices and accounts may name, each made by its service."""
    today, area = clock.today(), world.area
    dev = Appointment.objects.get(person=world.dev)
    areas.correct(appointment=dev, job_title="Director", authority="Letter", instrument=worlds.letter(), by=world.gwen)
    ending = {"until": today + timedelta(days=30), "by": world.gwen}
    areas.end_appointment(appointment=Appointment.objects.get(person=world.cerys), **ending)
    jobs.find_vacancies(today=today)
    jobs.open_access_reviews(today=today)
    jobs.ask_who_can_sign_in(today=today)
    turn = areas.plan_turn(area=area, seat=world.police, since=today, until=None, note="", by=world.eve)
    relevant = areas.name_by_name(
        area=area, name="Ashdown Scouts", category="voluntary", reason="It works with children.", since=today,
        contact_name="", contact_email="", by=world.gwen,
    )  # fmt: skip
    return {
        "appointment": dev.pk,
        "scrutineer": Appointment.objects.get(person=world.femi).pk,
        "vacancy": Vacancy.objects.filter(area=area).values_list("pk", flat=True)[0],
        "item": HandOverItem.objects.values_list("pk", flat=True)[0],
        "turn": turn.pk,
        "relevant": relevant.pk,
        "review": AccessReview.objects.get(area=area, seat=world.police).pk,
        "person": world.ben.pk,
        "reset": areas.ask_factor_reset(person=world.ben, area=area, reason="A new phone.", by=world.gwen).pk,
        "upload": kept(area, world.gwen, {"email": "new@ashdown.example", "name": "New"}).pk,
        "act": "end",
        "share": 0,
        "pk": 0,
        "identity": 0,
        "post": 0,
        "organisation": "nowhere",
    }


def _companion(world: worlds.World, version: Version) -> int:
    """An Easy Read version of what is published, to be agreed to."""
    if version.status != Status.PUBLISHED:
        return 0
    row = companions.put_in(document=version.document, kind=Kind.EASY_READ, data=None, text="In short.", by=world.gwen)
    return row.pk


def _replied(submission: Submission) -> int:
    """A reply that nobody has recorded yet."""
    keeping.keep(samples.reply(submission.mail.reply_to, submission.mail.message_id))
    submissions.file_incoming()
    return submission.events.values_list("pk", flat=True)[0]


def _counted(world: worlds.World) -> dict[str, int]:
    """A count and the attendance of one agency."""
    where = {"area": world.area, "year": FinancialYear(2025), "by": world.gwen}
    said = {"as_of": FinancialYear(2025).end, "source": "Minute 4"}
    reviews = counts.record_count(key="rapid-reviews", figure=Figure(Decimal(2), **said), **where)
    came = counts.record_attendance(agency=world.council.agency, meetings=Meetings(5, 4, 1, **said), **where)
    return {"count": reviews.pk, "attendance": came.pk}


def _of_the_calendar(world: worlds.World) -> dict[str, object]:
    """What was agreed locally, a meeting of the lead partners, a step that is off, and a case review."""
    cycle = calendar.agree_cycle(
        area=world.area, rule_key="section_11", title="Section 11", first_on=clock.today(), every_months=12,
        agreed_where="Minute 5", by=world.gwen,
    )  # fmt: skip
    case = case_reviews.open_case(
        area=world.area, step=Step.BECAME_AWARE, on=clock.today(), once=uuid.uuid4(), by=world.gwen
    )
    meeting = meetings.record_meeting(area=world.area, on=clock.today(), called="Lead partners", by=world.gwen)
    switch_off(area=world.area, rule_key="yearly_report", days=-60, reason="The board is told.", by=world.gwen)
    ladder = {"meeting": meeting.pk, "rule": "yearly_report", "rung": "before-60"}
    return {"cycle": cycle.pk, "case": case.pk, "step": "became_aware", **ladder}


def scene(state: str) -> Scene:
    """Everything in place for one state, through the services alone."""
    world = worlds.area_with_its_cast()
    version = STATES[state](world)
    version.refresh_from_db()
    assert version.status == Status(state)
    contribution = funding.record_contribution(
        area=world.area,
        year=FinancialYear(2025),
        payer="Ashdown Council",
        kind=ContributionKind.CASH,
        amount=Decimal(5),
        by=world.gwen,
    )
    spending = funding.record_spending(
        area=world.area, year=FinancialYear(2025), label="Staff", amount=Decimal(4), by=world.gwen
    )
    submission = version.submissions.order_by("pk").first()
    if submission and state == "published":  # so that it can be acknowledged, as the relay's answer would have it
        Submission.objects.filter(pk=submission.pk).update(accepted_at=worlds.clock.now())
    evidence = Evidence.objects.get()
    things = {
        "area": world.area.slug,
        "claim": evidence.claim_id,
        "evidence": evidence.pk,
        "priority": Priority.objects.get().pk,
        "document": f"yearly-report/{version.document.period_label}",
        "key": "funding",
        "number": version.number,
        "other": version.number,
        "picture": 0,
        "row": 0,
        "companion": _companion(world, version),
        "seat": world.council.pk,
        "proposal": _proposed(world, version),
        "unsigned": _unsigned(world, version),
        "sha256": "0" * 64,
        "year": "2025-26",
        "feed": 0,
        "fingerprint": "0" * 64,
        "day": "2026-09-14",
        "token": "forged",
        "uidb36": "1",
        "name": "1-00000000.eml",
        "kind": "proof",
        "contribution": contribution.pk,
        "spending": spending.pk,
        **_counted(world),
        "duty": version.document.duties.get().pk,
        **_of_the_calendar(world),
        "requirement": "YR-01",
        "task": version.document.section_tasks.get().pk,
        "block": version.blocks.get(section__key="funding").key,
        "said": Response.objects.get(challenge__document=version.document).pk,
        "answer": version.answers.filter(requirement="YR-01").values_list("pk", flat=True)[0],
        "text": version.sections.get(key="funding").texts.first().pk,
        "room": 1,
        "writing": Writing.objects.get(room__document=version.document).pk,
        "submission": submission.pk if submission else 0,
        "reply": _replied(submission) if submission and state == "published" else 0,
        "attached": 0,
        "presentation": occasions.recorded(world, version.document).pk,
        "edition": worlds.briefed(),
        "imported": WordImport.objects.get(document=version.document).pk,
        "earlier": WordImport.objects.get(area=world.area, document=None).pk,
        "drawn": 1,
        **_of_offices(world),
    }
    return Scene(world, version, things)
