import django.db.models.deletion
from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    dependencies = [("files", "0002_stored_file_is_immutable"), ("mail", "0004_return_path")]

    operations = [
        migrations.CreateModel(
            name="MailboxMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mailbox", models.CharField(max_length=300, unique=True)),
                ("mark", models.CharField(max_length=200)),
                ("read_at", models.DateTimeField(default=partnership.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="IncomingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(blank=True, max_length=320)),
                ("received_at", models.DateTimeField(default=partnership.clock.now)),
                ("dated_at", models.DateTimeField(blank=True, null=True)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("subject", models.CharField(blank=True, max_length=250)),
                (
                    "sort",
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
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="The status that a report gives, such as 5.1.1.", max_length=12
                    ),
                ),
                (
                    "said",
                    models.CharField(blank=True, help_text="What a report says of the reason.", max_length=500),
                ),
                ("is_cut", models.BooleanField(default=False)),
                (
                    "matched",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("return_path", "By its return path"),
                            ("reply_address", "By its reply address"),
                            ("reference", "By the Message-ID that it refers to"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming",
                        to="mail.outgoingmail",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message_id", "file"), name="mail_incoming_is_kept_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sort__in",
                                ["bounced", "delayed", "delivered", "relayed", "automatic", "reply", "unclear"],
                            )
                        ),
                        name="mail_incoming_sort_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answers__isnull", True), ("matched", "")),
                            models.Q(
                                ("answers__isnull", False),
                                ("matched__in", ["return_path", "reply_address", "reference"]),
                            ),
                            _connector="OR",
                        ),
                        name="mail_incoming_says_how_it_matched",
                    ),
                ],
            },
        ),
    ]
