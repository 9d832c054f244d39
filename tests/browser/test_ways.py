"""Other ways through the same work: the arrangements, two areas, the keyboard alone, no JavaScript, two people at once."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partnership.areas.roles import Office
from partnership.documents import jobs as documents
from partnership.documents import selectors
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Document, Proposal, SignOff, Version
from partnership.documents.workflow import Status
from tests import worlds
from tests.answered import answer_musts
from tests.browser import places, texts
from tests.browser.keyboard import reach, type_into
from tests.browser.looking import HOME, PHONE, WIDE, let_in, look, sign_in
from tests.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ARRANGEMENTS = "Multi-agency safeguarding arrangements 2026"


def at(document: Document, name: str, *more: object) -> str:
    """The address of a page of a document."""
    return reverse(f"documents:{name}", args=[document.area.slug, address_of(document), *more])


def confirm(page: Page, document: Document) -> None:
    """A second person agrees to what was proposed."""
    row = Proposal.objects.get(version__document=document, outcome="")
    page.goto(at(document, "proposal", row.version.number, row.pk))
    page.get_by_role("button", name="Agree to publish it").click()
    expect(page.locator("main")).to_contain_text("You agreed. It is done")


def test_the_arrangements_are_begun_signed_and_published_by_the_same_pages_and_sent_to_nobody(world, opened):
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.goto(f"/areas/{world.area.slug}/documents/begin/arrangements/")
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Multi-agency safeguarding arrangements")
    expect(page.locator("main")).not_to_contain_text("Send to ")
    look(page, "arrangements-begun")
    document = Document.objects.get(area=world.area)
    for section in selectors.draft(document).sections.all():
        worlds.write(section, f"What we say about {section.title.lower()}.", world.gwen)
    answer_musts(selectors.draft(document), world.gwen, world.dev)
    page.goto(at(document, "send"))
    page.get_by_role("button", name="Send for sign-off").click()
    for name, seat in (("amina", world.council), ("ben", world.health), ("cerys", world.police)):
        partner = let_in(opened(viewport=WIDE), world.people[name])
        partner.goto(at(document, "sign", 1, seat.pk))
        partner.get_by_label("I approve it", exact=True).check()
        partner.get_by_label("I have read these arrangements").check()
        partner.get_by_role("button", name=f"Sign the arrangements for {seat.agency.name}").click()
        expect(partner.locator("main")).to_contain_text("You have signed")
    documents.render_missing()
    page.goto(at(document, "publish", 1))
    expect(page.locator("main")).to_contain_text("Nobody. It is published only.")
    page.get_by_label("As soon as a second person confirms it").check()
    page.get_by_role("button", name="Propose to publish the arrangements").click()
    confirm(let_in(opened(viewport=WIDE), world.eve), document)

    reader = opened(viewport=WIDE)
    reader.goto(f"/published/{world.area.slug}/{address_of(document)}/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Multi-agency safeguarding arrangements")
    assert Version.objects.get(document=document).submissions.count() == 0


def test_who_holds_seats_in_two_areas_signs_each_by_itself(world, opened, phone):
    worlds.in_sign_off(world)
    elsewhere = worlds.area_with_its_cast()
    worlds.appoint(world.amina, Office.LSP, elsewhere.other_area, worlds.seat(
        elsewhere.other_area, "Otherham Police", "police"
    ))  # fmt: skip
    people = {"gwen": elsewhere.harry, "dev": worlds.person("Dani")}
    worlds.appoint(people["dev"], Office.BUSINESS_SUPPORT, elsewhere.other_area)
    there = World(elsewhere.other_area, elsewhere.council, elsewhere.health, elsewhere.police, people, elsewhere.area)
    worlds.in_sign_off(there)
    sign_in(phone, world.amina)
    needs = phone.get_by_role("region", name="Needs you").get_by_role("listitem")
    expect(needs).to_have_count(2)
    look(phone, "home-two-areas-phone")
    for agency in ("Ashdown Council", "Otherham Police"):
        phone.goto("/")
        phone.get_by_role("link", name=f"Read and sign Yearly report 2025-26 for {agency}").click()
        expect(phone.locator("main")).to_contain_text(f"You sign as lead safeguarding partner for {agency}")
        phone.get_by_label("I approve it", exact=True).check()
        phone.get_by_role("checkbox").check()
        phone.get_by_role("button", name=f"Sign the yearly report for {agency}").click()
        expect(phone.locator("main")).to_contain_text("You have signed")

    signed = SignOff.objects.filter(signed_by=world.amina)
    assert sorted(signed.values_list("agency_name", flat=True)) == ["Ashdown Council", "Otherham Police"]
    assert signed.values("sha256").distinct().count() == 2


def test_signing_in_writing_signing_and_publishing_need_no_mouse(world, opened):
    draft = worlds.written(world)
    page = opened(viewport=WIDE)
    page.goto("/account/login/")
    type_into(page, "Email address", world.gwen.email)
    type_into(page, "Password", worlds.PASSWORD)
    page.keyboard.press("Enter")
    type_into(page, "Code", worlds.code())
    page.keyboard.press("Enter")
    page.wait_for_url(HOME)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"  # the skip link led there
    reach(page, "Check and send Yearly report 2025-26")
    page.keyboard.press("Enter")
    reach(page, "Foreword")
    page.keyboard.press("Enter")
    reach(page, "Text of this section", "textbox")
    page.keyboard.press("Control+A")
    page.keyboard.type("Written without a mouse.")
    reach(page, "Save", "button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("“Foreword” is saved.")
    page.goto(at(draft.document, "send"))
    reach(page, "Send for sign-off", "button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("They have been asked to sign.")

    draft.refresh_from_db()
    worlds.sign(draft, world.health, world.ben)
    worlds.sign(draft, world.police, world.cerys)
    partner = let_in(opened(viewport=WIDE), world.amina)
    partner.goto(at(draft.document, "sign", 1, world.council.pk))
    statement = kind("yearly_report").statement
    reach(partner, "I approve it", "radio")
    partner.keyboard.press("Space")
    reach(partner, statement, "checkbox")
    partner.keyboard.press("Space")
    reach(partner, "Sign the yearly report for Ashdown Council", "button")
    partner.keyboard.press("Enter")
    expect(partner.locator("main")).to_contain_text("You have signed")

    documents.render_missing()
    page.goto(at(draft.document, "publish", 1))
    reach(page, "As soon as a second person confirms it", "radio")
    page.keyboard.press("Space")
    reach(page, "Propose to publish the yearly report", "button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("It is proposed.")
    second = let_in(opened(viewport=WIDE), world.eve)
    second.goto(at(draft.document, "proposal", 1, draft.proposals.get().pk))
    reach(second, "Agree to publish it", "button")
    second.keyboard.press("Enter")
    expect(second.locator("main")).to_contain_text("You agreed. It is done")

    page.goto(at(draft.document, "correct"))
    reach(page, "Clerical: a slip, such as a wrong name, date or sum, that changes nothing the partners hold", "radio")
    page.keyboard.press("Space")
    type_into(page, "What was wrong, and what is corrected?", "A name was misspelt.")
    reach(page, "Begin a corrected version", "button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Version 2 is a clerical correction of version 1")


def test_the_work_can_be_done_without_javascript(world, opened):
    draft = worlds.written(world)
    page = sign_in(opened(java_script_enabled=False), world.gwen)
    page.goto(at(draft.document, "section", "foreword"))
    page.get_by_label("Text of this section").fill("Written without JavaScript.")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("region", name="How this section would be published")).to_contain_text("Written without")
    page.goto(at(draft.document, "pictures"))
    page.get_by_label("Picture", exact=True).set_input_files(
        {"name": "panel.png", "mimeType": "image/png", "buffer": texts.picture()}
    )
    page.get_by_label("What does the picture show?").fill(texts.ALT)
    page.get_by_role("button", name="Add the picture").click()
    expect(page.locator("main")).to_contain_text("Picture 1 is added.")
    page.goto(at(draft.document, "send"))
    page.get_by_role("button", name="Send for sign-off").click()
    for name, seat in (("amina", world.council), ("ben", world.health), ("cerys", world.police)):
        partner = sign_in(opened(java_script_enabled=False), world.people[name])
        partner.goto(at(draft.document, "sign", 1, seat.pk))
        partner.get_by_label("I approve it", exact=True).check()
        partner.get_by_role("checkbox").check()
        partner.get_by_role("button", name="Sign the yearly report").click()
        expect(partner.locator("main")).to_contain_text("You have signed")
    documents.render_missing()
    page.goto(at(draft.document, "publish", 1))
    page.get_by_label("As soon as a second person confirms it").check()
    page.get_by_role("button", name="Propose to publish the yearly report").click()
    confirm(sign_in(opened(java_script_enabled=False), world.eve), draft.document)
    assert Version.objects.get(pk=draft.pk).status == Status.PUBLISHED


def test_of_two_people_writing_at_once_the_later_sees_both_texts(world, opened):
    document = worlds.begun(world)
    gwen, dev = (let_in(opened(viewport=WIDE), world.people[name]) for name in ("gwen", "dev"))
    for page in (gwen, dev):
        page.goto(at(document, "section", "foreword"))
    gwen.get_by_label("Text of this section").fill("Gwen thanks everybody.")
    gwen.get_by_role("button", name="Save", exact=True).click()
    dev.get_by_label("Text of this section").fill("Dev thanks the young people.")
    dev.get_by_role("button", name="Save", exact=True).click()

    told = dev.get_by_role("region", name="Two texts")
    expect(told).to_contain_text("Gwen saved this section while you were writing. Nothing is lost.")
    for title, words in (("Your text, kept aside", "Dev thanks"), ("The text now, by Gwen", "Gwen thanks")):
        beside = dev.locator("div", has=dev.get_by_role("heading", name=title, exact=True)).last
        expect(beside).to_contain_text(words)
    look(dev, "two-texts")
    dev.get_by_label("Text of this section").fill("Gwen thanks everybody. Dev thanks the young people.")
    dev.get_by_role("button", name="Save", exact=True).click()
    expect(dev.locator("main")).to_contain_text("“Foreword” is saved.")
    assert selectors.draft(document).sections.get(key="foreword").body == (
        "Gwen thanks everybody. Dev thanks the young people."
    )


def test_what_is_typed_is_kept_while_it_is_typed_and_offered_when_the_page_is_opened_again(world, opened):
    document = worlds.begun(world)
    page = let_in(opened(viewport=PHONE), world.gwen)
    page.goto(at(document, "section", "foreword"))
    page.get_by_label("Text of this section").press_sequentially("Half a sentence")
    expect(page.locator("[data-kept]")).to_contain_text("not saved yet")
    page.goto(at(document, "section", "foreword"))
    kept = page.get_by_role("region", name="Not saved yet")
    expect(kept).to_contain_text("Half a sentence")
    look(page, "unsaved-phone")
    kept.get_by_role("button", name="Go on from it").click()
    expect(page.get_by_label("Text of this section")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("“Foreword” is saved.")
    assert page.get_by_role("region", name="Not saved yet").count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_among_many_areas_one_is_found_from_the_header_by_keyboard_alone(opened, size):
    made = places.many()
    page = let_in(opened(viewport=size), made.person("gwen"))
    page.goto(f"/areas/{made.area.slug}/duties/")
    page.locator("summary", has_text="Change area").focus()
    page.keyboard.press("Enter")
    look(page, f"switch-open-{size['width']}")
    page.keyboard.press("Tab")
    page.keyboard.type("shire-4")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/desk/\?q=shire-4#areas$"))
    expect(page).to_have_title(re.compile("^All areas"))
    table = page.get_by_role("region", name="How each area stands")
    expect(table.get_by_role("row")).to_have_count(2)
    table.get_by_role("link", name="Shire-4").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(" – Shire-4 – "))


def test_the_desk_is_narrowed_and_each_filter_removed_without_a_script(browser, live_server):
    made = places.many()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = let_in(context.new_page(), made.person("gwen"))
    page.goto("/desk/")
    page.get_by_label("Show").select_option("Waiting for others")
    page.get_by_label("Name of the area has").fill("shire-3")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.get_by_role("list", name="Filters in force").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("link", name="Remove the filter Waiting for others").click()
    expect(page.get_by_role("list", name="Filters in force").get_by_role("listitem")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("in 1 area")
    context.close()
