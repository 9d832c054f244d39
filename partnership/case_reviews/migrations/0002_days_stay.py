"""What was recorded of a case review stays; a correction is another row."""

from django.db import migrations

TABLES = ("casereview", "steptaken", "clockstart")
FORWARD = """
CREATE FUNCTION case_reviews_days_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'case_reviews_days_stay: what was recorded of a case review is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER case_reviews_{table}_stays BEFORE UPDATE OR DELETE ON case_reviews_{table} "
    "FOR EACH ROW EXECUTE FUNCTION case_reviews_days_stay();\n"
    f"CREATE TRIGGER case_reviews_{table}_not_emptied BEFORE TRUNCATE ON case_reviews_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();\n"
    for table in TABLES
)
BACK = (
    "".join(
        f"DROP TRIGGER case_reviews_{table}_not_emptied ON case_reviews_{table};\n"
        f"DROP TRIGGER case_reviews_{table}_stays ON case_reviews_{table};\n"
        for table in TABLES
    )
    + "DROP FUNCTION case_reviews_days_stay();\n"
)


class Migration(migrations.Migration):
    dependencies = [("case_reviews", "0001_initial"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
