"""Blocks, answers and explanations change in a draft alone, belong together, and are confirmed by a second person."""

from django.db import migrations

FORWARD = """
ALTER TABLE documents_section ADD CONSTRAINT documents_section_and_version UNIQUE (id, version_id);
ALTER TABLE documents_block ADD CONSTRAINT documents_block_and_version UNIQUE (id, version_id);
ALTER TABLE documents_block ADD CONSTRAINT documents_block_of_this_version
    FOREIGN KEY (section_id, version_id) REFERENCES documents_section (id, version_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE documents_answer ADD CONSTRAINT documents_answer_of_this_version
    FOREIGN KEY (block_id, version_id) REFERENCES documents_block (id, version_id) DEFERRABLE INITIALLY DEFERRED;

CREATE TRIGGER documents_block_draft_only BEFORE INSERT OR UPDATE OR DELETE ON documents_block
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();
CREATE TRIGGER documents_answer_draft_only BEFORE INSERT OR UPDATE OR DELETE ON documents_answer
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();
CREATE TRIGGER documents_explanation_draft_only BEFORE INSERT OR UPDATE OR DELETE ON documents_explanation
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();

CREATE FUNCTION documents_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.confirmed_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF (SELECT base_id FROM documents_version WHERE id = NEW.version_id) IS NULL THEN
            RAISE EXCEPTION 'documents_answer_begins_as_a_claim: an answer is claimed before it is confirmed.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
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
CREATE TRIGGER documents_answer_guard BEFORE INSERT OR UPDATE ON documents_answer
    FOR EACH ROW EXECUTE FUNCTION documents_answer_guard();
"""

BACK = """
DROP TRIGGER documents_answer_guard ON documents_answer;
DROP FUNCTION documents_answer_guard();
DROP TRIGGER documents_explanation_draft_only ON documents_explanation;
DROP TRIGGER documents_answer_draft_only ON documents_answer;
DROP TRIGGER documents_block_draft_only ON documents_block;
ALTER TABLE documents_answer DROP CONSTRAINT documents_answer_of_this_version;
ALTER TABLE documents_block DROP CONSTRAINT documents_block_of_this_version;
ALTER TABLE documents_block DROP CONSTRAINT documents_block_and_version;
ALTER TABLE documents_section DROP CONSTRAINT documents_section_and_version;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_answers")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
