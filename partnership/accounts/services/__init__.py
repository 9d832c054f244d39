"""What people do with accounts. What anybody may do in the service comes from their offices (partnership.areas).

Whether `by` may do these things depends on an area, so the caller asks that.
"""

from partnership.accounts.services.closing import change_address, deactivate, discard, reactivate
from partnership.accounts.services.inviting import accept, accept_with_passkey, invite, resend
from partnership.accounts.services.noticing import note_change
from partnership.accounts.services.operating import end_operator, grant_operator
from partnership.accounts.services.resetting import ask_factor_reset, ask_new_password, confirm_factor_reset

__all__ = [
    "accept",
    "accept_with_passkey",
    "ask_factor_reset",
    "ask_new_password",
    "change_address",
    "confirm_factor_reset",
    "deactivate",
    "discard",
    "end_operator",
    "grant_operator",
    "invite",
    "note_change",
    "reactivate",
    "resend",
]
