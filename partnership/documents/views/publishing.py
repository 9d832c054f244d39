"""Publishing: the page on which one person proposes what goes out and when. The second confirms it on the proposal's page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission, offices_with
from partnership.documents import certificate, personal, policies, presenting, publication_policies, selectors, services
from partnership.documents.jobs import public_address
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Act, Proposal, Version
from partnership.documents.release_form import ReleaseForm
from partnership.documents.views import loading
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import WrongState, decide
from partnership.web.errors import told


def _to(version: Version, proposal: Proposal) -> HttpResponse:
    where = [version.document.area.slug, address_of(version.document), version.number]
    return redirect("documents:proposal", *where, proposal.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Propose to make a signed version public, at once or at a time, with what goes along."""
    version = loading.version_of(request, area, document, number)
    found, what = version.document, kind(version.document.kind)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, found.area)
    confirming.require(request, f"propose to publish {found.title}")
    if there := _gone_before(request, version):
        return there
    check(version, MOVES["publish"])
    warnings = [row for warn in what.before_publishing for row in warn(version)]
    given: dict[str, Any] = {"what": what, "version": version, "offered": what.goes_along(version)}
    form = ReleaseForm(
        request.POST if request.method == "POST" else None, is_warned=bool(personal.tally(version)), **given
    )
    if form.is_bound and form.is_valid():
        try:
            proposal = services.propose_publication(version=version, by=request.user, **form.plan)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "It is proposed. A second person has to confirm it, and those who may are told.")
            return _to(version, proposal)
    context = {**loading.common(found), **_shown(version), "warnings": warnings, "form": form}
    return render(request, "documents/publish.html", context, status=409 if form.non_field_errors() else 200)


def _gone_before(request: Request, version: Version) -> HttpResponse | None:
    """Where somebody is led who comes after it was published, proposed or agreed."""
    found = version.document
    if request.method == "POST" and version.status == Status.PUBLISHED:
        messages.info(request, f"{found.title} has been published already.")
        return redirect("documents:document", found.area.slug, address_of(found))
    if there := version.proposals.filter(act=Act.PUBLISH, outcome="").first():
        return _to(version, there)
    planned = publication_policies.planned(version)
    return _to(version, planned.proposal) if planned else None


def _shown(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "ready": decide(policies.check_can_publish, version),
        "permanent_address": public_address(version),
        "addressed": kind(version.document.kind).addressed(version),
        "standing": presenting.standing(version),
        "agreed": certificate.agreed_in_words(version),
        "replaced": selectors.replaced_by(version),
        "seconds": [office.label for office in offices_with(Permission.CONFIRM_PUBLICATION)],
    }


@require_POST
def stop(request: Request, area: str, document: str, number: int, proposal: int) -> HttpResponse:
    """Stop what is agreed to be published later."""
    version = loading.version_of(request, area, document, number)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, version.document.area)
    row = loading.proposal_of(version, proposal)
    if row.act != Act.PUBLISH:
        raise Http404
    services.stop_release(release=row.release, by=request.user)
    messages.success(request, "It is stopped. Nothing goes out, and everybody is told.")
    return _to(version, row)
