"""What people do in the impact test of a report."""

from partnership.impact.services.accepting import accept, take_back_acceptance
from partnership.impact.services.claiming import describe, look_again, mark, say_none_yet, unmark
from partnership.impact.services.evidencing import add_evidence, change_evidence, contributed_as, remove_evidence
from partnership.impact.services.prioritising import (
    change_priority,
    name_priority,
    remove_priority,
    take_back_little_progress,
    tell_little_progress,
)

__all__ = [
    "accept",
    "add_evidence",
    "change_evidence",
    "change_priority",
    "contributed_as",
    "describe",
    "look_again",
    "mark",
    "name_priority",
    "remove_evidence",
    "remove_priority",
    "say_none_yet",
    "take_back_acceptance",
    "take_back_little_progress",
    "tell_little_progress",
    "unmark",
]
