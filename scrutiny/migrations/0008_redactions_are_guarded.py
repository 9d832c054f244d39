"""Words are taken out by their own side alone, while what they stood in is sealed and nothing is public; and it stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scrutiny_redaction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said record;
    day date := (NEW.redacted_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT c.document_id, c.area_id, c.closed_at, s.agency_id INTO said FROM scrutiny_challengenote c
        LEFT JOIN scrutiny_response r ON r.id = NEW.answer_id
        LEFT JOIN areas_seat s ON s.id = r.seat_id
        WHERE c.id = COALESCE(NEW.text_of_id, NEW.view_of_id, r.challenge_id);
    -- The locks keep this and a publication apart, as they do in the service: the newest version first.
    PERFORM 1 FROM documents_version WHERE document_id = said.document_id ORDER BY id DESC FOR SHARE;
    IF NOT EXISTS (SELECT 1 FROM documents_version WHERE document_id = said.document_id
            AND status = 'taken_down' AND withdrawn_for = 'redaction')
        OR EXISTS (SELECT 1 FROM documents_version WHERE document_id = said.document_id
            AND status IN ('published', 'superseded', 'consolidated')) THEN
        RAISE EXCEPTION 'scrutiny_redaction_while_sealed: words are taken out while the text is sealed and none is public.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.view_of_id IS NOT NULL AND said.closed_at IS NULL THEN
        RAISE EXCEPTION 'scrutiny_redaction_of_what_was_said: this challenge is not closed, so it has no view.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM areas_offices_held(NEW.redacted_by_id, said.area_id, day) h
            WHERE (NEW.answer_id IS NULL AND h.office = 'scrutineer')
            OR (NEW.answer_id IS NOT NULL AND h.office = 'dsp' AND h.agency_id = said.agency_id)) THEN
        RAISE EXCEPTION 'scrutiny_redaction_by_its_own_side: nobody takes words out of what another side said.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scrutiny_redaction_guard BEFORE INSERT ON scrutiny_redaction
    FOR EACH ROW EXECUTE FUNCTION scrutiny_redaction_guard();
CREATE TRIGGER scrutiny_redaction_stays BEFORE UPDATE OR DELETE ON scrutiny_redaction
    FOR EACH ROW EXECUTE FUNCTION scrutiny_answers_stay();
CREATE TRIGGER scrutiny_redaction_not_emptied BEFORE TRUNCATE ON scrutiny_redaction
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER scrutiny_redaction_not_emptied ON scrutiny_redaction;
DROP TRIGGER scrutiny_redaction_stays ON scrutiny_redaction;
DROP TRIGGER scrutiny_redaction_guard ON scrutiny_redaction;
DROP FUNCTION scrutiny_redaction_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0007_redaction"),
        ("areas", "0009_offices_held_on_a_day"),
        ("audit", "0007_tables_are_not_emptied"),
        ("documents", "0016_after_publication_is_guarded"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
