"""From which day arrangements hold is a fact of each published version (documents.Version.in_force_from), and nothing here."""

from django.db import migrations

# To go back: each had the first day of its period, as when it was begun.
REFILL = """
INSERT INTO arrangements_arrangement (document_id, in_force_from)
    SELECT id, lower(period) FROM documents_document WHERE kind = 'arrangements';
"""


class Migration(migrations.Migration):
    dependencies = [("arrangements", "0005_not_emptied"), ("documents", "0016_after_publication_is_guarded")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, REFILL),
        migrations.DeleteModel("Arrangement"),
    ]
