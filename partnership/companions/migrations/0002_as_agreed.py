"""A companion stays as it was put in, an agreement is to exactly that, and what is published was published once."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER companions_agreement_kept BEFORE UPDATE OR DELETE ON companions_agreement
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
ALTER TABLE companions_companion ADD CONSTRAINT companions_companion_and_hash UNIQUE (id, sha256);
ALTER TABLE companions_agreement ADD CONSTRAINT companions_agreed_to_this
    FOREIGN KEY (companion_id, sha256) REFERENCES companions_companion (id, sha256);

CREATE FUNCTION companions_companion_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL
        OR (NEW.document_id, NEW.kind, NEW.number, NEW.made_for_id, NEW.file_id, NEW.text, NEW.sha256, NEW.made_at,
            NEW.made_by_id) IS DISTINCT FROM (OLD.document_id, OLD.kind, OLD.number, OLD.made_for_id, OLD.file_id,
            OLD.text, OLD.sha256, OLD.made_at, OLD.made_by_id) THEN
        RAISE EXCEPTION 'companions_companion_stays: a companion stays as it was put in, and published once it is.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER companions_companion_guard BEFORE UPDATE OR DELETE ON companions_companion
    FOR EACH ROW EXECUTE FUNCTION companions_companion_guard();
"""

BACK = """
DROP TRIGGER companions_companion_guard ON companions_companion;
DROP FUNCTION companions_companion_guard();
ALTER TABLE companions_agreement DROP CONSTRAINT companions_agreed_to_this;
ALTER TABLE companions_companion DROP CONSTRAINT companions_companion_and_hash;
DROP TRIGGER companions_agreement_kept ON companions_agreement;
"""


class Migration(migrations.Migration):
    dependencies = [("companions", "0001_initial"), ("documents", "0002_frozen_and_signed")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
