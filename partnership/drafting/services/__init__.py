"""What many people do on one draft."""

from partnership.drafting.services.commenting import raise_comment, reply, resolve
from partnership.drafting.services.keeping import forget_unsaved, keep_unsaved, recover
from partnership.drafting.services.owning import Owner, hand_back, hand_in, share_out

__all__ = [
    "Owner",
    "forget_unsaved",
    "hand_back",
    "hand_in",
    "keep_unsaved",
    "raise_comment",
    "recover",
    "reply",
    "resolve",
    "share_out",
]
