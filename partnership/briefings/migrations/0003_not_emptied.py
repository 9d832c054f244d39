"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER briefings_baseline_not_emptied BEFORE TRUNCATE ON briefings_baseline
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER briefings_briefing_not_emptied BEFORE TRUNCATE ON briefings_briefing
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER briefings_briefing_not_emptied ON briefings_briefing;
DROP TRIGGER briefings_baseline_not_emptied ON briefings_baseline;
"""


class Migration(migrations.Migration):
    dependencies = [("briefings", "0002_what_was_told_stays"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
