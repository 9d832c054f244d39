"""The return path of a message, fixed like everything else of it when its row is made."""

from importlib import import_module

from django.db import migrations, models

_BEFORE = import_module("partnership.mail.migrations.0002_states_and_content_held_by_triggers")


def _guard(with_return_path: bool) -> str:
    """The function of the guard as it stands in the earlier migration, with the new column among the fixed ones."""
    text = _BEFORE.FORWARDS
    text = text[text.index("CREATE FUNCTION mail_guard()") : text.index("CREATE TRIGGER mail_outgoingmail_guard")]
    text = text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    if with_return_path:
        text = text.replace("NEW.reply_to,", "NEW.reply_to, NEW.envelope_from,")
        text = text.replace("OLD.reply_to,", "OLD.reply_to, OLD.envelope_from,")
    return text


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_not_emptied")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="envelope_from",
            field=models.CharField(
                blank=True, help_text="The return path, where it is not that of every message.", max_length=254
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("envelope_from__regex", "^[^\\r\\n]*$")), name="mail_envelope_from_is_one_line"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("reply_to", ""), _negated=True), fields=["reply_to"], name="mail_by_reply_address"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("envelope_from", ""), _negated=True),
                fields=["envelope_from"],
                name="mail_by_return_path",
            ),
        ),
        migrations.RunSQL(_guard(True), _guard(False)),
    ]
