"""What the database itself refuses: a changed frozen text, a signature under other words, a status out of turn."""

from django.db import migrations

FORWARD = """
ALTER TABLE documents_signoff ADD CONSTRAINT documents_signature_of_this_text
    FOREIGN KEY (version_id, sha256) REFERENCES documents_version (id, sha256);
ALTER TABLE documents_signoff ADD CONSTRAINT documents_signature_of_a_required_seat
    FOREIGN KEY (version_id, seat_id) REFERENCES documents_requiredseat (version_id, seat_id);
ALTER TABLE documents_version ADD CONSTRAINT documents_hash_is_of_the_content
    CHECK (sha256 IS NULL OR sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));

CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'documents_evidence_is_kept: rows of %% are never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER documents_signoff_kept BEFORE UPDATE OR DELETE ON documents_signoff
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_signoff_not_emptied BEFORE TRUNCATE ON documents_signoff
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_requiredseat_kept BEFORE UPDATE OR DELETE ON documents_requiredseat
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_rendition_kept BEFORE UPDATE OR DELETE ON documents_rendition
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_sectiontext_kept BEFORE UPDATE OR DELETE ON documents_sectiontext
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_version_not_emptied BEFORE TRUNCATE ON documents_version
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();

CREATE FUNCTION documents_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'documents_evidence_is_kept: a version is never removed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' OR NEW.frozen_at IS NOT NULL THEN
            RAISE EXCEPTION 'documents_begins_as_draft: a version begins as a draft.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.number <> 1 + COALESCE((SELECT max(number) FROM documents_version WHERE document_id = NEW.document_id), 0)
        THEN
            RAISE EXCEPTION 'documents_version_numbers_have_no_gap: versions are numbered without a gap.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.frozen_at IS NOT NULL AND (NEW.content, NEW.sha256, NEW.frozen_at, NEW.frozen_by_id)
        IS DISTINCT FROM (OLD.content, OLD.sha256, OLD.frozen_at, OLD.frozen_by_id) THEN
        RAISE EXCEPTION 'documents_frozen_text_stays: a frozen text cannot be changed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.document_id, NEW.number, NEW.created_at, NEW.created_by_id)
        IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.created_at, OLD.created_by_id) THEN
        RAISE EXCEPTION 'documents_version_identity_stays: a version stays what it was made as.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        %(moves)s
    ) THEN
        RAISE EXCEPTION 'documents_status_out_of_turn: %% cannot become %%.', OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'in_sign_off'
        AND NOT EXISTS (SELECT 1 FROM documents_requiredseat r WHERE r.version_id = NEW.id) THEN
        RAISE EXCEPTION 'documents_somebody_must_sign: no seat is named that must sign.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'signed' AND EXISTS (
        SELECT 1 FROM documents_requiredseat r WHERE r.version_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM documents_signoff s WHERE s.version_id = r.version_id AND s.seat_id = r.seat_id)) THEN
        RAISE EXCEPTION 'documents_a_seat_is_missing: not every required seat has signed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'published' AND NOT EXISTS (
        SELECT 1 FROM documents_rendition d WHERE d.version_id = NEW.id AND d.kind = 'final') THEN
        RAISE EXCEPTION 'documents_final_pdf_is_missing: the final PDF must exist before publication.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_version_guard BEFORE INSERT OR UPDATE OR DELETE ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_version_guard();

CREATE FUNCTION documents_draft_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN version := OLD.version_id; ELSE version := NEW.version_id; END IF;
    IF (SELECT frozen_at FROM documents_version WHERE id = version) IS NOT NULL THEN
        RAISE EXCEPTION 'documents_frozen_text_stays: this version is frozen.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_section_draft_only BEFORE INSERT OR UPDATE OR DELETE ON documents_section
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();
CREATE TRIGGER documents_requiredseat_draft_only BEFORE INSERT ON documents_requiredseat
    FOR EACH ROW EXECUTE FUNCTION documents_draft_only();

CREATE FUNCTION documents_signature_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'in_sign_off' THEN
        RAISE EXCEPTION 'documents_not_in_sign_off: this version is not with the lead partners.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM areas_appointment a WHERE a.id = NEW.appointment_id AND a.office = 'lsp'
            AND a.seat_id = NEW.seat_id AND a.person_id = NEW.signed_by_id
            AND a.during @> (NEW.signed_at AT TIME ZONE 'Europe/London')::date
            AND (a.basis <> 'acting' OR a.may_sign_while_acting)) THEN
        RAISE EXCEPTION 'documents_signer_holds_the_seat: the signer is not lead partner for this seat on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_signature_guard BEFORE INSERT ON documents_signoff
    FOR EACH ROW EXECUTE FUNCTION documents_signature_guard();
"""

# The moves as they were when this migration was written; a test compares them with documents.workflow.MOVES.
MOVES = [
    ("draft", "in_sign_off"),
    ("draft", "withdrawn"),
    ("in_sign_off", "signed"),
    ("in_sign_off", "returned"),
    ("in_sign_off", "withdrawn"),
    ("signed", "published"),
    ("signed", "returned"),
    ("signed", "withdrawn"),
    ("published", "superseded"),
]
FORWARD = FORWARD % {"moves": ", ".join(f"('{source}', '{target}')" for source, target in MOVES)}

BACK = """
DROP TRIGGER documents_signature_guard ON documents_signoff;
DROP TRIGGER documents_requiredseat_draft_only ON documents_requiredseat;
DROP TRIGGER documents_section_draft_only ON documents_section;
DROP TRIGGER documents_version_guard ON documents_version;
DROP TRIGGER documents_version_not_emptied ON documents_version;
DROP TRIGGER documents_sectiontext_kept ON documents_sectiontext;
DROP TRIGGER documents_rendition_kept ON documents_rendition;
DROP TRIGGER documents_requiredseat_kept ON documents_requiredseat;
DROP TRIGGER documents_signoff_not_emptied ON documents_signoff;
DROP TRIGGER documents_signoff_kept ON documents_signoff;
DROP FUNCTION documents_signature_guard();
DROP FUNCTION documents_draft_only();
DROP FUNCTION documents_version_guard();
DROP FUNCTION documents_refuse_change();
ALTER TABLE documents_version DROP CONSTRAINT documents_hash_is_of_the_content;
ALTER TABLE documents_signoff DROP CONSTRAINT documents_signature_of_a_required_seat;
ALTER TABLE documents_signoff DROP CONSTRAINT documents_signature_of_this_text;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("areas", "0003_chair_is_a_delegated_partner")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
