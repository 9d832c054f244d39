"""What the database itself refuses: that what was recorded of an occasion is changed or removed. A correction is added."""

from django.db import migrations

TABLES = ("presentations_presentation", "presentations_entry")
FUNCTION = """
CREATE FUNCTION presentations_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'presentations_are_kept: what was recorded of a presentation stays, and is corrected beside it.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION presentations_refuse_change();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
NO_TRIGGERS = """
DROP TRIGGER {table}_not_emptied ON {table};
DROP TRIGGER {table}_kept ON {table};
"""
FORWARD = FUNCTION + "".join(TRIGGERS.format(table=table) for table in TABLES)
BACK = "".join(NO_TRIGGERS.format(table=table) for table in TABLES) + "DROP FUNCTION presentations_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("presentations", "0001_initial"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
