"""What was asked, written and released is never changed or removed; a release ends once, and a closed room stays so."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION contributions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'contributions_refuse: what was asked, written or released is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER contributions_writing_stays BEFORE UPDATE OR DELETE ON contributions_writing
    FOR EACH ROW EXECUTE FUNCTION contributions_refuse();
CREATE TRIGGER contributions_release_is_kept BEFORE DELETE ON contributions_release
    FOR EACH ROW EXECUTE FUNCTION contributions_refuse();
CREATE TRIGGER contributions_room_is_kept BEFORE DELETE ON contributions_room
    FOR EACH ROW EXECUTE FUNCTION contributions_refuse();

CREATE TRIGGER contributions_release_stays BEFORE UPDATE ON contributions_release
    FOR EACH ROW WHEN (
        OLD.taken_back_at IS NOT NULL OR OLD.handed_back_at IS NOT NULL OR OLD.taken_at IS NOT NULL
        OR (NEW.room_id, NEW.round, NEW.body, NEW.sha256, NEW.agency_name, NEW.person_name, NEW.office_name,
            NEW.released_at, NEW.released_by_id)
        IS DISTINCT FROM (OLD.room_id, OLD.round, OLD.body, OLD.sha256, OLD.agency_name, OLD.person_name,
            OLD.office_name, OLD.released_at, OLD.released_by_id)
    ) EXECUTE FUNCTION contributions_refuse();

CREATE TRIGGER contributions_room_stays BEFORE UPDATE ON contributions_room
    FOR EACH ROW WHEN (
        OLD.closed_at IS NOT NULL OR NEW.revision < OLD.revision OR NEW.round < OLD.round
        OR (NEW.document_id, NEW.number, NEW.section_key, NEW.section_title, NEW.agency_id, NEW.agency_name, NEW.asked,
            NEW.asked_at, NEW.asked_by_id)
        IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.section_key, OLD.section_title, OLD.agency_id,
            OLD.agency_name, OLD.asked, OLD.asked_at, OLD.asked_by_id)
    ) EXECUTE FUNCTION contributions_refuse();

ALTER TABLE contributions_release ADD CONSTRAINT contributions_release_hash
    CHECK (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
"""
BACK = """
ALTER TABLE contributions_release DROP CONSTRAINT contributions_release_hash;
DROP TRIGGER contributions_room_stays ON contributions_room;
DROP TRIGGER contributions_release_stays ON contributions_release;
DROP TRIGGER contributions_room_is_kept ON contributions_room;
DROP TRIGGER contributions_release_is_kept ON contributions_release;
DROP TRIGGER contributions_writing_stays ON contributions_writing;
DROP FUNCTION contributions_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
