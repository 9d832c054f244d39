"""What was handed back, replied and said stays as it was said."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER drafting_handback_kept BEFORE UPDATE OR DELETE ON drafting_handback
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER drafting_reply_kept BEFORE UPDATE OR DELETE ON drafting_reply
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();

CREATE FUNCTION drafting_comment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.resolved_at IS NOT NULL
        OR (NEW.document_id, NEW.number, NEW.block_key, NEW.passage, NEW.kind, NEW.text, NEW.raised_at, NEW.raised_by_id,
            NEW.raised_as) IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.block_key, OLD.passage, OLD.kind, OLD.text,
            OLD.raised_at, OLD.raised_by_id, OLD.raised_as) THEN
        RAISE EXCEPTION 'drafting_comment_stays: a comment stays as it was said, and resolved once it is.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER drafting_comment_guard BEFORE UPDATE OR DELETE ON drafting_comment
    FOR EACH ROW EXECUTE FUNCTION drafting_comment_guard();
"""

BACK = """
DROP TRIGGER drafting_comment_guard ON drafting_comment;
DROP FUNCTION drafting_comment_guard();
DROP TRIGGER drafting_reply_kept ON drafting_reply;
DROP TRIGGER drafting_handback_kept ON drafting_handback;
"""


class Migration(migrations.Migration):
    dependencies = [("drafting", "0001_initial"), ("documents", "0002_frozen_and_signed")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
