"""A daily list has the fingerprint of its own text, follows the newest one, and is never changed or removed."""

from django.db import migrations

TABLES = ("evidence_dailylist", "evidence_listed")
FUNCTION = """
CREATE FUNCTION evidence_link_list() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('evidence:daily-lists', 0));
    SELECT day, sha256 INTO last FROM evidence_dailylist ORDER BY day DESC LIMIT 1;
    IF NEW.previous <> COALESCE(last.sha256, '') OR NEW.day <= last.day THEN
        RAISE EXCEPTION 'daily_list_follows: a list follows the newest one there is.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.sha256 := encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex');
    IF NEW.content::jsonb->>'previous' IS DISTINCT FROM NEW.previous
        OR NEW.content::jsonb->>'day' IS DISTINCT FROM NEW.day::text
        OR NEW.content::jsonb->>'records' IS DISTINCT FROM encode(sha256(convert_to(NEW.heads, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'daily_list_says_so: day, list before and records are those that its text names.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_link_list BEFORE INSERT ON evidence_dailylist
    FOR EACH ROW EXECUTE FUNCTION evidence_link_list();

CREATE FUNCTION evidence_refuse_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT content::jsonb->'published' @> jsonb_build_array(jsonb_build_object('sha256', NEW.sha256))
            FROM evidence_dailylist WHERE id = NEW.day_id) THEN
        RAISE EXCEPTION 'listed_is_in_the_text: only what the text of a list names is in it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_refuse_listed BEFORE INSERT ON evidence_listed
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse_listed();
"""
TRIGGERS = """
CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
NO_TRIGGERS = """
DROP TRIGGER {table}_not_emptied ON {table};
DROP TRIGGER {table}_kept ON {table};
"""
FORWARD = FUNCTION + "".join(TRIGGERS.format(table=table) for table in TABLES)
BACK = (
    "".join(NO_TRIGGERS.format(table=table) for table in TABLES)
    + """
DROP TRIGGER evidence_refuse_listed ON evidence_listed;
DROP FUNCTION evidence_refuse_listed();
DROP TRIGGER evidence_link_list ON evidence_dailylist;
DROP FUNCTION evidence_link_list();
"""
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_daily_lists"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
