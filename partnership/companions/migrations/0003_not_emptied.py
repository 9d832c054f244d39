"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER companions_agreement_not_emptied BEFORE TRUNCATE ON companions_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER companions_companion_not_emptied BEFORE TRUNCATE ON companions_companion
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER companions_companion_not_emptied ON companions_companion;
DROP TRIGGER companions_agreement_not_emptied ON companions_agreement;
"""


class Migration(migrations.Migration):
    dependencies = [("companions", "0002_as_agreed"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
