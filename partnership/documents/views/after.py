"""After publication: correcting, withdrawing from the public, saying what took it in, recording a review."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import corrections, policies, publication_policies, selectors, services
from partnership.documents.after_forms import ConsolidateForm, CorrectionForm, ReviewForm, TakeDownForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Document, Ground, Nature, Version
from partnership.documents.views import loading
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import WrongState
from partnership.web.errors import told

FORM = ["GET", "HEAD", "POST"]
# What is said of a new version, by the status of the one that it continues from.
BEGUN = {
    Status.PUBLISHED: "What is published stays public until the new one is.",
    Status.WITHDRAWN: "It continues from the withdrawn text.",
    Status.TAKEN_DOWN: "It continues from the withdrawn text. Take out what must not be read before you do anything else.",
}


def _to(document: Document) -> HttpResponse:
    return redirect("documents:document", document.area.slug, address_of(document))


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(FORM)
def correct(request: Request, area: str, document: str) -> HttpResponse:
    """Declare a correction of what is published, and begin its draft; or go on from what was withdrawn."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.BEGIN_DOCUMENT, found.area)
    rows = found.versions.select_related("document__area")
    base = rows.filter(status=Status.PUBLISHED).first() or selectors.newest(found)
    draft = selectors.draft(found)
    if request.method == "POST" and draft and draft.base_id:
        messages.info(request, "A new version has been begun already. This is where it stands.")
        return _to(found)
    publication_policies.check_continues(base)
    form = (
        CorrectionForm(_sent(request), may_be_clerical=base.status == Status.PUBLISHED) if base.published_at else None
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        said = {"nature": Nature(form.cleaned_data["nature"]), "reason": form.cleaned_data["reason"]} if form else {}
        services.begin_correction(version=base, by=request.user, **said)
        messages.success(request, f"A new version is begun. {BEGUN[Status(base.status)]}")
        return _to(found)
    return render(request, "documents/correct.html", {**loading.common(found), "version": base, "form": form})


@require_http_methods(FORM)
def declare(request: Request, area: str, document: str) -> HttpResponse:
    """Declare anew what kind of correction a draft is, or why it is made."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.BEGIN_DOCUMENT, found.area)
    version = policies.check_has_draft(selectors.draft(found))
    row = corrections.of(version)
    if row is None:
        raise WrongState("This draft corrects nothing that was published.")
    given = {"nature": row.nature, "reason": row.reason}
    form = CorrectionForm(_sent(request), initial=given, may_be_clerical=row.of.status == Status.PUBLISHED)
    if form.is_bound and form.is_valid():
        said = {"nature": Nature(form.cleaned_data["nature"]), "reason": form.cleaned_data["reason"]}
        services.declare_correction(version=version, by=request.user, **said)
        messages.success(request, "It is declared. Whoever signs reads it, and so does the public.")
        return _to(found)
    return render(request, "documents/declare.html", {**loading.common(found), "version": version, "form": form})


def _publication(request: Request, area: str, document: str, number: int, right: Permission) -> Version:
    version = loading.version_of(request, area, document, number)
    access.require(request.user, right, version.document.area)
    return version


@require_http_methods(FORM)
def take_down(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Withdraw what is public, at once."""
    version = _publication(request, area, document, number, Permission.TAKE_DOWN)
    confirming.require(request, f"withdraw {version.document.title} from the public")
    if request.method == "POST" and version.status == Status.TAKEN_DOWN:
        messages.info(request, "It has been withdrawn already.")
        return _to(version.document)
    check(version, MOVES["take_down"])
    form = TakeDownForm(_sent(request))
    if form.is_bound and form.is_valid():
        said = {"ground": Ground(form.cleaned_data["ground"]), "note": form.cleaned_data["note"]}
        services.take_down(version=version, by=request.user, **said)
        messages.success(
            request, "It is withdrawn. The public cannot read it any more, and everybody concerned is told."
        )
        return _to(version.document)
    coming = selectors.current(version.document)
    context = {**loading.common(version.document), "version": version, "form": form}
    context["coming"] = coming if coming and coming.number > version.number else None
    context["leading_here"] = selectors.led_to(version.document)
    return render(request, "documents/take_down.html", context)


@require_http_methods(FORM)
def consolidate(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Propose to tell the public that another published document has taken this one in."""
    version = _publication(request, area, document, number, Permission.PUBLISH_DOCUMENT)
    where = [area, document, number]
    if there := version.proposals.filter(act=Act.CONSOLIDATE, outcome="").first():
        return redirect("documents:proposal", *where, there.pk)
    policies.check_can_propose(version, Act.CONSOLIDATE)
    form = ConsolidateForm(_sent(request), offered=selectors.could_take_in(version))
    if form.is_bound and form.is_valid():
        said = {"into": form.cleaned_data["into"], "reason": form.cleaned_data["reason"]}
        try:
            row = services.propose(version=version, act=Act.CONSOLIDATE, by=request.user, **said)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error("into", refusal.sentence)
        else:
            messages.success(request, "It is proposed. A second person has to agree, and those who may are told.")
            return redirect("documents:proposal", *where, row.pk)
    context = {**loading.common(version.document), "version": version, "form": form}
    return render(request, "documents/consolidate.html", context)


@require_http_methods(FORM)
def review(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Record that what stands was reviewed and stays as it is."""
    version = _publication(request, area, document, number, Permission.PUBLISH_DOCUMENT)
    publication_policies.check_is_reviewed(version)
    earliest = clock.london_day(version.published_at) if version.published_at else clock.today()
    form = ReviewForm(_sent(request), earliest=earliest, today=clock.today())
    if form.is_bound and form.is_valid():
        services.record_review(version=version, by=request.user, **form.cleaned_data)
        messages.success(request, "The review is on record, and the public reads it.")
        return _to(version.document)
    return render(
        request, "documents/review.html", {**loading.common(version.document), "version": version, "form": form}
    )
