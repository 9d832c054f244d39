"""Who of the first area asks, and with which arguments: their own, the other area's, and the one with the other mixed."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import FactorReset, KeptPost, User
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area, HandOverItem, MemberImport
from partnership.areas.roles import APPOINTABLE, Office
from partnership.contributions.models import Writing
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, DocumentShare, Proposal, SectionText, Unsigned
from partnership.impact.models import Evidence
from partnership.submissions.models import DeliveryEvent, Submission
from partnership.word.models import WordImport
from scrutiny import services as scrutiny
from tests import worlds
from tests.apps.contributions import rooms
from tests.contracts.canaries import word_files
from tests.contracts.canaries.filling import OtherArea, picture
from tests.contracts.matrix.states import urls

YEAR = "2025-26"


def people(world: worlds.World, other: OtherArea) -> dict[str, User | None]:
    """One for each office, one who was in the other area until yesterday and is here now, one who is nowhere, nobody."""
    found: dict[str, User | None] = {}
    for appointment in Appointment.objects.filter(area=world.area).select_related("person"):
        found.setdefault(appointment.office, appointment.person)
    for office in set(APPOINTABLE) - set(found):
        found[office] = worlds.person(office.replace("_", "-"))
        worlds.hold(found[office], office, world.area)
    for name in ("once there, now here", "once there"):
        found[name] = worlds.person(name.partition(",")[0].replace(" ", "-"))
        left = areas.appoint(
            person=found[name],
            area=other.area,
            office=Office.BUSINESS_MANAGER,
            since=date(2024, 1, 1),
            authority="minute 2",
            by=None,
        )
        areas.end_appointment(appointment=left, until=clock.today() - timedelta(days=1), by=None)
    worlds.appoint(found["once there, now here"], Office.OBSERVER, world.area)
    return {**found, "nobody": None}


def act(world: worlds.World) -> None:
    """The first area at its work, so that it has pages, files and mails: a published report, arrangements in a draft."""
    report = worlds.written(world)
    note = scrutiny.raise_challenge(document=report.document, text="Show the effect.", by=world.femi)
    scrutiny.answer(challenge=note, position="accept", text="We will.", by=world.dev)
    services.send_for_sign_off(version=report, by=world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        report.refresh_from_db()
        worlds.sign(report, place, who)
    documents_jobs.render_missing()
    worlds.publish(report, world.gwen)
    draft = worlds.written(world, "arrangements", "2026")
    words = {"alt": "A square.", "caption": "", "name": "square.png"}
    services.add_picture(document=draft.document, data=picture("green"), largest=10_000_000, by=world.gwen, **words)
    scrutiny.raise_challenge(document=draft.document, text="Who pays for it?", by=world.femi)
    word_files.act(draft.document, world.gwen)
    section = draft.sections.first().key
    rooms.write(rooms.asked(world, draft.document, section_key=section), world.eve, "Our own words.")


@dataclass(frozen=True)
class Address:
    """A URL's name with an address of it. `asked`: whose arguments these are."""

    name: str
    path: str
    asked: str


def things(document: Document) -> dict[str, object]:
    """What an address about this document may name, by argument; 0 or a word for what its area has not."""
    area, version = document.area, documents.newest(document)
    first = version.sections.first()
    text = SectionText.objects.filter(section__version__document=document).first()
    writing = Writing.objects.filter(room__document=document).order_by("pk").first()
    drawn, money = document.pictures.first(), area.contributions.first()
    return {
        "area": area.slug,
        "document": address_of(document),
        "key": first.key,
        "number": version.number,
        "other": 1,
        "picture": drawn.number if drawn else 0,
        "seat": area.seats.first().pk,
        "sha256": drawn.file_id if drawn else "0" * 64,
        "year": YEAR,
        "fingerprint": version.sha256 or "0" * 64,
        "day": "2026-09-14",
        "token": "forged",
        "uidb36": "1",
        "name": "1-00000000.eml",
        "kind": "proof",
        "contribution": money.pk if money else 0,
        "spending": spent.pk if (spent := area.spending.first()) else 0,
        "count": counted.pk if (counted := area.counts.first()) else 0,
        "attendance": came.pk if (came := area.attendance.first()) else 0,
        "duty": area.duties.first().pk,
        "cycle": agreed.pk if (agreed := area.local_cycles.first()) else 0,
        "meeting": meeting.pk if (meeting := area.lead_meetings.filter(off_at=None).first()) else 0,
        "rule": "yearly_report",
        "rung": "before-60",
        "case": case.pk if (case := area.case_reviews.first()) else 0,
        "step": "became_aware",
        "requirement": "YR-01",
        "task": task.pk if (task := document.section_tasks.first()) else 0,
        "block": block.key if (block := version.blocks.first()) else uuid.uuid4(),
        "claim": claim.pk if (claim := document.impact_claims.first()) else 0,
        "evidence": shown.pk if (shown := Evidence.objects.filter(claim__document=document).first()) else 0,
        "priority": priority.pk if (priority := document.priorities.first()) else 0,
        "answer": answer.pk if (answer := version.answers.first()) else 0,
        "text": text.pk if text else 0,
        "proposal": proposal.pk if (proposal := _first(Proposal, document)) else 0,
        "unsigned": unsigned.pk if (unsigned := _first(Unsigned, document)) else 0,
        "row": carried.pk if (carried := document.carried.first()) else 0,
        "companion": slot.pk if (slot := document.companions.first()) else 0,
        "presentation": shown.pk if (shown := document.presentations.first()) else 0,
        "edition": "wt2026",
        "imported": _imported(document=document),
        "earlier": _imported(area=area, document=None),
        "drawn": 1,
        "room": writing.room.number if writing else 1,
        "writing": writing.pk if writing else 0,
        **_sent(area),
        **_of_offices(area),
    }


def _sent(area: Area) -> dict[str, int]:
    """A submission of the area, the one that was replied to where there is one."""
    reply = DeliveryEvent.objects.filter(submission__version__document__area=area, what="reply").first()
    first = Submission.objects.filter(version__document__area=area).first()
    submission = reply.submission if reply else first
    return {"submission": submission.pk if submission else 0, "reply": reply.pk if reply else 0, "attached": 1}


def _first(rows: type[Proposal] | type[Unsigned], document: Document) -> Proposal | Unsigned | None:
    return rows._default_manager.filter(version__document=document).first()


def _imported(**of: Any) -> int:
    return WordImport.objects.filter(**of).order_by("pk").values_list("pk", flat=True).first() or 0


def _of_offices(area: Area) -> dict[str, object]:
    """What an address about offices and accounts of this area may name; 0 for what it has not."""

    def first(rows: QuerySet[Any]) -> int:
        return rows.order_by("pk").values_list("pk", flat=True).first() or 0

    held = Appointment.objects.filter(area=area, voided_at=None)
    return {
        "appointment": first(held.filter(instrument__isnull=False)) or first(held),
        "person": first(User.objects.filter(appointments__area=area)),
        "vacancy": first(area.vacancies.all()),
        "item": first(HandOverItem.objects.filter(hand_over__leaving__area=area)),
        "turn": first(area.chair_turns.all()),
        "review": first(area.access_reviews.all()),
        "reset": first(FactorReset.objects.filter(area_slug=area.slug)),
        "upload": first(MemberImport.objects.filter(area=area)),
        "share": first(DocumentShare.objects.filter(content_object__area=area)),
        "post": first(KeptPost.objects.filter(user__appointments__area=area)),
        "office": "observer",
        "act": "end",
        "pk": 0,
        "identity": 0,
        "organisation": "nowhere",
    }


def addresses(here: Area, other: OtherArea) -> Iterator[Address]:
    """Every address of the resolver with each set of arguments; what knows no area comes once."""
    own = [things(row) for row in Document.objects.filter(area=here)]
    theirs = [things(row) for row in other.documents]
    mixed = [{**theirs[-2], "area": own[0]["area"], "document": own[0]["document"]}]
    seen = set()
    asks = (("own", own), ("theirs", theirs[-2:-1]), ("theirs again", theirs), ("mixed", mixed))
    for asked, sets in asks:
        for known in sets:
            for name, arguments in urls():
                special = {"kind": "yearly-report"} if name in {"documents:begin", "word:upload_earlier"} else {}
                special |= {"imported": known["earlier"]} if name.startswith("word:earlier_") else {}
                special |= {"number": 1} if name.startswith("scrutiny") else {}
                special |= {"text": known["writing"]} if name == "contributions:text" else {}
                special |= {"feed": known["duty"]} if name == "calendars:revoke" else {}
                special |= {"key": "forged"} if name.startswith("account") else {}
                special |= {"act": "address"} if name == "areas:account_act" else {}
                path = reverse(name, kwargs={argument: {**known, **special}[argument] for argument in arguments})
                if path not in seen:
                    seen.add(path)
                    yield Address(name, path, asked)


def with_queries(here: Area, other: OtherArea) -> Iterator[Address]:
    """Pages of the own area whose query names something of the other."""
    own = things(Document.objects.filter(area=here).first())
    for document in other.documents:
        text = SectionText.objects.filter(section__version__document=document).first()
        section = reverse("documents:section", args=[here.slug, own["document"], own["key"]])
        yield Address(
            "areas:timeline", f"{reverse('areas:timeline', args=[here.slug])}?about={document.subject}", "mixed"
        )
        yield Address("documents:section", f"{section}?kept={text.pk}", "mixed")
        yield Address("documents:section", f"{section}?from={text.pk}", "mixed")
    ours, theirs = (
        Writing.objects.filter(room__document__area=area).order_by("pk").first() for area in (here, other.area)
    )
    own_room = reverse("contributions:write", args=[here.slug, address_of(ours.room.document), ours.room.number])
    yield Address("contributions:write", f"{own_room}?kept={theirs.pk}&from={theirs.pk}", "mixed")
    yield Address("areas:people", f"{reverse('areas:people', args=[here.slug])}?on=2025-06-01", "own")
    yield Address("api-documents", f"{reverse('api-documents')}?area={other.area.slug}", "theirs")
    yield Address("public:areas", f"{reverse('public:areas')}?q={other.area.slug}", "theirs")
