"""The scrutineer's words and the partners' answers are never changed or removed; a challenge can only be closed, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scrutiny_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'scrutiny_challengenote' AND OLD.closed_at IS NULL
        AND (NEW.area_id, NEW.document_id, NEW.version_id, NEW.number, NEW.section_key, NEW.text, NEW.raised_at,
             NEW.raised_by_id, NEW.raised_as)
        IS NOT DISTINCT FROM (OLD.area_id, OLD.document_id, OLD.version_id, OLD.number, OLD.section_key, OLD.text,
             OLD.raised_at, OLD.raised_by_id, OLD.raised_as) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'scrutiny_words_stay: what was said in scrutiny is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER scrutiny_challenge_stays BEFORE UPDATE OR DELETE ON scrutiny_challengenote
    FOR EACH ROW EXECUTE FUNCTION scrutiny_words_stay();
CREATE FUNCTION scrutiny_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'scrutiny_words_stay: what was said in scrutiny is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER scrutiny_answer_stays BEFORE UPDATE OR DELETE ON scrutiny_response
    FOR EACH ROW EXECUTE FUNCTION scrutiny_answers_stay();
"""
BACK = """
DROP TRIGGER scrutiny_answer_stays ON scrutiny_response;
DROP TRIGGER scrutiny_challenge_stays ON scrutiny_challengenote;
DROP FUNCTION scrutiny_answers_stay();
DROP FUNCTION scrutiny_words_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
