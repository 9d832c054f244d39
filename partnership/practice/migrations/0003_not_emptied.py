"""The table whose rows are guarded is not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER practice_practiceclock_not_emptied BEFORE TRUNCATE ON practice_practiceclock
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = "DROP TRIGGER practice_practiceclock_not_emptied ON practice_practiceclock;"


class Migration(migrations.Migration):
    dependencies = [("practice", "0002_clock_never_goes_back"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
