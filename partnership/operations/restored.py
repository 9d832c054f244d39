"""The hold after a restored backup, in lines for the page: what differs from the archive, without an address or a subject."""

from collections.abc import Iterator

from partnership.mail import archive, reconciling
from partnership.mail.models import SendingHold

MOST = 20  # lines of one kind; the command lists more


def lines(held: SendingHold) -> tuple[str, ...]:
    """Why nothing leaves, and how outbox and archive differ. Reads the archive; that it cannot be read is a line too."""
    return (held.because, *_differences())


def _differences() -> Iterator[str]:
    if not archive.is_there():
        yield "No archive is set up, so there is nothing to compare the outbox with."
        return
    try:
        found = reconciling.differences()
    except Exception as error:  # whatever the mailbox says stays out of the page
        yield f"The archive could not be read ({type(error).__name__})."
        return
    yield found.in_words
    for words, rows in (("Has left already", found.left), ("Was made once more", found.again)):
        for mail, _ in rows[:MOST]:
            yield f"{words}: {mail.purpose or 'a message'}, {mail.message_id}"
    for copy in found.unknown[:MOST]:
        yield f"Has left and is unknown here: {copy.message_id}"
    left_off = sum(max(len(rows) - MOST, 0) for rows in (found.left, found.again, found.unknown))
    if left_off:
        yield f"And {left_off} more; “held” lists them."
