"""What somebody was told is not changed: only when it was read, when it was over, and which digest told of it, once each."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION notices_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.person_id, NEW.kind, NEW.cadence, NEW.area_slug, NEW.title, NEW.text, NEW.link, NEW.about,
      NEW.dedupe_key, NEW.created_at, NEW.mail_id)
     IS DISTINCT FROM
     (OLD.id, OLD.person_id, OLD.kind, OLD.cadence, OLD.area_slug, OLD.title, OLD.text, OLD.link, OLD.about,
      OLD.dedupe_key, OLD.created_at, OLD.mail_id)
     OR (OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at)
     OR (OLD.settled_at IS NOT NULL AND NEW.settled_at IS DISTINCT FROM OLD.settled_at)
     OR (OLD.digest_id IS NOT NULL AND NEW.digest_id IS DISTINCT FROM OLD.digest_id) THEN
    RAISE EXCEPTION 'What somebody was told is never changed.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notices_notice_guard BEFORE UPDATE ON notices_notice
  FOR EACH ROW EXECUTE FUNCTION notices_guard();

CREATE FUNCTION notices_digest_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.person_id, NEW.cadence, NEW.period_start, NEW.made_at)
     IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.cadence, OLD.period_start, OLD.made_at)
     OR (OLD.mail_id IS NOT NULL AND NEW.mail_id IS DISTINCT FROM OLD.mail_id) THEN
    RAISE EXCEPTION 'A digest is made once.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notices_digest_guard BEFORE UPDATE ON notices_digest
  FOR EACH ROW EXECUTE FUNCTION notices_digest_guard();

CREATE FUNCTION notices_refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What somebody was told is never deleted.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER notices_notice_kept BEFORE DELETE ON notices_notice
  FOR EACH ROW EXECUTE FUNCTION notices_refuse_deletion();
CREATE TRIGGER notices_digest_kept BEFORE DELETE ON notices_digest
  FOR EACH ROW EXECUTE FUNCTION notices_refuse_deletion();
CREATE TRIGGER notices_notice_not_emptied BEFORE TRUNCATE ON notices_notice
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER notices_digest_not_emptied BEFORE TRUNCATE ON notices_digest
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""

BACKWARDS = """
DROP TRIGGER notices_digest_not_emptied ON notices_digest;
DROP TRIGGER notices_notice_not_emptied ON notices_notice;
DROP TRIGGER notices_digest_kept ON notices_digest;
DROP TRIGGER notices_notice_kept ON notices_notice;
DROP FUNCTION notices_refuse_deletion();
DROP TRIGGER notices_digest_guard ON notices_digest;
DROP FUNCTION notices_digest_guard();
DROP TRIGGER notices_notice_guard ON notices_notice;
DROP FUNCTION notices_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("audit", "0012_the_calendar_and_what_comes_back")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
