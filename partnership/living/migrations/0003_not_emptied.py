"""The table whose rows are guarded is not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER living_staleflag_not_emptied BEFORE TRUNCATE ON living_staleflag
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = "DROP TRIGGER living_staleflag_not_emptied ON living_staleflag;"


class Migration(migrations.Migration):
    dependencies = [("living", "0002_flags_stay"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
