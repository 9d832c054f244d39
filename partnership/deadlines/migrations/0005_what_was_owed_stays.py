"""What was owed, by when, what met it and what people said of it stays on record as it was."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION deadlines_duty_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.area_id, NEW.rule_key, NEW.edition_key, NEW.period_label, NEW.first_due_on, NEW.event, NEW.began_on,
             NEW.created_at)
        IS NOT DISTINCT FROM (OLD.area_id, OLD.rule_key, OLD.edition_key, OLD.period_label, OLD.first_due_on,
             OLD.event, OLD.began_on, OLD.created_at)
        AND (NEW.due_on = OLD.due_on OR NEW.relaxation_id IS DISTINCT FROM OLD.relaxation_id)
        AND (OLD.lapsed_at IS NULL OR NEW.lapsed_at = OLD.lapsed_at)
        AND (OLD.document_id IS NULL OR NEW.document_id = OLD.document_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'deadlines_duty_stays: what is owed and its date are never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER deadlines_duty_stays BEFORE UPDATE OR DELETE ON deadlines_duty
    FOR EACH ROW EXECUTE FUNCTION deadlines_duty_stays();

-- A row of these changes once, in the named columns alone; the function is given them when the trigger is made.
CREATE FUNCTION deadlines_said_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    ends text;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        IF NOT (was -> TG_ARGV[0]) = 'null'::jsonb THEN
            RAISE EXCEPTION 'deadlines_said_stays: it has ended already.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        FOREACH ends IN ARRAY TG_ARGV LOOP
            was := was - ends;
        END LOOP;
        IF was <@ to_jsonb(NEW) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'deadlines_said_stays: what was said or done is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
ENDED = {
    "dutyfact": ("fallen_at", "fallen_because"),
    "hold": ("ended_at", "ended_as"),
    "localcycle": ("ended_at", "ended_as"),
    "relaxation": ("confirmed_at", "confirmed_by", "declined_by"),
    "localtarget": (),
    "latestatement": (),
    "turndone": (),
}
STAYS = "".join(
    f"CREATE TRIGGER deadlines_{table}_stays BEFORE UPDATE OR DELETE ON deadlines_{table} FOR EACH ROW "
    f"EXECUTE FUNCTION deadlines_said_stays({', '.join(repr(column) for column in ends)});\n"
    for table, ends in ENDED.items()
)
# How many a reminder went to is counted after it is claimed, in the same transaction.
STAYS += """
CREATE TRIGGER deadlines_reminder_stays BEFORE DELETE ON deadlines_reminder
    FOR EACH ROW EXECUTE FUNCTION deadlines_said_stays();
"""
TABLES = ("duty", "reminder", *ENDED)
NOT_EMPTIED = "".join(
    f"CREATE TRIGGER deadlines_{table}_not_emptied BEFORE TRUNCATE ON deadlines_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();\n"
    for table in TABLES
)
BACK = (
    "".join(
        f"DROP TRIGGER deadlines_{table}_not_emptied ON deadlines_{table};\n"
        f"DROP TRIGGER deadlines_{table}_stays ON deadlines_{table};\n"
        for table in TABLES
    )
    + "DROP FUNCTION deadlines_said_stays();\nDROP FUNCTION deadlines_duty_stays();\n"
)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_rules_targets_and_holds"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD + STAYS + NOT_EMPTIED, BACK)]
