from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_password_asks")]

    operations = [
        migrations.AddField(
            model_name="keptpost",
            name="act",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What its person was about to do, as it follows “to”.",
                max_length=300,
            ),
            preserve_default=False,
        ),
    ]
