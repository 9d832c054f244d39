"""Entries can be added and nothing else; each carries the hash of the one before it in its area.

A chain does not see a cut tail: the head of each chain must be kept outside the database as well.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.area_slug, 0));
    SELECT sequence, hash INTO last FROM audit_auditentry
        WHERE area_slug = NEW.area_slug ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := COALESCE(last.sequence, 0) + 1;
    NEW.previous := COALESCE(last.hash, '');
    NEW.hash := encode(sha256(convert_to(concat_ws('|', NEW.previous, NEW.area_slug, NEW.sequence::text, NEW.event,
        (extract(epoch FROM NEW.at) * 1000000)::bigint::text, COALESCE(NEW.actor_id::text, ''), NEW.actor_name,
        NEW.target_model, NEW.target_id, NEW.subject, NEW.data::text), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER audit_link BEFORE INSERT ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_link();

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit record can only be added to.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
BACK = """
DROP TRIGGER audit_refuse_truncate ON audit_auditentry;
DROP TRIGGER audit_refuse_change ON audit_auditentry;
DROP FUNCTION audit_refuse_change();
DROP TRIGGER audit_link ON audit_auditentry;
DROP FUNCTION audit_link();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
