"""A statement is given by somebody who is scrutineer of the area on that day, and on a draft of that document."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scrutiny_statement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE draft record;
BEGIN
    -- The lock keeps this and a sending for sign-off apart, as it does in the service.
    SELECT v.status, v.document_id, v.created_at, d.area_id INTO draft FROM documents_version v
        JOIN documents_document d ON d.id = v.document_id WHERE v.id = NEW.version_id FOR SHARE OF v;
    IF draft.document_id IS DISTINCT FROM NEW.document_id OR draft.status <> 'draft' THEN
        RAISE EXCEPTION 'scrutiny_statement_on_a_draft: a statement is given on the draft of its document.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.given_at < draft.created_at OR NOT EXISTS (
        SELECT 1 FROM areas_offices_held(NEW.author_id, draft.area_id,
            (NEW.given_at AT TIME ZONE 'Europe/London')::date) h WHERE h.office = 'scrutineer') THEN
        RAISE EXCEPTION 'scrutiny_statement_of_a_scrutineer: its author is no scrutineer of the area on this day.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scrutiny_statement_guard BEFORE INSERT ON scrutiny_statement
    FOR EACH ROW EXECUTE FUNCTION scrutiny_statement_guard();
"""
BACK = """
DROP TRIGGER scrutiny_statement_guard ON scrutiny_statement;
DROP FUNCTION scrutiny_statement_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0004_statements_stay"),
        ("areas", "0009_offices_held_on_a_day"),
        ("documents", "0008_what_was_claimed_stays"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
