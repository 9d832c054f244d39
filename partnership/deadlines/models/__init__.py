"""Duties with their facts and reminders; what people say of them; meetings of the lead partners, steps switched off."""

from partnership.deadlines.models.duties import (
    Duty,
    DutyFact,
    Hold,
    LateStatement,
    LocalCycle,
    LocalTarget,
    Relaxation,
    Reminder,
    TurnDone,
)
from partnership.deadlines.models.planning import SwitchedOffStep

__all__ = [
    "Duty",
    "DutyFact",
    "Hold",
    "LateStatement",
    "LocalCycle",
    "LocalTarget",
    "Relaxation",
    "Reminder",
    "SwitchedOffStep",
    "TurnDone",
]
