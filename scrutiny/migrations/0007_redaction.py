import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0006_not_emptied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("reason", models.TextField()),
                ("redacted_as", models.CharField(max_length=250)),
                ("redacted_at", models.DateTimeField(default=partnership.clock.now)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="scrutiny.response",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "text_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_redactions",
                        to="scrutiny.challengenote",
                    ),
                ),
                (
                    "view_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="view_redactions",
                        to="scrutiny.challengenote",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("text_of__isnull", False), ("view_of", None)),
                            models.Q(("answer", None), ("text_of", None), ("view_of__isnull", False)),
                            models.Q(("answer__isnull", False), ("text_of", None), ("view_of", None)),
                            _connector="OR",
                        ),
                        name="scrutiny_redaction_of_one_passage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__regex", "\\S")), name="scrutiny_redaction_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "\\S")), name="scrutiny_redaction_has_a_reason"
                    ),
                ],
            },
        ),
    ]
