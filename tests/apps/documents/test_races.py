"""Two people in the same instant, over real connections. Whatever the order, nothing is lost and nothing is done twice."""

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import close_old_connections, connection

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services
from partnership.documents.models import SectionText, Version
from partnership.documents.models.drafting import Outcome
from partnership.documents.workflow import Status
from partnership.errors import Refused
from partnership.mail.models import OutgoingMail
from tests import night, worlds

ROUNDS = night.ROUNDS
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread of its own, started together. Gives each result, or the refusal it met."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        close_old_connections()
        try:
            barrier.wait()
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def versions_in_sign_off(world: worlds.World, how_many: int) -> list[Version]:
    """The same report, sent, and withdrawn before the next is sent: one version at a time, yielded ready to sign."""
    version = worlds.in_sign_off(world)
    for number in range(how_many):
        if number:
            version.refresh_from_db()
            draft = version.document.versions.filter(status=Status.DRAFT).first()
            version = services.send_for_sign_off(version=draft, by=world.gwen)
        yield version


def test_the_last_two_signatures_in_the_same_instant_complete_the_sign_off():
    world = worlds.area_with_its_cast()
    for version in versions_in_sign_off(world, ROUNDS):
        worlds.sign(version, world.council, world.amina)

        at_once(
            lambda v=version: worlds.sign(v, world.health, world.ben),
            lambda v=version: worlds.sign(v, world.police, world.cerys),
        )

        version.refresh_from_db()
        assert version.status == Status.SIGNED
        assert version.sign_offs.count() == 3
        services.return_for_changes(version=version, seat=world.council, reason="Another round.", by=world.amina)
    assert AuditEntry.objects.filter(event=Event.SIGN_OFF_COMPLETED).count() == ROUNDS


def test_one_person_clicking_twice_signs_once():
    world = worlds.area_with_its_cast()
    for version in versions_in_sign_off(world, ROUNDS):
        results = at_once(*[lambda v=version: worlds.sign(v, world.council, world.amina)] * 2)

        assert results == [None, None]
        assert version.sign_offs.count() == 1
        services.return_for_changes(version=version, seat=world.council, reason="Another round.", by=world.amina)


def test_a_signature_against_a_return_leaves_the_signature_on_the_text_that_was_signed_or_refuses_it():
    world = worlds.area_with_its_cast()
    for version in versions_in_sign_off(world, ROUNDS):
        signed, _ = at_once(
            lambda v=version: worlds.sign(v, world.council, world.amina),
            lambda v=version: services.return_for_changes(version=v, seat=world.health, reason="No.", by=world.ben),
        )

        version.refresh_from_db()
        assert version.status == Status.RETURNED
        assert version.sign_offs.count() == (0 if isinstance(signed, Refused) else 1)


def test_sending_against_saving_freezes_one_of_the_two_texts_and_never_a_third():
    world = worlds.area_with_its_cast()
    version = worlds.written(world)
    for number in range(ROUNDS):
        section = version.sections.get(key="funding")

        def save(row=section, words=f"Round {number}."):
            return services.save_section(
                section=row, body=words, explanation="", seen_revision=row.revision, by=world.dev
            )

        saved, sent = at_once(save, lambda v=version: services.send_for_sign_off(version=v, by=world.gwen))

        assert not isinstance(sent, Refused)
        stored = version.sections.get(key="funding").body
        assert f"Round {number}." in sent.content or isinstance(saved, Refused)
        assert stored in sent.content
        version = services.return_for_changes(version=sent, seat=world.health, reason="Again.", by=world.ben)


def test_two_editors_at_once_keep_both_texts():
    world = worlds.area_with_its_cast()
    section = worlds.begun(world).versions.get().sections.get(key="funding")
    for number in range(ROUNDS):
        section.refresh_from_db()

        def save(who, words, row=section):
            return services.save_section(section=row, body=words, explanation="", seen_revision=row.revision, by=who)

        at_once(
            lambda n=number: save(world.gwen, f"Gwen {n}"),
            lambda n=number: save(world.dev, f"Dev {n}"),
        )

        kept = {text.body: text.outcome for text in SectionText.objects.filter(section=section)}
        assert {kept[f"Gwen {number}"], kept[f"Dev {number}"]} == {Outcome.SAVED, Outcome.KEPT_ASIDE}


def test_publishing_twice_at_once_publishes_once_and_mails_each_body_once():
    world = worlds.area_with_its_cast()
    version = worlds.signed(world)

    at_once(*[lambda: worlds.publish(version, world.gwen)] * 4)

    version.refresh_from_db()
    assert version.status == Status.PUBLISHED
    assert OutgoingMail.objects.filter(purpose="submission").count() == 2
    assert AuditEntry.objects.filter(event=Event.VERSION_PUBLISHED).count() == 1


def test_publishing_against_withdrawing_ends_in_one_of_the_two():
    world = worlds.area_with_its_cast()
    version = worlds.signed(world)

    results = at_once(
        lambda: worlds.publish(version, world.gwen),
        lambda: services.withdraw(version=version, reason="Second thoughts.", by=world.gwen),
    )

    version.refresh_from_db()
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert version.status in {Status.PUBLISHED, Status.WITHDRAWN}
    assert OutgoingMail.objects.filter(purpose="submission").exists() == (version.status == Status.PUBLISHED)


def test_beginning_the_same_report_twice_at_once_begins_one():
    world = worlds.area_with_its_cast()

    results = at_once(*[lambda: worlds.begun(world)] * 2)

    assert sum(isinstance(result, Refused) for result in results) == 1


def test_the_audit_chain_has_no_gap_after_all_this():
    world = worlds.area_with_its_cast()
    for version in versions_in_sign_off(world, 3):
        at_once(
            lambda v=version: worlds.sign(v, world.council, world.amina),
            lambda v=version: worlds.sign(v, world.health, world.ben),
        )
        services.return_for_changes(version=version, seat=world.council, reason="Again.", by=world.amina)

    entries = list(AuditEntry.objects.filter(area_slug=world.area.slug).order_by("sequence"))

    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert all(later.previous == earlier.hash for earlier, later in pairwise(entries))
    assert clock.now() >= entries[-1].at
