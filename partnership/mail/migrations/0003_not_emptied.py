"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER mail_attachment_not_emptied BEFORE TRUNCATE ON mail_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER mail_mailattempt_not_emptied BEFORE TRUNCATE ON mail_mailattempt
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER mail_mailruling_not_emptied BEFORE TRUNCATE ON mail_mailruling
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER mail_outgoingmail_not_emptied BEFORE TRUNCATE ON mail_outgoingmail
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER mail_outgoingmail_not_emptied ON mail_outgoingmail;
DROP TRIGGER mail_mailruling_not_emptied ON mail_mailruling;
DROP TRIGGER mail_mailattempt_not_emptied ON mail_mailattempt;
DROP TRIGGER mail_attachment_not_emptied ON mail_attachment;
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_states_and_content_held_by_triggers"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
