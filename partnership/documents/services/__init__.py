"""What people do with documents."""

from partnership.documents.services.answering import confirm, explain, mark, take_back_explanation, unmark
from partnership.documents.services.correcting import begin_correction, declare_correction
from partnership.documents.services.drafting import (
    Saved,
    add_picture,
    begin,
    change_picture,
    keep_aside,
    remove_picture,
    save_section,
    withdraw,
)
from partnership.documents.services.moving import move_to_edition
from partnership.documents.services.on_paper import record_on_paper
from partnership.documents.services.refusing import record_not_given, refuse
from partnership.documents.services.refusing import take_back as take_back_unsigned
from partnership.documents.services.releasing import propose_publication
from partnership.documents.services.releasing import stop as stop_release
from partnership.documents.services.reviewing import record_review
from partnership.documents.services.sections import add_section
from partnership.documents.services.sharing import end_share, share_document
from partnership.documents.services.signing import return_for_changes, send_for_sign_off, sign
from partnership.documents.services.taking_down import open_document, open_sealed, require_may_open, take_down
from partnership.documents.services.two_persons import agree, decline, propose
from partnership.documents.services.two_persons import take_back as take_back_proposal

__all__ = [
    "Saved",
    "add_picture",
    "add_section",
    "agree",
    "begin",
    "begin_correction",
    "change_picture",
    "confirm",
    "declare_correction",
    "decline",
    "end_share",
    "explain",
    "keep_aside",
    "mark",
    "move_to_edition",
    "open_document",
    "open_sealed",
    "propose",
    "propose_publication",
    "record_not_given",
    "record_on_paper",
    "record_review",
    "refuse",
    "remove_picture",
    "require_may_open",
    "return_for_changes",
    "save_section",
    "send_for_sign_off",
    "share_document",
    "sign",
    "stop_release",
    "take_back_explanation",
    "take_back_proposal",
    "take_back_unsigned",
    "take_down",
    "unmark",
    "withdraw",
]
