"""Publishing takes two persons, at once or at a time in the United Kingdom, with all that goes along or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.companions import services as companions
from partnership.companions.models import Kind
from partnership.documents import deciding, release_jobs, services
from partnership.documents.models import Release, Version
from partnership.documents.release_form import ReleaseForm
from partnership.documents.workflow import Status
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import told as telling
from tests import worlds

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)
WHEN = MORNING + timedelta(days=3)


@pytest.fixture
def world():
    with clock.frozen(MORNING):
        yield worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.signed(world)


def again(version) -> Version:
    return Version.objects.get(pk=version.pk)


def propose(world, version, **plan):
    return services.propose_publication(version=version, by=world.gwen, **plan)


def test_nobody_publishes_alone_and_whoever_may_confirm_is_asked(world, version):
    row = propose(world, version)
    assert propose(world, version) == row  # a second click
    with pytest.raises(Conflict, match="has proposed that already"):
        services.propose_publication(version=version, by=world.eve)
    for who in (world.gwen, world.femi, world.harry, world.ines):
        with pytest.raises(NotAllowed):
            services.agree(proposal=row, by=who)
    assert again(version).status == Status.SIGNED
    assert row in deciding.to_decide(world.dev) and row in deciding.to_decide(world.ben)
    assert row not in deciding.to_decide(world.gwen) and row not in deciding.to_decide(world.femi)
    services.agree(proposal=row, by=world.dev)
    public = again(version)
    assert (public.status, public.published_by) == (Status.PUBLISHED, world.gwen)
    said = AuditEntry.objects.get(event=Event.VERSION_PUBLISHED).data
    assert said["confirmed_as"].startswith("Dev, ")


def told(purpose):
    return telling.whom(purpose)


def test_only_those_who_may_decide_are_asked_and_the_others_are_told_for_their_information(world, version):
    worlds.appoint(world.ines, Office.BUSINESS_SUPPORT, world.area)
    propose(world, version)
    propose(world, version)  # a second click
    asked = {getattr(world, who).email for who in ("amina", "ben", "cerys", "dev", "eve", "ines")}
    assert told("proposed") == asked
    assert told("proposed_for_information") == {world.gwen.email, world.femi.email}
    for row in telling.of("proposed_for_information"):
        assert "nothing is asked of you" in row.text and "for your information" in row.title
    for row in OutgoingMail.objects.filter(purpose="proposed"):
        assert "You are asked to agree to it or to decline it" in row.text


def test_what_is_declined_or_taken_back_is_not_published_and_can_be_proposed_again(world, version):
    services.decline(proposal=propose(world, version), by=world.eve)
    services.take_back_proposal(proposal=propose(world, version), by=world.gwen)
    assert again(version).status == Status.SIGNED
    services.agree(proposal=propose(world, version), by=world.eve)
    assert again(version).status == Status.PUBLISHED


def test_what_is_planned_goes_out_when_its_time_comes_and_not_before(world, version):
    row = propose(world, version, release_at=WHEN)
    services.agree(proposal=row, by=world.eve)
    assert again(version).status == Status.SIGNED
    assert not OutgoingMail.objects.filter(purpose="submission").exists()
    assert telling.of("to_be_released").exists()
    with pytest.raises(WrongState, match="agreed already when this is published"):
        propose(world, version)
    with clock.frozen(WHEN - timedelta(seconds=1)):
        assert release_jobs.release_due() == 0
    with clock.frozen(WHEN):
        assert release_jobs.release_due() == 1
        assert release_jobs.release_due() == 0
    assert (again(version).status, again(version).published_at) == (Status.PUBLISHED, WHEN)
    assert OutgoingMail.objects.filter(purpose="submission").count() == 2


def test_a_plan_is_stopped_by_one_person_and_everybody_is_told(world, version):
    row = propose(world, version, release_at=WHEN)
    with pytest.raises(WrongState, match="nothing left to stop"):
        services.stop_release(release=row.release, by=world.gwen)
    services.agree(proposal=row, by=world.eve)
    with pytest.raises(NotAllowed):
        services.stop_release(release=row.release, by=world.amina)
    services.stop_release(release=row.release, by=world.eve)
    services.stop_release(release=row.release, by=world.eve)
    with clock.frozen(WHEN):
        assert release_jobs.release_due() == 0
    assert again(version).status == Status.SIGNED
    assert OutgoingMail.objects.filter(purpose="not_released", to=world.amina.email).count() == 1
    assert AuditEntry.objects.filter(event=Event.RELEASE_STOPPED).count() == 1
    services.agree(proposal=propose(world, version), by=world.eve)
    assert again(version).status == Status.PUBLISHED


def easy_read(world, version, *who):
    row = companions.put_in(document=version.document, kind=Kind.EASY_READ, data=None, text="In short.", by=world.gwen)
    for name in who:
        companions.agree(companion=row, seen_sha256=row.sha256, by=name)
    return row


def all_delegates(world):
    health = worlds.person("Hana")
    worlds.appoint(health, worlds.Office.DSP, world.area, world.health)
    return world.dev, world.eve, health


def test_a_companion_goes_out_in_the_same_moment(world, version):
    row = easy_read(world, version, *all_delegates(world))
    proposal = propose(world, version, release_at=WHEN, along=["easy-read:1"])
    services.agree(proposal=proposal, by=world.eve)
    with clock.frozen(WHEN):
        release_jobs.release_due()
    row.refresh_from_db()
    assert row.published_at == again(version).published_at == WHEN


def test_what_cannot_go_along_cannot_be_planned(world, version):
    easy_read(world, version, world.dev)
    with pytest.raises(WrongState, match="still to agree to the Easy Read version"):
        propose(world, version, along=["easy-read:1"])
    with pytest.raises(WrongState, match="not there to be published with it"):
        propose(world, version, along=["children:1"])


def test_when_one_part_cannot_go_out_nothing_does_and_everybody_is_told_why(world, version):
    row = easy_read(world, version, *all_delegates(world))
    proposal = propose(world, version, release_at=WHEN, along=["easy-read:1"])
    services.agree(proposal=proposal, by=world.eve)
    companions.put_in(document=version.document, kind=Kind.EASY_READ, data=None, text="Better.", by=world.gwen)
    with clock.frozen(WHEN):
        assert release_jobs.release_due() == 1
    row.refresh_from_db()
    assert (again(version).status, row.published_at) == (Status.SIGNED, None)
    assert "newer edition" in Release.objects.get().stopped_because
    assert not OutgoingMail.objects.filter(purpose="submission").exists()
    assert not telling.of("published").exists()
    assert OutgoingMail.objects.filter(purpose="not_released", to=world.ben.email).exists()


def test_a_return_before_its_time_ends_the_plan(world, version):
    services.agree(proposal=propose(world, version, release_at=WHEN), by=world.eve)
    services.return_for_changes(version=version, seat=world.health, reason="Old figures.", by=world.ben)
    with clock.frozen(WHEN):
        assert release_jobs.release_due() == 0
    assert again(version).status == Status.RETURNED


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_time_lies_ahead_and_not_too_far(world, version, days):
    with pytest.raises(WrongState, match="lies ahead"):
        propose(world, version, release_at=MORNING + timedelta(days=days))


def test_only_what_comes_into_force_has_that_day_and_a_review(world, version):
    with pytest.raises(WrongState, match="does not come into force"):
        propose(world, version, in_force_from=date(2026, 10, 1))
    arrangements = worlds.signed(world, "arrangements", "2026")
    with pytest.raises(WrongState, match="Say from which day"):
        propose(world, arrangements)
    with pytest.raises(WrongState, match="next review"):
        propose(world, arrangements, in_force_from=date(2026, 10, 1), review_on=date(2026, 10, 1))
    row = propose(world, arrangements, in_force_from=date(2026, 10, 1), review_on=date(2027, 10, 1))
    services.agree(proposal=row, by=world.eve)
    public = again(arrangements)
    assert (public.in_force_from, public.review_on) == (date(2026, 10, 1), date(2027, 10, 1))
    assert public.signed_at and public.published_at  # three facts, each of its own


def test_findings_are_kept_as_rules_and_numbers_never_as_words(world):
    draft = worlds.written(world)
    worlds.write(draft.sections.get(key="funding"), "We lost sight of two children in W6 9JU.", world.gwen)

    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    sent = worlds.signed_by_all(world, sent)
    row = propose(world, again(sent))
    assert row.release.findings == {
        "a number under five beside children or families": 1,
        "a whole postcode": 1,
    }


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": "published"}, "two_persons_publish"),
        ({"status": "taken_down"}, "status_out_of_turn"),
        ({"in_force_from": date(2026, 1, 1)}, "in_force_once_published"),
    ],
)
def test_the_database_lets_nothing_out_that_two_persons_did_not_agree_to(world, version, change, name):
    if "status" in change:
        change = {**change, "published_at": clock.now(), "published_by": world.gwen, "withdrawn_for": ""}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)
    services.agree(proposal=propose(world, version, release_at=WHEN), by=world.eve)
    moment = {"status": "published", "published_at": WHEN - timedelta(seconds=1), "published_by": world.gwen}
    with pytest.raises(IntegrityError, match="two_persons_publish"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**moment)
    with pytest.raises(IntegrityError, match="evidence_is_kept"), transaction.atomic():
        Release.objects.update(release_at=MORNING)


def form(world, version, **said):
    what = {"what": worlds.kind(version.document.kind), "version": version, "offered": [], "is_warned": False}
    return ReleaseForm({"when": "later", **said}, **what)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:30am", datetime(2026, 9, 30, 8, 30, tzinfo=UTC)),
        ("9.30 AM", datetime(2026, 9, 30, 8, 30, tzinfo=UTC)),
        ("5pm", datetime(2026, 9, 30, 16, 0, tzinfo=UTC)),
        ("12am", datetime(2026, 9, 29, 23, 0, tzinfo=UTC)),
        ("00:05", datetime(2026, 9, 29, 23, 5, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_people_write_it_and_is_one_of_the_united_kingdom(world, version, typed, moment):
    found = form(world, version, day_day="30", day_month="9", day_year="2026", time=typed)
    assert found.is_valid(), found.errors
    assert found.plan["release_at"] == moment


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "noon", "9:75", "9:3"])
def test_a_time_that_is_none_is_answered_at_its_field(world, version, typed):
    found = form(world, version, day_day="30", day_month="9", day_year="2026", time=typed)
    assert found.errors["time"] == ["Enter a time such as 9:30am or 14:00."]


def test_the_hour_that_the_clocks_leave_out_is_no_time_and_the_one_they_repeat_is_the_first(world, version):
    left_out = form(world, version, day_day="28", day_month="3", day_year="2027", time="1:30am")
    assert "does not exist" in left_out.errors["time"][0]
    twice = form(world, version, day_day="25", day_month="10", day_year="2026", time="1:30am")
    assert twice.is_valid() and twice.plan["release_at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
