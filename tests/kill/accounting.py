"""What must be true of every message, whatever was killed: nothing lost, nothing twice, nothing unaccounted for."""

from collections import Counter

from tests.kill.house import House

# The relay of the harness refuses nothing, so that nothing has a reason to fail. An ask to sign is cancelled when the seat
# has signed before its mail left; nothing else is.
FINAL = {"sent", "uncertain"}
OVER = ("cancelled", "please_sign")
MESSAGES = """
SELECT message_id, status, purpose, attempts,
       (SELECT count(*) FROM mail_mailattempt WHERE mail_id = m.id),
       (SELECT count(*) FROM mail_mailattempt WHERE mail_id = m.id AND ended_at IS NULL),
       (SELECT coalesce(max(outcome), '') FROM mail_mailattempt WHERE mail_id = m.id AND number = m.attempts),
       (SELECT count(*) FROM mail_mailruling WHERE mail_id = m.id)
FROM mail_outgoingmail m
"""


def is_settled(house: House) -> bool:
    """Every message is final or uncertain, and no attempt is open."""
    return not house.rows("SELECT 1 FROM mail_outgoingmail WHERE status IN ('queued', 'sending', 'waiting') LIMIT 1")


def taken(house: House) -> Counter[str]:
    """How often the relay took each message: after the final dot, before its 250."""
    return Counter(line.split()[0] for line in (house.folder / "book").read_text().splitlines())


def check(house: House, uncertain_before: dict[str, int]) -> Counter[str]:
    """Compare the rows with the relay's book. `uncertain_before` keeps what was uncertain, with its attempts.

    AssertionError for whatever does not agree. Returns how many messages there are in each state.
    """
    book, rows = taken(house), house.rows(MESSAGES)
    assert all(times == 1 for times in book.values()), f"taken twice: {book.most_common(3)}"
    assert set(book) <= {row[0] for row in rows}, "the relay took what no row knows of"
    for name, status, purpose, attempts, tries, open_tries, outcome, rulings in rows:
        said = f"{name}: {status}, {attempts} attempts, the last {outcome or 'open'}, taken {book[name]} times"
        assert status in FINAL or ((status, purpose) == OVER and rulings and not attempts and not book[name]), said
        assert attempts == tries and not open_tries, said
        if status == "sent":
            assert book[name] and (outcome == "sent" or rulings), said
        if status == "uncertain":
            assert outcome == "uncertain", said
            assert uncertain_before.setdefault(name, attempts) == attempts, f"{said}; sent again"
    return Counter(row[1] for row in rows)
