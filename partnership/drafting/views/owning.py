"""Who writes which section: sharing out, handing in and back, and everything that one person is asked to write."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.models import User
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.views.loading import common
from partnership.drafting import policies, selectors, services
from partnership.drafting.forms import OwnersForm, WordsForm
from partnership.drafting.models import SectionTask
from partnership.drafting.views import loading
from partnership.errors import Conflict, Refused, WrongState, decide
from partnership.web.errors import told

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def owners(request: Request, area: str, document: str) -> HttpResponse:
    """Who writes each section and by when; whoever may share out changes it here."""
    found = loading.document_of(request, area, document)
    may_share = decide(access.require, request.user, Permission.SHARE_OUT_SECTIONS, found.area)
    is_draft = decide(policies.check_is_draft, documents.draft(found))
    form: OwnersForm | None = None
    refusal: Refused | None = None
    if request.method == "POST":
        access.require(request.user, Permission.SHARE_OUT_SECTIONS, found.area)
    if is_draft and may_share:
        form = _form(request, found)
    if request.method == "POST":
        policies.check_is_draft(documents.draft(found))
        if form and form.is_valid():
            try:
                changed = services.share_out(
                    document=found,
                    owners=form.chosen(),
                    by=request.user,
                    **{name: form.cleaned_data[name] for name in ("due_on", "seen", "moves_dates")},
                )
            except (WrongState, Conflict) as refused:
                refusal, form = refused, _form(request, found, seen=selectors.mark_of(found))
            else:
                messages.success(request, _said(len(changed)))
                return redirect("drafting:owners", found.area.slug, address_of(found))
    context = {**common(found), "form": form, "refusal": refusal, "is_draft": is_draft, "user": request.user}
    context |= {"rows": selectors.shared_out(found), "today": clock.today()}
    return render(request, "drafting/owners.html", context, status=told(request, refusal) if refusal else 200)


def _said(changed: int) -> str:
    if not changed:
        return "Nobody is newly asked. Who writes what is as it stands below."
    return f"{changed} {'section is' if changed == 1 else 'sections are'} shared out, and the owners are told."


def _form(request: Request, document: Document, seen: str = "") -> OwnersForm:
    """`seen`: what to take as seen instead of what was sent, so that a form drawn again can be saved."""
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and seen:
        sent["seen"] = seen
    return OwnersForm(
        sent,
        sections=list(loading.version_of(document).sections.order_by("position")),
        tasks={task.section_key: task for task in selectors.tasks_of(document)},
        held=selectors.owners(document),
        earliest=clock.today(),
        latest=selectors.due_on(document),
        initial={"due_on": selectors.day_to_ask_by(document), "seen": selectors.mark_of(document)},
    )


@require_POST
def hand_in(request: Request, area: str, document: str, task: int) -> HttpResponse:
    """Say that a section is ready."""
    found = loading.document_of(request, area, document)
    row = services.hand_in(task=_task(found, task), by=request.user)
    messages.success(request, f"“{row.section_title}” is handed in. It goes to {_who_takes_it(row, request.user)}.")
    if left := _left_in(found, row):
        messages.warning(request, f"Before the document can be sent for sign-off, this section needs more. {left}")
    return redirect("documents:section", found.area.slug, address_of(found), row.section_key)


def _left_in(document: Document, task: SectionTask) -> str:
    """What still stops the sending in a section, in sentences; nothing where nothing does."""
    draft = documents.draft(document)
    found = content.problems(draft) if draft else []
    left = [row.sentence.removeprefix(f"{task.section_title}: ") for row in found if row.section == task.section_key]
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}" for sentence in left)


def _who_takes_it(task: SectionTask, user: User) -> str:
    """Who reads what is handed in: whoever asked for it or, where they no longer may, somebody who may."""
    asked_by = task.asked_by
    if asked_by != user and access.can(asked_by, Permission.SHARE_OUT_SECTIONS, task.document.area):
        return f"{asked_by}, who asked for it"
    return "those who share out the sections"


@require_http_methods(FORM)
def hand_back(request: Request, area: str, document: str, task: int) -> HttpResponse:
    """Give a section back to its owner with what is missing."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.SHARE_OUT_SECTIONS, found.area)
    row = _task(found, task)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label="What is missing?",
        hint="The owner and everybody in the area can read it.",
        missing="Say what is missing.",
    )
    if form.is_bound and form.is_valid():
        services.hand_back(task=row, comment=form.cleaned_data["words"], by=request.user)
        messages.success(request, f"“{row.section_title}” is back with {row.owner}.")
        return redirect("drafting:owners", found.area.slug, address_of(found))
    policies.check_can_hand_back(row, "asked on this page")
    return render(request, "drafting/hand_back.html", {**common(found), "task": row, "form": form})


def _task(document: Document, pk: int) -> SectionTask:
    return get_object_or_404(
        SectionTask.objects.select_related("document__area", "person", "seat__agency"), document=document, pk=pk
    )


@require_safe
def mine(request: Request) -> HttpResponse:
    """Every section that this person is asked to write, in all their areas, the soonest first."""
    rows = [(task, address_of(task.document)) for task in selectors.my_sections(request.user)]
    return render(request, "drafting/mine.html", {"rows": rows, "today": clock.today()})
