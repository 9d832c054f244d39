"""TRUNCATE fires no trigger of a row, so tables whose rows are guarded refuse it themselves; other apps use this too."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_table_is_not_emptied: rows of % are kept, and it is never emptied.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BACK = "DROP FUNCTION audit_refuse_emptying();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_a_word_file_is_removed")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
