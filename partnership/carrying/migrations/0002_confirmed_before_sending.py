"""What was carried stays on record, is confirmed once, and stops the sending until it is. The database knows it too."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER carrying_rollforward_kept BEFORE UPDATE OR DELETE ON carrying_rollforward
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();

CREATE FUNCTION carrying_carried_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL
        OR (NEW.document_id, NEW.kind, NEW.key, NEW.mark) IS DISTINCT FROM (OLD.document_id, OLD.kind, OLD.key, OLD.mark) THEN
        RAISE EXCEPTION 'carrying_carried_stays: what was carried stays as it came, and confirmed once it is.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER carrying_carried_guard BEFORE UPDATE OR DELETE ON carrying_carried
    FOR EACH ROW EXECUTE FUNCTION carrying_carried_guard();

CREATE FUNCTION carrying_send_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'withdrawn') AND EXISTS (
        SELECT 1 FROM carrying_carried c JOIN documents_block b ON b.mark = c.mark
        WHERE c.document_id = NEW.document_id AND c.kind = 'passage' AND c.confirmed_at IS NULL
            AND b.version_id = NEW.id AND b.place IS NOT NULL
            AND (b.key::text = c.key OR NOT EXISTS (
                SELECT 1 FROM carrying_carried o
                WHERE o.document_id = c.document_id AND o.kind = 'passage' AND o.key = b.key::text))
    ) THEN
        RAISE EXCEPTION 'carrying_confirmed_before_sending: a carried passage is neither changed nor confirmed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER carrying_send_guard BEFORE UPDATE OF status ON documents_version
    FOR EACH ROW EXECUTE FUNCTION carrying_send_guard();
"""

BACK = """
DROP TRIGGER carrying_send_guard ON documents_version;
DROP FUNCTION carrying_send_guard();
DROP TRIGGER carrying_carried_guard ON carrying_carried;
DROP FUNCTION carrying_carried_guard();
DROP TRIGGER carrying_rollforward_kept ON carrying_rollforward;
"""


class Migration(migrations.Migration):
    dependencies = [("carrying", "0001_initial"), ("documents", "0002_frozen_and_signed")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
