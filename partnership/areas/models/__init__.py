"""Areas, the bodies in them, their seats, and who holds which office from when to when."""

from partnership.areas.models.agency import Agency, AgencyKind, Succession
from partnership.areas.models.appointment import Appointment, Basis
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat, SeatKind

__all__ = ["Agency", "AgencyKind", "Appointment", "Area", "Basis", "Seat", "SeatKind", "Succession"]
