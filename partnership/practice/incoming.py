"""The mailbox of the practice area as a mailbox that is read: what came to one of the service's own reply addresses.

Everything that the practice area sends falls into the same folder, so that a reply is sent like any other message: over
SMTP, to the address that stands in the Reply-To of a submission.
"""

from collections.abc import Iterator

from partnership.mail import addresses
from partnership.mail.incoming.parsing import ADDRESS
from partnership.mail.incoming.reading import Arrived, cut
from partnership.practice import mailbox


def name() -> str:
    """Which mailbox this is, for its mark."""
    return "the local mailbox"


def read(mark: str, most: int) -> Iterator[Arrived]:
    """The messages that came after the one with this name; those to other addresses as being none of the service's."""
    after = mailbox.order(mark) if mark else None
    for found in reversed(mailbox.names()):
        if after is not None and mailbox.order(found) <= after:
            continue
        to = ADDRESS.findall(mailbox.envelope_to(found))
        ours = any(addresses.is_one(address) for address in to)
        yield cut(found, mailbox.beginning(found, most + 1), most) if ours else Arrived(found, None)
