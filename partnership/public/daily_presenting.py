"""What the pages of the daily lists show."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from partnership.evidence.models import DailyList, Listed


def lists() -> QuerySet[DailyList]:
    """The newest list, and before it those of days on which something became public; each with how much is in it."""
    counted = DailyList.objects.defer("content", "heads").annotate(count=Count("listed"))
    newest = DailyList.objects.order_by("-day").values("day")[:1]
    return counted.filter(Q(count__gt=0) | Q(day__in=newest)).order_by("-day")


def shown(found: DailyList) -> dict[str, Any]:
    """One list with what stands in it, in words, and the day of the list before."""
    rows = {row.sha256: row for row in found.listed.select_related("version__document__area").defer("version__content")}
    before = DailyList.objects.filter(sha256=found.previous).values_list("day", flat=True).first()
    told = [_row(entry, rows[entry["sha256"]]) for entry in json.loads(found.content)["published"]]
    return {"list": found, "before": before, "rows": sorted(told, key=lambda row: (row["title"], row["what"]))}


def _row(entry: dict[str, Any], row: Listed) -> dict[str, Any]:
    what = row.get_what_display()
    return {
        **entry,
        "what": f"{what[:1].lower()}{what[1:]}",
        "seal": row.seal,
        "stamped_at": stamped_at(row.seal),
        "is_text": row.what == Listed.What.TEXT,
        "invented": row.version.document.area.is_invented,
    }


def stamped_at(seal: dict[str, str]) -> datetime | None:
    """The moment of the time stamp in a seal, if it has one."""
    return datetime.fromisoformat(seal["stamped_at"]) if "stamped_at" in seal else None
