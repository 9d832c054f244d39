"""A published text beside the records: what differs, and the clerical edition that puts it right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of, kind_at
from partnership.documents.models import Document
from partnership.errors import decide
from partnership.living import policies, presenting, selectors, services


@require_safe
def facts(request: Request, area: str, document: str) -> HttpResponse:
    """Each fact that the published text names, as it was frozen and as the records have it now."""
    found = _document(request, area, document, Permission.VIEW_AREA)
    version = selectors.published(found)
    context: dict[str, Any] = {**_common(found), "version": version}
    if version is not None:
        flags = list(selectors.open_flags(version))
        context |= {
            "rows": presenting.rows(version),
            "standing": presenting.standing(version),
            "on_its_way": presenting.version_on_its_way(version),
            "may_begin": access.can(request.user, Permission.BEGIN_DOCUMENT, found.area),
            "clerical": decide(policies.check_can_begin_clerical, version, flags),
            "is_structural": any(flag.is_structural for flag in flags),
        }
    return render(request, "living/facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clerical(request: Request, area: str, document: str) -> HttpResponse:
    """Confirm, then begin a clerical edition of what is published."""
    found = _document(request, area, document, Permission.BEGIN_DOCUMENT)
    version = selectors.published(found)
    if version is None:
        raise Http404
    begun = presenting.version_on_its_way(version)
    if request.method == "POST" and begun and selectors.edition_of(begun):
        messages.info(request, "A clerical edition has been begun already. This is where it stands.")
        return _to(found)
    flags = list(selectors.open_flags(version))
    policies.check_can_begin_clerical(version, flags)
    if request.method == "POST":
        services.begin_clerical_edition(version=version, by=request.user)
        messages.success(
            request, "A clerical edition is begun. Its facts are those of the records; send it for sign-off."
        )
        return _to(found)
    return render(request, "living/clerical.html", {**_common(found), "version": version, "flags": flags})


def _document(request: Request, area: str, address: str, right: Permission) -> Document:
    """The document at an address, of a kind that is held against the records; any other is not found."""
    place = loading.area_of(request.user, area, right)
    path, _, label = address.partition("/")
    kind = kind_at(path)
    if kind is None or not kind.is_living:
        raise Http404
    return get_object_or_404(Document.objects.select_related("area"), area=place, kind=kind.key, period_label=label)


def _common(document: Document) -> dict[str, Any]:
    return {"area": document.area, "document": document, "address": address_of(document)}


def _to(document: Document) -> HttpResponse:
    return redirect("documents:document", document.area.slug, address_of(document))
