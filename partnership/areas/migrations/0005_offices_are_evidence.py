"""What the database itself refuses of offices: another person in an old row, a day outside the seat, a changed review."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION areas_appointment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'areas_offices_are_kept: an appointment is never removed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.office IN ('dsp', 'chair') THEN -- a chair and the delegation it rests on change one after the other
        PERFORM 1 FROM areas_area WHERE id = NEW.area_id FOR NO KEY UPDATE;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.person_id, NEW.area_id, NEW.seat_id, NEW.office, NEW.basis, NEW.sub_group, NEW.recorded_at,
            NEW.recorded_by_id, lower(NEW.during), NEW.may_sign_while_acting)
            IS DISTINCT FROM (OLD.person_id, OLD.area_id, OLD.seat_id, OLD.office, OLD.basis, OLD.sub_group,
            OLD.recorded_at, OLD.recorded_by_id, lower(OLD.during), OLD.may_sign_while_acting) THEN
            RAISE EXCEPTION 'areas_offices_are_kept: an appointment stays what it was recorded as.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF OLD.voided_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'areas_offices_are_kept: what was struck out stays struck out.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF NEW.voided_at IS NULL AND NEW.seat_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM areas_seat s WHERE s.id = NEW.seat_id AND s.during @> NEW.during) THEN
        RAISE EXCEPTION 'areas_office_lies_within_its_seat: the agency has no seat in all that time.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER areas_appointment_guard BEFORE INSERT OR UPDATE OR DELETE ON areas_appointment
    FOR EACH ROW EXECUTE FUNCTION areas_appointment_guard();

CREATE FUNCTION areas_seat_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM areas_seat s JOIN areas_appointment a ON a.seat_id = s.id
        WHERE s.id = NEW.id AND a.voided_at IS NULL AND NOT s.during @> a.during) THEN
        RAISE EXCEPTION 'areas_office_lies_within_its_seat: offices are held beyond the seat.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER areas_seat_holds_its_offices AFTER UPDATE ON areas_seat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_seat_check();

CREATE FUNCTION areas_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'areas_record_is_kept: rows of % are never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER areas_appointment_not_emptied BEFORE TRUNCATE ON areas_appointment
    FOR EACH STATEMENT EXECUTE FUNCTION areas_refuse_change();
CREATE TRIGGER areas_departure_kept BEFORE UPDATE OR DELETE ON areas_departure
    FOR EACH ROW EXECUTE FUNCTION areas_refuse_change();
CREATE TRIGGER areas_independence_kept BEFORE UPDATE OR DELETE ON areas_independencerecord
    FOR EACH ROW EXECUTE FUNCTION areas_refuse_change();
CREATE TRIGGER areas_reviewed_access_kept BEFORE UPDATE OR DELETE ON areas_reviewedaccess
    FOR EACH ROW EXECUTE FUNCTION areas_refuse_change();
CREATE TRIGGER areas_earlier_name_kept BEFORE UPDATE OR DELETE ON areas_earliername
    FOR EACH ROW EXECUTE FUNCTION areas_refuse_change();

CREATE FUNCTION areas_review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.signed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'areas_record_is_kept: a signed review stays as it was signed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER areas_review_guard BEFORE UPDATE OR DELETE ON areas_accessreview
    FOR EACH ROW EXECUTE FUNCTION areas_review_guard();

CREATE OR REPLACE FUNCTION areas_chair_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM areas_appointment c WHERE c.area_id = NEW.area_id AND c.person_id = NEW.person_id
            AND c.office = 'chair' AND c.voided_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM areas_appointment d WHERE d.area_id = c.area_id AND d.person_id = c.person_id
                    AND d.office = 'dsp' AND d.voided_at IS NULL AND d.during @> c.during)) THEN
        RAISE EXCEPTION 'areas_chair_is_a_delegated_partner' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
BACK = """
CREATE OR REPLACE FUNCTION areas_chair_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM areas_appointment c WHERE c.area_id = NEW.area_id AND c.person_id = NEW.person_id
            AND c.office = 'chair' AND NOT EXISTS (
                SELECT 1 FROM areas_appointment d WHERE d.area_id = c.area_id AND d.person_id = c.person_id
                    AND d.office = 'dsp' AND d.during @> c.during)) THEN
        RAISE EXCEPTION 'areas_chair_is_a_delegated_partner' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER areas_review_guard ON areas_accessreview;
DROP FUNCTION areas_review_guard();
DROP TRIGGER areas_earlier_name_kept ON areas_earliername;
DROP TRIGGER areas_reviewed_access_kept ON areas_reviewedaccess;
DROP TRIGGER areas_independence_kept ON areas_independencerecord;
DROP TRIGGER areas_departure_kept ON areas_departure;
DROP TRIGGER areas_appointment_not_emptied ON areas_appointment;
DROP FUNCTION areas_refuse_change();
DROP TRIGGER areas_seat_holds_its_offices ON areas_seat;
DROP FUNCTION areas_seat_check();
DROP TRIGGER areas_appointment_guard ON areas_appointment;
DROP FUNCTION areas_appointment_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0004_offices_bodies_and_reviews")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
