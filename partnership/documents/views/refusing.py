"""A seat that does not sign: its lead partner refuses, or the chair records it. Both say why, and may take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import policies, selectors, services
from partnership.documents.forms import NO_CASES, ReasonForm
from partnership.documents.kinds import address_of
from partnership.documents.models import RequiredSeat, Unsigned, Version
from partnership.documents.views import loading
from partnership.errors import Conflict, NotAllowed, Refused, WrongState
from partnership.web.errors import told

CONFIRM = ["GET", "HEAD", "POST"]
PUBLISHED = f"It is published with the document, if the document goes out without this signature. {NO_CASES}"


def _seat_of(version: Version, seat: int) -> RequiredSeat:
    return get_object_or_404(version.required_seats.select_related("seat__agency"), seat_id=seat)


def _to(version: Version) -> HttpResponse:
    return redirect("documents:version", version.document.area.slug, address_of(version.document), version.number)


@require_http_methods(CONFIRM)
def refuse(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """A lead partner says that they will not sign, and why. Everybody concerned is told."""
    version = loading.version_of(request, area, document, number)
    required = _seat_of(version, seat)
    if selectors.appointment_to_sign(request.user, required.seat) is None:
        raise NotAllowed(
            f"Only the lead safeguarding partner who holds the seat of {required.agency_name} today may refuse to sign.",
            rule=Permission.SIGN_DOCUMENT.value,
        )
    confirming.require(request, f"refuse to sign {version.document.title} for {required.agency_name}")
    policies.check_can_sign(version, seen_sha256=version.sha256 or "")
    policies.check_has_not_signed(required)
    form = _reason(request, "Why do you not sign it?")
    if form.is_bound and form.is_valid():
        said = {"seen_sha256": request.POST.get("seen_sha256", ""), "reason": form.cleaned_data["reason"]}
        try:
            services.refuse(version=version, seat=required.seat, by=request.user, **said)
        except (WrongState, Conflict) as refusal:
            return _page(request, "documents/refuse.html", required, form, refusal)
        messages.success(request, f"It is on record that {required.agency_name} does not sign. Everybody is told.")
        return _to(version)
    return _page(request, "documents/refuse.html", required, form)


@require_http_methods(CONFIRM)
def record_not_given(request: Request, area: str, document: str, number: int, seat: int) -> HttpResponse:
    """The chair records that no signature is to be had for a seat, and why."""
    version = loading.version_of(request, area, document, number)
    access.require(request.user, Permission.RECORD_NOT_SIGNED, version.document.area)
    required = _seat_of(version, seat)
    policies.check_can_sign(version, seen_sha256=version.sha256 or "")
    policies.check_has_not_signed(required)
    form = _reason(request, "Why is there no signature?")
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.record_not_given(version=version, seat=required.seat, reason=reason, by=request.user)
        except (WrongState, Conflict) as refusal:
            return _page(request, "documents/not_signed.html", required, form, refusal)
        messages.success(request, f"It is on record that {required.agency_name} did not sign.")
        return _to(version)
    return _page(request, "documents/not_signed.html", required, form)


def _reason(request: Request, label: str) -> ReasonForm:
    sent = request.POST if request.method == "POST" else None
    return ReasonForm(sent, label=label, hint=PUBLISHED, missing="Say why.")


def _page(
    request: Request, template: str, required: RequiredSeat, form: ReasonForm, refusal: Refused | None = None
) -> HttpResponse:
    """The form; after a refusal with the words as they were typed, and why they were not taken."""
    if refusal:
        form.add_error("reason", refusal.sentence)
    version = required.version
    context = {**loading.common(version.document), "version": version, "required": required, "form": form}
    return render(request, template, context, status=told(request, refusal) if refusal else 200)


@require_POST
def take_back(request: Request, area: str, document: str, number: int, unsigned: int) -> HttpResponse:
    """Take back that a seat does not sign."""
    version = loading.version_of(request, area, document, number)
    row = get_object_or_404(Unsigned.objects.select_related("version__document__area"), version=version, pk=unsigned)
    services.take_back_unsigned(unsigned=row, by=request.user)
    messages.success(request, f"{row.agency_name} may sign again.")
    return _to(version)
