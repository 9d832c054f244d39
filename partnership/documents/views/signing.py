"""Signing and returning, each for one seat. What is signed is the text that was on the screen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas.models import Appointment, Basis
from partnership.areas.roles import Permission
from partnership.documents import (
    canonical,
    certificate,
    content,
    corrections,
    money,
    numbering,
    policies,
    presenting,
    selectors,
    services,
    steps,
)
from partnership.documents.forms import ReasonForm, SignForm
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import RequiredSeat, SignOff, Version
from partnership.documents.views import loading
from partnership.documents.workflow import Status
from partnership.errors import Conflict, NotAllowed
from partnership.web import errors

CONFIRM = ["GET", "HEAD", "POST"]


def _seat_of(version: Version, seat: int) -> RequiredSeat:
    return get_object_or_404(version.required_seats.select_related("seat__agency"), seat_id=seat)


def _office(request: Request, required: RequiredSeat, act: str, right: Permission) -> Appointment:
    held = selectors.appointment_to_sign(request.user, required.seat)
    if held is None:
        raise NotAllowed(
            f"Only the lead safeguarding partner who holds the seat of {required.agency_name} today may {act}.",
            rule=right.value,
        )
    return held


@require_http_methods(CONFIRM)
def sign(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """One quiet page: what is signed, for which seat, what changed, what is open, the statement, one button."""
    version = loading.version_of(request, area, document, number)
    required = _seat_of(version, seat)
    held = _office(request, required, "sign for it", Permission.SIGN_DOCUMENT)
    proof = confirming.proof(request, f"sign {version.document.title} for {required.agency_name}")
    if version.sign_offs.filter(seat_id=seat, signed_by=request.user).exists():
        return _to_signed(version, seat)
    policies.check_can_sign(version, seen_sha256=version.sha256 or "")
    if other := version.sign_offs.filter(seat_id=seat).first():
        raise Conflict(f"{other.person_name} has already signed for {other.agency_name}.")
    statement, _ = corrections.statement_under(version)
    fresh = {"seen_sha256": version.sha256}
    form, refusal = SignForm(request.POST or None, initial=fresh, statement=statement), ""
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_sha256"]
        try:
            services.sign(
                version=version,
                seat=required.seat,
                seen_sha256=seen,
                by=request.user,
                proof=proof,
                reservation=form.words,
            )
        except Conflict as conflict:
            errors.told(request, conflict)
            form, refusal = SignForm(initial=fresh, statement=statement), conflict.sentence
        else:
            return _to_signed(version, seat)
    context = {**_signing(version, required, held), "form": form, "refusal": refusal}
    return render(request, "documents/sign.html", context, status=409 if refusal else 200)


def _to_signed(version: Version, seat: int) -> HttpResponse:
    return redirect(_page("documents:signed", version, seat))


def _page(view: str, version: Version, seat: int) -> str:
    document = version.document
    return reverse(view, args=[document.area.slug, address_of(document), version.number, seat])


def _signing(version: Version, required: RequiredSeat, held: Appointment) -> dict[str, Any]:
    document, last = content.of(version), selectors.last_known_to(required.seat, version)
    before = last.sign_offs.filter(seat=required.seat_id).first() if last else None
    return {
        **loading.common(version.document),
        "version": version,
        "required": required,
        "held": held,
        "capacity": Basis(held.basis).label,
        "short": canonical.short(version.sha256 or ""),
        "last": last,
        "had_signed": before is not None,
        "had_reserved": before.reservation if before else "",
        "open_matters": presenting.open_matters(document),
        "money": money.told(document, content.of(last) if last else None, required.agency_name),
        "correction": corrections.of(version),
        "newer_edition": presenting.newer_edition(version.document),
        "renditions": steps.renditions(version),
        "view": numbering.view(document, presenting.picture_address(version.document)),
    }


@require_safe
def signed(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """The page that can be kept: what was signed, when, for which seat, and what happens next."""
    version = loading.opened(request, area, document, number)
    sign_off: SignOff | None = (
        version.sign_offs.select_related("signed_by", "paper__proposal").filter(seat_id=seat).first()
    )
    if sign_off is None:
        raise Http404
    context = {
        **loading.common(version.document),
        "version": version,
        "sign_off": sign_off,
        "paper": certificate.on_paper(sign_off),
        "capacity": Basis(sign_off.capacity).label,
        "is_own": sign_off.signed_by_id == request.user.pk,
        "missing": [row.agency_name for row in selectors.missing_seats(version)],
        "short": canonical.short(sign_off.sha256),
        "others": _others(request) if sign_off.signed_by_id == request.user.pk else [],
        "recipients": kind(version.document.kind).recipients(version),
    }
    return render(request, "documents/signed.html", context)


def _others(request: Request) -> list[dict[str, Any]]:
    """What else waits for this person's signature, in any area: each with its own page, never all at once."""
    rows = selectors.waiting_for_signature_of(request.user).order_by("version__document__area__name", "pk")
    return [
        {
            "required": row,
            "document": row.version.document,
            "href": _page("documents:sign", row.version, row.seat_id),
        }
        for row in rows
    ]


@require_http_methods(CONFIRM)
def return_for_changes(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """Send a version back with a reason. Everybody is told; a new draft continues from the text."""
    version = loading.version_of(request, area, document, number)
    required = _seat_of(version, seat)
    _office(request, required, "return it", Permission.RETURN_DOCUMENT)
    if request.method == "POST" and version.status == Status.RETURNED:
        messages.info(request, f"Version {number} has been returned already.")
        return redirect("documents:document", area, document)
    policies.check_can_return(version, reason="to be written")
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="What has to change?",
        hint="Everybody who signs or works on this document will read it.",
        missing="Say what has to change, so that everybody can read why it came back.",
    )
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        draft = services.return_for_changes(version=version, seat=required.seat, reason=reason, by=request.user)
        messages.success(request, f"Version {number} is returned. Version {draft.number} continues from its text.")
        return redirect("documents:document", area, document)
    context = {
        **loading.common(version.document),
        "version": version,
        "required": required,
        "form": form,
        "signatures": list(version.sign_offs.all()),
    }
    return render(request, "documents/return.html", context)
