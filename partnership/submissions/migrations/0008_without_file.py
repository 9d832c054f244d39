from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_events_are_guarded")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="without_file",
            field=models.CharField(blank=True, help_text="Why the PDF did not go along.", max_length=300),
        ),
    ]
