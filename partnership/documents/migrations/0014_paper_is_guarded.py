"""A signature on paper counts once a second person agreed to it, for the day that stands on it, and stays as recorded."""

from django.db import migrations

SIGNATURE = """
CREATE OR REPLACE FUNCTION documents_signature_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := (NEW.signed_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'in_sign_off' THEN
        RAISE EXCEPTION 'documents_not_in_sign_off: this version is not with the lead partners.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;{paper}
    IF NOT EXISTS (
        SELECT 1 FROM areas_appointment a WHERE a.id = NEW.appointment_id AND a.office = 'lsp'
            AND a.seat_id = NEW.seat_id AND a.person_id = NEW.signed_by_id AND a.during @> day
            AND a.suspended_at IS NULL AND a.voided_at IS NULL AND (a.basis <> 'acting' OR a.may_sign_while_acting)) THEN
        RAISE EXCEPTION 'documents_signer_holds_the_seat: the signer is not lead partner for this seat on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF {unproved}NEW.wording = '' OR NEW.proved_by = '' OR NEW.proved_at IS NULL OR NEW.proved_at > NEW.signed_at
        OR NEW.proved_at < NEW.signed_at - interval '10 minutes'{closing} THEN
        RAISE EXCEPTION 'documents_signer_was_proved: the signer had not just shown that it was them.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM documents_unsigned u WHERE u.version_id = NEW.version_id AND u.seat_id = NEW.seat_id
        AND u.taken_back_at IS NULL) THEN
        RAISE EXCEPTION 'documents_signed_or_not: this seat is on record as not signing.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
PAPER = """
    IF NEW.paper_id IS NOT NULL THEN
        SELECT p.signed_on INTO day FROM documents_papersignature p JOIN documents_proposal r ON r.id = p.proposal_id
            WHERE p.id = NEW.paper_id AND p.appointment_id = NEW.appointment_id AND p.reservation = NEW.reservation
            AND r.version_id = NEW.version_id AND r.seat_id = NEW.seat_id AND r.outcome = 'agreed'
            AND r.proposed_by_id <> NEW.signed_by_id AND r.decided_by_id <> NEW.signed_by_id;
        IF NOT FOUND OR NEW.proved_by <> '' OR NEW.proved_at IS NOT NULL OR NEW.wording = '' THEN
            RAISE EXCEPTION 'documents_paper_was_agreed_to: two other persons did not take this paper as given.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;"""
FORWARD = (
    SIGNATURE.replace("{paper}", PAPER).replace("{unproved}", "NEW.paper_id IS NULL AND (").replace("{closing}", ")")
    + """
CREATE FUNCTION documents_paper_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM documents_proposal r JOIN areas_appointment a ON a.id = NEW.appointment_id
        WHERE r.id = NEW.proposal_id AND r.act = 'paper' AND r.outcome = '' AND a.seat_id = r.seat_id AND a.office = 'lsp'
        AND a.during @> NEW.signed_on AND a.person_id <> r.proposed_by_id AND a.voided_at IS NULL) THEN
        RAISE EXCEPTION 'documents_paper_of_the_seat: the paper is not of who held this seat on the day that stands on it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_papersignature_guard BEFORE INSERT ON documents_papersignature
    FOR EACH ROW EXECUTE FUNCTION documents_paper_guard();
CREATE TRIGGER documents_papersignature_kept BEFORE UPDATE OR DELETE ON documents_papersignature
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_papersignature_not_emptied BEFORE TRUNCATE ON documents_papersignature
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE OR REPLACE FUNCTION documents_signature_rests_on_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM documents_signoff s LEFT JOIN documents_papersignature p ON p.id = s.paper_id
        WHERE s.appointment_id = NEW.id AND (NEW.voided_at IS NOT NULL
        OR NOT NEW.during @> COALESCE(p.signed_on, (s.signed_at AT TIME ZONE 'Europe/London')::date))) THEN
        RAISE EXCEPTION 'areas_signature_rests_on_it: a signature was given by this appointment.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
)
BACK = """
CREATE OR REPLACE FUNCTION documents_signature_rests_on_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM documents_signoff s WHERE s.appointment_id = NEW.id AND (NEW.voided_at IS NOT NULL
        OR NOT NEW.during @> (s.signed_at AT TIME ZONE 'Europe/London')::date)) THEN
        RAISE EXCEPTION 'areas_signature_rests_on_it: a signature was given by this appointment.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER documents_papersignature_not_emptied ON documents_papersignature;
DROP TRIGGER documents_papersignature_kept ON documents_papersignature;
DROP TRIGGER documents_papersignature_guard ON documents_papersignature;
DROP FUNCTION documents_paper_guard();
""" + SIGNATURE.replace("{paper}", "").replace("{unproved}", "").replace("{closing}", "")


class Migration(migrations.Migration):
    dependencies = [("documents", "0013_signatures_on_paper"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
