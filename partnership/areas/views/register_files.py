"""The register as a file to take away: the same rows, for the same people, as its page.

A file goes on to others without its address, so one for a day that is none is refused rather than made for today.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import loading, register_files, selectors
from partnership.areas.forms.day import OnDay
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.web import errors

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[Area, selectors.Register], str | bytes]


@require_safe
def people_csv(request: HttpRequest, area: str) -> HttpResponse:
    """Who holds which office on a day, as a file for any spreadsheet."""
    return _file(request, area, register_files.as_csv, "csv", "text/csv; charset=utf-8")


@require_safe
def people_xlsx(request: HttpRequest, area: str) -> HttpResponse:
    """The same as an Excel workbook, in which days are days."""
    return _file(request, area, register_files.as_workbook, "xlsx", WORKBOOK)


def _file(request: HttpRequest, slug: str, write: Writer, ending: str, content_type: str) -> HttpResponse:
    area = loading.area_of(request.user, slug, Permission.VIEW_PEOPLE)
    asked = OnDay.of(request.GET)
    if asked and not asked.is_valid():
        return errors.not_understood(request, f"{str(asked.errors['on'][0]).rstrip('.')}.")
    on = (asked and asked.cleaned_data["on"]) or clock.today()
    response = HttpResponse(write(area, selectors.register(area, on)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="people-{area.slug}-{on.isoformat()}.{ending}"'
    return response
