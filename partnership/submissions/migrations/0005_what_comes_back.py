import django.db.models.deletion
from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_stored_file_is_immutable"),
        ("mail", "0006_incoming_is_kept"),
        ("submissions", "0004_addresses_are_guarded"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmissionMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("queued_at", models.DateTimeField(default=partnership.clock.now)),
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission_message",
                        to="mail.outgoingmail",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.recipient"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={"ordering": ["queued_at", "pk"]},
        ),
        migrations.CreateModel(
            name="DeliveryEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("bounced", "Reports that a message could not be delivered"),
                            ("delayed", "Reports that a message is delayed"),
                            ("delivered", "Reports that a message was delivered"),
                            ("relayed", "Reports that a message was passed on to a system that reports no further"),
                            ("automatic", "An automatic answer"),
                            ("reply", "A reply"),
                            ("unclear", "It is not clear what it is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(help_text="When it came in.")),
                (
                    "incoming",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_event",
                        to="mail.incomingmail",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mail.outgoingmail"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.AddField(
            model_name="submission",
            name="bounced_at",
            field=models.DateTimeField(help_text="When its message came back undelivered.", null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="acknowledged_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reply", "They replied by email"),
                    ("portal", "Their portal or form gave a receipt"),
                    ("post", "On paper, or in person"),
                    ("telephone", "By telephone"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="received_on",
            field=models.DateField(help_text="On which day the body said that it has it.", null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="reply",
            field=models.ForeignKey(
                help_text="What it said it in.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="submissions.deliveryevent",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="receipt",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="receipt_name",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
