"""What an area was told and who acknowledged it is never changed or removed; a briefing can be acknowledged, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION briefings_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'briefings_briefing' AND OLD.acknowledged_at IS NULL
        AND (NEW.area_id, NEW.edition_key, NEW.made_at) IS NOT DISTINCT FROM (OLD.area_id, OLD.edition_key, OLD.made_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'briefings_stay: what an area was told of the guidance is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER briefings_briefing_stays BEFORE UPDATE OR DELETE ON briefings_briefing
    FOR EACH ROW EXECUTE FUNCTION briefings_stay();
CREATE FUNCTION briefings_baseline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'briefings_stay: what an area was told of the guidance is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER briefings_baseline_stays BEFORE UPDATE OR DELETE ON briefings_baseline
    FOR EACH ROW EXECUTE FUNCTION briefings_baseline_stays();
"""
BACK = """
DROP TRIGGER briefings_baseline_stays ON briefings_baseline;
DROP TRIGGER briefings_briefing_stays ON briefings_briefing;
DROP FUNCTION briefings_baseline_stays();
DROP FUNCTION briefings_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("briefings", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
