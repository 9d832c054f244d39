"""What must be true of every message, whatever was killed: nothing lost, nothing twice, nothing unaccounted for."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.kill.house import House

# The relay of the harness refuses nothing, so that nothing has a reason to fail. What asked somebody for something that
# was done before its mail left is cancelled, with its notice settled; nothing else is.
FINAL = {"sent", "uncertain"}
UNDER_WAY = {"queued", "sending", "waiting"}
MESSAGES = """
SELECT message_id, status, attempts,
       EXISTS (SELECT 1 FROM notices_notice WHERE mail_id = m.id AND settled_at IS NOT NULL),
       (SELECT count(*) FROM mail_mailattempt WHERE mail_id = m.id),
       (SELECT count(*) FROM mail_mailattempt WHERE mail_id = m.id AND ended_at IS NULL),
       (SELECT coalesce(max(outcome), '') FROM mail_mailattempt WHERE mail_id = m.id AND number = m.attempts),
       (SELECT count(*) FROM mail_mailruling WHERE mail_id = m.id)
FROM mail_outgoingmail m ORDER BY id
"""


def taken(house: House) -> Counter[str]:
    """How often the relay took each message: after the final dot, before its 250."""
    return Counter(line.split()[0] for line in (house.folder / "book").read_text().splitlines())


def at_rest(house: House, settle: Callable[[], None]) -> tuple[Counter[str], list[tuple[Any, ...]]]:
    """The book and the rows of one moment in which nothing is under way.

    The ticks go on: what is told at one of them may be queued after the rest was settled, and is waited for as well.
    """
    while True:
        settle()
        before, book, rows = house.rows(MESSAGES), taken(house), house.rows(MESSAGES)
        if before == rows and not {row[1] for row in rows} & UNDER_WAY:
            return book, rows


def check(house: House, uncertain_before: dict[str, int], settle: Callable[[], None]) -> Counter[str]:
    """Compare the rows with the relay's book. `uncertain_before` keeps what was uncertain, with its attempts.

    AssertionError for whatever does not agree. Returns how many messages there are in each state.
    """
    book, rows = at_rest(house, settle)
    assert all(times == 1 for times in book.values()), f"taken twice: {book.most_common(3)}"
    assert set(book) <= {row[0] for row in rows}, "the relay took what no row knows of"
    for name, status, attempts, over, tries, open_tries, outcome, rulings in rows:
        said = f"{name}: {status}, {attempts} attempts, the last {outcome or 'open'}, taken {book[name]} times"
        untouched = rulings and not attempts and not book[name]
        assert status in FINAL or (status == "cancelled" and over and untouched), said
        assert attempts == tries and not open_tries, said
        if status == "sent":
            assert book[name] and (outcome == "sent" or rulings), said
        if status == "uncertain":
            assert outcome == "uncertain", said
            assert uncertain_before.setdefault(name, attempts) == attempts, f"{said}; sent again"
    return Counter(row[1] for row in rows)
