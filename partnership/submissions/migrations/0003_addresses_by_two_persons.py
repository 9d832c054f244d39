import django.db.models.deletion
from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_failure_noted_at")]

    operations = [
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=160)),
                ("address", models.EmailField(max_length=254)),
                ("source", models.CharField(max_length=300)),
                ("evidence", models.CharField(max_length=10)),
                ("valid_from", models.DateField()),
                ("proposed_by", models.CharField(max_length=150)),
                ("proposed_on", models.DateField(default=partnership.clock.today)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("confirmed", "Confirmed"), ("declined", "Declined")], max_length=10
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was declined.", max_length=300)),
                (
                    "replaces",
                    models.ForeignKey(
                        help_text="What was in use when it was proposed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="submissions.recipient",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("party",), name="submissions_one_change_proposed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", ""), _negated=True),
                        name="submissions_change_has_a_proposer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by", ""), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["confirmed", "declined"]),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="submissions_change_decided_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_on", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("checked_by", models.CharField(max_length=150)),
                ("recorded_at", models.DateTimeField(default=partnership.clock.now)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="submissions.recipient",
                    ),
                ),
            ],
            options={"ordering": ["-checked_on", "-pk"]},
        ),
    ]
