"""Areas in which every page has something to show, and the pages with the person who looks at each.

Drafting: a report with every kind of text, challenges, two texts at once and money. Signing: returned once, signed once.
Signed: waits for its publication. Public: published, one submission accepted and one that the relay refused.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from django.urls import reverse

from arrangements import services as arrangements
from arrangements.models import AgencyNotice
from partnership import clock
from partnership.accounts import invitations
from partnership.accounts.models import User
from partnership.areas import jobs
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area, MemberImport, Seat
from partnership.areas.roles import Office
from partnership.companions import selectors as selectors_of_companions
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.contributions import services as contributions
from partnership.contributions.models import Writing
from partnership.counts import services as counts
from partnership.counts.kinds import Figure, Meetings, Unit
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors, services
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Document, Version
from partnership.drafting import selectors as sections
from partnership.drafting import services as hands_of
from partnership.drafting.models import CommentKind
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.impact import services as impact
from partnership.impact.models import Evidence
from partnership.mail import jobs as mail
from partnership.submissions.models import Submission
from partnership.word import services as word_services
from partnership.word.services import Choice
from reports import jobs as reports
from scrutiny import services as scrutiny
from tests import answered, worlds
from tests.apps.areas.lists import kept
from tests.apps.carrying import rolled
from tests.apps.companions import files as companion_files
from tests.apps.contributions import rooms
from tests.apps.mail.fake_smtp import Relay
from tests.apps.scrutiny import talk
from tests.browser import texts
from tests.places import Places
from tests.rules.word import files
from tests.worlds import World

LETTER = "1789372800000-0a1b2c3d.eml"


@dataclass(frozen=True)
class Place:
    """One page: who looks (None: everybody), the named address, what it needs, and the answer that is expected."""

    who: User | None
    name: str
    args: tuple[object, ...] = ()
    query: str = ""
    status: int = 200

    @property
    def href(self) -> str:
        return reverse(self.name, args=self.args) + self.query


@dataclass(frozen=True)
class Stage:
    """An area's world with its report."""

    world: World
    document: Document
    version: Version

    def page(self, who: str | None, name: str, *args: object, query: str = "", status: int = 200) -> Place:
        """A page of the document."""
        where = (self.world.area.slug, address_of(self.document), *args)
        return Place(self.world.people[who] if who else None, name, where, query, status)

    def area(self, who: str | None, name: str, *args: object, query: str = "", status: int = 200) -> Place:
        """A page of the area."""
        return Place(self.world.people[who] if who else None, name, (self.world.area.slug, *args), query, status)


def drafting() -> tuple[Stage, dict[str, Any]]:
    """A draft with a text, a chart, a picture, two texts at once, three challenges and money."""
    world = worlds.area_with_its_cast()
    document = worlds.begun(world)
    draft = selectors.draft(document)
    assert draft
    services.add_picture(
        document=document, data=texts.picture(), name="panel.png", alt=texts.ALT, caption="Drawn by the panel",
        largest=10_000_000, by=world.gwen,
    )  # fmt: skip
    sections = {row.key: row for row in draft.sections.all()}
    worlds.write(sections["year_at_a_glance"], texts.GLANCE, world.gwen)
    worlds.write(sections["voice"], texts.WITH_PICTURE, world.gwen)
    worlds.write(sections["training"], "A table that is not one.\n\n[[picture 9]]\n", world.gwen)
    seen = sections["foreword"].revision
    theirs = {"section": sections["foreword"], "seen_revision": seen, "explanation": ""}
    services.save_section(**theirs, body="We thank everybody who worked with us.", by=world.gwen)
    answered.mark(draft, "YR-01", answered.first_block(draft, "year_at_a_glance"), world.gwen)
    said = {"reason": "not_met", "text": "Two partners had not closed their accounts.", "seen_revision": 0}
    services.explain(version=draft, requirement="YR-12", by=world.gwen, **said)
    sections["foreword"].refresh_from_db()
    kept = services.save_section(**theirs, body="We thank everyone who told us what helped.", by=world.dev).kept_aside
    hands = _many_hands(world, document, draft)
    talk.challenge(world, document, "Where is the evidence that help came sooner?")
    talk.answer(world, talk.challenge(world, document, "Who asked the families?"))
    talk.close(world, talk.challenge(world, document, "What did the audit change?"))
    paid = funding.record_contribution(
        area=world.area, year=FinancialYear(2025), payer="Ashdown Council", kind=ContributionKind.CASH,
        amount=Decimal(72_000), by=world.gwen,
    )  # fmt: skip
    spent = funding.record_spending(
        area=world.area, year=FinancialYear(2025), label="Staff", amount=Decimal(50_000), by=world.gwen
    )
    worlds.briefed()
    more = {"kept": kept, "paid": paid, "spent": spent, **_counted(world), "picture": document.pictures.get()}
    more |= word_files(world, document) | {"aside": _gathered(world, document), **hands}
    _claims(world, draft)
    more |= {
        "claims": list(document.impact_claims.order_by("pk")),
        "evidence": Evidence.objects.get(claim__document=document),
        "priorities": list(document.priorities.order_by("position")),
    }
    return Stage(world, document, draft), {**more, "list": a_list(world), "recorded": a_list(world, is_recorded=True)}


def _counted(world: World) -> dict[str, Any]:
    """A count under five, an indicator with a long name, and the attendance of two bodies."""
    where = {"area": world.area, "year": FinancialYear(2025), "by": world.gwen}
    last = FinancialYear(2025).end
    source = "Report of the review group to the executive, https://example.org/" + "a-long-address/" * 4
    reviews = counts.record_count(key="rapid-reviews", figure=Figure(Decimal(2), last, source), **where)
    counts.record_count(
        label="Children on a plan who were seen alone by their social worker within ten working days",
        figure=Figure(Decimal("87.5"), last, "Audit of March"), unit=Unit.PER_CENT, is_invented=True, **where,
    )  # fmt: skip
    met = Meetings(5, 4, 1, last, source)
    police = counts.record_attendance(agency=world.police.agency, meetings=met, **where)
    counts.record_attendance(agency=world.council.agency, meetings=met, is_invented=True, **where)
    return {"count": reviews, "attendance": police}


def _many_hands(world: World, document: Document, draft: Version) -> dict[str, Any]:
    """Sections shared out, one handed in and one back; comments open and resolved; something typed and not saved."""
    owners = {
        "training": hands_of.Owner(person=world.dev),
        "voice": hands_of.Owner(office=Office.CHAIR),
        "foreword": hands_of.Owner(person=world.gwen),
    }
    tasks = hands_of.share_out(
        document=document, owners=owners, due_on=clock.today(), seen=sections.mark_of(document), by=world.gwen
    )
    for task, who in zip(tasks, (world.dev, world.eve, world.gwen), strict=True):
        hands_of.hand_in(task=task, by=who)
    hands_of.hand_back(task=tasks[0], comment="Say what changed for children.", by=world.gwen)
    block = answered.first_block(draft, "year_at_a_glance")
    said = {"section": block.section, "block_key": block.key}
    fix = hands_of.raise_comment(
        kind=CommentKind.FIX, text="Which families?", once=uuid.uuid4(), by=world.amina, **said
    )
    hands_of.reply(comment=fix, text="Those of the pilot.", once=uuid.uuid4(), by=world.gwen)
    done = hands_of.raise_comment(
        kind=CommentKind.QUESTION, text="Is it 140?", once=uuid.uuid4(), by=world.femi, **said
    )
    hands_of.resolve(comment=done, resolution="It is.", by=world.gwen)
    training = draft.sections.get(key="training")
    hands_of.keep_unsaved(section=training, body="Half a sentence", explanation="", seen_revision=1, by=world.gwen)
    return {"handed_in": tasks[1], "passage": block}


def word_files(world: World, document: Document) -> dict[str, Any]:
    """A report read from a Word file, of which some is taken, with a sentence on what was not; and an earlier one."""
    crowded = files.made(
        lambda d: d.add_picture(BytesIO(files.picture())),
        lambda d: d.add_heading("A-very-long-heading-without-a-place-to-break-it-that-goes-on-and-on-and-on-and-on", 2),
        files.paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"),
        lambda d: d.add_heading("Thanks", 1),
    )
    word = word_services.upload(document=document, data=crowded, name="last-year-final-FINAL-v7.docx", by=world.gwen)
    thanks = Choice({word.parts.get(title="Thanks").pk: "out"}, {}, {}, replaces=False)
    word_services.take(word=word, choice=thanks, by=world.gwen)
    which = kind("yearly_report")
    earlier = word_services.upload_earlier(
        area=world.area, kind=which, period=which.parse_period("2022-23", clock.today()), data=files.report(),
        name="published.docx", by=world.gwen,
    )  # fmt: skip
    return {"word": word, "earlier": earlier}


def _gathered(world: World, document: Document) -> Writing:
    """A room with two texts at once, one released, one handed back; a statement given and a later one begun."""
    begun = rooms.asked(world, document)
    rooms.write(begun, world.eve, texts.GLANCE)
    kept = contributions.write(room=begun, body="What the police say.", seen_revision=0, by=world.cerys).kept_aside
    contributions.keep_unsaved(room=begun, body="Half a sentence", seen_revision=1, by=world.eve)
    rooms.released(world, document, section_key="voice")
    back, _ = rooms.released(world, document, section_key="funding")
    contributions.hand_back(room=back, comment="Say how many.", due_on=clock.today(), by=world.gwen)
    for seen, body in enumerate(("I looked into it.", "I looked into it **again**.\n\n- Once\n- Twice")):
        scrutiny.save_statement(document=document, body=body, seen_revision=seen, by=world.femi)
        if not seen:
            scrutiny.give_statement(document=document, seen_revision=1, by=world.femi)
    assert kept
    return kept


def _claims(world: World, draft: Version) -> None:
    """Of each kind one; an effect with evidence, one that waits, one that has changed; a priority with and one without."""
    told, section = draft.document, draft.sections.get(key="year_at_a_glance")
    first, second = draft.blocks.filter(section=section, place__isnull=False).exclude(kind="heading")[:2]
    kinds = {str(first.key): "effect", str(second.key): "output"}
    impact.mark(section=section, kinds=kinds, seen_revision=section.revision, by=world.gwen)
    voice = draft.sections.get(key="voice")
    drew = answered.first_block(draft, "voice")
    impact.mark(section=voice, kinds={str(drew.key): "effect"}, seen_revision=voice.revision, by=world.gwen)
    waits = told.impact_claims.get(key=drew.key)
    later = {"look_again_on": clock.today() + timedelta(days=200), "seen_revision": 1}
    impact.say_none_yet(claim=waits, words="The panel is asked again next summer.", by=world.gwen, **later)
    worlds.write(voice, texts.WITH_PICTURE.replace("how they want", "for us how they want"), world.gwen)
    with_evidence = told.impact_claims.get(key=first.key)
    small = {"sort": "survey", "before": "", "after": "93 of 140 families, 4 of them for the second time"}
    said = {"period": "2025-26", "source": "Survey by a charity", "limits": "What the others would have needed."}
    impact.add_evidence(claim=with_evidence, by=world.dev, **small, **said)
    impact.name_priority(document=told, words="Neglect of children under five", by=world.gwen)
    moving = impact.name_priority(document=told, words="Transition to adulthood", by=world.gwen)
    why = {"why": "We could not agree who pays.", "what_next": "The lead partners settle it in October."}
    impact.tell_little_progress(priority=moving, seen_revision=0, by=world.dev, **why)


def carried() -> Stage:
    """A report rolled forward, with somebody left out and a challenge open from before; arrangements of last year."""
    world = worlds.area_with_its_cast()
    old = rolled.last_year(world).document
    scrutiny.raise_challenge(document=old, text="What did the audit change?", by=world.femi)
    kit = worlds.person("Kit")
    worlds.appoint(kit, Office.BUSINESS_SUPPORT, world.area)
    seen, owners = sections.mark_of(old), {"foreword": hands_of.Owner(person=kit)}
    hands_of.share_out(document=old, owners=owners, due_on=clock.today(), seen=seen, by=world.gwen)
    office = Appointment.objects.get(person=kit)
    areas.end_appointment(appointment=office, until=clock.today(), by=None)
    document = rolled.roll(world).document
    worlds.written(world, "arrangements", "2025")
    return Stage(world, document, rolled.draft_of(document))


def beside() -> tuple[Stage, dict[str, Any]]:
    """A published report with a children's version beside it, and an Easy Read version that waits for agreement."""
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    worlds.appoint(worlds.person("Nia"), Office.DSP, world.area, world.health)
    put = {"document": version.document, "by": world.gwen}
    text = "## What we do\n\nWe work together so that you are safe.\n\n- Tell somebody you trust.\n- We listen."
    public = companions.put_in(kind=Kind.CHILDREN, data=companion_files.pdf(tagged=False), text=text, **put)
    for seat in selectors_of_companions.lacking(public):
        holder = Appointment.objects.get(seat=seat, office=Office.DSP).person
        companions.agree(companion=public, seen_sha256=public.sha256, by=holder)
    companions.publish(companion=public, by=world.gwen)
    waiting = companions.put_in(kind=Kind.EASY_READ, data=None, text=text, **put)
    return Stage(world, version.document, version), {"waiting": waiting.pk}


def a_list(world: World, *, is_recorded: bool = False) -> MemberImport:
    """A list of members with a row of every kind; recorded, what is left of one."""
    wrong = {"email": "kit@practice.example", "name": "Kit Adeyemi-Featherstonehaugh", "office": "Independent chair"}
    dev = {"email": world.dev.email, "name": "Dev", "office": "DSP", "agency": "Ashdown Council"}
    new = {"email": "lou@practice.example", "name": "Lou Marsh", "office": "observer"}
    made = kept(world.area, world.gwen, *([new, wrong] if is_recorded else [{}, dev, wrong, {**dev, "authority": ""}]))
    if not is_recorded:
        MemberImport.objects.filter(pk=made.pk).update(notes=["The sheet “Salaries” was not read; it is hidden."])
        return made
    shown = areas.seal(areas.examine(upload=made, by=world.gwen))
    return areas.confirm_list(upload=made, seen=shown, by=world.gwen)


def signing() -> Stage:
    """Version 1 was returned with a signature under it; version 2 has one of three signatures."""
    world = worlds.area_with_its_cast()
    first = worlds.in_sign_off(world)
    worlds.sign(first, world.council, world.amina)
    documents_jobs.render_missing()
    draft = services.return_for_changes(version=first, seat=world.health, reason="Say how many families.", by=world.ben)
    worlds.write(draft.sections.get(key="voice"), texts.GLANCE, world.gwen)
    second = services.send_for_sign_off(version=draft, by=world.gwen)
    worlds.sign(second, world.police, world.cerys)
    return Stage(world, second.document, second)


def signed() -> Stage:
    """Everybody has signed."""
    world = worlds.area_with_its_cast()
    version = worlds.signed(world)
    return Stage(world, version.document, version)


def public(relay: Relay) -> tuple[Stage, list[Submission]]:
    """Published; the Panel's message was accepted and the one to Foundations was refused for good."""
    world = worlds.area_with_its_cast()
    draft = worlds.written(world)
    worlds.write(draft.sections.get(key="year_at_a_glance"), texts.GLANCE, world.gwen)
    version = services.send_for_sign_off(version=draft, by=world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    documents_jobs.render_missing()
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    relay.rcpt = {"foundations@practice.example": "550 5.1.1 No such mailbox"}
    mail.deliver_due()
    reports.follow_submissions()
    return Stage(world, version.document, version), list(version.submissions.order_by("accepted_at"))


def corrected() -> Stage:
    """A report that was published, corrected and published again."""
    world = worlds.area_with_its_cast()
    first = worlds.published(world)
    draft = worlds.correct(first, world.gwen)
    worlds.write(draft.sections.get(key="year_at_a_glance"), texts.GLANCE, world.gwen)
    version = services.send_for_sign_off(version=draft, by=world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    documents_jobs.render_missing()
    version = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    return Stage(world, version.document, version)


def many(number: int = 9) -> Places:
    """One cast in more areas than the header lists, each with something to sign, answer, fill, follow or wait for."""
    made = Places()
    for count in range(number):
        area = made.open(f"shire-{count}")
        if count % 3 == 0:
            made.send(area)
        else:
            talk_of = made.begin(area)
            scrutiny.raise_challenge(document=talk_of, text="Where is the evidence?", by=made.person("sana"))
    made.duties()
    for seats in list(made.seats.values())[:3]:
        held = Appointment.objects.get(seat=seats[1], office=Office.LSP)
        until = clock.today() + timedelta(days=20)
        areas.end_appointment(appointment=held, until=until, because="A new post.", by=made.person("gwen"))
    jobs.find_vacancies(today=clock.today())
    jobs.open_access_reviews(today=clock.today())
    last, heir = made.areas[-1], made.areas[-2]
    areas.succeed_area(predecessor=last, successors=[heir], takes_over=heir, on=clock.today(), by=None)
    return made


def told() -> tuple[Stage, dict[str, Any]]:
    """Arrangements published to four agencies: told, acknowledged, with no address and named since; an older edition.

    The document is also shared by name with Jo, who holds no office, and was shared with Sam.
    """
    world = worlds.area_with_its_cast()
    seats = {name: _relevant(world, name) for name in ("Ashdown School", "Ashdown Help", "Ashdown Swimmers")}
    old = worlds.published(world, "arrangements", "2025")
    old_token = _token(old, seats["Ashdown School"])
    version = worlds.published(world, "arrangements", "2026")
    _relevant(world, "Ashdown Scouts")
    tokens = {name: _token(version, seats[name]) for name in ("Ashdown School", "Ashdown Help")}
    arrangements.acknowledge(
        token=tokens["Ashdown Help"], name="Nour Haddad", office="Head of safeguarding", note="It is with our trustees."
    )
    jo, sam = worlds.person("Jo"), worlds.person("Sam")
    until = clock.today() + timedelta(days=30)
    for reader in (jo, sam):
        share = services.share_document(
            document=version.document, email=reader.email, name=reader.name, reason="To advise on the part on schools.",
            until=until, by=world.gwen,
        )  # fmt: skip
    services.end_share(share=share, by=world.gwen)
    more = {"open": tokens["Ashdown School"], "done": tokens["Ashdown Help"], "old": old_token, "reader": jo}
    return Stage(world, version.document, version), {**more, "seat": seats["Ashdown School"].pk}


def _relevant(world: World, name: str) -> Seat:
    address = "" if name.endswith("Swimmers") else f"{name.split()[1].lower()}@practice.example"
    return areas.name_by_name(
        area=world.area, name=name, category="voluntary", reason="It works with families.", since=clock.today(),
        contact_name="Safeguarding mailbox", contact_email=address, by=world.gwen,
    )  # fmt: skip


def _token(version: Version, seat: Seat) -> str:
    message = AgencyNotice.objects.get(version=version, seat=seat).mail
    assert message
    return message.text.partition("/acknowledge/")[2].partition("/")[0]


def mailbox(folder: Path) -> None:
    """One message in the local mailbox."""
    (folder / "mailbox").mkdir(parents=True)
    head = "From: no-reply@safeguarding.example\nTo: panel@practice.example\nSubject: Ashdown: yearly report 2025-26\n"
    (folder / "mailbox" / LETTER).write_text(
        f"{head}Message-ID: <one@safeguarding.example>\n\nThe report is attached.\n"
    )


def invitation(user: User, area: Area) -> Place:
    """The page that somebody opens who was invited to an office."""
    worlds.appoint(user, Office.BUSINESS_SUPPORT, area)
    user.set_unusable_password()
    user.save()
    return Place(None, "accounts:accept", (invitations.make(user).link.rstrip("/").rpartition("/")[2],))
