"""Sessions end after half an hour without a page and after twelve hours; what was sent then is not lost."""

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnership import clock
from partnership.accounts import jobs, sessions
from partnership.accounts.models import KeptPost
from partnership.documents import selectors
from partnership.documents.kinds import address_of
from partnership.operations import jobs as operations
from tests import worlds

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


@pytest.fixture
def later(monkeypatch):
    """Let real time go on by so many seconds."""
    return lambda seconds: monkeypatch.setattr(sessions, "real_now", lambda: time.time() + seconds)


@pytest.fixture
def gwen(client, world):
    client.force_login(world.gwen)
    client.get("/")
    return client


@pytest.fixture
def section(world):
    """The address of the foreword, and what Gwen sends to it."""
    document = worlds.begun(world)
    row = selectors.draft(document).sections.get(key="foreword")
    address = f"/areas/{world.area.slug}/{address_of(document)}/sections/foreword/"
    return address, {"body": "We thank everybody.", "explanation": "", "seen_revision": row.revision, "password": "x"}


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_after_half_an_hour_without_a_page_the_session_is_over(gwen, later):
    later(32 * MINUTE)

    response = gwen.get("/", follow=True)

    assert response.redirect_chain == [("/account/login/?next=/", 302)]
    assert "You were signed out because nothing was opened for 30 minutes" in response.content.decode()
    assert not is_signed_in(gwen)


def test_whoever_goes_on_working_stays_signed_in(gwen, later):
    for minutes in range(0, 120, 20):
        later(minutes * MINUTE)
        assert gwen.get("/").status_code == 200


def test_after_twelve_hours_the_session_is_over_however_busy(gwen, later):
    for quarters in range(47):
        later(quarters * HOUR / 4)
        assert gwen.get("/accessibility/").status_code == 200
    assert is_signed_in(gwen)
    later(12 * HOUR + 1)

    gwen.get("/accessibility/")

    assert not is_signed_in(gwen)


def test_a_jump_of_the_practice_clock_ends_nobodys_session(gwen):
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert gwen.get("/").status_code == 200


def test_staying_signed_in_begins_the_half_hour_anew(gwen, later):
    later(29 * MINUTE)
    assert gwen.post("/people/stay/").status_code == 204
    later(58 * MINUTE)

    assert gwen.get("/").status_code == 200


def test_staying_is_not_possible_once_it_is_over(gwen, later):
    later(32 * MINUTE)

    assert gwen.post("/people/stay/").status_code == 302
    assert not KeptPost.objects.exists()


def test_a_text_sent_to_a_session_that_is_over_comes_back_after_signing_in(gwen, world, section, later):
    address, sent = section
    later(32 * MINUTE)

    response = gwen.post(address, sent, follow=True, headers={"referer": f"http://testserver{address}"})

    assert "What you sent is kept: sign in, and you can send it." in response.content.decode()
    kept = KeptPost.objects.get()
    assert (kept.user, kept.path, kept.page) == (world.gwen, address, address)
    assert dict(kept.fields) == {name: str(value) for name, value in sent.items() if name != "password"}
    later(0)
    gwen.post("/account/login/", {"login": world.gwen.email, "password": worlds.PASSWORD})
    entered = gwen.post("/account/2fa/authenticate/", {"code": worlds.code()})
    assert entered.url == "/people/kept/"
    page = gwen.get(entered.url).content.decode()
    assert "Nothing is lost" in page
    assert "We thank everybody." in page
    assert f'action="{address}"' in page
    gwen.post(address, {**dict(kept.fields), "kept_post": kept.pk})
    assert "We thank everybody." in gwen.get(address).content.decode()
    assert not KeptPost.objects.exists()


def test_what_was_refused_when_it_was_sent_again_is_still_kept(gwen, world):
    kept = keep(world.gwen, path="/areas/nowhere/documents/begin/yearly-report/")

    assert gwen.post(kept.path, {"label": "2025-26", "kept_post": kept.pk}).status_code == 404

    assert KeptPost.objects.filter(pk=kept.pk).exists()


def test_nobody_else_sees_sends_or_discards_what_was_kept(world):
    kept = keep(world.gwen)
    dev = Client()
    dev.force_login(world.dev)

    assert "A long thought" not in dev.get("/people/kept/").content.decode()
    assert dev.post(f"/people/kept/{kept.pk}/discard/").status_code == 404
    dev.post("/practice/run/", {"kept_post": kept.pk})
    assert KeptPost.objects.filter(pk=kept.pk).exists()


def test_it_can_be_discarded(gwen, world):
    kept = keep(world.gwen)

    gwen.post(f"/people/kept/{kept.pk}/discard/")

    assert not KeptPost.objects.exists()


def test_what_is_too_long_is_not_kept_and_that_is_said(gwen, section, later):
    address, sent = section
    later(32 * MINUTE)

    response = gwen.post(address, {**sent, "body": "a" * 300_001}, follow=True)

    assert "What you sent could not be kept." in response.content.decode()
    assert not KeptPost.objects.exists()


def test_a_file_is_not_kept_and_the_page_says_so(gwen, world, later):
    document = worlds.begun(world)
    address = f"/areas/{world.area.slug}/{address_of(document)}/pictures/"
    later(32 * MINUTE)

    gwen.post(address, {"alt": "Three people at a table.", "picture": SimpleUploadedFile("a.png", b"x")})

    kept = KeptPost.objects.get()
    assert dict(kept.fields) == {"alt": "Three people at a table."}
    assert kept.had_files


@pytest.mark.parametrize("path", ["/account/2fa/totp/activate/", "/account/password/change/"])
def test_nothing_that_is_sent_to_the_account_is_kept(gwen, path, later):
    later(32 * MINUTE)

    gwen.post(path, {"oldpassword": "a", "password1": "b", "code": "123456", "note": "x"})

    assert not KeptPost.objects.exists()


def test_a_forged_post_is_not_kept(world, section, later):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.gwen)
    client.get("/")
    later(32 * MINUTE)

    assert client.post(section[0], section[1]).status_code == 403

    assert not KeptPost.objects.exists()


def keep(user, path="/practice/run/"):
    return KeptPost.objects.create(
        user=user,
        path=path,
        page=path,
        fields=[["body", "A long thought"]],
        good_until=clock.now() + timedelta(hours=24),
    )


def test_what_nobody_sent_again_is_deleted_after_a_day(world):
    keep(world.gwen)
    with clock.frozen(clock.now() + timedelta(hours=23)):
        assert jobs.delete_kept_posts() == 0
    with clock.frozen(clock.now() + timedelta(hours=24)):
        assert jobs.delete_kept_posts() == 1
        assert jobs.delete_kept_posts() == 0


def test_the_minute_deletes_what_was_kept_too_long(world):
    keep(world.gwen)

    with clock.frozen(clock.now() + timedelta(hours=25)):
        operations.sweep()

    assert not KeptPost.objects.exists()
