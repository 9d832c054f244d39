"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER carrying_carried_not_emptied BEFORE TRUNCATE ON carrying_carried
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER carrying_rollforward_not_emptied BEFORE TRUNCATE ON carrying_rollforward
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER carrying_rollforward_not_emptied ON carrying_rollforward;
DROP TRIGGER carrying_carried_not_emptied ON carrying_carried;
"""


class Migration(migrations.Migration):
    dependencies = [("carrying", "0002_confirmed_before_sending"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
