"""A companion that is public can be withdrawn, once; nothing else of it changes, then or later."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("partnership.companions.migrations.0002_as_agreed").FORWARD
_GUARD = "CREATE FUNCTION companions_companion_guard()"
# The guard as it was until here, to go back to.
EARLIER = _BEFORE[_BEFORE.index(_GUARD) : _BEFORE.index("CREATE TRIGGER companions_companion_guard")]

FORWARD = """
CREATE OR REPLACE FUNCTION companions_companion_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published text[] := '{published_at,published_by_id}';
    withdrawn text[] := '{withdrawn_at,withdrawn_by_id,withdrawn_for,reason}';
    free text[] := CASE WHEN OLD.published_at IS NULL THEN published ELSE withdrawn END;
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL
        OR (OLD.published_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
        OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION
            'companions_companion_stays: a companion stays as it was put in, and is published and withdrawn once.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BACK = EARLIER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("companions", "0004_withdrawn_alone")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
