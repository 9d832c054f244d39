"""What people do with submissions and with the addresses of the national bodies."""

from partnership.submissions.services.acknowledging import acknowledge, acknowledge_reply
from partnership.submissions.services.addresses import confirm, decline, propose, recheck, record_recipient
from partnership.submissions.services.sending import queue_for, send_again, send_anew, settle, tell_withdrawn

__all__ = [
    "acknowledge",
    "acknowledge_reply",
    "confirm",
    "decline",
    "propose",
    "queue_for",
    "recheck",
    "record_recipient",
    "send_again",
    "send_anew",
    "settle",
    "tell_withdrawn",
]
