"""A statement that was given is never changed or removed, and its hash is that of its text."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scrutiny_statements_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'scrutiny_words_stay: what was said in scrutiny is never changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER scrutiny_statement_stays BEFORE UPDATE OR DELETE ON scrutiny_statement
    FOR EACH ROW EXECUTE FUNCTION scrutiny_statements_stay();
ALTER TABLE scrutiny_statement ADD CONSTRAINT scrutiny_statement_hash
    CHECK (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
"""
BACK = """
ALTER TABLE scrutiny_statement DROP CONSTRAINT scrutiny_statement_hash;
DROP TRIGGER scrutiny_statement_stays ON scrutiny_statement;
DROP FUNCTION scrutiny_statements_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0003_statement")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
