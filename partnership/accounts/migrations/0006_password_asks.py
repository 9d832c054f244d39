from django.db import migrations, models

import partnership.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_organisation_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("asked_at", models.DateTimeField(default=partnership.clock.now)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
