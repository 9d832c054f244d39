"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER areas_accessreview_not_emptied BEFORE TRUNCATE ON areas_accessreview
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER areas_departure_not_emptied BEFORE TRUNCATE ON areas_departure
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER areas_earliername_not_emptied BEFORE TRUNCATE ON areas_earliername
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER areas_independencerecord_not_emptied BEFORE TRUNCATE ON areas_independencerecord
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER areas_reviewedaccess_not_emptied BEFORE TRUNCATE ON areas_reviewedaccess
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER areas_reviewedaccess_not_emptied ON areas_reviewedaccess;
DROP TRIGGER areas_independencerecord_not_emptied ON areas_independencerecord;
DROP TRIGGER areas_earliername_not_emptied ON areas_earliername;
DROP TRIGGER areas_departure_not_emptied ON areas_departure;
DROP TRIGGER areas_accessreview_not_emptied ON areas_accessreview;
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0009_offices_held_on_a_day"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
