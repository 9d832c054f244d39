"""What the database refuses of positions, refusals and second persons, and the moves that a version may make now."""

from django.db import migrations

# The moves as they are since this migration; a test compares them with documents.workflow.MOVES.
MOVES = [
    ("draft", "in_sign_off"),
    ("draft", "withdrawn"),
    ("in_sign_off", "signed"),
    ("in_sign_off", "signed_in_part"),
    ("in_sign_off", "returned"),
    ("in_sign_off", "withdrawn"),
    ("in_sign_off", "void"),
    ("signed", "published"),
    ("signed", "returned"),
    ("signed", "withdrawn"),
    ("signed", "void"),
    ("signed_in_part", "published"),
    ("signed_in_part", "returned"),
    ("signed_in_part", "withdrawn"),
    ("signed_in_part", "void"),
    ("published", "superseded"),
]
BEFORE = [
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

GUARD = """
CREATE OR REPLACE FUNCTION documents_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        {moves}
    ) THEN
        RAISE EXCEPTION 'documents_status_out_of_turn: % cannot become %.', OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'in_sign_off'
        AND NOT EXISTS (SELECT 1 FROM documents_requiredseat r WHERE r.version_id = NEW.id) THEN
        RAISE EXCEPTION 'documents_somebody_must_sign: no seat is named that must sign.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'signed' AND EXISTS (
        SELECT 1 FROM documents_requiredseat r WHERE r.version_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM documents_signoff s WHERE s.version_id = r.version_id AND s.seat_id = r.seat_id)) THEN
        RAISE EXCEPTION 'documents_a_seat_is_missing: not every required seat has signed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;{in_part}
    IF NEW.status = 'published' AND NOT EXISTS (
        SELECT 1 FROM documents_rendition d WHERE d.version_id = NEW.id AND d.kind = 'final') THEN
        RAISE EXCEPTION 'documents_final_pdf_is_missing: the final PDF must exist before publication.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
IN_PART = """
    IF NEW.status = 'signed_in_part' AND (
        NOT EXISTS (SELECT 1 FROM documents_signoff s WHERE s.version_id = NEW.id)
        OR EXISTS (SELECT 1 FROM documents_requiredseat r WHERE r.version_id = NEW.id
            AND NOT EXISTS (SELECT 1 FROM documents_signoff s WHERE s.version_id = r.version_id AND s.seat_id = r.seat_id)
            AND NOT EXISTS (SELECT 1 FROM documents_unsigned u WHERE u.version_id = r.version_id
                AND u.seat_id = r.seat_id AND u.taken_back_at IS NULL))) THEN
        RAISE EXCEPTION 'documents_each_seat_has_spoken: a seat neither signed nor is on record as not signing.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status IN ('signed_in_part', 'void') AND NOT EXISTS (
        SELECT 1 FROM documents_proposal p WHERE p.version_id = NEW.id AND p.outcome = 'agreed'
            AND p.act = CASE NEW.status WHEN 'void' THEN 'void' ELSE 'settle_in_part' END) THEN
        RAISE EXCEPTION 'documents_takes_two_persons: nobody has agreed to this with the one who proposed it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;"""

SIGNATURE = """
CREATE OR REPLACE FUNCTION documents_signature_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'in_sign_off' THEN
        RAISE EXCEPTION 'documents_not_in_sign_off: this version is not with the lead partners.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM areas_appointment a WHERE a.id = NEW.appointment_id AND a.office = 'lsp'
            AND a.seat_id = NEW.seat_id AND a.person_id = NEW.signed_by_id
            AND a.during @> (NEW.signed_at AT TIME ZONE 'Europe/London')::date
            AND a.suspended_at IS NULL AND a.voided_at IS NULL AND (a.basis <> 'acting' OR a.may_sign_while_acting)) THEN
        RAISE EXCEPTION 'documents_signer_holds_the_seat: the signer is not lead partner for this seat on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;{more}
    RETURN NEW;
END $$;
"""
PROVED = """
    IF NEW.wording = '' OR NEW.proved_by = '' OR NEW.proved_at IS NULL OR NEW.proved_at > NEW.signed_at
        OR NEW.proved_at < NEW.signed_at - interval '10 minutes' THEN
        RAISE EXCEPTION 'documents_signer_was_proved: the signer had not just shown that it was them.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM documents_unsigned u WHERE u.version_id = NEW.version_id AND u.seat_id = NEW.seat_id
        AND u.taken_back_at IS NULL) THEN
        RAISE EXCEPTION 'documents_signed_or_not: this seat is on record as not signing.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;"""

FORWARD = (
    GUARD.replace("{in_part}", IN_PART).replace("{moves}", ", ".join(str(move) for move in MOVES))
    + SIGNATURE.replace("{more}", PROVED)
    + """
ALTER TABLE documents_unsigned ADD CONSTRAINT documents_unsigned_of_this_text
    FOREIGN KEY (version_id, sha256) REFERENCES documents_version (id, sha256);
ALTER TABLE documents_unsigned ADD CONSTRAINT documents_unsigned_of_a_required_seat
    FOREIGN KEY (version_id, seat_id) REFERENCES documents_requiredseat (version_id, seat_id);

CREATE FUNCTION documents_unsigned_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'in_sign_off' THEN
        RAISE EXCEPTION 'documents_not_in_sign_off: this version is not with the lead partners.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL
            OR (to_jsonb(NEW) - '{taken_back_at,taken_back_by_id}'::text[])
            <> (to_jsonb(OLD) - '{taken_back_at,taken_back_by_id}'::text[]) THEN
            RAISE EXCEPTION 'documents_evidence_is_kept: that a seat does not sign is taken back once, and stays on record.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM documents_signoff s WHERE s.version_id = NEW.version_id AND s.seat_id = NEW.seat_id) THEN
        RAISE EXCEPTION 'documents_signed_or_not: this seat has signed.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.why = 'refused' AND NOT EXISTS (
        SELECT 1 FROM areas_appointment a WHERE a.id = NEW.appointment_id AND a.office = 'lsp'
            AND a.seat_id = NEW.seat_id AND a.person_id = NEW.said_by_id
            AND a.during @> (NEW.said_at AT TIME ZONE 'Europe/London')::date
            AND a.suspended_at IS NULL AND a.voided_at IS NULL AND (a.basis <> 'acting' OR a.may_sign_while_acting)) THEN
        RAISE EXCEPTION 'documents_refuser_holds_the_seat: only the lead partner for this seat refuses for it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_unsigned_guard BEFORE INSERT OR UPDATE ON documents_unsigned
    FOR EACH ROW EXECUTE FUNCTION documents_unsigned_guard();
CREATE TRIGGER documents_unsigned_kept BEFORE DELETE ON documents_unsigned
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_unsigned_not_emptied BEFORE TRUNCATE ON documents_unsigned
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE FUNCTION documents_proposal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.outcome <> '' THEN
            RAISE EXCEPTION 'documents_proposal_begins_open: a proposal is decided after it was made.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF OLD.outcome <> '' OR NEW.outcome = ''
        OR (to_jsonb(NEW) - '{outcome,decided_as,decided_at,decided_by_id}'::text[])
        <> (to_jsonb(OLD) - '{outcome,decided_as,decided_at,decided_by_id}'::text[]) THEN
        RAISE EXCEPTION 'documents_evidence_is_kept: a proposal is decided once, and stays on record.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_proposal_guard BEFORE INSERT OR UPDATE ON documents_proposal
    FOR EACH ROW EXECUTE FUNCTION documents_proposal_guard();
CREATE TRIGGER documents_proposal_kept BEFORE DELETE ON documents_proposal
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_proposal_not_emptied BEFORE TRUNCATE ON documents_proposal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
)
BACK = (
    """
DROP TRIGGER documents_proposal_not_emptied ON documents_proposal;
DROP TRIGGER documents_proposal_kept ON documents_proposal;
DROP TRIGGER documents_proposal_guard ON documents_proposal;
DROP FUNCTION documents_proposal_guard();
DROP TRIGGER documents_unsigned_not_emptied ON documents_unsigned;
DROP TRIGGER documents_unsigned_kept ON documents_unsigned;
DROP TRIGGER documents_unsigned_guard ON documents_unsigned;
DROP FUNCTION documents_unsigned_guard();
ALTER TABLE documents_unsigned DROP CONSTRAINT documents_unsigned_of_a_required_seat;
ALTER TABLE documents_unsigned DROP CONSTRAINT documents_unsigned_of_this_text;
"""
    + SIGNATURE.replace("{more}", "")
    + GUARD.replace("{in_part}", "").replace("{moves}", ", ".join(str(move) for move in BEFORE))
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0011_positions_and_second_persons"),
        ("areas", "0005_offices_are_evidence"),
        ("audit", "0007_tables_are_not_emptied"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
