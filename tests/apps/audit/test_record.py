"""The record can be added to, and nothing else."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from partnership.audit import presenters, services
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from tests import worlds


def record(**data):
    return services.record(Event.AREA_OPENED, area_slug="here", data=data)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [lambda rows: rows.update(actor_name="Else"), lambda rows: rows._raw_delete("default")])
def test_the_database_refuses_to_change_or_remove_an_entry(act):
    record()

    with pytest.raises(IntegrityError, match="can only be added to"), transaction.atomic():
        act(AuditEntry.objects.all())


@pytest.mark.django_db
def test_the_database_refuses_to_empty_the_record():
    with pytest.raises(IntegrityError, match="can only be added to"), transaction.atomic():
        transaction.get_connection().cursor().execute("TRUNCATE audit_auditentry")


@pytest.mark.django_db
def test_each_entry_carries_the_hash_of_the_one_before_and_its_own_can_be_computed_again():
    first, second = record(area="Ashdown"), record(area="Ashdown")
    first.refresh_from_db()
    second.refresh_from_db()

    text = "|".join(
        [
            second.previous,
            "here",
            "2",
            "area.opened",
            str(int(second.at.timestamp() * 1_000_000)),
            "",
            "",
            "",
            "",
            "",
            '{"area": "Ashdown"}',
        ]
    )
    assert second.previous == first.hash
    assert second.hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="same transaction"):
        record()


@pytest.mark.django_db
def test_every_entry_of_the_whole_journey_has_its_sentence():
    world = worlds.area_with_its_cast()
    worlds.published(world)

    sentences = [presenters.sentence(entry) for entry in AuditEntry.objects.all()]

    assert len(sentences) > 30
    assert not [sentence for sentence in sentences if "not recorded" in sentence]
