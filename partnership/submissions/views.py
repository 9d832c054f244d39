"""The register of what was sent to the national bodies, and what is known of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership import clock
from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.guidance import dates
from partnership.mail.workflow import Ruling, Status
from partnership.submissions import selectors, services
from partnership.submissions.forms import Acknowledgement, Settlement
from partnership.submissions.models import Submission
from partnership.web.pagination import page_of


@require_safe
def register(request: Request, area: str) -> HttpResponse:
    """Every submission of the area, newest first."""
    found = _area(request, area)
    page = page_of(selectors.of_area(found), request)
    rows = [{"submission": row, "state": selectors.state(row), "edition": selectors.edition(row)} for row in page]
    return render(request, "submissions/register.html", {"area": found, "page": page, "rows": rows})


@require_safe
def submission(request: Request, area: str, submission: int) -> HttpResponse:
    """Everything that is known of one submission."""
    return _page(request, _find(request, area, submission))


@require_POST
def acknowledge(request: Request, area: str, submission: int) -> HttpResponse:
    """Record the recipient's acknowledgement."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.RECORD_ACKNOWLEDGEMENT, found.version.document.area)
    form = Acknowledgement(request.POST)
    if not form.is_valid():
        return _page(request, found, acknowledgement=form)
    services.acknowledge(submission=found, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, f"You have recorded that {found.recipient_in_words} acknowledged it.")
    return _back(found)


@require_POST
def send_again(request: Request, area: str, submission: int) -> HttpResponse:
    """Have a failed submission tried once more."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, found.version.document.area)
    confirming.require(request, f"send {found.version.document.title} to {found.recipient_in_words} again")
    services.send_again(submission=found, by=request.user)
    messages.success(request, f"It will be sent to {found.recipient_in_words} again.")
    return _back(found)


@require_POST
def settle(request: Request, area: str, submission: int) -> HttpResponse:
    """Say what became of a submission of which it was not known whether it was sent."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, found.version.document.area)
    confirming.require(request, f"say what became of {found.version.document.title} to {found.recipient_in_words}")
    form = Settlement(request.POST)
    if not form.is_valid():
        return _page(request, found, settlement=form)
    services.settle(
        submission=found,
        outcome=Ruling(form.cleaned_data["outcome"]),
        evidence=form.cleaned_data["evidence"],
        by=request.user,
    )
    messages.success(request, "Your finding is on record.")
    return _back(found)


def _area(request: Request, slug: str) -> Area:
    return loading.area_of(request.user, slug)


def _find(request: Request, area: str, pk: int) -> Submission:
    return get_object_or_404(selectors.of_area(_area(request, area)), pk=pk)


def _back(submission: Submission) -> HttpResponse:
    return redirect("submissions:submission", submission.version.document.area.slug, submission.pk)


def _page(request: Request, found: Submission, **bound: Any) -> HttpResponse:
    document = found.version.document
    may_send = access.can(request.user, Permission.PUBLISH_DOCUMENT, document.area)
    may_record = access.can(request.user, Permission.RECORD_ACKNOWLEDGEMENT, document.area)
    status = found.mail.status
    waits = bool(found.accepted_at) and not found.acknowledged_at
    forms = {
        "acknowledgement": (bound.get("acknowledgement") or Acknowledgement()) if may_record and waits else None,
        "settlement": (bound.get("settlement") or Settlement()) if may_send and status == Status.UNCERTAIN else None,
    }
    context = {
        "area": document.area,
        "submission": found,
        "document": document,
        "document_address": address_of(document),
        "state": selectors.state(found),
        "edition": selectors.edition(found),
        "timing": _timing(found),
        "attempts": found.mail.tries.order_by("number"),
        "rulings": found.mail.rulings.order_by("ruled_at"),
        "files": found.files.select_related("file"),
        "may_try_again": may_send and status == Status.FAILED,
        "form": next(iter(bound.values()), None),
        **forms,
    }
    return render(request, "submissions/submission.html", context)


def _timing(submission: Submission) -> str:
    """Whether it was taken in time, or how long there is."""
    if submission.due_on is None:
        return "There is no date by which it had to be sent."
    due = f"{submission.due_on.day} {submission.due_on:%B %Y}"
    if submission.accepted_at is None:
        late = clock.today() > submission.due_on
        return f"It was due on {due} and is late." if late else f"It is due on {due}."
    in_time = dates.is_in_time(submission.accepted_at, submission.due_on)
    return f"In time: it was due on {due}." if in_time else f"Late: it was due on {due}."
