"""TRUNCATE fires no trigger of a row: every table that guards its rows from DELETE refuses to be emptied at once, too."""

import pytest
from django.db import IntegrityError, connection, transaction

pytestmark = pytest.mark.django_db

# pg_trigger.tgtype: 1 for each row, 2 before, 8 on DELETE, 32 on TRUNCATE.
TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND EXISTS (
    SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & %s = %s) ORDER BY 1
"""
GUARDS_ITS_ROWS, IS_NOT_EMPTIED = 1 | 2 | 8, 2 | 32


def tables(with_trigger: int) -> set[str]:
    """The tables with a trigger of this type, from the catalogue, so that nobody has to remember a new one."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [with_trigger, with_trigger])
        return {name for (name,) in cursor.fetchall()}


def test_every_table_that_guards_its_rows_refuses_to_be_emptied():
    guarded = tables(GUARDS_ITS_ROWS)

    assert {"audit_auditentry", "documents_signoff", "mail_outgoingmail"} <= guarded
    assert sorted(guarded - tables(IS_NOT_EMPTIED)) == []


def test_what_refuses_to_be_emptied_does_so_with_all_that_hangs_on_it():
    for table in tables(IS_NOT_EMPTIED):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {connection.ops.quote_name(table)} CASCADE")
