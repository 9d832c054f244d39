"""The chair is one of the delegated partners of the area, in all the time of the chair, at the end of every transaction."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION areas_chair_check() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER areas_chair_inserted AFTER INSERT ON areas_appointment
    FOR EACH ROW EXECUTE FUNCTION areas_chair_check();
CREATE CONSTRAINT TRIGGER areas_chair_updated AFTER UPDATE ON areas_appointment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_chair_check();

CREATE FUNCTION areas_seat_of_area_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seat_id IS NOT NULL AND (SELECT area_id FROM areas_seat WHERE id = NEW.seat_id) <> NEW.area_id THEN
        RAISE EXCEPTION 'areas_seat_lies_in_the_area' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER areas_seat_of_area BEFORE INSERT OR UPDATE ON areas_appointment
    FOR EACH ROW EXECUTE FUNCTION areas_seat_of_area_check();
"""
BACK = """
DROP TRIGGER areas_seat_of_area ON areas_appointment;
DROP FUNCTION areas_seat_of_area_check();
DROP TRIGGER areas_chair_updated ON areas_appointment;
DROP TRIGGER areas_chair_inserted ON areas_appointment;
DROP FUNCTION areas_chair_check();
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
