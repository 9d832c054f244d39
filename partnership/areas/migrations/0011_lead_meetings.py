"""When lead partners meet. What was put on record of it stays; it is called off once (trigger)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import partnership.clock

FORWARD = """
CREATE FUNCTION areas_meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.off_at IS NOT NULL OR NEW.off_at IS NULL
     OR (NEW.id, NEW.area_id, NEW."on", NEW.called, NEW.said_as, NEW.said_at, NEW.said_by_id)
        IS DISTINCT FROM (OLD.id, OLD.area_id, OLD."on", OLD.called, OLD.said_as, OLD.said_at, OLD.said_by_id) THEN
    RAISE EXCEPTION 'What was put on record of a meeting stays; it is called off once.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER areas_leadmeeting_stays BEFORE UPDATE OR DELETE ON areas_leadmeeting
  FOR EACH ROW EXECUTE FUNCTION areas_meeting_stays();
CREATE TRIGGER areas_leadmeeting_not_emptied BEFORE TRUNCATE ON areas_leadmeeting
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER areas_leadmeeting_not_emptied ON areas_leadmeeting;
DROP TRIGGER areas_leadmeeting_stays ON areas_leadmeeting;
DROP FUNCTION areas_meeting_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0010_not_emptied"),
        ("audit", "0007_tables_are_not_emptied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_as", models.CharField(help_text="The person with their office.", max_length=250)),
                ("said_at", models.DateTimeField(default=partnership.clock.now)),
                ("on", models.DateField()),
                ("called", models.CharField(max_length=160)),
                ("off_at", models.DateTimeField(blank=True, null=True)),
                ("off_as", models.CharField(blank=True, max_length=250)),
                ("off_because", models.CharField(blank=True, max_length=300)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lead_meetings", to="areas.area"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("off_at", None)),
                        fields=("area", "on", "called"),
                        name="areas_meeting_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("called", ""), _negated=True), name="areas_meeting_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("off_as", ""), ("off_at", None), ("off_because", "")),
                            models.Q(
                                ("off_at__isnull", False),
                                models.Q(("off_as", ""), _negated=True),
                                models.Q(("off_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="areas_meeting_called_off_by",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
