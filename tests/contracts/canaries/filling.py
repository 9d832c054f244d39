"""Another area, made through the services, in which every text is a word of its own."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from unittest import mock

from django.contrib.auth.models import Permission as ModelPermission
from PIL import Image

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import selectors as areas_read
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Appointment, Area, Basis, Seat, SeatKind
from partnership.areas.roles import Office
from partnership.carrying import services as carrying
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.contributions import jobs as contribution_jobs
from partnership.contributions import services as contributions
from partnership.counts import services as counts
from partnership.counts.kinds import Figure, Meetings
from partnership.deadlines import jobs as deadlines
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.documents.kinds import kind
from partnership.documents.models import Act, Document, DocumentShare, Ground, Rendition, RenditionKind, Version
from partnership.drafting import selectors as drafting
from partnership.drafting import services as owning
from partnership.files import services as files
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.impact import services as impact
from partnership.mail import jobs as mail
from partnership.mail import smtp
from partnership.mail.workflow import Outcome, Ruling
from partnership.submissions import jobs as submissions_jobs
from partnership.submissions import services as submissions
from scrutiny import selectors as said
from scrutiny import services as scrutiny
from tests import worlds
from tests.answered import answer_musts
from tests.contracts.canaries import after_publication, calendar, hands, incoming, offices, published, word_files
from tests.contracts.canaries.words import opened, secret

SINCE = date(2024, 1, 1)


@dataclass
class OtherArea:
    """What is in the other area, for whoever wants to name it in an address."""

    area: Area
    seats: list[Seat]
    people: dict[str, User] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)

    def person(self, name: str, *, public: bool = False) -> User:
        """Somebody of the area. The name of a lead partner is public, their address is not."""
        word = (opened if public else secret)("accounts.User.name")
        address = f"{secret('accounts.User.email')}.{name}@other.example"
        self.people[name] = User.objects.create_user(address, None, name=f"{word} {name}")
        return self.people[name]

    def appoint(self, name: str, office: Office, seat: Seat | None = None, **more: object) -> User:
        lead = office == Office.LSP
        areas.appoint(
            person=self.people.get(name) or self.person(name, public=lead),
            area=self.area,
            office=office,
            seat=seat,
            by=None,
            authority=secret("areas.Appointment.authority"),
            job_title=(opened if lead else secret)("areas.Appointment.job_title"),
            **{"since": SINCE, **more},  # type: ignore[arg-type]
        )
        return self.people[name]


def fill() -> OtherArea:
    """The whole area. Of its documents one is published, with plain words, and the others never are."""
    other = _place()
    _people(other)
    worlds.national_bodies()
    deadlines.open_duties(today=clock.today())
    report = _published(other)
    offices.name_agency(other)
    arrangements = _published(other, "arrangements", "2025", published.NAMES_A_FACT)
    offices.acknowledge(arrangements)
    days = {"reviewed_on": clock.today(), "next_on": clock.today() + timedelta(days=100)}
    services.record_review(version=arrangements, found="It holds.", by=other.people["manager"], **days)
    budget = _published(other, "budget", "2026-27")
    worlds.correct(budget, other.people["manager"], reason=secret("documents.Correction.reason"))
    published.flag(other)
    _redacted(other)
    _submitted(other, report)
    after_publication.fetched(report)
    after_publication.presented(report, other.people["manager"])
    _written(other)
    offices.fill(other)
    worlds.briefed()
    _money(other)
    _counts(other)
    calendar.fill(other.area, other.people["manager"])
    deadlines.remind(today=clock.today())
    return other


def _place() -> OtherArea:
    area = areas.open_area(
        slug=opened("areas.Area.slug"),
        name=opened("areas.Area.name"),
        partnership_name=opened("areas.Area.partnership_name"),
        by=None,
    )
    seats = []
    for number, which in enumerate((AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE, AgencyKind.OTHER, AgencyKind.OTHER)):
        agency = areas.add_agency(
            slug=f"{secret('areas.Agency.slug')}-{number}",
            name=f"{opened('areas.Agency.name')} {number}",
            kind=which,
            code=secret("areas.Agency.code"),
            by=None,
        )
        seat_kind = SeatKind.RELEVANT if which == AgencyKind.OTHER else SeatKind.STATUTORY
        if number < 3:
            seats.append(areas.open_seat(area=area, agency=agency, kind=seat_kind, since=SINCE, by=None))
    note = secret("areas.Succession.note")
    areas.succeed(predecessor=seats[2].agency, successor=agency, on=date(2026, 4, 1), note=note, by=None)
    return OtherArea(area, seats)


def _people(other: OtherArea) -> None:
    council, police, _ = other.seats
    other.appoint("lead", Office.LSP, council)
    other.appoint("chief", Office.LSP, police)
    other.appoint("deputy", Office.DSP, council, basis=Basis.SUBSTANTIVE)
    other.appoint("deputy", Office.CHAIR)
    other.appoint("scrutineer", Office.SCRUTINEER)
    other.appoint("manager", Office.BUSINESS_MANAGER)


def _begun(other: OtherArea, key: str, label: str) -> Version:
    which = kind(key)
    period = which.parse_period(label, clock.today())
    document = services.begin(area=other.area, kind=which, period=period, by=other.people["manager"])
    other.documents.append(document)
    draft = documents.draft(document)
    assert draft
    return draft


def _write(other: OtherArea, version: Version, body: str, explanation: str = "") -> None:
    for section in version.sections.all():
        services.save_section(
            section=section,
            body=f"{body} of {section.title.lower()}.",
            explanation=explanation,
            seen_revision=section.revision,
            by=other.people["manager"],
        )
    answer_musts(version, other.people["manager"], other.people["deputy"])


def _published(
    other: OtherArea, key: str = "yearly_report", label: str = "2024-25", body: str = "What anybody may read"
) -> Version:
    """A document with plain words. What stands in it is public, so no secret word may be in it."""
    version = _begun(other, key, label)
    _write(other, version, body)
    if key == "yearly_report":
        _shared_out(other, version)
    if key == "thresholds":
        _challenges(other, version.document)
    version = services.send_for_sign_off(version=version, by=other.people["manager"])
    for seat, name in zip(other.seats, ("lead", "chief"), strict=False):
        services.sign(
            version=version, seat=seat, seen_sha256=version.sha256 or "", by=other.people[name], proof=worlds.proof()
        )
    version.refresh_from_db()
    final = files.put(f"%PDF-1.7 {other.area.slug} {key}".encode(), "application/pdf")
    Rendition.objects.create(version=version, kind=RenditionKind.FINAL, file=final, pages=1)
    return worlds.publish(version, other.people["manager"])


def _redacted(other: OtherArea) -> None:
    """A document that was withdrawn because of what was said in scrutiny; words were taken out, and it is not public since."""
    manager = other.people["manager"]
    version = _published(other, "thresholds", "2026")
    services.take_down(version=version, ground=Ground.REDACTION, note="Somebody could be identified.", by=manager)
    words = {name: secret(f"scrutiny.Redaction.{name}") for name in ("words", "reason")}
    first = said.passages(version.document)[0]
    scrutiny.redact(passage=first, seen=0, by=other.people["scrutineer"], **words)


def _shared_out(other: OtherArea, version: Version) -> None:
    """A section has an owner who leaves before the next report is begun from this one."""
    writer = other.appoint("writer", Office.BUSINESS_SUPPORT)
    owners = {"foreword": owning.Owner(person=writer)}
    seen = drafting.mark_of(version.document)
    owning.share_out(
        document=version.document, owners=owners, due_on=clock.today(), seen=seen, by=other.people["manager"]
    )
    office = Appointment.objects.get(person=writer)
    areas.end_appointment(appointment=office, until=clock.today(), by=None)


def _rolled(other: OtherArea) -> Version:
    """The next report, begun from the last one."""
    which = kind("yearly_report")
    period = which.parse_period("2025-26", clock.today())
    source = documents.last_before(other.area, which.key, period.first)
    assert source
    rolled = carrying.roll_forward(
        area=other.area, kind=which, period=period, seen_source=source.pk, by=other.people["manager"]
    )
    assert rolled.document.rolled_forward.left_out
    other.documents.append(rolled.document)
    draft = documents.draft(rolled.document)
    assert draft
    return draft


def _submitted(other: OtherArea, version: Version) -> None:
    """One body takes the mail and acknowledges it; of the other it is not known, and somebody says what they found."""

    def relay(*, sender: str, recipient: str, message: bytes, copy_to: str) -> smtp.Report:
        answer = f"250 {secret('mail.MailAttempt.answer')}"
        sure = not recipient.startswith("foundations")
        return smtp.Report(Outcome.SENT if sure else Outcome.UNCERTAIN, answer, is_reply=sure)

    with mock.patch.object(smtp, "deliver", relay):
        mail.deliver_due(limit=500)
    submissions_jobs.note_accepted()
    manager = other.people["manager"]
    sent, unknown = version.submissions.order_by("mail__status", "pk")
    words = secret("submissions.Submission.acknowledgement")
    receipt = files.put(b"%PDF-1.7 a receipt of the other area", "application/pdf")
    kept = {"receipt": receipt, "receipt_name": secret("submissions.Submission.receipt_name")}
    submissions.acknowledge(submission=sent, words=words, by=manager, **kept)
    incoming.fill(sent)
    evidence = secret("mail.MailRuling.evidence")
    submissions.settle(submission=unknown, outcome=Ruling.GIVEN_UP, evidence=evidence, by=manager)
    submissions_jobs.note_failed()


def _not_agreed(other: OtherArea, report: Version) -> None:
    """One partner does not sign, and what is proposed is declined."""
    seen, reason = report.sha256 or "", secret("documents.Unsigned.reason")
    services.refuse(version=report, seat=other.seats[1], seen_sha256=seen, reason=reason, by=other.people["chief"])
    why = secret("documents.Proposal.reason")
    proposal = services.propose(version=report, act=Act.VOID, reason=why, by=other.people["manager"])
    services.decline(proposal=proposal, by=other.people["lead"])
    scan, manager = files.put(b"%PDF-1.7 a signed letter", "application/pdf"), other.people["manager"]
    reservation = secret("documents.PaperSignature.reservation")
    services.record_on_paper(
        version=report, seat=other.seats[1], signed_on=clock.today(), fingerprint=seen, scan=scan,
        scan_name=secret("documents.PaperSignature.scan_name"), reservation=reservation, by=manager,
    )  # fmt: skip


def _written(other: OtherArea) -> None:
    """A report that came back, with a picture, challenges and a guest; and arrangements that wait for signatures."""
    manager, deputy = other.people["manager"], other.people["deputy"]
    report = _rolled(other)
    _write(other, report, secret("documents.Section.body"))
    services.add_picture(
        document=report.document,
        data=picture(),
        name="picture.png",
        alt=secret("documents.Picture.alt"),
        caption=secret("documents.Picture.caption"),
        largest=10_000_000,
        by=manager,
    )
    word_files.fill(report.document, manager)
    _challenges(other, report.document)
    report = services.send_for_sign_off(version=report, by=manager)
    documents_jobs.render(report, RenditionKind.PROOF)
    services.sign(
        version=report,
        seat=other.seats[0],
        seen_sha256=report.sha256 or "",
        by=other.people["lead"],
        proof=worlds.proof(),
        reservation=secret("documents.SignOff.reservation"),
    )
    _not_agreed(other, report)
    reason = secret("documents.Version.reason")
    _companion(other, report.document)
    draft = services.return_for_changes(version=report, seat=other.seats[1], reason=reason, by=other.people["chief"])
    section = draft.sections.first()
    words = {"body": section.body, "explanation": secret("documents.Section.explanation")}
    services.save_section(section=section, seen_revision=section.revision, by=manager, **words)
    explained = {"requirement": "YR-12", "reason": "not_met", "text": secret("documents.Explanation.text")}
    services.explain(version=draft, seen_revision=0, by=manager, **explained)
    hands.many(other, draft)
    services.save_section(
        section=section, seen_revision=section.revision, by=deputy, body="Kept aside.", explanation=""
    )
    scrutiny.raise_challenge(
        document=report.document, text=secret("scrutiny.ChallengeNote.text"), by=other.people["scrutineer"]
    )
    _contributions(other, report.document)
    _statement(other, report.document)
    _impact(other, draft)
    arrangements = _begun(other, "arrangements", "2026")
    _write(other, arrangements, secret("documents.Section.body"))
    services.send_for_sign_off(version=arrangements, by=manager)
    DocumentShare.objects.create(
        user=other.person("guest"),
        permission=ModelPermission.objects.get(codename="view_document", content_type__app_label="documents"),
        content_object=report.document,
        reason=secret("documents.DocumentShare.reason"),
        expires_at=clock.now() + timedelta(days=1),
        shared_by=manager,
    )


def _contributions(other: OtherArea, document: Document) -> None:
    """A room in each state: begun, released, handed back and begun anew, taken, and done without."""
    manager, deputy = other.people["manager"], other.people["deputy"]
    for key in ("training", "voice", "funding", "governance", "foreword"):
        room = contributions.ask(
            document=document,
            section_key=key,
            agency=other.seats[0].agency,
            asked=secret("contributions.Room.asked"),
            due_on=clock.today(),
            by=manager,
        )
        words = secret("contributions.Writing.body")
        contributions.write(room=room, body=words, seen_revision=0, by=deputy)
        contributions.write(room=room, body=f"{words} aside", seen_revision=0, by=deputy)
        typed = secret("contributions.Unsaved.body")
        contributions.keep_unsaved(room=room, body=typed, seen_revision=1, by=deputy)
        if key == "training":
            continue
        contributions.release(room=room, seen_revision=1, by=deputy)
        if key == "funding":
            comment = secret("contributions.Release.comment")
            contributions.hand_back(room=room, comment=comment, due_on=clock.today(), by=manager)
        elif key == "governance":
            section = document.versions.latest("number").sections.get(key=key)
            body = secret("documents.Section.body")
            contributions.take(room=room, body=body, seen_revision=section.revision, by=manager)
        elif key == "foreword":
            reason = secret("contributions.Room.closed_because")
            contributions.do_without(room=room, reason=reason, by=manager)
    contribution_jobs.remind(today=clock.today() + timedelta(days=1))


def _statement(other: OtherArea, document: Document) -> None:
    """One that was given, and a later one that is not."""
    scrutineer = other.people["scrutineer"]
    given = secret("scrutiny.Statement.body")
    scrutiny.save_statement(document=document, body=given, seen_revision=0, by=scrutineer)
    scrutiny.give_statement(document=document, seen_revision=1, by=scrutineer)
    draft = secret("scrutiny.StatementDraft.body")
    scrutiny.save_statement(document=document, body=draft, seen_revision=1, by=scrutineer)


def _impact(other: OtherArea, draft: Version) -> None:
    """What the draft claims: one effect with evidence, one without yet, a priority, and the chair's acceptance."""
    manager, deputy = other.people["manager"], other.people["deputy"]
    sections = {section.key: section for section in draft.sections.all()}
    claims = {}
    for key in ("impact", "training"):
        block = draft.blocks.filter(section=sections[key], place__isnull=False).first()
        seen = {"kinds": {str(block.key): "effect"}, "seen_revision": sections[key].revision}
        impact.mark(section=sections[key], by=manager, **seen)
        claims[key] = draft.document.impact_claims.get(key=block.key)
    priority = impact.name_priority(document=draft.document, words=secret("impact.Priority.words"), by=manager)
    told = {name: secret(f"impact.LittleProgress.{name}") for name in ("why", "what_next")}
    impact.tell_little_progress(priority=priority, seen_revision=0, by=manager, **told)
    whom = secret("impact.Claim.for_whom")
    impact.describe(claim=claims["impact"], for_whom=whom, priorities=[priority.pk], seen_revision=1, by=manager)
    names = ("before", "after", "period", "source", "strength", "limits")
    said = {name: secret(f"impact.Evidence.{name}") for name in names}
    impact.add_evidence(claim=claims["impact"], sort="audit", by=deputy, **said)
    words, later = secret("impact.Claim.none_yet"), clock.today() + timedelta(days=90)
    impact.say_none_yet(claim=claims["training"], words=words, look_again_on=later, seen_revision=1, by=manager)
    impact.accept(document=draft.document, reason=secret("impact.Acceptance.reason"), by=deputy)


def _companion(other: OtherArea, document: Document) -> None:
    """An Easy Read version that somebody agreed to and that is not public."""
    text = secret("companions.Companion.text")
    row = companions.put_in(document=document, kind=Kind.EASY_READ, data=None, text=text, by=other.people["manager"])
    companions.agree(companion=row, seen_sha256=row.sha256, by=other.people["deputy"])


def _challenges(other: OtherArea, document: Document) -> None:
    scrutineer = other.people["scrutineer"]
    note = scrutiny.raise_challenge(document=document, text=secret("scrutiny.ChallengeNote.text"), by=scrutineer)
    answer = secret("scrutiny.Response.text")
    scrutiny.answer(challenge=note, position="accept", text=answer, by=other.people["deputy"])  # type: ignore[arg-type]
    scrutiny.close(challenge=note, view=secret("scrutiny.ChallengeNote.view"), by=scrutineer)


def _money(other: OtherArea) -> None:
    where = {"area": other.area, "year": FinancialYear(2025), "by": other.people["manager"]}
    funding.record_contribution(
        payer=secret("funding.Contribution.payer"),
        kind=ContributionKind.CASH,
        amount=Decimal(5),
        note=secret("funding.Contribution.note"),
        source=secret("funding.Contribution.source"),
        **where,
    )
    source = secret("funding.Spending.source")
    funding.record_spending(label=secret("funding.Spending.label"), amount=Decimal(4), source=source, **where)
    place = secret("funding.PrintedTotal.where")
    funding.check_printed_total(side="contributions", printed=Decimal(6), where=place, **where)


def _counts(other: OtherArea) -> None:
    where = {"area": other.area, "year": FinancialYear(2025), "by": other.people["manager"]}
    day = FinancialYear(2025).end
    figure = Figure(Decimal(5), day, secret("counts.Count.source"))
    counts.record_count(label=secret("counts.Count.label"), figure=figure, **where)
    agency = areas_read.agencies_in(other.area, FinancialYear(2025)).first()
    assert agency
    counts.record_attendance(
        agency=agency, meetings=Meetings(5, 4, 1, day, secret("counts.Attendance.source")), **where
    )


def picture(colour: str = "purple") -> bytes:
    """A small picture."""
    stream = BytesIO()
    Image.new("RGB", (12, 8), colour).save(stream, "PNG")
    return stream.getvalue()
