"""A yearly report from an empty page to the public and the two national bodies, each step by the person whose turn it is."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from partnership import clock
from partnership.deadlines import jobs as deadlines
from partnership.documents import jobs as documents
from partnership.documents import selectors
from partnership.documents.models import Document, Version
from partnership.mail import jobs as mail
from reports import jobs as reports
from tests import worlds
from tests.apps.mail.fake_smtp import Relay
from tests.browser import texts
from tests.browser.looking import PHONE, WIDE, look, sign_in
from tests.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.real_pdf, pytest.mark.django_db(transaction=True)]
REPORT = "Yearly report 2025-26"
PHONE_SCREEN = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@dataclass
class Journey:
    """One area, its people, each with a screen of their own, and the relay that takes their mail."""

    world: World
    opened: Callable[..., Page]
    relay: Relay

    def at_the_desk(self, name: str) -> Page:
        return sign_in(self.opened(viewport=WIDE), self.world.people[name])

    def on_the_phone(self, name: str) -> Page:
        return sign_in(self.opened(**PHONE_SCREEN), self.world.people[name])

    @property
    def document(self) -> Document:
        return Document.objects.get(area=self.world.area, kind="yearly_report")

    @property
    def newest(self) -> Version:
        return selectors.newest(self.document)

    def post(self) -> list[bytes]:
        """Send what is in the outbox, and give what the relay has taken so far."""
        mail.deliver_due()
        return [content for *_, content in self.relay.messages]


def test_from_an_empty_page_to_the_public_and_the_national_bodies(world, opened, relay):
    worlds.national_bodies()
    deadlines.open_duties(today=clock.today())
    journey = Journey(world, opened, relay)
    manager = journey.at_the_desk("gwen")
    begin(manager)
    write(journey, manager)
    add_a_picture(manager)
    answer_the_guidance(journey, manager)
    show_an_effect(manager)
    are_challenged_and_answer(journey, manager)
    mend_and_send(manager)
    return_it_from_a_phone(journey)
    send_it_again(journey, manager)
    sign_on_phones(journey)
    publish(journey, manager)
    read_it_without_signing_in(journey)
    follow_it_to_the_national_bodies(journey, manager)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def said(page: Page, words: str) -> None:
    """The page tells this, somewhere in its main part."""
    expect(page.locator("main")).to_contain_text(words)


def begin(page: Page) -> None:
    needs = page.get_by_role("region", name="Needs you")
    expect(needs).to_contain_text("Begin the yearly report 2025-26")
    expect(needs).to_contain_text("30 September 2026")
    look(page, "home-before")
    follow(page, "Begin the yearly report 2025-26")
    page.get_by_label("2025-26").check()
    press(page, "Begin it")
    said(page, f"{REPORT} is begun.")
    said(page, "It is your turn")
    look(page, "document-begun")


def write(journey: Journey, page: Page) -> None:
    follow(page, "The year at a glance")
    page.get_by_label("Text of this section").fill(texts.GLANCE)
    press(page, "Save and preview")
    preview = page.get_by_role("region", name="How this section would be published")
    expect(preview.get_by_role("table").first).to_contain_text("1,655")
    expect(preview.get_by_role("heading", name="What the year was about")).to_be_visible()
    look(page, "section-preview")
    draft = journey.newest
    for section in draft.sections.exclude(key__in=["year_at_a_glance", "voice"]):
        worlds.write(section, f"What we say about {section.title.lower()}.", journey.world.gwen)


def add_a_picture(page: Page) -> None:
    follow(page, "Back to the list of sections")
    follow(page, "Pictures")
    drawing = {"name": "panel.png", "mimeType": "image/png", "buffer": texts.picture()}
    page.get_by_label("Picture", exact=True).set_input_files(drawing)
    page.get_by_label("Caption (optional)").fill("Drawn by the young people's panel")
    press(page, "Add the picture")
    expect(page.get_by_role("alert")).to_contain_text("Describe the picture for people who cannot see it.")
    expect(page.get_by_label("Caption (optional)")).to_have_value("Drawn by the young people's panel")
    look(page, "picture-refused")
    page.get_by_label("Picture", exact=True).set_input_files(drawing)
    page.get_by_label("What does the picture show?").fill(texts.ALT)
    press(page, "Add the picture")
    said(page, "Picture 1 is added.")
    expect(page.get_by_alt_text(texts.ALT)).to_be_visible()
    look(page, "picture-added")
    follow(page, "Back to the document")


def answer_the_guidance(journey: Journey, page: Page) -> None:
    document = page.url
    follow(page, "Priorities and impact")
    follow(page, "Mark which passage answers what")
    page.get_by_label("YR-01:").first.check()
    page.get_by_label("YR-02:").first.check()
    look(page, "answers")
    press(page, "Save the marks")
    said(page, "2 marks are changed.")
    expect(page.get_by_label("YR-01:").first).to_be_checked()
    follow(page, "Back to the section")
    follow(page, "YR-01")
    said(page, "You marked this passage yourself. Somebody else has to confirm it.")
    partner = journey.on_the_phone("dev")
    partner.goto(page.url.replace("YR-01/", ""))
    said(partner, "2 musts have neither a confirmed passage nor an explanation.")
    partner.get_by_label("How strongly it is asked").select_option(label="Must")
    press(partner, "Show")
    expect(partner).to_have_url(re.compile("level=must"))  # the page that was asked for, and not the one before
    look(partner, "requirements-phone")
    for requirement in ("YR-01", "YR-02"):
        partner.locator("main").get_by_role("link", name=requirement).first.click()
        partner.get_by_role("button", name="Confirm").click()
        said(partner, f"You confirmed a passage as the answer to {requirement}.")
        follow(partner, "Back to all requirements")
    look(partner, "requirement-confirmed-phone")
    said(partner, "Every must has a confirmed passage or an explanation.")
    page.goto(document)


def show_an_effect(page: Page) -> None:
    document = page.url
    follow(page, "Checks before sending")
    page.locator("main").get_by_role("link", name="The draft tells what was done and marks nothing").click()
    said(page, "This stops the sending for sign-off")
    follow(page, "Priorities and impact")
    page.get_by_role("radio", name="Effect").first.check()
    press(page, "Save the marks")
    said(page, "1 passage is marked anew.")
    page.get_by_role("link", name="For whom, and how you know").first.click()
    page.get_by_label("For whom is it different?").fill("Families who asked for help")
    press(page, "Save")
    follow(page, "Add evidence")
    page.get_by_label("A survey").check()
    page.get_by_label("What was so before?").fill("58 of 120 families")
    page.get_by_label("What is so now?").fill("82 of 120 families")
    page.get_by_label("Which period is it about?").fill("2025-26")
    page.get_by_label("Where does it come from?").fill("Survey by a charity")
    press(page, "Add the evidence")
    expect(page.get_by_role("alert")).to_contain_text("Say what it does not show.")
    expect(page.get_by_label("What is so now?")).to_have_value("82 of 120 families")
    page.get_by_label("What does it not show?").fill("What the others would have needed.")
    press(page, "Add the evidence")
    said(page, "58 of 120 families")
    look(page, "effect-with-evidence")
    follow(page, "Back to all effects")
    said(page, "Nothing on this list.")
    page.goto(document)


def are_challenged_and_answer(journey: Journey, manager: Page) -> None:
    scrutineer = journey.at_the_desk("femi")
    scrutineer.goto(manager.url)
    follow(scrutineer, "Challenges and answers")
    follow_button(scrutineer, "Raise a challenge")
    scrutineer.get_by_label("What it is about").select_option(label="The year at a glance")
    scrutineer.get_by_label("Your challenge").fill("Who asked the 140 families?")
    press(scrutineer, "Raise the challenge")
    said(scrutineer, "Challenge 1 is raised.")
    look(scrutineer, "challenge-raised")

    manager.reload()
    follow(manager, "Checks before sending")
    said(manager, "2 things have to be mended")
    said(manager, "Challenge 1 from the independent scrutineer has no answer yet.")
    look(manager, "checks")

    partner = journey.on_the_phone("dev")
    follow(partner, f"Answer challenge 1 on {REPORT}")
    follow_button(partner, "Answer challenge 1")
    partner.get_by_role("radio").first.check()
    partner.get_by_label("Your answer").fill("A charity that had not helped them asked.")
    look(partner, "challenge-answer-phone")
    press(partner, "Answer the challenge")
    said(partner, "Your answer to challenge 1 is on record.")


def follow_button(page: Page, name: str) -> None:
    """A link that is drawn as a button."""
    page.locator("a.govuk-button", has_text=name).first.click()


def mend_and_send(page: Page) -> None:
    page.reload()
    said(page, "One thing has to be mended")
    page.locator("main").get_by_role("link", name="The voice of children and families").click()
    expect(page.get_by_label("Text of this section")).to_be_in_viewport()
    page.get_by_label("Text of this section").fill(texts.WITH_PICTURE)
    press(page, "Save")
    said(page, "“The voice of children and families” is saved.")
    follow(page, "Back to the list of sections")
    follow(page, "Checks before sending")
    said(page, "Everything is ready.")
    follow_button(page, "Go on to send it for sign-off")
    said(page, "The text is frozen as it stands")
    said(page, "Ashdown Police: Cerys")
    look(page, "send")
    press(page, "Send for sign-off")
    said(page, "They have been asked to sign.")
    said(page, "Signatures: 0 of 3")
    look(page, "document-in-sign-off")


def return_it_from_a_phone(journey: Journey) -> None:
    documents.render_missing()
    first = journey.on_the_phone("amina")
    sign(first, "Ashdown Council", "This seat has not signed an earlier version.")
    health = journey.on_the_phone("ben")
    follow(health, f"Read and sign {REPORT} for NHS Ashdown Integrated Care Board")
    follow(health, "Return it with a reason")
    press(health, "Return the yearly report")
    expect(health.get_by_role("alert")).to_contain_text("Say what has to change")
    health.get_by_label("What has to change?").fill("Say how many of the families were asked twice.")
    said(health, "That signature stays with it")
    look(health, "return-phone")
    press(health, "Return the yearly report")
    said(health, "Version 1 is returned. Version 2 continues from its text.")
    told = {message_from_bytes(row)["To"] for row in journey.post()}
    assert {journey.world.people[name].email for name in ("amina", "ben", "cerys", "dev", "gwen")} <= told


def send_it_again(journey: Journey, page: Page) -> None:
    page.goto("/")
    said(page, "Say how many of the families were asked twice.")
    follow(page, f"Mend {REPORT}")
    said(page, "Version 1 came back. Ben wrote:")
    look(page, "document-returned")
    follow(page, "The year at a glance")
    field = page.get_by_label("Text of this section")
    assert field.input_value().startswith("## What the year was about")
    field.fill(texts.GLANCE.replace("140 families", "140 families, 38 of them twice"))
    press(page, "Save")
    follow(page, "Back to the list of sections")
    follow(page, "Send for sign-off")
    press(page, "Send for sign-off")
    said(page, "Signatures: 0 of 3")
    documents.render_missing()


def sign(page: Page, agency: str, changed: str) -> None:
    follow(page, f"Read and sign {REPORT} for {agency}")
    said(page, f"You sign as lead safeguarding partner for {agency}")
    said(page, changed)
    look(page, f"sign-{agency}")
    press(page, f"Sign the yearly report for {agency}")
    expect(page.get_by_role("alert")).to_contain_text("Select whether you approve it with or without a reservation.")
    expect(page.get_by_role("alert")).to_contain_text("Tick the statement if you agree with it.")
    page.get_by_label("I approve it", exact=True).check()
    page.get_by_role("checkbox").check()
    press(page, f"Sign the yearly report for {agency}")
    said(page, "You have signed")
    look(page, f"signed-{agency}")


def sign_on_phones(journey: Journey) -> None:
    first = journey.on_the_phone("amina")
    follow(first, f"Read and sign {REPORT} for Ashdown Council")
    follow(first, "Read what changed since then")
    expect(first.locator("ins").first).to_contain_text("38")
    look(first, "compare-phone")
    first.goto("/")
    sign(first, "Ashdown Council", "This seat signed version 1, which was returned")
    said(first, "Still to sign: Ashdown Police, NHS Ashdown Integrated Care Board")
    health = "NHS Ashdown Integrated Care Board"
    sign(journey.on_the_phone("ben"), health, "This seat was last asked to sign version 1, which was returned")
    last = journey.on_the_phone("cerys")
    sign(last, "Ashdown Police", "This seat was last asked to sign version 1, which was returned")
    said(last, "Every seat has signed. The business manager publishes it")


def publish(journey: Journey, page: Page) -> None:
    page.goto("/")
    follow(page, f"Propose to publish {REPORT}")
    said(page, "The final PDF")
    look(page, "publish-waits")
    documents.render_missing()
    follow_button(page, "Look again")
    said(page, f"/published/{journey.world.area.slug}/yearly-report/2025-26/")
    look(page, "publish")
    page.get_by_label("As soon as a second person confirms it").check()
    press(page, "Propose to publish the yearly report")
    said(page, "It is proposed.")
    chair = journey.on_the_phone("eve")
    chair.goto("/")
    follow(chair, f"Agree or decline to publish it: {REPORT}, version {journey.newest.number}")
    look(chair, "confirm-publication")
    press(chair, "Agree to publish it")
    said(chair, "You agreed. It is done")
    page.goto(f"/areas/{journey.world.area.slug}/yearly-report/2025-26/")


def read_it_without_signing_in(journey: Journey) -> None:
    reader = journey.opened(**PHONE_SCREEN)
    answer = reader.goto(f"/published/{journey.world.area.slug}/yearly-report/2025-26/")
    assert answer and answer.ok
    expect(reader.get_by_role("heading", level=1)).to_contain_text(REPORT)
    said(reader, "38 of them twice")
    said(reader, "Who asked the 140 families?")
    reader.get_by_text("Show each requirement and where it is answered").click()
    reader.get_by_role("link", name="(Priorities and impact)").first.click()
    expect(reader.get_by_text("What we say about priorities and impact.")).to_be_in_viewport()
    said(reader, "A charity that had not helped them asked.")
    reader.get_by_role("link", name="How 5.1 is known").click()
    expect(reader.get_by_text("What the others would have needed.")).to_be_in_viewport()
    for name in ("Amina", "Ben", "Cerys"):
        said(reader, name)
    expect(reader.get_by_alt_text(texts.ALT)).to_have_js_property("complete", True)
    fingerprint = journey.newest.sha256
    assert fingerprint
    expect(reader.locator("main")).to_contain_text(fingerprint[:4])
    look(reader, "public-phone")
    follow(reader, "Who signed")
    expect(reader.get_by_role("heading", name="Who signed")).to_be_in_viewport()
    link = reader.get_by_role("link", name="Download as a PDF").get_attribute("href") or ""
    words = words_of(reader.request.get(link).body())
    for expected in (REPORT, "Amina", "Ben", "Cerys", "38 of them twice"):
        assert expected in words
    reader.set_viewport_size(WIDE)
    look(reader, "public-wide")


def words_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def follow_it_to_the_national_bodies(journey: Journey, page: Page) -> None:
    sent = [message_from_bytes(row, policy=policy.default) for row in journey.post()]
    told = [row for row in sent if row["To"] in ("national-panel@practice.example", "foundations@practice.example")]
    assert sorted(row["To"] for row in told) == ["foundations@practice.example", "national-panel@practice.example"]
    for message in told:
        (attached,) = message.iter_attachments()
        assert attached.get_content_type() == "application/pdf"
        assert REPORT in words_of(attached.get_content())
    assert reports.follow_submissions() == 2

    page.reload()
    assert page.get_by_role("link", name="Send to ").count() == 2
    page.goto(f"/areas/{journey.world.area.slug}/duties/")
    met = page.locator("main").get_by_role("listitem").filter(has_text="submitted 2025-26").first
    expect(met).to_contain_text("Published: 14 September 2026")
    expect(met).not_to_contain_text("not yet")
    look(page, "duties-met")
    page.goto(f"/areas/{journey.world.area.slug}/submissions/")
    look(page, "submissions")
    page.goto(f"/areas/{journey.world.area.slug}/timeline/")
    look(page, "timeline")
    for told_there in ("Amina signed", "Ben returned", "Gwen sent", "Gwen published"):
        said(page, told_there)
    follow(page, "Next page")
    said(page, "Gwen began Yearly report 2025-26")
