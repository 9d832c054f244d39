"""No row leaves a frozen version for a draft, and of a claim and a passage nobody rewrites whose they are."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version_id <> OLD.version_id THEN
        RAISE EXCEPTION 'documents_row_stays_in_its_version: a row of one version is never made one of another.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_section_version_stays BEFORE UPDATE ON documents_section
    FOR EACH ROW EXECUTE FUNCTION documents_version_stays();
CREATE TRIGGER documents_block_version_stays BEFORE UPDATE ON documents_block
    FOR EACH ROW EXECUTE FUNCTION documents_version_stays();
CREATE TRIGGER documents_answer_version_stays BEFORE UPDATE ON documents_answer
    FOR EACH ROW EXECUTE FUNCTION documents_version_stays();
CREATE TRIGGER documents_explanation_version_stays BEFORE UPDATE ON documents_explanation
    FOR EACH ROW EXECUTE FUNCTION documents_version_stays();

CREATE FUNCTION documents_claim_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.requirement, NEW.block_id, NEW.claimed_by_id, NEW.claimed_at)
        IS DISTINCT FROM (OLD.requirement, OLD.block_id, OLD.claimed_by_id, OLD.claimed_at) THEN
        RAISE EXCEPTION 'documents_claim_stays: what was claimed, and by whom, is never rewritten.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_claim_stays BEFORE UPDATE ON documents_answer
    FOR EACH ROW EXECUTE FUNCTION documents_claim_stays();

CREATE FUNCTION documents_writer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.written_by_id <> OLD.written_by_id AND NEW.mark = OLD.mark THEN
        RAISE EXCEPTION 'documents_writer_stays: who wrote a passage changes with its words alone.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_writer_stays BEFORE UPDATE ON documents_block
    FOR EACH ROW EXECUTE FUNCTION documents_writer_stays();
"""

BACK = """
DROP TRIGGER documents_writer_stays ON documents_block;
DROP FUNCTION documents_writer_stays();
DROP TRIGGER documents_claim_stays ON documents_answer;
DROP FUNCTION documents_claim_stays();
DROP TRIGGER documents_explanation_version_stays ON documents_explanation;
DROP TRIGGER documents_answer_version_stays ON documents_answer;
DROP TRIGGER documents_block_version_stays ON documents_block;
DROP TRIGGER documents_section_version_stays ON documents_section;
DROP FUNCTION documents_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_answers_of_a_draft")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
