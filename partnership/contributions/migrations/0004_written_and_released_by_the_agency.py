"""Only people of the agency write in its room, and only who may let a text go releases it, just as it was last saved.

As `contributions.access`: the delegated partner of the agency releases; an agency that is no statutory partner of the
area has none by law, and there whoever writes for it does.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION contributions_room_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM contributions_room r WHERE r.id = NEW.room_id FOR SHARE; -- the service holds it more tightly
    IF NOT EXISTS (SELECT 1 FROM contributions_room r
        WHERE r.id = NEW.room_id AND r.closed_at IS NULL AND r.round = NEW.round)
        OR EXISTS (SELECT 1 FROM contributions_release l
            WHERE l.room_id = NEW.room_id AND l.taken_back_at IS NULL AND l.handed_back_at IS NULL) THEN
        RAISE EXCEPTION 'contributions_room_is_open: nothing is written or released in this round of the room now.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION contributions_writing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM contributions_room r JOIN documents_document d ON d.id = r.document_id
            CROSS JOIN areas_offices_held(NEW.saved_by_id, d.area_id,
                (NEW.saved_at AT TIME ZONE 'Europe/London')::date) h
            WHERE r.id = NEW.room_id AND NEW.saved_at >= r.asked_at AND h.agency_id = r.agency_id
            AND h.office IN ('lsp', 'dsp', 'education', 'contributor')) THEN
        RAISE EXCEPTION 'contributions_written_by_the_agency: its writer does not write for the agency on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION contributions_release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    room record;
    day date := (NEW.released_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT r.agency_id, r.asked_at, r.revision, d.area_id, EXISTS (
        SELECT 1 FROM areas_seat s WHERE s.agency_id = r.agency_id AND s.kind = 'statutory' AND s.during @> day
            AND s.area_id = COALESCE((SELECT h.successor_id FROM areas_areasuccession h
                WHERE h.predecessor_id = d.area_id AND h.takes_over_duties AND h."on" <= day), d.area_id)) AS has_delegate
        INTO room FROM contributions_room r JOIN documents_document d ON d.id = r.document_id WHERE r.id = NEW.room_id;
    IF NEW.released_at < room.asked_at OR NOT EXISTS (
        SELECT 1 FROM areas_offices_held(NEW.released_by_id, room.area_id, day) h WHERE h.agency_id = room.agency_id
            AND (h.office = 'dsp' OR (NOT room.has_delegate AND h.office IN ('lsp', 'education', 'contributor')))) THEN
        RAISE EXCEPTION 'contributions_released_by_the_delegate: it is not theirs to release for the agency on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM contributions_writing w WHERE w.room_id = NEW.room_id AND w.outcome = 'saved'
        AND w.revision = room.revision AND w.body = NEW.body) THEN
        RAISE EXCEPTION 'contributions_released_as_saved: only the text that was saved last is released.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER contributions_writing_by_the_agency BEFORE INSERT ON contributions_writing
    FOR EACH ROW EXECUTE FUNCTION contributions_writing_guard();
CREATE TRIGGER contributions_writing_in_an_open_room BEFORE INSERT ON contributions_writing
    FOR EACH ROW EXECUTE FUNCTION contributions_room_guard();
CREATE TRIGGER contributions_release_by_the_delegate BEFORE INSERT ON contributions_release
    FOR EACH ROW EXECUTE FUNCTION contributions_release_guard();
CREATE TRIGGER contributions_release_in_an_open_room BEFORE INSERT ON contributions_release
    FOR EACH ROW EXECUTE FUNCTION contributions_room_guard();
"""
BACK = """
DROP TRIGGER contributions_release_in_an_open_room ON contributions_release;
DROP TRIGGER contributions_release_by_the_delegate ON contributions_release;
DROP TRIGGER contributions_writing_in_an_open_room ON contributions_writing;
DROP TRIGGER contributions_writing_by_the_agency ON contributions_writing;
DROP FUNCTION contributions_release_guard();
DROP FUNCTION contributions_writing_guard();
DROP FUNCTION contributions_room_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0003_what_is_typed_is_kept"),
        ("areas", "0009_offices_held_on_a_day"),
        ("documents", "0008_what_was_claimed_stays"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
