"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER documents_answer_not_emptied BEFORE TRUNCATE ON documents_answer
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_block_not_emptied BEFORE TRUNCATE ON documents_block
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_documentshare_not_emptied BEFORE TRUNCATE ON documents_documentshare
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_explanation_not_emptied BEFORE TRUNCATE ON documents_explanation
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_rendition_not_emptied BEFORE TRUNCATE ON documents_rendition
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_requiredseat_not_emptied BEFORE TRUNCATE ON documents_requiredseat
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_section_not_emptied BEFORE TRUNCATE ON documents_section
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER documents_sectiontext_not_emptied BEFORE TRUNCATE ON documents_sectiontext
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER documents_sectiontext_not_emptied ON documents_sectiontext;
DROP TRIGGER documents_section_not_emptied ON documents_section;
DROP TRIGGER documents_requiredseat_not_emptied ON documents_requiredseat;
DROP TRIGGER documents_rendition_not_emptied ON documents_rendition;
DROP TRIGGER documents_explanation_not_emptied ON documents_explanation;
DROP TRIGGER documents_documentshare_not_emptied ON documents_documentshare;
DROP TRIGGER documents_block_not_emptied ON documents_block;
DROP TRIGGER documents_answer_not_emptied ON documents_answer;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_carried_as_in_the_base"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
