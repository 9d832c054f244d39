"""Areas, the bodies in them, their seats, and who holds which office from when to when."""

from partnership.areas.models.access_review import AccessReview, ReviewedAccess
from partnership.areas.models.agency import Agency, AgencyKind, EarlierName, Succession
from partnership.areas.models.appointment import Appointment, Basis
from partnership.areas.models.area import Area, AreaSuccession
from partnership.areas.models.chair_turn import ChairTurn
from partnership.areas.models.departure import Departure
from partnership.areas.models.hand_over import HandOver, HandOverItem
from partnership.areas.models.independence import IndependenceRecord
from partnership.areas.models.lead_meeting import LeadMeeting
from partnership.areas.models.member_import import MemberImport
from partnership.areas.models.relevant_agency import RelevantAgency
from partnership.areas.models.seat import Seat, SeatKind
from partnership.areas.models.sign_in_check import SignInCheck
from partnership.areas.models.vacancy import Vacancy

__all__ = [
    "AccessReview",
    "Agency",
    "AgencyKind",
    "Appointment",
    "Area",
    "AreaSuccession",
    "Basis",
    "ChairTurn",
    "Departure",
    "EarlierName",
    "HandOver",
    "HandOverItem",
    "IndependenceRecord",
    "LeadMeeting",
    "MemberImport",
    "RelevantAgency",
    "ReviewedAccess",
    "Seat",
    "SeatKind",
    "SignInCheck",
    "Succession",
    "Vacancy",
]
