"""The children's and Easy Read versions of a document: how they stand, putting one in, agreeing, publishing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas import loading as areas
from partnership.areas.roles import Permission
from partnership.companions import policies, presenting, selectors, services
from partnership.companions.forms import CompanionForm
from partnership.companions.models import Companion, Kind
from partnership.documents.after_forms import TakeDownForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Ground
from partnership.documents.views import loading
from partnership.errors import Conflict, Decision, Incomplete, decide
from partnership.files import services as files
from partnership.web.errors import told
from partnership.web.uploads import limit_in_words

FORM = ["GET", "HEAD", "POST"]


def _document(request: Request, area: str, document: str) -> Document:
    """The document at an address, for whoever holds an office that sees its area."""
    found = loading.document_of(request, area, document, shows_text=False)
    if not access.visible_to(Document.objects.filter(pk=found.pk), request.user).exists():
        areas.refuse(request.user, area)
        raise Http404
    return found


def _companion(document: Document, pk: int) -> Companion:
    return get_object_or_404(selectors.companions_of(document), pk=pk)


@require_http_methods(FORM)
def companions(request: Request, area: str, document: str) -> HttpResponse:
    """How both versions stand, and the form that puts in a new edition of one."""
    found = _document(request, area, document)
    may_put = decide(_require_may_put, request, found)
    form = CompanionForm()
    if request.method == "POST":
        _require_may_put(request, found)
        form = CompanionForm(request.POST, request.FILES)
        if form.is_valid() and (response := _put_in(request, found, form)):
            return response
    rows = selectors.standings(found)
    context = {
        **loading.common(found),
        "rows": rows,
        "form": form,
        "limit": limit_in_words(),
        "may_put": may_put,
        "is_frozen": selectors.frozen(found) is not None,
        "may_agree": access.can(request.user, Permission.AGREE_COMPANION, found.area),
        "may_open": access.can(request.user, Permission.READ_SEALED, found.area),
        "may_withdraw": access.can(request.user, Permission.TAKE_DOWN, found.area),
        "publishing": {row.kind: _may_publish(request, row.companion) for row in rows if row.companion},
    }
    return render(request, "companions/companions.html", context)


def _require_may_put(request: Request, document: Document) -> None:
    access.require(request.user, Permission.DRAFT_DOCUMENT, document.area)
    policies.check_version(selectors.frozen(document))


def _may_publish(request: Request, companion: Companion) -> Decision:
    def check() -> None:
        access.require(request.user, Permission.PUBLISH_DOCUMENT, companion.document.area)
        policies.check_can_publish(companion, [seat.agency.name for seat in selectors.lacking(companion)])

    return decide(check)


def _put_in(request: Request, document: Document, form: CompanionForm) -> HttpResponse | None:
    file, said = form.cleaned_data["file"], form.cleaned_data
    try:
        row = services.put_in(
            document=document,
            kind=Kind(said["kind"]),
            data=file.read() if file else None,
            text=said["text"],
            by=request.user,
        )
    except Incomplete as refusal:
        form.add_error("file" if file or not said["text"].strip() else "text", refusal.sentence)
        return None
    messages.success(
        request,
        f"{row.get_kind_display()}, edition {row.number}, is in. The delegated partners are asked to agree to it.",
    )
    return redirect("companions:companions", document.area.slug, address_of(document))


@require_safe
def read(request: Request, area: str, document: str, companion: int) -> HttpResponse:
    """Read an edition, for whoever sees the document, with nothing to agree to."""
    found = _document(request, area, document)
    row = _companion(found, companion)
    services.open_companion(row, by=request.user)
    context = {**loading.common(found), "row": row, "shown": presenting.shown(row), **_standing(request, row)}
    return render(request, "companions/read.html", context)


def _standing(request: Request, row: Companion) -> dict[str, Any]:
    """The edition that took the place of this one, if there is one; and the seat for which this person may agree to it."""
    newer = selectors.companions_of(row.document).filter(kind=row.kind, number__gt=row.number).first()
    is_over = newer or row.withdrawn_at
    return {"newer": newer, "seat": None if is_over else selectors.seat_of(request.user, row)}


@require_http_methods(FORM)
def agree(request: Request, area: str, document: str, companion: int) -> HttpResponse:
    """Read a companion and agree to exactly that, for one's own statutory seat."""
    found = _document(request, area, document)
    access.require(request.user, Permission.AGREE_COMPANION, found.area)
    row = _companion(found, companion)
    services.open_companion(row, by=request.user)
    refusal: Conflict | None = None
    if request.method == "POST":
        try:
            agreement = services.agree(companion=row, seen_sha256=request.POST.get("seen", ""), by=request.user)
        except Conflict as clash:
            refusal = clash
        else:
            messages.success(request, f"Agreed for {agreement.agency_name}.")
            return redirect("companions:companions", found.area.slug, address_of(found))
    context = {**loading.common(found), "row": row, "shown": presenting.shown(row), "refusal": refusal}
    context |= _standing(request, row)
    return render(request, "companions/agree.html", context, status=told(request, refusal) if refusal else 200)


@require_POST
def publish(request: Request, area: str, document: str, companion: int) -> HttpResponse:
    """Make a companion public beside its document."""
    found = _document(request, area, document)
    access.require(request.user, Permission.PUBLISH_DOCUMENT, found.area)
    row = services.publish(companion=_companion(found, companion), by=request.user)
    messages.success(request, f"{row.get_kind_display()} is published beside {found.title}.")
    return redirect("companions:companions", found.area.slug, address_of(found))


@require_http_methods(FORM)
def withdraw(request: Request, area: str, document: str, companion: int) -> HttpResponse:
    """Withdraw a companion alone from the public, at once. Its document stays."""
    found = _document(request, area, document)
    access.require(request.user, Permission.TAKE_DOWN, found.area)
    row = _companion(found, companion)
    confirming.require(request, f"withdraw the {row.words} of {found.title} from the public")
    back = redirect("companions:companions", found.area.slug, address_of(found))
    if request.method == "POST" and row.withdrawn_at is not None:
        messages.info(request, "It has been withdrawn already.")
        return back
    policies.check_is_public(row)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"ground": Ground(form.cleaned_data["ground"]), "note": form.cleaned_data["note"]}
        services.withdraw(companion=row, by=request.user, **said)
        messages.success(
            request,
            f"The {row.words} is withdrawn. The public cannot read it any more, and everybody concerned is told. "
            "You can put in a new edition.",
        )
        return back
    newer = selectors.companions_of(found).filter(kind=row.kind, number__gt=row.number).first()
    context = {**loading.common(found), "row": row, "form": form, "newer": newer}
    return render(request, "companions/withdraw.html", context)


@require_safe
def file(request: Request, area: str, document: str, companion: int) -> HttpResponse:
    """The PDF of a companion."""
    row = _companion(_document(request, area, document), companion)
    if row.file is None:
        raise Http404
    services.open_companion(row, by=request.user)
    response = HttpResponse(files.read(row.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.kind}-{row.number}.pdf"'
    return response
