"""What lead partners declare when they sign: another wording has another number, or an old signature would seem to say it."""

import hashlib

from partnership.documents.kinds import kinds

# SHA-256 of each statement by its kind and number. Never change a line: add one, with the next number.
KNOWN = {
    ("arrangements", 1): "5a4be5d8fcf228b8a1e1a2ac817e36e5218e985d9524b54e515cf057a8c2f36f",
    ("yearly_report", 1): "2a009055de9213824b9920246e9db938618b0d44e23b522b9a3c59d5ada0fdb0",
    ("budget", 1): "df8582544445b285c113f0629f25dc1522ad76590644c456b7fd6d35ae31d53b",
    ("thresholds", 1): "6a28dd522e67f885020e8d42d44ccbaaf3a241818927ae789e71382318ff4f6b",
}


def test_a_statement_that_was_changed_got_the_next_number():
    now = {(kind.key, kind.wording): hashlib.sha256(kind.statement.encode()).hexdigest() for kind in kinds().values()}

    assert now.items() <= KNOWN.items(), now
