"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER word_importedpart_not_emptied BEFORE TRUNCATE ON word_importedpart
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER word_importedpicture_not_emptied BEFORE TRUNCATE ON word_importedpicture
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER word_wordimport_not_emptied BEFORE TRUNCATE ON word_wordimport
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER word_wordimport_not_emptied ON word_wordimport;
DROP TRIGGER word_importedpicture_not_emptied ON word_importedpicture;
DROP TRIGGER word_importedpart_not_emptied ON word_importedpart;
"""


class Migration(migrations.Migration):
    dependencies = [("word", "0004_only_removal_takes_rows_away"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
