"""What becomes public in the same instant as something else, over real connections: one of the two, whole, never half."""

from datetime import timedelta

import pytest

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import release_jobs, services
from partnership.documents.models import Ground, Nature, Version
from partnership.documents.workflow import Status
from partnership.errors import Refused
from partnership.mail.models import OutgoingMail
from tests import worlds
from tests.apps.documents.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


FEW = ROUNDS // 4  # of what is rarer; a night has fifty


def rounds(world, many=ROUNDS):
    """As many signed versions as there are rounds, one at a time: each is withdrawn, or gives way to the next correction."""
    version = worlds.signed(world)
    for number in range(many):
        if number:
            version.refresh_from_db()
            version = _signed_again(world, version)
        yield version


def _signed_again(world, version):
    draft = worlds.correct(version, world.gwen, Nature.MATERIAL)
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    return worlds.signed_by_all(world, sent)


def proposed(world, version, **plan):
    return services.propose_publication(version=version, by=world.gwen, **plan)


def test_two_second_persons_in_the_same_instant_publish_once():
    world = worlds.area_with_its_cast()
    for count, version in enumerate(rounds(world), 1):
        row = proposed(world, version)

        results = at_once(
            *[lambda who=who, row=row: services.agree(proposal=row, by=who) for who in (world.eve, world.dev)]
        )

        assert sum(isinstance(result, Refused) for result in results) == 1
        version.refresh_from_db()
        assert version.status == Status.PUBLISHED
        assert OutgoingMail.objects.filter(purpose="submission").count() == 2 * count
        assert AuditEntry.objects.filter(event=Event.VERSION_PUBLISHED).count() == count


def test_publishing_against_withdrawing_ends_in_one_of_the_two():
    world = worlds.area_with_its_cast()
    for version in rounds(world):
        before = OutgoingMail.objects.filter(purpose="submission").count()
        row = proposed(world, version)

        results = at_once(
            lambda row=row: services.agree(proposal=row, by=world.eve),
            lambda v=version: services.withdraw(version=v, reason="Second thoughts.", by=world.gwen),
        )

        version.refresh_from_db()
        assert sum(isinstance(result, Refused) for result in results) == 1
        assert version.status in {Status.PUBLISHED, Status.WITHDRAWN}
        sent = OutgoingMail.objects.filter(purpose="submission").count() - before
        assert sent == (2 if version.status == Status.PUBLISHED else 0)


def test_two_clocks_and_somebody_who_stops_it_release_it_once_or_not_at_all():
    world = worlds.area_with_its_cast()
    for version in rounds(world, FEW):
        row = proposed(world, version, release_at=clock.now() + timedelta(hours=1))
        services.agree(proposal=row, by=world.eve)
        with clock.frozen(clock.now() + timedelta(hours=1)):
            *_, stopped = at_once(
                release_jobs.release_due,
                release_jobs.release_due,
                lambda row=row: services.stop_release(release=row.release, by=world.gwen),
            )

        version.refresh_from_db()
        row.release.refresh_from_db()
        assert (version.status == Status.PUBLISHED) == isinstance(stopped, Refused) == (row.release.stopped_at is None)
        if version.status != Status.PUBLISHED:
            services.withdraw(version=version, reason="The next round.", by=world.gwen)


def test_withdrawing_what_is_public_against_publishing_its_correction_withdraws_that_version_alone():
    world = worlds.area_with_its_cast()
    first = worlds.published(world)
    for _ in range(FEW):
        second = _signed_again(world, first)
        row = proposed(world, second)

        at_once(
            lambda row=row: services.agree(proposal=row, by=world.eve),
            lambda v=first: services.take_down(version=v, ground=Ground.ERROR, note="It was wrong.", by=world.gwen),
        )

        first.refresh_from_db()
        second.refresh_from_db()
        assert first.status == Status.TAKEN_DOWN
        assert second.status == Status.PUBLISHED  # nobody meant to withdraw what had not been public yet
        first = second


def test_withdrawing_against_the_clock_that_releases_what_corrects_it_ends_without_a_deadlock():
    world = worlds.area_with_its_cast()
    first, start = worlds.published(world), clock.now()
    for number in range(FEW):
        with clock.frozen(start + timedelta(hours=2 * number)):
            second = _signed_again(world, first)
            due = clock.now() + timedelta(hours=1)
            row = proposed(world, second, release_at=due)
            services.agree(proposal=row, by=world.eve)
        with clock.frozen(due):
            at_once(
                release_jobs.release_due,
                lambda v=first: services.take_down(version=v, ground=Ground.ERROR, note="It was wrong.", by=world.gwen),
            )

            second.refresh_from_db()
            row.release.refresh_from_db()
            first.refresh_from_db()
            assert first.status == Status.TAKEN_DOWN
            assert (second.status == Status.PUBLISHED) == (row.release.stopped_at is None)
            if second.status != Status.PUBLISHED:
                worlds.publish(second, world.gwen)
        first = Version.objects.get(pk=second.pk)
