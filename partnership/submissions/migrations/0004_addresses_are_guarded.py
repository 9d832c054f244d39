"""What the database refuses of the addresses of national bodies, whoever writes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION submissions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'submissions_evidence_is_kept: what is on record of a submission or an address stays.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION submissions_recipient_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT 1 FROM submissions_recipient WHERE party = NEW.party) AND NOT EXISTS (
            SELECT 1 FROM submissions_addresschange c WHERE c.party = NEW.party AND c.outcome = 'confirmed'
                AND (c.address, c.name, c.source, c.evidence, c.valid_from)
                    = (NEW.address, NEW.name, NEW.source, NEW.evidence, NEW.valid_from)) THEN
            RAISE EXCEPTION 'submissions_two_persons_change: nobody has confirmed this address with the one who proposed it.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - '{valid_until,checked_on}'::text[]) <> (to_jsonb(OLD) - '{valid_until,checked_on}'::text[])
        OR NEW.checked_on < OLD.checked_on
        OR (OLD.valid_until IS NOT NULL AND NEW.valid_until IS DISTINCT FROM OLD.valid_until) THEN
        RAISE EXCEPTION 'submissions_address_stays: an address ends once, and is checked again; nothing else of it changes.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submissions_recipient_guard BEFORE INSERT OR UPDATE ON submissions_recipient
    FOR EACH ROW EXECUTE FUNCTION submissions_recipient_guard();
CREATE TRIGGER submissions_recipient_kept BEFORE DELETE ON submissions_recipient
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_recipient_not_emptied BEFORE TRUNCATE ON submissions_recipient
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE FUNCTION submissions_addresschange_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.outcome <> '' THEN
            RAISE EXCEPTION 'submissions_change_is_proposed: a change of an address is proposed before it is decided on.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.outcome <> '' OR NEW.outcome = ''
        OR (to_jsonb(NEW) - '{outcome,decided_by,decided_at,reason}'::text[])
            <> (to_jsonb(OLD) - '{outcome,decided_by,decided_at,reason}'::text[]) THEN
        RAISE EXCEPTION 'submissions_evidence_is_kept: a proposed address is decided on once, and nothing else of it changes.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.outcome = 'confirmed' AND lower(regexp_replace(NEW.decided_by, '\\s', '', 'g'))
        = lower(regexp_replace(NEW.proposed_by, '\\s', '', 'g')) THEN
        RAISE EXCEPTION 'submissions_second_person: whoever proposed an address does not confirm it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submissions_addresschange_guard BEFORE INSERT OR UPDATE ON submissions_addresschange
    FOR EACH ROW EXECUTE FUNCTION submissions_addresschange_guard();
CREATE TRIGGER submissions_addresschange_kept BEFORE DELETE ON submissions_addresschange
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_addresschange_not_emptied BEFORE TRUNCATE ON submissions_addresschange
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE TRIGGER submissions_recipientcheck_kept BEFORE UPDATE OR DELETE ON submissions_recipientcheck
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse_change();
CREATE TRIGGER submissions_recipientcheck_not_emptied BEFORE TRUNCATE ON submissions_recipientcheck
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER submissions_recipientcheck_not_emptied ON submissions_recipientcheck;
DROP TRIGGER submissions_recipientcheck_kept ON submissions_recipientcheck;
DROP TRIGGER submissions_addresschange_not_emptied ON submissions_addresschange;
DROP TRIGGER submissions_addresschange_kept ON submissions_addresschange;
DROP TRIGGER submissions_addresschange_guard ON submissions_addresschange;
DROP FUNCTION submissions_addresschange_guard();
DROP TRIGGER submissions_recipient_not_emptied ON submissions_recipient;
DROP TRIGGER submissions_recipient_kept ON submissions_recipient;
DROP TRIGGER submissions_recipient_guard ON submissions_recipient;
DROP FUNCTION submissions_recipient_guard();
DROP FUNCTION submissions_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0003_addresses_by_two_persons"),
        ("audit", "0007_tables_are_not_emptied"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
