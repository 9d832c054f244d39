"""What passages claim, what shows an effect, and that there is no evidence yet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import editing
from partnership.documents import selectors as documents
from partnership.documents.models import Document
from partnership.documents.views.loading import common
from partnership.errors import Refused
from partnership.impact import forms, presenting, selectors, services, standing
from partnership.impact.models import Claim, Evidence, Priority
from partnership.impact.views.loading import FORM, Act, answered, document_of, home, person, to_write
from partnership.web import removing
from partnership.web.errors import told


@require_http_methods(FORM)
def section(request: HttpRequest, area: str, document: str, key: str) -> HttpResponse:
    """Mark what the passages of one section claim."""
    found = to_write(request, area, document)
    version = documents.current(found) or documents.newest(found)
    row = get_object_or_404(version.sections.select_related("version__document__area", "updated_by"), key=key)
    page, refusal, status = editing.Page(row, person(request)), None, 200
    form = forms.KindsForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        kinds, seen = form.kinds(), form.cleaned_data["seen_revision"]
        try:
            changed = services.mark(section=row, kinds=kinds, seen_revision=seen, by=person(request))
        except Refused as refused:
            refusal, status = refused, told(request, refused)
        else:
            messages.success(
                request, f"{changed or 'No'} {'passage is' if changed == 1 else 'passages are'} marked anew."
            )
            return redirect("impact:section", *selectors.where(found), key)
    shown = presenting.Marking(page, form.chosen if form else None)
    context = {**common(found), "section": row, "page": page, "marking": shown, "form": form, "refusal": refusal}
    return render(request, "impact/section.html", context, status=status)


def _claim(document: Document, pk: int) -> Claim:
    rows = Claim.objects.select_related("document__area", "said_by").prefetch_related("priorities", "evidence")
    return get_object_or_404(rows, document=document, pk=pk)


def _at(claim: Claim) -> str:
    return reverse("impact:claim", args=[*selectors.where(claim.document), claim.pk])


@require_http_methods(FORM)
def claim(request: HttpRequest, area: str, document: str, claim: int) -> HttpResponse:
    """One passage that claims something: for whom, for which priorities, and what shows it."""
    found = document_of(request, area, document)
    if request.method == "POST":
        access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
    row = _claim(found, claim)
    version = documents.current(found) or documents.newest(found)
    block = version.blocks.filter(key=row.key).select_related("section").first()
    named = list(Priority.objects.filter(document=found).order_by("position"))

    def do(priorities: Any = (), **said: Any) -> object:
        return services.describe(claim=row, priorities=priorities, **said)

    def now() -> tuple[int, list[str]]:
        newest = _claim(found, claim)
        return newest.revision, [newest.for_whom, *(priority.words for priority in newest.priorities.all())]

    act = Act(
        lambda data: forms.DescribeForm(data, claim=row, priorities=named), do, "Saved.", _at(row), "for_whom", now
    )
    pieces = [(piece, presenting.asks_about_small_numbers(piece)) for piece in row.evidence.all()]
    context = {
        "claim": row,
        "said": standing.Said(row, block),
        "pieces": pieces,
        "agency": services.contributed_as(person(request), found),
        "may_write": presenting.may(person(request), found),
    }
    return answered(request, found, act, "impact/claim.html", **context)


@require_POST
def look_again(request: HttpRequest, area: str, document: str, claim: int) -> HttpResponse:
    """Say that a changed passage still claims the same, as it stood on the page."""
    row = _claim(to_write(request, area, document), claim)
    services.look_again(claim=row, seen_mark=request.POST.get("seen_mark", ""), by=person(request))
    messages.success(request, "You looked again. The passage claims what it claimed.")
    return redirect(_at(row))


@require_POST
def unmark(request: HttpRequest, area: str, document: str, claim: int) -> HttpResponse:
    """Take one mark back, also of a passage that is no longer there."""
    found = to_write(request, area, document)
    row = Claim.objects.filter(document=found, pk=claim).select_related("document__area").first()
    if row:
        services.unmark(claim=row, by=person(request))
    messages.success(request, "The mark is taken back.")
    return redirect(home(found))


@require_http_methods(FORM)
def none_yet(request: HttpRequest, area: str, document: str, claim: int) -> HttpResponse:
    """Say that an effect has no evidence yet."""
    found = to_write(request, area, document)
    row = _claim(found, claim)

    def now() -> tuple[int, list[str]]:
        newest = _claim(found, claim)
        return newest.revision, [newest.none_yet]

    def do(**said: Any) -> object:
        return services.say_none_yet(claim=row, **said)

    done = "It is written that there is no evidence yet."
    act = Act(lambda data: forms.NoneYetForm(data, claim=row), do, done, _at(row), "words", now)
    return answered(request, found, act, "impact/none_yet.html", claim=row)


@require_http_methods(FORM)
def add_evidence(request: HttpRequest, area: str, document: str, claim: int) -> HttpResponse:
    """Add evidence to an effect."""
    found = to_write(request, area, document)
    row = _claim(found, claim)

    def do(seen_revision: int, **said: Any) -> object:
        return services.add_evidence(claim=row, **said)

    act = Act(forms.EvidenceForm, do, "The evidence is added.", _at(row))
    agency = services.contributed_as(person(request), found)
    return answered(request, found, act, "impact/evidence.html", claim=row, agency=agency)


def _evidence(document: Document, pk: int) -> Evidence:
    rows = Evidence.objects.select_related("claim__document__area", "contributed_by")
    return get_object_or_404(rows, claim__document=document, pk=pk)


@require_http_methods(FORM)
def evidence(request: HttpRequest, area: str, document: str, evidence: int) -> HttpResponse:
    """Change evidence that one's own agency gave."""
    found = to_write(request, area, document)
    row = _evidence(found, evidence)

    def now() -> tuple[int, list[str]]:
        newest = _evidence(found, evidence)
        return newest.revision, [
            newest.before,
            newest.after,
            newest.period,
            newest.source,
            newest.strength,
            newest.limits,
        ]

    def do(**said: Any) -> object:
        return services.change_evidence(evidence=row, **said)

    to = _at(row.claim)
    act = Act(lambda data: forms.EvidenceForm(data, evidence=row), do, "The evidence is changed.", to, None, now)
    context = {"claim": row.claim, "evidence": row, "agency": row.contributed_as}
    return answered(request, found, act, "impact/evidence.html", **context)


@require_POST
def remove_evidence(request: HttpRequest, area: str, document: str, evidence: int) -> HttpResponse:
    """Take evidence out of the draft."""
    found = to_write(request, area, document)
    row = Evidence.objects.filter(claim__document=found, pk=evidence).select_related("claim__document__area").first()
    if row is None:
        messages.info(request, "That evidence has been removed already.")
        return redirect(home(found))
    page = removing.asked(
        request,
        what=f"the evidence of {row.contributed_as}",
        words=presenting.words_of(row),
        button="Remove the evidence",
        back=_at(row.claim),
    )
    if page:
        return page
    services.remove_evidence(evidence=row, by=person(request))
    messages.success(request, "The evidence is removed. The record says whose it was.")
    return redirect(_at(row.claim))
