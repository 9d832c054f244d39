"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER contributions_release_not_emptied BEFORE TRUNCATE ON contributions_release
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER contributions_room_not_emptied BEFORE TRUNCATE ON contributions_room
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER contributions_writing_not_emptied BEFORE TRUNCATE ON contributions_writing
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER contributions_writing_not_emptied ON contributions_writing;
DROP TRIGGER contributions_room_not_emptied ON contributions_room;
DROP TRIGGER contributions_release_not_emptied ON contributions_release;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0004_written_and_released_by_the_agency"),
        ("audit", "0007_tables_are_not_emptied"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
