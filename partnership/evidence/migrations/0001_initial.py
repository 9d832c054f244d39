import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0016_after_publication_is_guarded"),
        ("files", "0002_stored_file_is_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FetchRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=partnership.clock.now)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fetch_requests",
                        to="documents.version",
                    ),
                ),
            ],
            options={"ordering": ["version", "asked_at"]},
        ),
        migrations.CreateModel(
            name="PublicFetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("address", models.CharField(max_length=500)),
                ("led_to", models.CharField(blank=True, max_length=500)),
                ("fetched_at", models.DateTimeField(default=partnership.clock.now)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                (
                    "headers",
                    models.JSONField(
                        default=list, help_text="Pairs of name and value, in the order in which they came."
                    ),
                ),
                ("ok", models.BooleanField()),
                ("failure", models.CharField(blank=True, max_length=200)),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_fetches",
                        to="documents.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "number"), name="evidence_fetch_numbers_differ"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="evidence_fetch_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", False), ("failure", ""), ("ok", True), ("status__isnull", False)),
                            models.Q(("body__isnull", True), ("ok", False), models.Q(("failure", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_fetch_is_whole_or_says_why_not",
                    ),
                ],
            },
        ),
    ]
