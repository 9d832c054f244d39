"""What the database itself refuses: that a grant to operate the service is removed, or changed but by being ended once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_keep_operator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
       AND (OLD.until IS NULL OR NEW.until < OLD.until)
       AND (NEW.id, NEW.person_id, NEW.since, NEW.reason, NEW.granted_by, NEW.granted_at)
         = (OLD.id, OLD.person_id, OLD.since, OLD.reason, OLD.granted_by, OLD.granted_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'accounts_operator_is_kept: a grant stays as it was given, and is ended once.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER accounts_operator_kept BEFORE UPDATE OR DELETE ON accounts_operator
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_operator();
CREATE TRIGGER accounts_operator_not_emptied BEFORE TRUNCATE ON accounts_operator
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER accounts_operator_not_emptied ON accounts_operator;
DROP TRIGGER accounts_operator_kept ON accounts_operator;
DROP FUNCTION accounts_keep_operator();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_operator"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
