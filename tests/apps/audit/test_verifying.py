"""A record that was rewritten, cut or slipped into is found, by the chain and by what the daily lists say of it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partnership import clock
from partnership.evidence import daily
from partnership.evidence.models import DailyList
from tests import worlds

pytestmark = pytest.mark.django_db
ENTRY = "(SELECT id FROM audit_auditentry WHERE area_slug LIKE 'ashdown%' AND sequence = 5)"
LAST = "(SELECT id FROM audit_auditentry WHERE area_slug LIKE 'ashdown%' ORDER BY sequence DESC LIMIT 1)"
ANEW = "SELECT area_slug, event, at, actor_id, actor_name, target_model, target_id, subject, data FROM audit_auditentry"


def verified(**options):
    said = StringIO()
    call_command("verify_records", stdout=said, stderr=said, **options)
    return said.getvalue()


def tampered(*statements):
    """As somebody who owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def listed(world):
    worlds.published(world)
    with clock.frozen(clock.now() + timedelta(days=2)):
        daily.make_due()
    return DailyList.objects.first()


def test_what_is_as_it_was_written_is_said_to_be_so(listed):
    said = verified(newest=listed.sha256)

    assert "2 daily lists, were computed anew" in said
    assert f"The newest list: 2026-09-15 {listed.sha256}" in said
    assert "Everything is as it was written." in said


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (f"UPDATE audit_auditentry SET actor_name = 'Somebody else' WHERE id = {ENTRY}", "it is not as it was written"),
        (f"UPDATE audit_auditentry SET at = at + interval '1 second' WHERE id = {ENTRY}", "it is not as it was written"),
        (f"UPDATE audit_auditentry SET data = '{{}}' WHERE id = {ENTRY}", "it is not as it was written"),
        (f"UPDATE audit_auditentry SET event = 'version.signed' WHERE id = {ENTRY}", "it is not as it was written"),
        (f"UPDATE audit_auditentry SET target_id = '999' WHERE id = {ENTRY}", "it is not as it was written"),
        (f"UPDATE audit_auditentry SET hash = repeat('0', 64) WHERE id = {ENTRY}", "it is not as it was written"),
        (f"DELETE FROM audit_auditentry WHERE id = {ENTRY}", "entries 5 to 5 are missing"),
        (f"DELETE FROM audit_auditentry WHERE id = {LAST}", "the end of the record is cut off"),
        ("DELETE FROM audit_auditentry WHERE area_slug LIKE 'ashdown%'", "the end of the record is cut off"),
        ("UPDATE evidence_dailylist SET content = replace(content, 'Ashdown', 'Oakdown')", "it is not as it was made"),
        ("UPDATE evidence_dailylist SET heads = '[]'", "is not what was kept beside it"),
        ("DELETE FROM evidence_listed WHERE what = 'pdf'", "are not those of its text"),
        (
            "DELETE FROM evidence_listed; DELETE FROM evidence_dailylist WHERE day = '2026-09-14'",
            "it does not follow the list before it",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_tampering_is_found(listed, statement, found):
    tampered(statement)
    said = StringIO()

    with pytest.raises(CommandError, match="found"):
        call_command("verify_records", stdout=said, stderr=said)
    assert found in said.getvalue()


def test_a_whole_record_that_was_written_anew_is_found_by_the_lists(listed):
    """With the triggers in place each hash is good again; but the newest entry of that day was another one."""
    tampered(f"CREATE TEMP TABLE before ON COMMIT DROP AS {ANEW} ORDER BY id", "DELETE FROM audit_auditentry")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE before SET actor_name = 'Somebody else' WHERE actor_name = 'Amina'")
        names = ANEW.removeprefix("SELECT ").removesuffix(" FROM audit_auditentry")
        cursor.execute(
            f"INSERT INTO audit_auditentry ({names}, sequence, previous, hash) SELECT {names}, 0, '', '' FROM before"
        )
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("verify_records", stdout=said, stderr=said)
    assert "another entry stood here once" in said.getvalue()
    assert "it is not as it was written" not in said.getvalue()


def test_lists_that_were_all_made_anew_are_found_by_one_that_was_kept_elsewhere(listed):
    with pytest.raises(CommandError, match="found: 1"):
        verified(newest="f" * 64)
