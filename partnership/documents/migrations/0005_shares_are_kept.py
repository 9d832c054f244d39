"""With whom a document was shared is kept: a share is ended, never removed, and never turned into another person's."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_share_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.permission_id, NEW.content_object_id)
        IS NOT DISTINCT FROM (OLD.user_id, OLD.permission_id, OLD.content_object_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'documents_shares_are_kept: with whom a document was shared stays on record.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER documents_share_guard BEFORE UPDATE OR DELETE ON documents_documentshare
    FOR EACH ROW EXECUTE FUNCTION documents_share_guard();
"""
BACK = """
DROP TRIGGER documents_share_guard ON documents_documentshare;
DROP FUNCTION documents_share_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_share_ended_at_and_by")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
