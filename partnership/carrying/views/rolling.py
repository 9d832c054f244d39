"""Beginning a document from the last one: what it brings is shown first, and done in one act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.carrying import policies, presenting, services
from partnership.carrying.forms import RollForm
from partnership.documents import selectors as documents
from partnership.documents.forms import BeginForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.views import loading
from partnership.errors import Conflict
from partnership.web.errors import told


@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: Request, area: str, kind: str) -> HttpResponse:
    """Show what the last document brings to the period that the address names, then begin from it."""
    found, visible = loading.area_of(request, area)
    of_kind = loading.kind_of(kind)
    access.require(request.user, Permission.BEGIN_DOCUMENT, found)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = BeginForm(asked, kind=of_kind, periods=[])
    if not chosen.is_valid():
        return redirect("documents:begin", found.slug, of_kind.address)
    period = chosen.cleaned_data["period"]
    if existing := visible.filter(kind=of_kind.key, period_label=period.label).first():
        messages.info(request, f"{existing.title} has been begun already. This is where it stands.")
        return _to(existing)
    source = policies.check_source(documents.last_before(found, of_kind.key, period.first))
    form = RollForm(request.POST or None, kind=of_kind, periods=[])
    refusal: Conflict | None = None
    if form.is_bound and form.is_valid():
        try:
            rolled = services.roll_forward(
                area=found, kind=of_kind, period=period, seen_source=form.cleaned_data["source"], by=request.user
            )
        except Conflict as clash:
            refusal = clash
        else:
            messages.success(request, _said(rolled))
            return (
                redirect("carrying:carried", found.slug, address_of(rolled.document))
                if rolled.is_new
                else _to(rolled.document)
            )
    context = {
        "area": found,
        "kind": of_kind,
        "period": period,
        "title": of_kind.title_of(found, period),
        "brings": presenting.brings(source, of_kind, period),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "carrying/roll.html", context, status=told(request, refusal) if refusal else 200)


def _said(rolled: services.Rolled) -> str:
    if rolled.is_new:
        return f"{rolled.document.title} is begun. What was carried waits to be changed or confirmed."
    return f"{rolled.document.title} has been begun already. This is where it stands."


def _to(document: Document) -> HttpResponse:
    return redirect("documents:document", document.area.slug, address_of(document))
