"""What the database itself refuses of flags: another fact or another text in an old row, a changed end, removal."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION living_flag_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.closed_at IS NULL
        AND (NEW.version_id, NEW.fact, NEW.title, NEW.frozen_value, NEW.found_at)
        IS NOT DISTINCT FROM (OLD.version_id, OLD.fact, OLD.title, OLD.frozen_value, OLD.found_at) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'living_flags_stay: what was found to differ from the records is kept as it was found.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER living_flag_guard BEFORE UPDATE OR DELETE ON living_staleflag
    FOR EACH ROW EXECUTE FUNCTION living_flag_guard();
"""
BACK = """
DROP TRIGGER living_flag_guard ON living_staleflag;
DROP FUNCTION living_flag_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("living", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
