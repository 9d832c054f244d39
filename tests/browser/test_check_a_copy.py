"""A copy is checked in the browser: with script nothing of it leaves the machine, without script it is sent and forgotten."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnership.documents.kinds import address_of
from partnership.files import services as files
from tests import worlds
from tests.browser.looking import PHONE, look

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def copy():
    version = worlds.published(worlds.area_with_its_cast())
    data = files.read(version.renditions.get(kind="final").file)
    return version, {"name": "report.pdf", "mimeType": "application/pdf", "buffer": data}


def test_with_script_only_the_fingerprint_leaves_the_browser(copy, opened):
    version, file = copy
    page, sent = opened(viewport=PHONE), []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(reverse("public:check"))
    expect(page.get_by_text("The file stays on your device")).to_be_visible()
    look(page, "check a copy")
    page.get_by_label("The copy").set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="This copy is genuine")).to_be_visible()
    look(page, "a genuine copy")
    assert "POST" not in sent
    page.get_by_role("link", name=f"Read {version.document.title}").click()
    assert page.url.endswith(
        reverse("public:document", args=[version.document.area.slug, address_of(version.document)])
    )


def test_without_script_the_file_is_sent_and_told(copy, opened):
    _, file = copy
    page = opened(viewport=PHONE, java_script_enabled=False)
    page.goto(reverse("public:check"))
    page.get_by_label("The copy").set_input_files({**file, "buffer": file["buffer"] + b"."})
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="We do not know this copy")).to_be_visible()


def test_by_keyboard_a_printed_fingerprint_is_typed_and_told(copy, opened):
    version, _ = copy
    page = opened(viewport=PHONE)
    page.goto(reverse("public:check"))
    page.get_by_label("Or its fingerprint").focus()
    page.keyboard.type(" ".join(version.sha256[at : at + 4] for at in (0, 4, 8, 12)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This is the fingerprint of a published text")).to_be_visible()
