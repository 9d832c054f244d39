"""Tells the practice story from its first chapter that has not been told yet. Run again, it changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from partnership.areas.models import Appointment
from partnership.operations.demo import (
    agreed_2026,
    companions_2026,
    guidance_2026,
    living_2026,
    meetings_2026,
    operating,
    post,
    register_2026,
    rooms_2026,
    totp,
    walk,
    year_2026,
    years_2024_25,
)
from partnership.operations.demo.agreed_2026 import BUDGET, THRESHOLDS
from partnership.operations.demo.places import EALING, HAMMERSMITH, MARLBRIDGE
from partnership.operations.demo.year_2026 import LABEL
from partnership.operations.demo.years_2024_25 import ARRANGEMENTS, REPORT
from partnership.practice import services as practice


@dataclass(frozen=True)
class Chapter:
    """A part of the story, told in one transaction. `is_told` looks at what the chapter leaves behind."""

    title: str
    is_told: Callable[[], bool]
    tell: Callable[[], None]


def _opened() -> bool:
    return Appointment.objects.filter(area__slug=HAMMERSMITH).exists()


def _begun(area: str, kind: str, label: str) -> Callable[[], bool]:
    return partial(walk.begun, area, kind, label)


CHAPTERS = (
    Chapter("Hammersmith and Fulham, its people and its duties", _opened, years_2024_25.first_area),
    Chapter("who operates the service", operating.is_told, operating.tell),
    Chapter("the guidance that it began with", guidance_2026.is_seen, guidance_2026.see),
    Chapter("its yearly report 2023-24", _begun(HAMMERSMITH, REPORT, "2023-24"), years_2024_25.report_2023_24),
    Chapter(
        "the Panel's acknowledgement",
        lambda: not years_2024_25.is_unacknowledged(),
        years_2024_25.acknowledgement_2024,
    ),
    Chapter("its arrangements 2025", _begun(HAMMERSMITH, ARRANGEMENTS, "2025"), years_2024_25.arrangements_2025),
    Chapter("its yearly report 2024-25", _begun(HAMMERSMITH, REPORT, "2024-25"), years_2024_25.report_2024_25),
    Chapter("Ealing and the invented area", year_2026.other_areas_are_open, year_2026.other_areas),
    Chapter("the new integrated care board", year_2026.boards_have_changed, year_2026.change_of_boards),
    Chapter("when its lead partners meet", meetings_2026.is_told, meetings_2026.tell),
    Chapter("the published arrangements beside the records", living_2026.is_told, living_2026.tell),
    Chapter("Ealing's arrangements 2026", _begun(EALING, ARRANGEMENTS, "2026"), year_2026.ealing_arrangements),
    Chapter(
        "the draft report of Hammersmith and Fulham", _begun(HAMMERSMITH, REPORT, LABEL), year_2026.hammersmith_draft
    ),
    Chapter("its shared budget 2026-27", _begun(HAMMERSMITH, BUDGET, "2026-27"), agreed_2026.budget),
    Chapter("its draft threshold document", _begun(HAMMERSMITH, THRESHOLDS, "2026"), agreed_2026.threshold_document),
    Chapter("the draft report of the invented area", _begun(MARLBRIDGE, REPORT, LABEL), year_2026.marlbridge_draft),
    Chapter("Ealing's report in sign-off", _begun(EALING, REPORT, LABEL), year_2026.ealing_sign_off),
    Chapter("the register of offices in 2026", register_2026.is_told, register_2026.tell),
    Chapter("what the guidance of 2026 means", guidance_2026.is_told, guidance_2026.tell),
    Chapter("contributions of agencies, and the scrutineer's statement", rooms_2026.is_told, rooms_2026.tell),
    Chapter("a children's version of the last published report", companions_2026.is_told, companions_2026.tell),
)


def load() -> list[str]:
    """Tell what has not been told, deliver its mail, and start the practice clock. Returns the titles of what was told."""
    told = []
    for chapter in CHAPTERS:
        if chapter.is_told():
            continue
        with transaction.atomic():
            chapter.tell()
        post.settle()
        told.append(chapter.title)
    register_2026.sign_in_who_acted(until=post.STORY_ENDS)
    totp.give_missing()
    practice.start(at=post.STORY_ENDS)
    return told
