"""Occasions as tests record them."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partnership import clock
from partnership.presentations import services
from partnership.presentations.kinds import Forum, Said, State
from partnership.presentations.models import Presentation
from tests import worlds

COMMITTEE = "Ashdown People’s Scrutiny Committee"


def planned(day: date | None = None, **more: Any) -> Said:
    """In three weeks, before the scrutiny committee."""
    on = day or clock.today() + timedelta(days=21)
    said = Said(Forum.SCRUTINY_COMMITTEE.value, COMMITTEE, on, State.PLANNED.value, "chair")
    return replace(said, **more)


def presented(day: date | None = None, **more: Any) -> Said:
    """A week ago, with what was asked and answered."""
    on = day or clock.today() - timedelta(days=7)
    told = {"asked": "What changed?", "answered": "More families were seen sooner."}
    said = Said(Forum.HEALTH_AND_WELLBEING.value, "", on, State.PRESENTED.value, "chair", **told)
    return replace(said, **{"minutes": "https://council.example/minutes/12", **more})


def recorded(world: worlds.World, document: Any, said: Said | None = None, by: Any = None) -> Presentation:
    """An occasion on record."""
    return services.record(document=document, said=said or planned(), once=uuid.uuid4(), by=by or world.gwen)
