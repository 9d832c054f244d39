"""Who can sign in to the practice area. Open, because it is read before signing in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from partnership.practice.views.opening import open_in_practice


@open_in_practice
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Every invented person under each area in which they hold an office: address, password, the code of this moment."""
    return render(request, "practice/people.html", {"groups": _by_area(_sign_ins())})


def _sign_ins() -> list[dict[str, Any]]:
    """What PRACTICE_PEOPLE gives: dicts of name, email, password, code, offices (sentences) and, if known, areas (names)."""
    try:
        sign_ins = import_string(getattr(settings, "PRACTICE_PEOPLE", "partnership.operations.demo.accounts.sign_ins"))
    except ImportError:
        return []
    return list(sign_ins())


def _by_area(sign_ins: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for person in sign_ins:
        for area in person.get("areas") or [""]:
            groups.setdefault(area, []).append(person)
    return sorted(groups.items(), key=lambda group: (group[0] == "", group[0]))
