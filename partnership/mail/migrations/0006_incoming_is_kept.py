"""What came in is kept as it came, and what was made of it then."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER mail_incomingmail_immutable BEFORE UPDATE OR DELETE ON mail_incomingmail
    FOR EACH ROW EXECUTE FUNCTION mail_refuse_change();
CREATE TRIGGER mail_incomingmail_not_emptied BEFORE TRUNCATE ON mail_incomingmail
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER mail_incomingmail_not_emptied ON mail_incomingmail;
DROP TRIGGER mail_incomingmail_immutable ON mail_incomingmail;
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0005_incoming"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
