"""Acts that take two persons: the page on which one proposes, and the page on which another agrees or declines."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.documents import certificate, policies, services
from partnership.documents.forms import NO_CASES, ReasonForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Outcome, Proposal, Version
from partnership.documents.services.two_persons import MAY_PROPOSE, may_decide
from partnership.documents.views import loading

FORM = ["GET", "HEAD", "POST"]
DONE = {
    Outcome.AGREED: "You agreed. It is done, and everybody is told.",
    Outcome.DECLINED: "You declined. Nothing has changed.",
    Outcome.TAKEN_BACK: "You took your proposal back. Nothing has changed.",
}


def _act(slug: str) -> Act:
    found = next((act for act in Act if act.value.replace("_", "-") == slug), None)
    if found is None:
        raise Http404
    return found


def _to(version: Version, proposal: Proposal) -> HttpResponse:
    where = [version.document.area.slug, address_of(version.document), version.number]
    return redirect("documents:proposal", *where, proposal.pk)


@require_http_methods(FORM)
def propose(request: Request, area: str, document: str, number: int, act: str) -> HttpResponse:
    """Propose an act with its reason. A second person decides on it."""
    version = loading.version_of(request, area, document, number)
    which = _act(act)
    access.require(request.user, MAY_PROPOSE[which], version.document.area)
    if there := version.proposals.filter(act=which, outcome="").first():
        return _to(version, there)
    policies.check_can_propose(version, which)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Why?",
        hint=f"Whoever is to agree reads it, and it stays on record. {NO_CASES}",
        missing="Say why, so that whoever is to agree can judge it.",
    )
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        proposal = services.propose(version=version, act=which, reason=reason, by=request.user)
        messages.success(request, "It is proposed. A second person has to agree, and those who may are told.")
        return _to(version, proposal)
    context = {**loading.common(version.document), "version": version, "act": which, "form": form}
    context["signatures"] = certificate.signatures(version)
    return render(request, "documents/propose.html", context)


@require_http_methods(FORM)
def proposal(request: Request, area: str, document: str, number: int, proposal: int) -> HttpResponse:
    """What is proposed, and the buttons of who may decide on it."""
    version = loading.version_of(request, area, document, number)
    rows = Proposal.objects.select_related("version__document__area", "proposed_by", "decided_by")
    row = get_object_or_404(rows, version=version, pk=proposal)
    if request.method == "POST":
        return _decide(request, version, row)
    context = {
        **loading.common(version.document),
        "version": version,
        "proposal": row,
        "is_own": row.proposed_by_id == request.user.pk,
        "may_decide": may_decide(row, request.user),
        "signatures": certificate.signatures(version),
    }
    return render(request, "documents/proposal.html", context)


def _decide(request: Request, version: Version, row: Proposal) -> HttpResponse:
    acts = {
        Outcome.AGREED: services.agree,
        Outcome.DECLINED: services.decline,
        Outcome.TAKEN_BACK: services.take_back_proposal,
    }
    outcome = request.POST.get("outcome", "")
    if outcome not in acts:
        raise Http404
    if outcome == Outcome.AGREED and may_decide(row, request.user):
        confirming.require(request)
    acts[Outcome(outcome)](proposal=row, by=request.user)
    messages.success(request, DONE[Outcome(outcome)])
    return _to(version, row)
