"""The table whose rows are guarded is not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER arrangements_agencynotice_not_emptied BEFORE TRUNCATE ON arrangements_agencynotice
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = "DROP TRIGGER arrangements_agencynotice_not_emptied ON arrangements_agencynotice;"


class Migration(migrations.Migration):
    dependencies = [("arrangements", "0004_acknowledgements_stay"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
