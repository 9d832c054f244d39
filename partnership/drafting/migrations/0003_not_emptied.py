"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER drafting_comment_not_emptied BEFORE TRUNCATE ON drafting_comment
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER drafting_handback_not_emptied BEFORE TRUNCATE ON drafting_handback
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER drafting_reply_not_emptied BEFORE TRUNCATE ON drafting_reply
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER drafting_reply_not_emptied ON drafting_reply;
DROP TRIGGER drafting_handback_not_emptied ON drafting_handback;
DROP TRIGGER drafting_comment_not_emptied ON drafting_comment;
"""


class Migration(migrations.Migration):
    dependencies = [("drafting", "0002_words_stay"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
