"""Signing in through one's own organisation in a real browser, by keyboard alone: there, back, and refused."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partnership.accounts import invitations
from partnership.accounts.models import OrganisationIdentity
from partnership.areas.roles import Office
from tests import worlds
from tests.apps.accounts.conftest import provider
from tests.apps.accounts.fake_provider import FakeProvider
from tests.apps.accounts.journeys import set_up
from tests.browser.looking import HOME, PHONE, WIDE, look, sign_in
from tests.browser.test_ways import reach

__all__ = ["provider"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WITH = "Sign in with Marlbridge Council"


@pytest.fixture
def marlbridge(transactional_db, provider: FakeProvider, live_server, settings) -> FakeProvider:
    """Marlbridge Council, whose sign-in knows the address of this test's server; and another that is only listed."""
    settings.PUBLIC_ADDRESS = live_server.url
    set_up(provider)
    set_up(provider, "eastvale", tenant="tenant-2")
    return provider


@pytest.fixture
def invitation(marlbridge: FakeProvider) -> str:
    """The path of Jo's invitation."""
    jo = worlds.person("Jo")
    jo.set_unusable_password()
    jo.save()
    worlds.appoint(jo, Office.BUSINESS_SUPPORT, worlds.area("Marlbridge"))
    return urlsplit(invitations.make(jo).link).path


def see(page: Page, name: str) -> None:
    """At both widths."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        look(page, f"{name}-{size['width']}")


def press(page: Page, name: str, role: str = "button") -> None:
    reach(page, name, role)
    page.keyboard.press("Enter")


def through(page: Page, provider: FakeProvider, first: str = WITH) -> None:
    """From the button here to the organisation's page, and from its button back."""
    press(page, first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Continue to Marlbridge Council")
    see(page, "organisation-lead-on")
    press(page, "Continue to Marlbridge Council")
    page.wait_for_url(f"{provider.url}/authorize**")
    press(page, f"Sign in as {provider.subject}")


def give_code(page: Page) -> None:
    """The second factor, which the organisation does not stand in for."""
    page.wait_for_url("**/2fa/authenticate/**")
    reach(page, "Code", "textbox")
    page.keyboard.type(worlds.code())
    page.keyboard.press("Enter")
    page.wait_for_url(HOME)


def test_an_invitation_is_accepted_there_and_then_the_organisation_signs_in(
    opened: Callable[..., Page], marlbridge: FakeProvider, invitation: str
):
    page = opened(viewport=WIDE)
    page.goto(invitation)
    see(page, "organisation-invitation")
    through(page, marlbridge)
    page.wait_for_url("**/2fa/authenticate/**")
    expect(page.locator("main")).to_contain_text("From now on Marlbridge Council signs you in.")
    give_code(page)
    page.goto("/account/logout/")
    press(page, "Sign out")
    page.wait_for_url("**/account/login/")
    see(page, "organisation-sign-in")
    press(page, "Sign in with your organisation", "link")
    page.wait_for_url("**/people/organisations/")
    see(page, "organisation-list")
    through(page, marlbridge)
    give_code(page)

    expect(page.locator(".app-header__who")).to_contain_text("Jo")
    assert OrganisationIdentity.objects.get().user.name == "Jo"


def test_an_unknown_person_is_refused_and_told_what_to_do(opened: Callable[..., Page], marlbridge: FakeProvider):
    marlbridge.subject = "somebody-unknown"
    page = opened(viewport=WIDE)
    page.goto("/people/organisations/")
    through(page, marlbridge)
    page.wait_for_url("**/answer/**")

    expect(page.locator("main")).to_contain_text("open the link in your invitation first")
    see(page, "organisation-refused")
    page.goto("/")
    page.wait_for_url("**/account/login/**")


def test_an_organisation_is_added_to_an_account_and_removed_again(
    opened: Callable[..., Page], marlbridge: FakeProvider
):
    page = sign_in(opened(viewport=WIDE), worlds.person("Jo"))
    page.goto(reverse("mfa_index"))
    see(page, "organisation-account")
    press(page, "Change the organisations that open your account", "link")
    page.wait_for_url("**/me/organisations/")
    see(page, "organisation-identities-none")
    through(page, marlbridge, "Add Marlbridge Council")
    page.wait_for_url("**/me/organisations/")
    expect(page.locator("main")).to_contain_text("Marlbridge Council now opens your account as well.")
    see(page, "organisation-identities")
    press(page, "Remove Marlbridge Council", "link")
    page.wait_for_url("**/remove/**")
    see(page, "organisation-remove")
    press(page, "Remove Marlbridge Council")
    page.wait_for_url("**/me/organisations/")

    expect(page.locator("main")).to_contain_text("Marlbridge Council no longer opens your account.")
    assert not OrganisationIdentity.objects.exists()
