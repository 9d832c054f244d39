"""What the database itself refuses: a change without a draft, a claim of no passage, evidence of what is no effect."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION impact_draft_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE line jsonb; of_document bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN line := to_jsonb(OLD); ELSE line := to_jsonb(NEW); END IF;
    IF TG_TABLE_NAME = 'impact_evidence' THEN
        of_document := (SELECT document_id FROM impact_claim WHERE id = (line->>'claim_id')::bigint);
    ELSIF TG_TABLE_NAME IN ('impact_littleprogress', 'impact_priority_claims') THEN
        of_document := (SELECT document_id FROM impact_priority WHERE id = (line->>'priority_id')::bigint);
    ELSE
        of_document := (line->>'document_id')::bigint;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM documents_version WHERE document_id = of_document AND status = 'draft') THEN
        RAISE EXCEPTION 'impact_draft_only: claims, evidence and priorities change with a draft alone.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impact_claim_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_claim
    FOR EACH ROW EXECUTE FUNCTION impact_draft_only();
CREATE TRIGGER impact_evidence_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_evidence
    FOR EACH ROW EXECUTE FUNCTION impact_draft_only();
CREATE TRIGGER impact_priority_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_priority
    FOR EACH ROW EXECUTE FUNCTION impact_draft_only();
CREATE TRIGGER impact_priority_claims_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_priority_claims
    FOR EACH ROW EXECUTE FUNCTION impact_draft_only();
CREATE TRIGGER impact_littleprogress_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_littleprogress
    FOR EACH ROW EXECUTE FUNCTION impact_draft_only();
CREATE TRIGGER impact_acceptance_draft_only BEFORE INSERT OR UPDATE OR DELETE ON impact_acceptance
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();

CREATE FUNCTION impact_belongs_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'impact_claim' THEN
        IF NOT EXISTS (SELECT 1 FROM documents_block b JOIN documents_version v ON v.id = b.version_id
            WHERE v.document_id = NEW.document_id AND b.key = NEW.key) THEN
            RAISE EXCEPTION 'impact_claim_is_of_a_passage: this document has no such passage.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.kind <> 'effect' AND EXISTS (SELECT 1 FROM impact_evidence WHERE claim_id = NEW.id) THEN
            RAISE EXCEPTION 'impact_evidence_is_of_an_effect: what has evidence stays an effect.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF TG_TABLE_NAME = 'impact_evidence' THEN
        IF NOT EXISTS (SELECT 1 FROM impact_claim WHERE id = NEW.claim_id AND kind = 'effect') THEN
            RAISE EXCEPTION 'impact_evidence_is_of_an_effect: only an effect has evidence.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM impact_claim c JOIN impact_priority p ON p.document_id = c.document_id
        WHERE c.id = NEW.claim_id AND p.id = NEW.priority_id) THEN
        RAISE EXCEPTION 'impact_same_document: a claim serves a priority of its own document.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impact_claim_belongs BEFORE INSERT OR UPDATE ON impact_claim
    FOR EACH ROW EXECUTE FUNCTION impact_belongs_together();
CREATE TRIGGER impact_evidence_belongs BEFORE INSERT OR UPDATE ON impact_evidence
    FOR EACH ROW EXECUTE FUNCTION impact_belongs_together();
CREATE TRIGGER impact_priority_claims_belong BEFORE INSERT OR UPDATE ON impact_priority_claims
    FOR EACH ROW EXECUTE FUNCTION impact_belongs_together();
"""

BACK = """
DROP TRIGGER impact_priority_claims_belong ON impact_priority_claims;
DROP TRIGGER impact_evidence_belongs ON impact_evidence;
DROP TRIGGER impact_claim_belongs ON impact_claim;
DROP FUNCTION impact_belongs_together();
DROP TRIGGER impact_acceptance_draft_only ON impact_acceptance;
DROP TRIGGER impact_littleprogress_draft_only ON impact_littleprogress;
DROP TRIGGER impact_priority_claims_draft_only ON impact_priority_claims;
DROP TRIGGER impact_priority_draft_only ON impact_priority;
DROP TRIGGER impact_evidence_draft_only ON impact_evidence;
DROP TRIGGER impact_claim_draft_only ON impact_claim;
DROP FUNCTION impact_draft_only();
"""


class Migration(migrations.Migration):
    dependencies = [("impact", "0001_initial"), ("documents", "0007_answers_of_a_draft")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
