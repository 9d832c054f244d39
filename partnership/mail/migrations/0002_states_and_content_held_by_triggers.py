from django.db import migrations

FORWARDS = """
CREATE FUNCTION mail_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'queued' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'A message begins queued.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.reference, NEW."to", NEW.reply_to, NEW.subject, NEW.text, NEW.html, NEW.message_id, NEW.dedupe_key,
      NEW.area_slug, NEW.purpose, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.reference, OLD."to", OLD.reply_to, OLD.subject, OLD.text, OLD.html, OLD.message_id, OLD.dedupe_key,
      OLD.area_slug, OLD.purpose, OLD.created_at) THEN
    RAISE EXCEPTION 'A message is never edited; queue another.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status::text, NEW.status::text) NOT IN (
    ('queued', 'sending'), ('queued', 'cancelled'),
    ('sending', 'sent'), ('sending', 'waiting'), ('sending', 'failed'), ('sending', 'uncertain'),
    ('waiting', 'sending'), ('waiting', 'cancelled'),
    ('failed', 'queued'), ('failed', 'cancelled'),
    ('uncertain', 'sent'), ('uncertain', 'waiting'), ('uncertain', 'failed'), ('uncertain', 'queued')
  ) THEN
    RAISE EXCEPTION 'A message cannot go from % to %.', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.attempts <> OLD.attempts + (NEW.status = 'sending' AND OLD.status <> 'sending')::int THEN
    RAISE EXCEPTION 'Attempts are counted when sending begins.' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status = 'uncertain' AND NEW.status <> 'uncertain' AND NOT EXISTS (
    SELECT 1 FROM mail_mailruling WHERE mail_id = NEW.id AND attempt = NEW.attempts
    AND ruling IN ('found', 'late_answer', 'arrived', 'send_again', 'given_up')
  ) THEN
    RAISE EXCEPTION 'An uncertain message needs a ruling before it moves.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mail_outgoingmail_guard BEFORE INSERT OR UPDATE ON mail_outgoingmail
  FOR EACH ROW EXECUTE FUNCTION mail_guard();

CREATE FUNCTION mail_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was sent, and how, is never changed or deleted.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER mail_outgoingmail_kept BEFORE DELETE ON mail_outgoingmail
  FOR EACH ROW EXECUTE FUNCTION mail_refuse_change();
CREATE TRIGGER mail_attachment_immutable BEFORE UPDATE OR DELETE ON mail_attachment
  FOR EACH ROW EXECUTE FUNCTION mail_refuse_change();
CREATE TRIGGER mail_mailruling_immutable BEFORE UPDATE OR DELETE ON mail_mailruling
  FOR EACH ROW EXECUTE FUNCTION mail_refuse_change();
CREATE TRIGGER mail_mailattempt_closed_once BEFORE UPDATE ON mail_mailattempt
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION mail_refuse_change();
CREATE TRIGGER mail_mailattempt_kept BEFORE DELETE ON mail_mailattempt
  FOR EACH ROW EXECUTE FUNCTION mail_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER mail_mailattempt_kept ON mail_mailattempt;
DROP TRIGGER mail_mailattempt_closed_once ON mail_mailattempt;
DROP TRIGGER mail_mailruling_immutable ON mail_mailruling;
DROP TRIGGER mail_attachment_immutable ON mail_attachment;
DROP TRIGGER mail_outgoingmail_kept ON mail_outgoingmail;
DROP FUNCTION mail_refuse_change();
DROP TRIGGER mail_outgoingmail_guard ON mail_outgoingmail;
DROP FUNCTION mail_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_outbox")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
