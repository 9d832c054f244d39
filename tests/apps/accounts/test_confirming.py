"""Confirming who one is again before what counts, and that what was typed meanwhile is there afterwards."""

import time

import pytest
from django.urls import reverse

from partnership.accounts import sessions
from partnership.accounts.models import KeptPost
from partnership.documents import services
from partnership.documents.kinds import address_of
from partnership.documents.models import SignOff
from partnership.documents.workflow import Status
from tests import worlds

pytestmark = pytest.mark.django_db
ELEVEN_MINUTES = 11 * 60
CONFIRM = "/account/2fa/reauthenticate/"


@pytest.fixture
def version(world):
    return worlds.in_sign_off(world)


@pytest.fixture
def signing(client, world, version):
    """Amina's page for signing, and its address; she confirmed who she is a moment ago."""
    client.force_login(world.amina)
    return reverse("documents:sign", args=[world.area.slug, address_of(version.document), 1, world.council.pk])


@pytest.fixture
def later(monkeypatch):
    """Let real time go on by so many seconds."""
    return lambda seconds: monkeypatch.setattr(sessions, "real_now", lambda: time.time() + seconds)


def signature(version):
    return {"seen_sha256": version.sha256, "agree": "on", "position": "approve"}


def test_within_ten_minutes_nothing_is_asked_again(client, signing, later):
    later(9 * 60)

    assert client.get(signing).status_code == 200


def test_after_ten_minutes_signing_asks_who_it_is_and_comes_back(client, signing, later):
    later(ELEVEN_MINUTES)

    asked = client.get(signing)
    assert asked.url == f"{CONFIRM}?next={signing.replace('/', '%2F')}"
    later(0)
    confirmed = client.post(asked.url, {"code": worlds.code()})

    assert confirmed.url == signing
    page = client.get(signing).content.decode()
    assert "You have confirmed with your second factor that it is you." in page


def test_a_password_confirms_nothing(client, world, signing, later):
    later(ELEVEN_MINUTES)

    refused = client.post(f"/account/reauthenticate/?next={signing}", {"password": worlds.PASSWORD})

    assert refused.url.startswith(CONFIRM)
    assert client.get(signing).url.startswith(CONFIRM)


def test_a_signature_that_came_too_late_is_kept_and_can_be_sent_after_confirming(
    client, world, version, signing, later
):
    later(ELEVEN_MINUTES)
    asked = client.post(signing, signature(version))
    assert not SignOff.objects.exists()
    later(0)

    back = client.post(asked.url, {"code": worlds.code()})

    assert back.url == "/people/kept/"
    kept = KeptPost.objects.get()
    assert dict(kept.fields) == signature(version)
    page = client.get(back.url).content.decode()
    assert version.sha256 in page
    assert "You were about to sign Yearly report 2025-26 for Ashdown Council. This has not been done" in page
    assert page.index("This has not been done") < page.index(">Sign Yearly report 2025-26 for Ashdown Council<")
    signed = client.post(signing, {**dict(kept.fields), "kept_post": kept.pk})
    assert signed.status_code == 302
    assert SignOff.objects.get().signed_by == world.amina
    assert not KeptPost.objects.exists()


def test_whoever_pressed_agree_is_told_that_nothing_is_agreed_yet_and_the_next_button_agrees(client, world, later):
    version = worlds.signed(world)
    proposal = services.propose_publication(version=version, by=world.gwen)
    where = reverse("documents:proposal", args=[world.area.slug, address_of(version.document), 1, proposal.pk])
    client.force_login(world.eve)
    later(ELEVEN_MINUTES)
    asked = client.post(where, {"outcome": "agreed"})
    act = "agree to what Gwen proposed for Yearly report 2025-26, to publish it"
    assert f"Not done yet: to {act}." in client.get(asked.url).content.decode()
    later(0)

    back = client.post(asked.url, {"code": worlds.code()})

    page = client.get(back.url).content.decode()
    assert f"You were about to {act}. This has not been done, and nothing is changed" in page
    assert page.index("This has not been done") < page.index("</form>")
    version.refresh_from_db()
    assert version.status == Status.SIGNED
    kept = KeptPost.objects.get()
    client.post(kept.path, {**dict(kept.fields), "kept_post": kept.pk})
    version.refresh_from_db()
    assert version.status == Status.PUBLISHED


def test_what_is_sent_again_too_late_is_kept_once(client, version, signing, later):
    later(ELEVEN_MINUTES)
    client.post(signing, signature(version))

    client.post(signing, {**signature(version), "kept_post": KeptPost.objects.get().pk})

    assert KeptPost.objects.count() == 1
    assert dict(KeptPost.objects.get().fields) == signature(version)


def test_publishing_asks_again(client, world, later):
    version = worlds.signed(world)
    client.force_login(world.gwen)
    later(ELEVEN_MINUTES)

    response = client.post(reverse("documents:publish", args=[world.area.slug, address_of(version.document), 1]))

    version.refresh_from_db()
    assert response.url.startswith(CONFIRM)
    assert version.status == Status.SIGNED


@pytest.mark.parametrize("name", ["send_again", "settle"])
def test_sending_to_a_national_body_again_asks_again(client, world, later, name):
    version = worlds.published(world)
    client.force_login(world.gwen)
    later(ELEVEN_MINUTES)

    submission = version.submissions.first()
    response = client.post(reverse(f"submissions:{name}", args=[world.area.slug, submission.pk]), {"outcome": "sent"})

    assert response.url.startswith(CONFIRM)


def test_whoever_may_not_publish_is_told_so_at_once_and_nothing_is_kept(client, world, later):
    version = worlds.signed(world)
    client.force_login(world.dev)
    later(ELEVEN_MINUTES)

    response = client.post(reverse("documents:publish", args=[world.area.slug, address_of(version.document), 1]))

    assert response.status_code == 403
    assert not KeptPost.objects.exists()


def test_a_new_password_for_a_passkey_account_asks_again(client, world, later):
    client.force_login(world.amina)
    later(ELEVEN_MINUTES)

    assert client.get("/account/password/set/").url.startswith(CONFIRM)


def test_removing_a_factor_asks_again(client, world, later, monkeypatch):
    monkeypatch.setattr(sessions, "real_now", time.time)
    client.force_login(world.amina)
    later(ELEVEN_MINUTES)

    assert client.get("/account/2fa/recovery-codes/generate/").url.startswith(CONFIRM)
