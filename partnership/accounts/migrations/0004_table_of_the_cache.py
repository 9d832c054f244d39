"""The table of the shared cache (settings CACHES), as Django's createcachetable would make it.

Counted tries and used codes live there, so that every web process knows them.
"""

from django.db import migrations

FORWARDS = """
CREATE TABLE shared_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_kept_posts_and_factor_resets")]

    operations = [migrations.RunSQL(FORWARDS, "DROP TABLE shared_cache")]
