"""What the database refuses of publication by two persons, of corrections, and of what becomes of a publication."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("partnership.documents.migrations.0012_refused_settled_and_void")

# The moves as they are since this migration; a test compares them with documents.workflow.MOVES.
MOVES = [
    ("draft", "in_sign_off"),
    ("draft", "withdrawn"),
    ("in_sign_off", "signed"),
    ("in_sign_off", "signed_in_part"),
    ("in_sign_off", "returned"),
    ("in_sign_off", "withdrawn"),
    ("in_sign_off", "void"),
    ("signed", "published"),
    ("signed", "returned"),
    ("signed", "withdrawn"),
    ("signed", "void"),
    ("signed_in_part", "published"),
    ("signed_in_part", "returned"),
    ("signed_in_part", "withdrawn"),
    ("signed_in_part", "void"),
    ("published", "superseded"),
    ("published", "consolidated"),
    ("published", "taken_down"),
    ("superseded", "taken_down"),
    ("consolidated", "taken_down"),
]


def _guard(moves: list[tuple[str, str]]) -> str:
    text: str = _BEFORE.GUARD.replace("{in_part}", _BEFORE.IN_PART)
    return text.replace("{moves}", ", ".join(str(move) for move in moves))


FORWARD = (
    _guard(MOVES)
    + """
CREATE FUNCTION documents_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (NEW.published_at, NEW.published_by_id, NEW.in_force_from, NEW.review_on)
        IS DISTINCT FROM (OLD.published_at, OLD.published_by_id, OLD.in_force_from, OLD.review_on) THEN
        RAISE EXCEPTION 'documents_publication_stays: when something was published, and from when it held, stays.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status = 'taken_down' AND (NEW.withdrawn_at, NEW.withdrawn_by_id, NEW.withdrawn_for, NEW.reason)
        IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawn_for, OLD.reason) THEN
        RAISE EXCEPTION 'documents_withdrawal_stays: why and when something was withdrawn stays.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'published' AND NOT EXISTS (
        SELECT 1 FROM documents_release r JOIN documents_proposal p ON p.id = r.proposal_id
        WHERE p.version_id = NEW.id AND p.act = 'publish' AND p.outcome = 'agreed' AND r.stopped_at IS NULL
            AND (r.release_at IS NULL OR r.release_at <= NEW.published_at)
            AND r.in_force_from IS NOT DISTINCT FROM NEW.in_force_from
            AND r.review_on IS NOT DISTINCT FROM NEW.review_on) THEN
        RAISE EXCEPTION 'documents_two_persons_publish: nobody has agreed to publish this now with the one who proposed it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'consolidated' AND NOT EXISTS (
        SELECT 1 FROM documents_proposal p JOIN documents_version v ON v.document_id = p.into_id
        WHERE p.version_id = NEW.id AND p.act = 'consolidate' AND p.outcome = 'agreed' AND v.status = 'published'
            AND p.into_id = NEW.consolidated_into_id AND p.into_id <> NEW.document_id) THEN
        RAISE EXCEPTION 'documents_consolidated_by_two: nobody has agreed that a published document takes this one in.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_version_publication BEFORE UPDATE ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_publication_guard();

CREATE FUNCTION documents_release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found documents_proposal%ROWTYPE;
BEGIN
    SELECT * INTO found FROM documents_proposal WHERE id = NEW.proposal_id;
    IF TG_OP = 'INSERT' THEN
        IF found.act <> 'publish' OR found.outcome <> '' OR NEW.stopped_at IS NOT NULL THEN
            RAISE EXCEPTION 'documents_release_is_proposed: a release is laid down with the proposal to publish.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.stopped_at IS NOT NULL OR NEW.stopped_at IS NULL
        OR (to_jsonb(NEW) - '{stopped_at,stopped_because}'::text[]) <> (to_jsonb(OLD) - '{stopped_at,stopped_because}'::text[])
        OR found.outcome <> 'agreed' THEN
        RAISE EXCEPTION 'documents_evidence_is_kept: what was agreed to publish stays; it is stopped once.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_release_guard BEFORE INSERT OR UPDATE ON documents_release
    FOR EACH ROW EXECUTE FUNCTION documents_release_guard();
CREATE TRIGGER documents_release_kept BEFORE DELETE ON documents_release
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_release_not_emptied BEFORE TRUNCATE ON documents_release
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE FUNCTION documents_review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'published' THEN
        RAISE EXCEPTION 'documents_review_of_what_stands: only what stands is reviewed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_review_guard BEFORE INSERT ON documents_review
    FOR EACH ROW EXECUTE FUNCTION documents_review_guard();
CREATE TRIGGER documents_review_kept BEFORE UPDATE OR DELETE ON documents_review
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_review_not_emptied BEFORE TRUNCATE ON documents_review
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();

CREATE FUNCTION documents_correction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT status FROM documents_version WHERE id = NEW.version_id) <> 'draft' THEN
        RAISE EXCEPTION 'documents_correction_of_a_draft: what a correction is, is declared while it is a draft.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM documents_version v JOIN documents_version o ON o.document_id = v.document_id
        WHERE v.id = NEW.version_id AND o.id = NEW.of_id AND o.number < v.number AND o.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'documents_correction_of_a_publication: only what was published is corrected.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.version_id, NEW.of_id) IS DISTINCT FROM (OLD.version_id, OLD.of_id) THEN
        RAISE EXCEPTION 'documents_evidence_is_kept: a correction stays one of the same publication.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_correction_guard BEFORE INSERT OR UPDATE ON documents_correction
    FOR EACH ROW EXECUTE FUNCTION documents_correction_guard();
CREATE TRIGGER documents_correction_kept BEFORE DELETE ON documents_correction
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_correction_not_emptied BEFORE TRUNCATE ON documents_correction
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
)
BACK = """
DROP TRIGGER documents_correction_not_emptied ON documents_correction;
DROP TRIGGER documents_correction_kept ON documents_correction;
DROP TRIGGER documents_correction_guard ON documents_correction;
DROP FUNCTION documents_correction_guard();
DROP TRIGGER documents_review_not_emptied ON documents_review;
DROP TRIGGER documents_review_kept ON documents_review;
DROP TRIGGER documents_review_guard ON documents_review;
DROP FUNCTION documents_review_guard();
DROP TRIGGER documents_release_not_emptied ON documents_release;
DROP TRIGGER documents_release_kept ON documents_release;
DROP TRIGGER documents_release_guard ON documents_release;
DROP FUNCTION documents_release_guard();
DROP TRIGGER documents_version_publication ON documents_version;
DROP FUNCTION documents_publication_guard();
""" + _guard(_BEFORE.MOVES)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0015_releases_corrections_and_withdrawal"),
        ("audit", "0007_tables_are_not_emptied"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
