"""Every way in, by the keyboard alone: invitations, passkeys, codes; confirming again; and the end of a session."""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partnership.accounts import services, sessions
from partnership.accounts.models import KeptPost, User
from partnership.areas.roles import Office
from partnership.documents import selectors
from partnership.documents.kinds import address_of, kind
from tests import worlds
from tests.browser.keyboard import follow, press, reach, type_into
from tests.browser.looking import HOME, PHONE, WIDE, let_in, look

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASSWORD = "four words none related"
MINUTE = 60


@pytest.fixture
def later(monkeypatch):
    """Let real time go on for the server by so many seconds."""
    return lambda seconds: monkeypatch.setattr(sessions, "real_now", lambda: time.time() + seconds)


def with_passkeys(page: Page) -> Page:
    """A device that unlocks itself at once, such as a phone with a fingerprint."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def see(page: Page, name: str) -> None:
    """Accessible and fitting at both widths."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        look(page, f"{name}-{size['width']}")


def said(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def invitation(world) -> tuple[User, str]:
    """Somebody new, and the path of their link."""
    user = services.invite(email="jo.bell@example.org", name="Jo Bell", by=world.gwen)
    worlds.appoint(user, Office.BUSINESS_SUPPORT, world.area)
    return user, re.sub(r"^https?://[^/]+", "", worlds.link_in_newest_letter("/people/invitations/"))


def codes_on(page: Page) -> list[str]:
    return page.locator("main .app-code li").all_inner_texts()


def test_from_an_invitation_to_a_password_and_an_app(world, opened):
    user, link = invitation(world)
    page = opened(viewport=WIDE)
    page.goto(link)
    see(page, "invitation")
    type_into(page, "Choose a password", PASSWORD)
    type_into(page, "Enter the password again", PASSWORD)
    press(page, "Choose this password")
    said(page, "Everybody here signs in with something they have")
    see(page, "second-factor")
    press(page, "Set up an app")
    page.wait_for_url("**/totp/activate/")
    see(page, "app")
    secret = page.locator(".app-code").inner_text().strip()
    type_into(page, "Code", worlds.code(secret))
    press(page, "Set up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    see(page, "recovery-codes")
    assert len(codes_on(page)) == 10
    press(page, "I have kept them: go on")
    page.wait_for_url(HOME)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    page.goto("/account/2fa/")
    said(page, "Asked for after your password")
    see(page, "account-app")


def test_from_an_invitation_to_a_passkey_without_any_password_and_in_again(world, opened):
    user, link = invitation(world)
    page = with_passkeys(opened(viewport=WIDE))
    page.goto(link)
    press(page, "Use a passkey on this device")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert len(codes_on(page)) == 10
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert user.last_means == "passkey"

    page.goto("/account/logout/")
    press(page, "Sign out")
    page.wait_for_url("**/account/login/**")
    see(page, "sign-in")
    press(page, "Sign in with a passkey")
    page.wait_for_url(HOME)

    page.goto("/account/2fa/")
    said(page, "with passkey")
    see(page, "account-passkey")
    follow(page, "Change passkeys")
    said(page, "This is your only second factor")
    see(page, "passkeys")
    follow(page, "Rename Passkey 1")
    page.wait_for_url("**/edit/")
    see(page, "passkey-rename")
    reach(page, "Name of this passkey", "textbox")
    page.keyboard.press("Control+A")
    page.keyboard.type("Work laptop")
    press(page, "Save")
    said(page, "Work laptop")
    assert page.get_by_role("link", name="Remove").count() == 0


def test_a_second_passkey_is_added_and_one_of_two_removed(world, opened):
    page = with_passkeys(let_in(opened(viewport=WIDE), world.gwen))
    page.goto("/account/2fa/webauthn/add/")
    see(page, "passkey-add")
    reach(page, "Name of this passkey", "textbox")
    page.keyboard.press("Control+A")
    page.keyboard.type("My phone")
    press(page, "Add a passkey on this device")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/2fa/totp/deactivate/")
    see(page, "app-remove")
    page.goto("/account/2fa/webauthn/")
    follow(page, "Remove My phone")
    page.wait_for_url("**/remove/")
    see(page, "passkey-remove")
    press(page, "Remove the passkey")
    said(page, "You have no passkey.")

    assert set(world.gwen.authenticator_set.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_a_passkey_that_was_not_used_is_said_and_can_be_tried_again(world, opened):
    page = opened(viewport=WIDE)
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page.goto("/account/login/")

    press(page, "Sign in with a passkey")

    expect(page.get_by_role("alert")).to_have_text(
        "The passkey was not used. Try again, or sign in with your password."
    )
    look(page, "sign-in-refused")


def test_a_password_and_a_code_need_no_javascript(world, opened):
    page = opened(viewport=WIDE, java_script_enabled=False)
    page.goto("/account/login/")
    said(page, "Signing in with a passkey needs JavaScript.")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    type_into(page, "Email address", world.gwen.email)
    type_into(page, "Password", worlds.PASSWORD)
    press(page, "Sign in")
    type_into(page, "Code", worlds.code())
    press(page, "Sign in")
    page.wait_for_url(HOME)

    page.goto("/account/2fa/webauthn/add/")
    said(page, "A passkey needs JavaScript")
    assert not page.get_by_role("button", name="Add a passkey on this device").is_visible()


def test_a_recovery_code_stands_in_for_the_app(world, opened):
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.goto("/account/2fa/recovery-codes/generate/")
    see(page, "recovery-codes-new")
    press(page, "Make new codes")
    page.wait_for_url("**/2fa/recovery-codes/")
    code = codes_on(page)[0]
    page.goto("/account/logout/")
    press(page, "Sign out")
    type_into(page, "Email address", world.gwen.email)
    type_into(page, "Password", worlds.PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/authenticate/")
    see(page, "code")
    type_into(page, "Code", code)
    press(page, "Sign in")
    page.wait_for_url(HOME)

    page.goto("/account/2fa/")
    said(page, "9 left")
    said(page, "with password and recovery code")


def test_signing_asks_again_and_the_tick_is_not_lost(world, opened, later):
    version = worlds.in_sign_off(world)
    page = let_in(opened(viewport=WIDE), world.amina)
    page.goto(reverse("documents:sign", args=[world.area.slug, address_of(version.document), 1, world.council.pk]))
    said(page, "You have confirmed with your second factor that it is you.")
    reach(page, "I approve it", "radio")
    page.keyboard.press("Space")
    reach(page, kind("yearly_report").statement, "checkbox")
    page.keyboard.press("Space")
    later(11 * MINUTE)
    press(page, "Sign the yearly report for Ashdown Council")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    see(page, "confirm")
    later(0)
    type_into(page, "Code", worlds.code())
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not done yet")
    said(page, f"You were about to sign {version.document.title} for Ashdown Council. This has not been done")
    see(page, "kept-signature")
    reach(page, f"Sign {version.document.title} for Ashdown Council {KeptPost.objects.get().page}", "button")
    page.keyboard.press("Enter")
    said(page, "You have signed")

    assert version.sign_offs.get().signed_by == world.amina


def test_a_passkey_confirms_as_well(world, opened, later):
    page = with_passkeys(let_in(opened(viewport=WIDE), world.gwen))
    page.goto("/account/2fa/webauthn/add/")
    press(page, "Add a passkey on this device")
    page.wait_for_url("**/recovery-codes/")
    page.reload()
    see(page, "recovery-codes-shown-before")
    later(11 * MINUTE)
    page.goto("/account/2fa/recovery-codes/generate/")
    follow(page, "Use a passkey instead")
    page.wait_for_url("**/webauthn/reauthenticate/**")
    see(page, "confirm-passkey")
    later(0)

    press(page, "Confirm with a passkey")

    expect(page.get_by_role("heading", level=1)).to_have_text("Make new recovery codes")


def test_a_text_written_past_the_end_of_a_session_comes_back(world, opened, later):
    document = worlds.begun(world)
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.goto(f"/areas/{world.area.slug}/{address_of(document)}/sections/foreword/")
    type_into(page, "Text of this section", "We thank everybody who worked with us.")
    later(32 * MINUTE)
    press(page, "Save")
    said(page, "What you sent is kept: sign in, and you can send it.")
    look(page, "sign-in-kept")
    later(0)
    type_into(page, "Email address", world.gwen.email)
    type_into(page, "Password", worlds.PASSWORD)
    press(page, "Sign in")
    type_into(page, "Code", worlds.code())
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not done yet")
    said(page, "We thank everybody who worked with us.")
    see(page, "kept-text")
    reach(page, f"Send it now {KeptPost.objects.get().page}", "button")
    page.keyboard.press("Enter")
    said(page, "“Foreword” is saved.")

    assert selectors.draft(document).sections.get(key="foreword").body == "We thank everybody who worked with us."
    assert not KeptPost.objects.exists()


def test_five_minutes_before_the_end_a_dialog_asks_and_gives_the_focus_back(world, opened):
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.clock.install()
    page.goto("/account/password/change/")
    reach(page, "Current password", "textbox")
    page.clock.fast_forward("24:00")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.fast_forward("01:10")
    dialog = page.get_by_role("dialog", name="You are about to be signed out")
    expect(dialog).to_be_visible()
    see(page, "stay")
    reach(page, "Stay signed in", "button")
    with page.expect_response("**/people/stay/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.name") == "oldpassword"
    page.clock.fast_forward("24:00")
    expect(dialog).to_be_hidden()


def test_when_it_is_over_the_dialog_says_so_and_leaves_the_text(world, opened):
    document = worlds.begun(world)
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.clock.install()
    page.goto(f"/areas/{world.area.slug}/{address_of(document)}/sections/foreword/")
    type_into(page, "Text of this section", "Half a sentence")
    page.clock.fast_forward("31:00")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_contain_text("What you have written on this page is still here.")
    look(page, "over")
    press(page, "Close")

    expect(page.get_by_label("Text of this section")).to_have_value("Half a sentence")


def test_the_dialog_can_sign_out(world, opened):
    page = let_in(opened(viewport=WIDE), world.gwen)
    page.clock.install()
    page.goto("/account/2fa/")
    page.clock.fast_forward("25:30")
    reach(page, "Sign out", "button")
    page.keyboard.press("Enter")

    page.wait_for_url("**/account/login/**")
