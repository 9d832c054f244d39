"""The register on paper, and a list of members from the file to the register, without JavaScript."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from tests.apps.areas import lists
from tests.browser.looking import WIDE, faults, let_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
A4 = {"width": 718, "height": 1046}  # the printable part, in the pixels of a browser


def test_the_register_prints_whole_with_its_day_and_without_what_can_only_be_clicked(world, opened):
    page = let_in(opened(viewport=A4), world.gwen)
    page.goto(f"/areas/{world.area.slug}/people/?on=2026-08-31")
    page.emulate_media(media="print")
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    buttons = [button for button in page.locator("button, .govuk-button").all() if button.is_visible()]

    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages).split())

    assert "Ashdown Safeguarding Children Partnership People on 31 August 2026" in text
    assert all(world.people[name].email in text for name in ("amina", "ben", "cerys", "dev", "eve", "femi", "gwen"))
    assert not [
        words for words in ("Download", "Show this day", "Sign out", "Practice area", "/areas/") if words in text
    ]
    assert not buttons
    assert wide <= A4["width"]


def test_a_list_is_uploaded_mended_looked_at_and_recorded_without_javascript(world, opened):
    page = let_in(opened(viewport=WIDE, java_script_enabled=False), world.gwen)
    page.goto(f"/areas/{world.area.slug}/people/")
    page.get_by_role("link", name="Record people from a list").click()
    choose(page, "members.csv", b"Name\0")
    expect(page.get_by_role("link", name="The file is no list as CSV")).to_be_visible()
    choose(page, "members.xlsx", lists.saved(lists.workbook(lists.row(), lists.row(office="Wizard"))))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the list")
    page.get_by_role("button", name="Record the 1 row without errors").click()

    expect(page.locator("main")).to_contain_text("1 appointment is recorded.")
    expect(page.locator("#row-3")).to_contain_text("“Wizard” is no office")
    assert Appointment.objects.get(office=Office.BUSINESS_SUPPORT).person.name == "Nia Rees"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_value_without_an_end_pushes_no_problem_out_of_sight(world, opened, width):
    page = let_in(opened(viewport={"width": width, "height": 900}), world.gwen)
    page.goto(f"/areas/{world.area.slug}/people/import/")
    endless = "Maximilian" * 30
    told = {"name": endless, "email": endless, "agency": endless, "job_title": endless, "reason": endless}
    choose(page, f"{'list' * 29}.csv", lists.as_csv(lists.row(**told), lists.row(office=endless, since=endless)))
    table = page.locator(".app-scroll").bounding_box()
    inside = page.locator(".app-scroll").evaluate("box => box.scrollWidth")

    assert not faults(page)
    assert inside <= max(table["width"], 900)
    assert all(
        problem.bounding_box()["width"] <= table["width"] for problem in page.locator(".govuk-error-message").all()
    )
    expect(page.get_by_text("(300 characters)").first).to_be_visible()
    page.locator("#row-2 summary").first.click()
    assert endless in page.locator("#row-2 details").first.inner_text()


def choose(page, name: str, data: bytes) -> None:
    page.get_by_label("The list").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    with page.expect_navigation():  # what is looked at is the answer, never the page on its way out
        page.get_by_role("button", name="Upload and check").click()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_list_that_was_refused_is_accessible_and_fits(world, opened, width):
    page = let_in(opened(viewport={"width": width, "height": 900}), world.gwen)
    page.goto(f"/areas/{world.area.slug}/people/import/")
    choose(page, "members.csv", b"Name\0")

    assert not faults(page)
