"""The register of what was sent to the national bodies, and what is known of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership import clock
from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.errors import WrongState, decide
from partnership.files import answers
from partnership.guidance import dates
from partnership.mail.workflow import Ruling, Status
from partnership.submissions import policies, presenting, selectors, services, timeline
from partnership.submissions.forms import Acknowledgement, Settlement
from partnership.submissions.models import Submission
from partnership.web.errors import told
from partnership.web.pagination import page_of


@require_safe
def register(request: Request, area: str) -> HttpResponse:
    """Every submission of the area, newest first."""
    found = _area(request, area)
    page = page_of(selectors.of_area(found), request)
    rows = [{"submission": row, "state": selectors.state(row), "edition": selectors.edition(row)} for row in page]
    return render(request, "submissions/register.html", {"area": found, "page": page, "rows": rows})


@require_safe
def recipients(request: Request, area: str) -> HttpResponse:
    """The addresses of the national bodies, with their sources, their history and what should be looked at again."""
    context = {"area": _area(request, area), "bodies": presenting.bodies(clock.today())}
    return render(request, "submissions/recipients.html", context)


@require_safe
def submission(request: Request, area: str, submission: int) -> HttpResponse:
    """Everything that is known of one submission."""
    return _page(request, _find(request, area, submission))


@require_POST
def acknowledge(request: Request, area: str, submission: int) -> HttpResponse:
    """Record the recipient's acknowledgement."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.RECORD_ACKNOWLEDGEMENT, found.version.document.area)
    form = _acknowledgement(found, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, acknowledgement=form)
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("words", "how", "received_on")}
    said |= {"receipt": form.stored, "receipt_name": form.stored_name}
    try:
        services.acknowledge(submission=found, by=request.user, **said)
    except WrongState as refusal:
        form.add_error("how", refusal.sentence)
        return _page(request, found, told(request, refusal), acknowledgement=form)
    messages.success(request, f"You have recorded that {found.recipient_in_words} acknowledged it.")
    return _back(found)


@require_POST
def acknowledge_reply(request: Request, area: str, submission: int, reply: int) -> HttpResponse:
    """Record a reply that was read as the acknowledgement."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.RECORD_ACKNOWLEDGEMENT, found.version.document.area)
    event = get_object_or_404(found.events.select_related("incoming__file", "submission"), pk=reply)
    services.acknowledge_reply(event=event, by=request.user)
    messages.success(request, f"You have recorded that {found.recipient_in_words} acknowledged it.")
    return _back(found)


@require_safe
def attached(request: Request, area: str, submission: int, reply: int, attached: int) -> HttpResponse:
    """Something that came with a reply, to be saved; number 0 is the whole message as it came."""
    event = get_object_or_404(_find(request, area, submission).events.select_related("incoming__file"), pk=reply)
    if attached == 0:
        return answers.download(event.incoming.file, f"message-{event.pk}")
    for enclosure in timeline.opened(event).enclosures:
        if enclosure.number == attached:
            return answers.attached(enclosure.data, enclosure.name)
    raise Http404


@require_safe
def receipt(request: Request, area: str, submission: int) -> HttpResponse:
    """The receipt that was kept with an acknowledgement."""
    found = _find(request, area, submission)
    if found.receipt is None:
        raise Http404
    return answers.download(found.receipt, f"receipt-{found.pk}")


@require_POST
def send_anew(request: Request, area: str, submission: int) -> HttpResponse:
    """Have what came back or failed sent to the address that is in use."""
    found = _find(request, area, submission)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, found.version.document.area)
    confirming.require(request)
    sent = services.send_anew(submission=found, by=request.user)
    messages.success(request, f"It will be sent to {sent.mail.to}. It stays the same submission.")
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


def _acknowledgement(found: Submission, *sent: Any) -> Acknowledgement:
    return Acknowledgement(*sent, since=clock.london_day(found.queued_at))


def _page(request: Request, found: Submission, status_code: int = 200, **bound: Any) -> HttpResponse:
    document = found.version.document
    may_send = access.can(request.user, Permission.PUBLISH_DOCUMENT, document.area)
    may_record = (
        access.can(request.user, Permission.RECORD_ACKNOWLEDGEMENT, document.area) and not found.acknowledged_at
    )
    status = found.mail.status
    forms = {
        "acknowledgement": (bound.get("acknowledgement") or _acknowledgement(found)) if may_record else None,
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
        "entries": timeline.entries(found),
        "replies": timeline.replies(found),
        "files": found.files.select_related("file"),
        "messages_sent": found.messages.select_related("mail", "recipient"),
        "may_try_again": may_send and status == Status.FAILED and not found.acknowledged_at,
        "anew": _anew(found) if may_send else None,
        "form": next(iter(bound.values()), None),
        **forms,
    }
    return render(request, "submissions/submission.html", context, status=status_code)


def _anew(found: Submission) -> dict[str, Any] | None:
    """The address in use to which it can be sent, or why it cannot; None where nothing came back or failed."""
    if not decide(policies.check_may_be_sent_anew, found):
        return None
    recipient = selectors.in_force(clock.today()).filter(party=found.party).first()
    if recipient is None:
        return {"reason": "There is no address in use to which it could be sent. Ask an operator to add one."}
    return {"recipient": recipient, "reason": decide(policies.check_can_send_anew, found, recipient).reason}


def _timing(submission: Submission) -> str:
    """Whether it was taken in time, or how long there is. What came back was not taken."""
    if submission.due_on is None:
        return "There is no date by which it had to be sent."
    due = f"{submission.due_on.day} {submission.due_on:%B %Y}"
    if submission.accepted_at and not submission.bounced_at:
        in_time = dates.is_in_time(submission.accepted_at, submission.due_on)
    elif submission.received_on:  # by other means than the message, which never arrived
        in_time = submission.received_on <= submission.due_on
    else:
        late = clock.today() > submission.due_on
        return f"It was due on {due} and is late." if late else f"It is due on {due}."
    return f"In time: it was due on {due}." if in_time else f"Late: it was due on {due}."
