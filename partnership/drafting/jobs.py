"""What the clock does for those who write: it reminds the owner of a section a week before, a day before and a day after."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.drafting import letters, selectors
from partnership.drafting.models import SectionTask

STEPS = (-7, -1, 1)  # days before (negative) or after the day


@transaction.atomic
def remind(*, today: date) -> int:
    """Queue the reminders that are due; each once, and only the latest step however long nobody looked. Returns a count."""
    draft = Version.objects.filter(document=OuterRef("document"), status=Status.DRAFT)
    waiting = SectionTask.objects.filter(
        Exists(draft), ended_at=None, handed_in_at=None, due_on__lte=today + timedelta(days=7)
    )
    sent = 0
    for task in waiting.select_related("document__area", "person", "seat__agency"):
        reached = [step for step in STEPS if task.due_on + timedelta(days=step) <= today]
        # Whoever was asked after that day has just had the mail.
        step = next((s for s in reversed(reached) if _london(task) < task.due_on + timedelta(days=s)), None)
        if step is None:
            continue
        for person in selectors.holders_of(task):
            key = f"{task.pk}:{task.due_on:%Y%m%d}:{step}"
            letters.due(task, person, key, is_late=step > 0)
            sent += 1
    return sent


def _london(task: SectionTask) -> date:
    return selectors.clock.london_day(task.asked_at)
