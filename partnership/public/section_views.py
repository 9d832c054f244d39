"""One section of a published document as a page of its own, with the way to the one before and the one after."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from partnership.documents.numbering import Section, View
from partnership.public import presenting
from partnership.public.opening import open_to_all, published_at

_HERE = re.compile(r'href="#([^"]+)"')


@open_to_all
def section(request: HttpRequest, area: str, document: str, key: str) -> HttpResponse:
    """A section by its key, numbered as in the whole document and in the PDF."""
    context = presenting.record(published_at(area, document))
    view: View = context["view"]
    place = next((place for place, row in enumerate(view.sections) if row.key == key), None)
    if place is None:
        raise Http404
    before = view.sections[place - 1] if place else None
    after = view.sections[place + 1] if place + 1 < len(view.sections) else None
    where = [area, document]
    context |= {
        "section": view.sections[place],
        "body": _body(view, view.sections[place], presenting.address(context["version"])),
        "previous": _way(before, where),
        "next": _way(after, where),
        "whole": presenting.address(context["version"]),
    }
    return render(request, "public/section.html", context)


def _way(section: Section | None, where: list[str]) -> dict[str, Any] | None:
    if section is None:
        return None
    words = f"{section.number} {section.title}"
    return {"href": reverse("public:section", args=[*where, section.key]), "words": words}


def _body(view: View, section: Section, whole: str) -> SafeString:
    """The section as it stands in the whole document. What leads out of it, such as to evidence, leads to the whole."""
    markup = render_to_string("documents/body/section.html", {"view": view, "section": section, "notes": True})
    here = set(re.findall(r'\bid="([^"]+)"', markup))

    def led(found: re.Match[str]) -> str:
        return found[0] if found[1] in here else f'href="{whole}#{found[1]}"'

    return mark_safe(_HERE.sub(led, markup))  # noqa: S308 (our own templates made it, from cleaned content)
