"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER scrutiny_challengenote_not_emptied BEFORE TRUNCATE ON scrutiny_challengenote
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER scrutiny_response_not_emptied BEFORE TRUNCATE ON scrutiny_response
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER scrutiny_statement_not_emptied BEFORE TRUNCATE ON scrutiny_statement
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER scrutiny_statement_not_emptied ON scrutiny_statement;
DROP TRIGGER scrutiny_response_not_emptied ON scrutiny_response;
DROP TRIGGER scrutiny_challengenote_not_emptied ON scrutiny_challengenote;
"""


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0005_given_by_a_scrutineer_on_a_draft"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
