"""Deciding: the checks, sending for sign-off, withdrawing. Each act is confirmed first."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content, presenting, selectors, services
from partnership.documents.forms import ReasonForm
from partnership.documents.kinds import Problem, address_of, warnings
from partnership.documents.models import Document
from partnership.documents.views import loading
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import Incomplete, WrongState, decide
from partnership.web.errors import told

CONFIRM = ["GET", "HEAD", "POST"]


def _to(document: Document) -> HttpResponse:
    return redirect("documents:document", document.area.slug, address_of(document))


def _done(request: Request, document: Document, sentence: str) -> HttpResponse:
    """The way on from a second click on a button whose act was done already."""
    messages.info(request, sentence)
    return _to(document)


@require_safe
def checks(request: Request, area: str, document: str) -> HttpResponse:
    """Everything that stops the draft from going for sign-off, each a link to its place."""
    found = loading.document_of(request, area, document)
    version = selectors.draft(found)
    context = {
        **loading.common(found),
        "version": version,
        "problems": content.problems(version) if version else [],
        "warnings": warnings(version) if version else [],
        "may_send": decide(access.require, request.user, Permission.SEND_FOR_SIGN_OFF, found.area),
        "standing": presenting.standing(version) if version else None,
    }
    return render(request, "documents/checks.html", context)


@require_http_methods(CONFIRM)
def send(request: Request, area: str, document: str) -> HttpResponse:
    """Confirm, then freeze the text and ask every lead partner."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.SEND_FOR_SIGN_OFF, found.area)
    version = selectors.draft(found)
    if version is None:
        if request.method == "POST":
            return _done(request, found, f"{found.title} has been sent for sign-off already.")
        raise WrongState("This document has no draft at the moment, so there is nothing to send.")
    problems: list[Any] = [] if request.method == "POST" else content.problems(version)
    if request.method == "POST":
        try:
            services.send_for_sign_off(version=version, by=request.user)
        except Incomplete as refusal:
            told(request, refusal)
            problems = list(refusal.problems)
        except WrongState as refusal:
            told(request, refusal)
            problems = [Problem(refusal.sentence)]
        else:
            messages.success(
                request, f"{found.title} is with the lead safeguarding partners. They have been asked to sign."
            )
            return _to(found)
    listed = [(problem.sentence, problem.href) for problem in problems]
    context = {**loading.common(found), "version": version, "seats": presenting.seats(version), "form": listed}
    context["warnings"] = warnings(version)
    return render(request, "documents/send.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(CONFIRM)
def withdraw(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Give a version up before publication, with a reason that stays on record."""
    version = loading.version_of(request, area, document, number)
    found = version.document
    access.require(request.user, Permission.WITHDRAW_DOCUMENT, found.area)
    if request.method == "POST" and version.status == Status.WITHDRAWN:
        return _done(request, found, f"Version {number} has been withdrawn already.")
    check(version, MOVES["withdraw"])
    form = _withdrawal(request)
    if form.is_bound and form.is_valid():
        services.withdraw(version=version, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Version {number} is withdrawn. It stays on record with its reason.")
        return _to(found)
    context = {**loading.common(found), "version": version, "form": form}
    return render(request, "documents/withdraw.html", context)


def _withdrawal(request: Request) -> ReasonForm:
    return ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Why is it withdrawn?",
        hint="The reason stays on record, and everybody in the area can read it.",
        missing="Say why it is withdrawn.",
    )
