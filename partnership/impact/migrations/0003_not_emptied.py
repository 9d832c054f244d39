"""The tables whose rows are guarded are not emptied at once either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER impact_acceptance_not_emptied BEFORE TRUNCATE ON impact_acceptance
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER impact_claim_not_emptied BEFORE TRUNCATE ON impact_claim
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER impact_evidence_not_emptied BEFORE TRUNCATE ON impact_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER impact_littleprogress_not_emptied BEFORE TRUNCATE ON impact_littleprogress
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER impact_priority_not_emptied BEFORE TRUNCATE ON impact_priority
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
CREATE TRIGGER impact_priority_claims_not_emptied BEFORE TRUNCATE ON impact_priority_claims
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
BACK = """
DROP TRIGGER impact_priority_claims_not_emptied ON impact_priority_claims;
DROP TRIGGER impact_priority_not_emptied ON impact_priority;
DROP TRIGGER impact_littleprogress_not_emptied ON impact_littleprogress;
DROP TRIGGER impact_evidence_not_emptied ON impact_evidence;
DROP TRIGGER impact_claim_not_emptied ON impact_claim;
DROP TRIGGER impact_acceptance_not_emptied ON impact_acceptance;
"""


class Migration(migrations.Migration):
    dependencies = [("impact", "0002_of_a_draft"), ("audit", "0007_tables_are_not_emptied")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
