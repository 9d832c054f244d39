"""The edition of the guidance that a draft is assessed against, and moving it to a newer one."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import meeting, policies, presenting, selectors, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Version
from partnership.documents.views import loading
from partnership.errors import decide
from partnership.guidance import crosswalk, loader
from partnership.guidance.schema import Edition


@dataclass(frozen=True)
class Offer:
    """A newer edition with what a move would bring, counted and row by row."""

    edition: Edition
    changes: tuple[crosswalk.Change, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows stay the same, changed, are new or gone, in words."""
        found = [
            (label, sum(1 for row in self.changes if row.kind == kind)) for kind, label in crosswalk.LABELS.items()
        ]
        return [(label, count) for label, count in found if count]

    @property
    def work(self) -> list[crosswalk.Change]:
        return [row for row in self.changes if row.needs_work]


@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: Request, area: str, document: str) -> HttpResponse:
    """Which edition applies and why; what a newer one would ask; after a move, what still needs work."""
    found = loading.document_of(request, area, document)
    if request.method == "POST":
        access.require(request.user, Permission.BEGIN_DOCUMENT, found.area)
        work = services.move_to_edition(document=found, edition_key=request.POST.get("edition", ""), by=request.user)
        many = "1 requirement is" if len(work) == 1 else f"{len(work) or 'No'} requirements are"
        messages.success(request, f"The draft stands under the newer edition. {many} to be looked at.")
        return redirect("documents:edition", found.area.slug, address_of(found))
    version = selectors.current(found) or selectors.newest(found)
    now = loader.edition(found.edition_key)
    newer = policies.editions_to_move_to(found, clock.today())
    context = {
        **loading.common(found),
        "edition": now,
        "note": presenting.newer_edition(found),
        "offers": [Offer(row, crosswalk.between(now, row, found.kind)) for row in newer],
        "may_move": decide(_require_may_move, request, found),
        "moved": _moved(found, now, version),
    }
    return render(request, "documents/edition.html", context)


def _require_may_move(request: Request, document: Document) -> None:
    access.require(request.user, Permission.BEGIN_DOCUMENT, document.area)
    policies.check_has_draft(selectors.draft(document))
    for row in policies.editions_to_move_to(document, clock.today()):
        policies.check_can_move(document, row.key)


def _moved(document: Document, now: Edition, version: Version) -> list[tuple[crosswalk.Change, meeting.Row]]:
    """After a move: each row that changed or is new since the edition of the period, with how it stands in the draft."""
    last = document.period.upper - timedelta(days=1)
    first = loader.edition_for(document.kind, document.period.lower, last)
    if first.key == now.key or first.in_force_from > now.in_force_from:
        return []
    stands = {row.rule.id: row for row in meeting.rows(version)}
    changes = crosswalk.between(first, now, document.kind)
    return [(change, stands[change.new.id]) for change in changes if change.new and change.needs_work]
