"""Acts that take two persons: the page on which one proposes, and the page on which another agrees or declines."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts import confirming
from partnership.accounts.models import User
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import canonical, certificate, policies, publication_policies, services
from partnership.documents.forms import NO_CASES, ReasonForm
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Act, Outcome, PaperSignature, Proposal, Version
from partnership.documents.paper_form import PaperForm
from partnership.documents.services.two_persons import MAY_PROPOSE, may_decide
from partnership.documents.views import loading
from partnership.errors import WrongState, decide
from partnership.files import answers
from partnership.web import errors

# Acts that have a page of their own: a paper is of a seat, a publication has its time, what takes in is chosen.
OF_THEIR_OWN = {Act.PAPER, Act.PUBLISH, Act.CONSOLIDATE}
FORM = ["GET", "HEAD", "POST"]
DONE = {
    Outcome.AGREED: "You agreed. It is done, and everybody is told.",
    Outcome.DECLINED: "You declined. Nothing has changed.",
    Outcome.TAKEN_BACK: "You took your proposal back. Nothing has changed.",
}

PLANNED = "You agreed. It goes out at the time that is agreed, and everybody is told."


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
    if which in OF_THEIR_OWN:
        raise Http404
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
def on_paper(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """Record a signature that was given on paper. It counts once a second person has looked at it and agreed."""
    version = loading.version_of(request, area, document, number)
    access.require(request.user, Permission.RECORD_ON_PAPER, version.document.area)
    required = get_object_or_404(version.required_seats.select_related("seat__agency"), seat_id=seat)
    if there := version.proposals.filter(act=Act.PAPER, seat=seat, outcome="").first():
        return _to(version, there)
    policies.check_can_propose(version, Act.PAPER)
    frozen_on = clock.london_day(version.frozen_at) if version.frozen_at else clock.today()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, refusal = PaperForm(*sent, earliest=frozen_on, latest=clock.today()), None
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("signed_on", "fingerprint", "reservation")}
        told |= {"scan": form.stored, "scan_name": form.stored_name}
        try:
            proposal = services.record_on_paper(version=version, seat=required.seat, by=request.user, **told)
        except WrongState as refused:
            refusal = refused
            form.add_error("fingerprint" if "fingerprint" in refused.sentence else "signed_on", refused.sentence)
        else:
            messages.success(
                request, "It is recorded. It counts once a second person has looked at the scan and agreed."
            )
            return _to(version, proposal)
    context = {**loading.common(version.document), "version": version, "required": required, "form": form}
    context["short"] = canonical.short(version.sha256 or "")
    return render(request, "documents/on_paper.html", context, status=errors.told(request, refusal) if refusal else 200)


@require_safe
def scan(request: Request, area: str, document: str, number: int, proposal: int) -> HttpResponse:
    """The scan of a signature on paper. Whoever sees the area may read it; it opens as a download, never in the page."""
    version = loading.version_of(request, area, document, number)
    if not access.can(request.user, Permission.VIEW_AREA, version.document.area):
        raise Http404
    rows = PaperSignature.objects.select_related("scan")
    paper = get_object_or_404(rows, proposal__version=version, proposal=proposal)
    return answers.download(paper.scan, f"signature-{proposal}")


@require_http_methods(FORM)
def proposal(request: Request, area: str, document: str, number: int, proposal: int) -> HttpResponse:
    """What is proposed, and the buttons of who may decide on it."""
    version = loading.version_of(request, area, document, number)
    row = loading.proposal_of(version, proposal)
    if request.method == "POST":
        return _decide(request, version, row)
    context = {
        **loading.common(version.document),
        "version": version,
        "proposal": row,
        "is_own": row.proposed_by_id == request.user.pk,
        "may_decide": may_decide(row, request.user),
        "is_possible": decide(policies.check_is_possible, row),
        "signatures": certificate.signatures(version),
        **(_release(row, request.user) if row.act == Act.PUBLISH else {}),
    }
    return render(request, "documents/proposal.html", context)


def _release(row: Proposal, user: User) -> dict[str, Any]:
    """What a second person looks at before something is published, and whether it waits for its time."""
    version = row.version
    what = kind(version.document.kind)
    planned = publication_policies.planned(version)
    titles = {along.key: along.title for along in what.goes_along(version)}
    return {
        "release": row.release,
        "along": [titles.get(key, key) for key in row.release.along],
        "warnings": [warning for warn in what.before_publishing for warning in warn(version)]
        if not row.outcome
        else [],
        "addressed": what.addressed(version),
        "is_planned": planned is not None and planned.pk == row.release.pk,
        "may_stop": access.can(user, Permission.PUBLISH_DOCUMENT, version.document.area),
    }


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
        what = f"agree to what {row.proposed_by} proposed for {version.document.title}, to {row.get_act_display()}"
        confirming.require(request, what)
    try:
        acts[Outcome(outcome)](proposal=row, by=request.user)
    except WrongState as refusal:
        errors.told(request, refusal)
        messages.error(request, refusal.sentence)
    else:
        version.refresh_from_db()
        planned = outcome == Outcome.AGREED and publication_policies.planned(version)
        messages.success(request, PLANNED if planned else DONE[Outcome(outcome)])
    return _to(version, row)
