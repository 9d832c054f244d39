"""What the database itself refuses: that what was found at a public address, or that it was asked for, is changed or removed."""

from django.db import migrations

TABLES = ("evidence_publicfetch", "evidence_fetchrequest")
FUNCTION = """
CREATE FUNCTION evidence_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence_is_kept: what was found at a public address stays as it was found.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse_change();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
NO_TRIGGERS = """
DROP TRIGGER {table}_not_emptied ON {table};
DROP TRIGGER {table}_kept ON {table};
"""
FORWARD = FUNCTION + "".join(TRIGGERS.format(table=table) for table in TABLES)
BACK = "".join(NO_TRIGGERS.format(table=table) for table in TABLES) + "DROP FUNCTION evidence_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
