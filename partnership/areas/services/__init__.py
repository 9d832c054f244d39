"""What people do to areas, seats and offices. Every right in the service rests on these rows.

One lock order: the area, then the appointment, then what hangs on it.
"""

from partnership.areas.services.accounts import (
    ask_factor_reset,
    ask_sign_in_again,
    change_address,
    change_address_everywhere,
    close_account,
    confirm_factor_reset,
    invite_again,
    open_account,
)
from partnership.areas.services.appointing import appoint, correct, end_appointment
from partnership.areas.services.bodies import add_agency, open_area, rename_agency, succeed, succeed_area
from partnership.areas.services.chair import plan_turn, remove_turn
from partnership.areas.services.handing_over import tick
from partnership.areas.services.importing import confirm_list, discard_list, examine, keep_list, seal
from partnership.areas.services.independence import declare_interests, record_contract
from partnership.areas.services.inviting import appoint_by_address
from partnership.areas.services.limiting import lift_suspension, suspend, void
from partnership.areas.services.reviewing import sign_access_review
from partnership.areas.services.seats import (
    close_seat,
    drop_relevant_agency,
    name_by_name,
    name_relevant_agency,
    open_seat,
)
from partnership.areas.services.vacancies import plan_vacancy

__all__ = [
    "add_agency",
    "appoint",
    "appoint_by_address",
    "ask_factor_reset",
    "ask_sign_in_again",
    "change_address",
    "change_address_everywhere",
    "close_account",
    "close_seat",
    "confirm_factor_reset",
    "confirm_list",
    "correct",
    "declare_interests",
    "discard_list",
    "drop_relevant_agency",
    "end_appointment",
    "examine",
    "invite_again",
    "keep_list",
    "lift_suspension",
    "name_by_name",
    "name_relevant_agency",
    "open_account",
    "open_area",
    "open_seat",
    "plan_turn",
    "plan_vacancy",
    "record_contract",
    "remove_turn",
    "rename_agency",
    "seal",
    "sign_access_review",
    "succeed",
    "succeed_area",
    "suspend",
    "tick",
    "void",
]
