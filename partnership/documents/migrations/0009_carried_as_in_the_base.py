"""An answer comes confirmed into a draft only as the version it continues from has it, and that version stays the same."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION documents_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.confirmed_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF (SELECT base_id FROM documents_version WHERE id = NEW.version_id) IS NULL THEN
            RAISE EXCEPTION 'documents_answer_begins_as_a_claim: an answer is claimed before it is confirmed.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;{carried}
        RETURN NEW;
    END IF;
    IF (NEW.confirmed_by_id, NEW.confirmed_mark) IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_mark)
        AND NOT EXISTS (SELECT 1 FROM documents_block b WHERE b.id = NEW.block_id AND b.place IS NOT NULL
            AND b.mark = NEW.confirmed_mark AND b.written_by_id <> NEW.confirmed_by_id) THEN
        RAISE EXCEPTION 'documents_answer_confirmed_as_it_stands: only the text that stands, by somebody who did not write it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
CARRIED = """
        IF NOT EXISTS (
            SELECT 1 FROM documents_version v
                JOIN documents_answer a ON a.version_id = v.base_id
                JOIN documents_block was ON was.id = a.block_id
                JOIN documents_block is_now ON is_now.id = NEW.block_id
                WHERE v.id = NEW.version_id AND (is_now.key, is_now.mark) = (was.key, was.mark)
                AND (a.requirement, a.claimed_by_id, a.claimed_at, a.confirmed_by_id, a.confirmed_at, a.confirmed_mark)
                = (NEW.requirement, NEW.claimed_by_id, NEW.claimed_at, NEW.confirmed_by_id, NEW.confirmed_at,
                    NEW.confirmed_mark)) THEN
            RAISE EXCEPTION 'documents_answer_confirmed_as_in_its_base: it was not confirmed so in what this continues.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;"""

FORWARD = (
    GUARD.replace("{carried}", CARRIED)
    + """
CREATE FUNCTION documents_base_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.base_id IS DISTINCT FROM OLD.base_id THEN
            RAISE EXCEPTION 'documents_base_stays: a version continues from what it was begun from.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.base_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM documents_version b WHERE b.id = NEW.base_id AND b.document_id = NEW.document_id) THEN
        RAISE EXCEPTION 'documents_base_is_of_its_document: a version continues from one of the same document.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_base_guard BEFORE INSERT OR UPDATE ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_base_guard();
"""
)
BACK = """
DROP TRIGGER documents_base_guard ON documents_version;
DROP FUNCTION documents_base_guard();
""" + GUARD.replace("{carried}", "")


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_what_was_claimed_stays")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
