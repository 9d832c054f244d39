"""Recording people from a list: choose the file, look at what it would change, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import import_shown, loading, selectors, services
from partnership.areas.forms.appointing import described
from partnership.areas.forms.importing import ConfirmListForm, ListForm
from partnership.areas.importing.columns import COLUMNS
from partnership.areas.importing.limits import MOST_ROWS
from partnership.areas.models import Area, MemberImport
from partnership.areas.roles import Permission
from partnership.errors import Conflict, WrongState
from partnership.web.spreadsheets import BYTE_ORDER_MARK

FORM = ["GET", "HEAD", "POST"]
# Our own column, which a list does not need.
SHOWN_COLUMNS = [column for column in COLUMNS if column.key != "may_sign"]


@require_http_methods(FORM)
def import_members(request: Request, area: str) -> HttpResponse:
    """Choose a list. It is read and kept; nothing is recorded before it was looked at."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        kept = services.keep_list(area=place, by=request.user, **form.details())
        return redirect("areas:import_preview", place.slug, kept.pk)
    context = {
        "area": place,
        "form": form,
        "columns": SHOWN_COLUMNS,
        "offices": described(),
        "most_rows": MOST_ROWS,
    }
    return render(request, "areas/import_members.html", context)


@require_safe
def template(request: Request, area: str) -> HttpResponse:
    """A list without people, with its columns named."""
    loading.area_of(request.user, area, Permission.APPOINT)
    text = BYTE_ORDER_MARK + ",".join(column.title for column in SHOWN_COLUMNS) + "\r\n"
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="members-template.csv"'
    return response


@require_http_methods(FORM)
def preview(request: Request, area: str, upload: int) -> HttpResponse:
    """Row by row what a list would change; confirmed, what it recorded and what it did not."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    found = _upload(request, place, upload)
    if found is None:
        messages.error(request, "That list is not kept any more. Upload it again.")
        return redirect("areas:import_members", place.slug)
    refusal = ""
    if request.method == "POST":
        try:
            return _act(request, found)
        except (Conflict, WrongState) as error:
            refusal = error.sentence
    context = _context(request, found)
    if refusal:
        context["problems"] = [(refusal, "#rows")]
    return render(request, "areas/import_preview.html", context, status=409 if refusal else 200)


def _upload(request: Request, area: Area, pk: int) -> MemberImport | None:
    """A list of the person's own, as long as there is something of it to show."""
    rows = MemberImport.objects.filter(area=area, by=request.user.pk, pk=pk).select_related("area", "by")
    found = rows.first()
    return found if found and (found.rows or found.confirmed_at) else None


def _act(request: Request, upload: MemberImport) -> HttpResponse:
    form = ConfirmListForm(request.POST)
    by: Any = request.user
    if form.is_valid() and form.cleaned_data["act"] == ConfirmListForm.DISCARD:
        services.discard_list(upload=upload, by=by)
        messages.success(request, "The list is thrown away. Nothing of it was recorded.")
        return redirect("areas:import_members", upload.area.slug)
    done = services.confirm_list(upload=upload, seen=form.cleaned_data.get("seen", ""), by=by)
    number = f"{done.recorded} appointment is" if done.recorded == 1 else f"{done.recorded} appointments are"
    messages.success(request, f"{number} recorded.")
    return redirect("areas:import_preview", upload.area.slug, upload.pk)


def _context(request: Request, upload: MemberImport) -> dict[str, Any]:
    verdicts = services.examine(upload=upload, by=request.user)
    held = selectors.appointments(upload.area, clock.today())
    return {
        "area": upload.area,
        "upload": upload,
        "list": import_shown.shown(upload, verdicts, held),
        "seal": services.seal(verdicts),
    }
