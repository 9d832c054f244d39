"""The public page of what was published is fetched once, tried again where it is not reached, and kept for good."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services
from partnership.documents.models import Ground, Version
from partnership.evidence import fetching, jobs, selectors
from partnership.evidence.models import FetchRequest, PublicFetch
from partnership.files import services as files
from partnership.operations import jobs as operations
from partnership.operations import tasks as minute
from tests import worlds
from tests.apps.documents.test_races import at_once
from tests.apps.evidence.made import corrected

pytestmark = pytest.mark.django_db
REFUSED = fetching.Answer(failure="It could not be reached.")
FETCHED = fetching.Answer(200, (("Server", "ours"),), b"<h1>Yearly report</h1>")


class Web:
    """Stands for the web: gives what it is told, and keeps what was asked of it."""

    def __init__(self, monkeypatch):
        self.answer, self.asked = FETCHED, []
        monkeypatch.setattr(fetching, "fetch", self)

    def __call__(self, address, *, expected):
        self.asked.append((address, int(expected)))
        return self.answer


@pytest.fixture
def web(monkeypatch):
    return Web(monkeypatch)


def later(**time):
    return clock.frozen(clock.now() + timedelta(**time))


def test_what_was_published_is_fetched_once_from_its_permanent_address(world, web, settings):
    settings.PUBLIC_ADDRESS = "https://partnership.example"
    version = worlds.published(world)

    assert (jobs.fetch_due(), jobs.fetch_due()) == (1, 0)

    address = f"https://partnership.example/published/{world.area.slug}/yearly-report/2025-26/"
    assert web.asked == [(address, 200)]
    row = PublicFetch.objects.get()
    assert (row.version, row.number, row.address, row.status, row.ok) == (version, 1, address, 200, True)
    assert (row.fetched_at, row.headers) == (clock.now(), [["Server", "ours"]])
    assert files.read(row.body) == FETCHED.body
    assert row.body_id == hashlib.sha256(FETCHED.body).hexdigest()
    entry = AuditEntry.objects.get(event=Event.PUBLIC_PAGE_FETCHED)
    assert (entry.data["sha256"], entry.data["status"], entry.actor_id) == (row.body_id, 200, None)


def test_what_is_not_public_is_not_asked_for(world, web):
    worlds.signed(world)

    assert jobs.fetch_due() == 0
    assert web.asked == []


def test_a_page_that_is_not_reached_is_tried_again_at_longer_and_longer_intervals(world, web):
    web.answer = REFUSED
    worlds.published(world)
    moments = []
    start = clock.now()
    for minutes in range(0, 500):
        with clock.frozen(start + timedelta(minutes=minutes)):
            before = len(web.asked)
            jobs.fetch_due()
            moments += [minutes] * (len(web.asked) - before)

    assert moments == [0, 1, 6, 21, 81, 321]
    assert [row.number for row in PublicFetch.objects.order_by("number")] == [1, 2, 3, 4, 5, 6]
    assert {(row.ok, row.failure, row.body) for row in PublicFetch.objects.all()} == {(False, REFUSED.failure, None)}
    assert AuditEntry.objects.filter(event=Event.PUBLIC_PAGE_NOT_FETCHED).count() == 1
    web.answer = FETCHED
    with later(days=1):
        assert jobs.fetch_due() == 1


def test_it_is_not_tried_for_ever(world, web):
    web.answer = REFUSED
    worlds.published(world)
    for day in range(selectors.MOST_TRIES + 5):
        with later(days=day):
            jobs.fetch_due()

    assert len(web.asked) == selectors.MOST_TRIES


def test_one_page_that_cannot_be_kept_stops_no_other(world, web, monkeypatch, caplog):
    first, other = worlds.published(world), worlds.published(world, "budget", "2026-27")
    kept = jobs._kept
    monkeypatch.setattr(jobs, "_kept", lambda version, *rest: 1 / 0 if version == first else kept(version, *rest))

    assert jobs.fetch_due() == 1
    assert PublicFetch.objects.get().version == other
    assert f"public_page_not_kept version={first.pk}" in caplog.text


def test_after_a_correction_what_it_replaced_is_asked_for_at_its_own_address_once_somebody_wants_it(world, web):
    first = worlds.published(world)
    jobs.fetch_due()
    with later(days=1):
        second = corrected(world, first)
        assert jobs.fetch_due() == 1
        assert not selectors.due(clock.now())
        first.refresh_from_db()
        FetchRequest.objects.create(version=first, asked_by=world.gwen)
        assert jobs.fetch_due() == 1
        assert jobs.fetch_due() == 0

    addresses = [address.partition("/published/")[2] for address, _ in web.asked]
    where = f"{world.area.slug}/yearly-report/2025-26/"
    assert addresses == [where, where, f"{where}editions/1/"]
    assert [row.version_id for row in PublicFetch.objects.order_by("pk")] == [first.pk, second.pk, first.pk]


def test_of_what_was_withdrawn_the_tombstone_is_the_right_answer(world, web):
    version = worlds.published(world)
    services.take_down(version=version, ground=Ground.ERROR, note="It was wrong.", by=world.eve)
    version = Version.objects.get(pk=version.pk)

    assert jobs.fetch_due() == 0
    FetchRequest.objects.create(version=version, asked_by=world.gwen)
    jobs.fetch_due()

    assert [expected for _, expected in web.asked] == [410]
    assert web.asked[0][0].endswith("/editions/1/")


def test_the_database_keeps_what_was_found_and_refuses_half_of_it(world, web):
    version = worlds.published(world)
    jobs.fetch_due()
    FetchRequest.objects.create(version=version, asked_by=world.gwen)
    good = {"version": version, "number": 2, "address": "http://here", "status": 200}
    half = (
        lambda: PublicFetch.objects.create(**good, ok=True),
        lambda: PublicFetch.objects.create(**good, ok=False),
        lambda: PublicFetch.objects.create(**{**good, "number": 1}, ok=False, failure="No."),
        lambda: PublicFetch.objects.update(failure="Another story."),
        lambda: PublicFetch.objects.all()._raw_delete("default"),
        lambda: FetchRequest.objects.update(asked_at=clock.now()),
        lambda: FetchRequest.objects.all()._raw_delete("default"),
    )

    for act in half:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert PublicFetch.objects.get().ok


def test_it_is_done_with_everything_else_that_is_due_and_by_a_queue_of_its_own(world, web, monkeypatch, settings):
    worlds.published(world)
    assert operations.run_due()["public_pages_fetched"] == 1
    assert "public_pages_fetched" not in dict(operations.SWEEP)  # another machine may be slow, and dates do not wait
    asked = []
    monkeypatch.setattr(minute, "_ask", lambda task, **options: asked.append((*options["args"], options["queue"])))
    minute.tick()
    assert ("public_pages_fetched", "pdf") in asked
    assert settings.CELERY_TASK_ROUTES["partnership.evidence.tasks.*"] == {"queue": "pdf"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_the_same_instant_keep_it_once(monkeypatch):
    world = worlds.area_with_its_cast()
    version = worlds.published(world)
    web = Web(monkeypatch)

    results = at_once(*[lambda: jobs.fetch(version)] * 4)

    assert results.count(True) == PublicFetch.objects.count() == len(set(PublicFetch.objects.values_list("number")))
    assert AuditEntry.objects.filter(event=Event.PUBLIC_PAGE_FETCHED).count() == results.count(True)
    assert len(web.asked) == 4
    assert 1 <= results.count(True) <= 4


@pytest.mark.django_db(transaction=True)
def test_the_page_that_anybody_reads_is_what_is_kept(live_server, settings):
    world = worlds.area_with_its_cast()
    settings.PUBLIC_ADDRESS = live_server.url
    version = worlds.published(world)

    assert jobs.fetch_due() == 1

    row = PublicFetch.objects.get()
    page = files.read(row.body).decode()
    assert row.status == 200
    assert version.document.title in page and "What we say about" in page
    assert "Sign out" not in page
    assert dict(row.headers)["Content-Type"].startswith("text/html")
