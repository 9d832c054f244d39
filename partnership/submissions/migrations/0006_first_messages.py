"""Each submission so far took one message; each acknowledgement so far was a reply that somebody recorded."""

from typing import Any

from django.db import migrations


def fill(apps: Any, editor: Any) -> None:
    submissions = apps.get_model("submissions", "Submission")
    message = apps.get_model("submissions", "SubmissionMail")
    message.objects.bulk_create(
        message(submission=row, mail_id=row.mail_id, recipient_id=row.recipient_id, queued_at=row.queued_at)
        for row in submissions.objects.all()
    )
    submissions.objects.exclude(acknowledged_at=None).update(acknowledged_how="reply")


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_what_comes_back")]
    # What was filled in goes with the tables and columns that the migration before takes away again.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
