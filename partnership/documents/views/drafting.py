"""Writing: beginning a document, its sections, and what they will look like."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.documents import compare, content, editing, numbering, presenting, selectors, services
from partnership.documents.forms import BeginForm, SectionForm, periods_not_begun
from partnership.documents.kinds import DocumentKind, Period, address_of
from partnership.documents.models import Document, SectionText, Version
from partnership.documents.views import loading
from partnership.errors import Refused, WrongState
from partnership.web.errors import told


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, area: str, kind: str) -> HttpResponse:
    """Choose a period and begin its document. A period that has been begun leads to its document."""
    found, visible = loading.area_of(request, area)
    of_kind = loading.kind_of(kind)
    access.require(request.user, Permission.BEGIN_DOCUMENT, found)
    begun = list(visible.filter(kind=of_kind.key))
    asked = request.POST if request.method == "POST" else request.GET if "period" in request.GET else None
    form = BeginForm(asked, kind=of_kind, periods=periods_not_begun(of_kind, begun))
    if form.is_bound and form.is_valid():
        period = form.cleaned_data["period"]
        if existing := next((row for row in begun if row.period_label == period.label), None):
            messages.info(request, f"{existing.title} has been begun already. This is where it stands.")
            return _to(existing)
        if request.method == "POST":
            try:
                document = services.begin(area=found, kind=of_kind, period=period, by=request.user)
            except WrongState as refusal:
                form.add_error("period", refusal.sentence)
            else:
                messages.success(request, f"{document.title} is begun. Its sections come from the guidance.")
                return _to(document)
    last, rolls = _from_last(found, of_kind)
    context = {"area": found, "kind": of_kind, "form": form, "begun": begun, "last": last, "rolls": rolls}
    context["not_yet"] = of_kind.not_yet(clock.today())
    return render(request, "documents/begin.html", context)


def _from_last(area: Area, of_kind: DocumentKind) -> tuple[Version | None, list[Period]]:
    """The last document with the periods after it that may be begun from it today, the next one first."""
    begun = list(Document.objects.filter(area=area, kind=of_kind.key))
    newest = max((row.period.upper for row in begun), default=date.min)
    later = [period for period in periods_not_begun(of_kind, begun) if period.first >= newest]
    last = selectors.last_before(area, of_kind.key, later[-1].first if later else newest)
    return last, later[::-1] if last else []


def _to(document: Document) -> HttpResponse:
    return redirect("documents:document", document.area.slug, address_of(document))


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Read or write one section. Two people at once lose nothing: the second sees both texts."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    row = get_object_or_404(version.sections.select_related("version__document__area", "updated_by"), key=key)
    page, refusal = editing.Page(row, request.user), None
    if request.method == "POST":
        form = SectionForm(request.POST, rule=page.rule)
        try:
            page.require_may_write()
            if form.is_valid():
                return _save(request, page, form)
        except Refused as refused:
            refusal = refused
    else:
        form = SectionForm(initial=page.initial(request.GET.get("from", "")), rule=page.rule)
    context = {**_section(request, page, form), "refusal": refusal, "typed": request.POST.get("body", "")}
    return render(request, "documents/section.html", context, status=told(request, refusal) if refusal else 200)


def _section(request: Request, page: editing.Page, form: SectionForm) -> dict[str, Any]:
    row, kept = page.section, page.text(request.GET.get("kept", ""))
    return {
        **loading.common(page.document),
        "version": page.version,
        "section": row,
        "page": page,
        "form": form,
        "kept": kept,
        "differences": [compare.texts("From the text now to yours", row.body, kept.body)] if kept else [],
        "show_preview": "preview" in request.GET or not page.may_write,
        "problems": page.shown_problems(form),
    }


def _save(request: Request, page: editing.Page, form: SectionForm) -> HttpResponse:
    saved = services.save_section(section=page.section, by=request.user, **form.cleaned_data)
    here = page.section
    where = [here.version.document.area.slug, address_of(here.version.document)]
    address = reverse("documents:section", args=[*where, here.key])
    if saved.kept_aside:
        return redirect(f"{address}?kept={saved.kept_aside.pk}")
    messages.success(request, _said(page, saved))
    act = request.POST.get("act", "")
    if act == "preview":
        return redirect(f"{address}?preview=yes#preview")
    if act == "next":
        return (
            redirect("documents:section", *where, page.next.key)
            if page.next
            else redirect("documents:document", *where)
        )
    return redirect(address)


def _said(page: editing.Page, saved: services.Saved) -> str:
    """One sentence of what a save did, with how much is left to mend."""
    if not saved.changed:
        return f"“{page.section.title}” had not changed."
    left = len(editing.Page(saved.section, page.user).problems())
    if left:
        return f"Saved, with {left} {'thing' if left == 1 else 'things'} to mend."
    return f"“{page.section.title}” is saved."


@require_safe
def text(request: Request, area: str, document: str, key: str, text: int) -> HttpResponse:
    """A text of a section as somebody wrote it at a moment, and how the section differs from it now."""
    found = loading.document_of(request, area, document)
    texts = SectionText.objects.filter(section__version__document=found, section__key=key)
    row = get_object_or_404(texts.select_related("section__version__document__area", "saved_by"), pk=text)
    current = selectors.current(found) or selectors.newest(found)
    now = get_object_or_404(current.sections.select_related("version__document__area"), key=key)
    context = {
        **loading.common(found),
        "text": row,
        "section": now,
        "page": editing.Page(now, request.user),
        "differences": [compare.texts("From this text to the section as it is now", row.body, now.body)],
    }
    return render(request, "documents/text.html", context)


@require_safe
def preview(request: Request, area: str, document: str) -> HttpResponse:
    """The whole document as it would be published now."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    context: dict[str, Any] = {
        **loading.common(found),
        "version": version,
        "view": numbering.view(content.of(version), presenting.picture_address(found)),
    }
    return render(request, "documents/preview.html", context)
