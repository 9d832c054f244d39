"""A suspended or struck-out appointment signs nothing, and what a signature rests on cannot be taken away."""

from django.db import migrations

GUARD = """
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
            {limits}AND (a.basis <> 'acting' OR a.may_sign_while_acting)) THEN
        RAISE EXCEPTION 'documents_signer_holds_the_seat: the signer is not lead partner for this seat on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORWARD = (
    GUARD.format(limits="AND a.suspended_at IS NULL AND a.voided_at IS NULL ")
    + """
CREATE FUNCTION documents_signature_rests_on_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM documents_signoff s WHERE s.appointment_id = NEW.id AND (NEW.voided_at IS NOT NULL
        OR NOT NEW.during @> (s.signed_at AT TIME ZONE 'Europe/London')::date)) THEN
        RAISE EXCEPTION 'areas_signature_rests_on_it: a signature was given by this appointment.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_signature_rests_on_it BEFORE UPDATE OF voided_at, during ON areas_appointment
    FOR EACH ROW EXECUTE FUNCTION documents_signature_rests_on_it();
"""
)
BACK = """
DROP TRIGGER documents_signature_rests_on_it ON areas_appointment;
DROP FUNCTION documents_signature_rests_on_it();
""" + GUARD.format(limits="")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_frozen_and_signed"), ("areas", "0005_offices_are_evidence")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
