"""What people do with submissions and with the addresses of the national bodies."""

from partnership.submissions.services.acknowledging import acknowledge
from partnership.submissions.services.addresses import confirm, decline, propose, recheck, record_recipient
from partnership.submissions.services.sending import queue_for, send_again, settle, tell_withdrawn

__all__ = [
    "acknowledge",
    "confirm",
    "decline",
    "propose",
    "queue_for",
    "recheck",
    "record_recipient",
    "send_again",
    "settle",
    "tell_withdrawn",
]
