"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 25


def page_of(queryset: QuerySet[Any] | list[Any], request: HttpRequest, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that ?page= names; nonsense gives the first, a number too high the last. Needs an ordered query set."""
    return Paginator(queryset, per_page).get_page(request.GET.get("page"))
