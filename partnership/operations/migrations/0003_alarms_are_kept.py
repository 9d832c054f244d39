"""What the database itself refuses: that an alarm is removed or rewritten. It is told once and ended once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION operations_keep_alarm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
       AND (OLD.told_at IS NULL OR NEW.told_at = OLD.told_at)
       AND (NEW.id, NEW.job, NEW.trouble, NEW.since, NEW.began_at)
         = (OLD.id, OLD.job, OLD.trouble, OLD.since, OLD.began_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'operations_alarm_is_kept: an alarm stays as it rang; it is told once and ended once.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER operations_alarm_kept BEFORE UPDATE OR DELETE ON operations_alarm
    FOR EACH ROW EXECUTE FUNCTION operations_keep_alarm();
CREATE TRIGGER operations_alarm_not_emptied BEFORE TRUNCATE ON operations_alarm
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER operations_alarm_not_emptied ON operations_alarm;
DROP TRIGGER operations_alarm_kept ON operations_alarm;
DROP FUNCTION operations_keep_alarm();
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_jobs_and_alarms"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
