"""What was put on record of a step that was switched off stays; it is on again once."""

from django.db import migrations

ENDED = {
    "switchedoffstep": ("ended_at", "ended_as"),
}
FORWARD = "".join(
    f"CREATE TRIGGER deadlines_{table}_stays BEFORE UPDATE OR DELETE ON deadlines_{table} FOR EACH ROW "
    f"EXECUTE FUNCTION deadlines_said_stays({', '.join(repr(column) for column in ends)});\n"
    f"CREATE TRIGGER deadlines_{table}_not_emptied BEFORE TRUNCATE ON deadlines_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();\n"
    for table, ends in ENDED.items()
)
BACK = "".join(
    f"DROP TRIGGER deadlines_{table}_not_emptied ON deadlines_{table};\n"
    f"DROP TRIGGER deadlines_{table}_stays ON deadlines_{table};\n"
    for table in ENDED
)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0006_steps_off"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
