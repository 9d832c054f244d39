"""What the database itself refuses of notices: another agency in an old row, a changed acknowledgement, removal."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION arrangements_notice_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.acknowledged_at IS NULL
        AND (NEW.version_id, NEW.seat_id, NEW.agency_name, NEW.reference)
        IS NOT DISTINCT FROM (OLD.version_id, OLD.seat_id, OLD.agency_name, OLD.reference) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'arrangements_acknowledgements_stay: what an agency was told and acknowledged is kept as it is.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER arrangements_notice_guard BEFORE UPDATE OR DELETE ON arrangements_agencynotice
    FOR EACH ROW EXECUTE FUNCTION arrangements_notice_guard();
"""
BACK = """
DROP TRIGGER arrangements_notice_guard ON arrangements_agencynotice;
DROP FUNCTION arrangements_notice_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("arrangements", "0003_agency_notice")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
