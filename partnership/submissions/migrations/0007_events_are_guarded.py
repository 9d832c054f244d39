"""What the database refuses of messages, of what came back, and of the submission itself."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION submissions_submission_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.version_id, NEW.recipient_id, NEW.party, NEW.recipient_name, NEW.address, NEW.due_on, NEW.queued_at)
        IS DISTINCT FROM
        (OLD.version_id, OLD.recipient_id, OLD.party, OLD.recipient_name, OLD.address, OLD.due_on, OLD.queued_at) THEN
        RAISE EXCEPTION 'submissions_evidence_is_kept: what was first sent where and when stays.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.acknowledged_at IS NOT NULL AND (NEW.acknowledged_at, NEW.acknowledged_by_id, NEW.acknowledgement,
        NEW.acknowledged_how, NEW.received_on, NEW.reply_id, NEW.receipt_id, NEW.receipt_name)
        IS DISTINCT FROM (OLD.acknowledged_at, OLD.acknowledged_by_id, OLD.acknowledgement,
        OLD.acknowledged_how, OLD.received_on, OLD.reply_id, OLD.receipt_id, OLD.receipt_name) THEN
        RAISE EXCEPTION 'submissions_evidence_is_kept: an acknowledgement is recorded once.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.mail_id <> OLD.mail_id AND NOT EXISTS (
        SELECT 1 FROM submissions_submissionmail WHERE submission_id = NEW.id AND mail_id = NEW.mail_id) THEN
        RAISE EXCEPTION 'submissions_message_is_listed: a submission is sent by messages that are on its list.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.bounced_at IS NOT NULL AND OLD.bounced_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM submissions_deliveryevent
        WHERE submission_id = NEW.id AND mail_id = NEW.mail_id AND what = 'bounced') THEN
        RAISE EXCEPTION 'submissions_bounce_is_proved: nothing came back of the message of this submission.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submissions_submission_guard BEFORE UPDATE ON submissions_submission
    FOR EACH ROW EXECUTE FUNCTION submissions_submission_guard();
CREATE TRIGGER submissions_submission_kept BEFORE DELETE ON submissions_submission
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_submission_not_emptied BEFORE TRUNCATE ON submissions_submission
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE TRIGGER submissions_submissionmail_kept BEFORE UPDATE OR DELETE ON submissions_submissionmail
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_submissionmail_not_emptied BEFORE TRUNCATE ON submissions_submissionmail
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE FUNCTION submissions_deliveryevent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM mail_incomingmail i JOIN submissions_submissionmail m ON m.mail_id = i.answers_id
        WHERE i.id = NEW.incoming_id AND i.sort = NEW.what AND m.mail_id = NEW.mail_id
            AND m.submission_id = NEW.submission_id
            AND (i.sort NOT IN ('bounced', 'delayed', 'delivered', 'relayed') OR i.matched = 'return_path')) THEN
        RAISE EXCEPTION 'submissions_report_is_proved: what came in does not belong to this, or nothing proves that it does.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submissions_deliveryevent_guard BEFORE INSERT ON submissions_deliveryevent
    FOR EACH ROW EXECUTE FUNCTION submissions_deliveryevent_guard();
CREATE TRIGGER submissions_deliveryevent_kept BEFORE UPDATE OR DELETE ON submissions_deliveryevent
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_deliveryevent_not_emptied BEFORE TRUNCATE ON submissions_deliveryevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER submissions_deliveryevent_not_emptied ON submissions_deliveryevent;
DROP TRIGGER submissions_deliveryevent_kept ON submissions_deliveryevent;
DROP TRIGGER submissions_deliveryevent_guard ON submissions_deliveryevent;
DROP FUNCTION submissions_deliveryevent_guard();
DROP TRIGGER submissions_submissionmail_not_emptied ON submissions_submissionmail;
DROP TRIGGER submissions_submissionmail_kept ON submissions_submissionmail;
DROP TRIGGER submissions_submission_not_emptied ON submissions_submission;
DROP TRIGGER submissions_submission_kept ON submissions_submission;
DROP TRIGGER submissions_submission_guard ON submissions_submission;
DROP FUNCTION submissions_submission_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_first_messages")]

    operations = [
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("acknowledged_at__isnull", True),
                        ("acknowledged_how", ""),
                        ("receipt__isnull", True),
                        ("received_on__isnull", True),
                        ("reply__isnull", True),
                    ),
                    models.Q(
                        ("acknowledged_at__isnull", False),
                        ("acknowledged_how__in", ["reply", "portal", "post", "telephone"]),
                    ),
                    _connector="OR",
                ),
                name="submissions_acknowledged_how",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
