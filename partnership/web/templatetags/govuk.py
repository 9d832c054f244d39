"""The components of the GOV.UK Design System as template tags, one short function each.

The signature is the documentation: an argument that a component does not know is a TemplateSyntaxError when the
template is read, an unknown variant or colour one when it is drawn. The HTML is in templates/components/<name>.html.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from partnership.web import errors_of
from partnership.web import year_line as year

register = template.Library()

VARIANTS = {
    "primary": "",
    "secondary": "govuk-button--secondary",
    "warning": "govuk-button--warning",
    "start": "",
}
COLOURS = {
    "",
    "grey",
    "green",
    "teal",
    "blue",
    "purple",
    "magenta",
    "red",
    "orange",
    "yellow",
}
KINDS = {"important": "region", "success": "alert"}


def _one_of(component: str, argument: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        names = ", ".join(sorted(name for name in allowed if name))
        raise TemplateSyntaxError(f"{component}: {argument} is one of {names}, not '{value}'.")
    return value


def _draw(component: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", context)


@register.simple_block_tag
def govuk_button(
    content: str,
    *,
    href: str = "",
    variant: str = "primary",
    name: str = "",
    value: str = "",
    formaction: str = "",
    hidden: str = "",
) -> SafeString:
    """A button that sends its form, or with href a link drawn as one; `hidden` ends its name, unseen."""
    classes = VARIANTS[_one_of("govuk_button", "variant", variant, VARIANTS)]
    return _draw(
        "button",
        content=content,
        href=href,
        classes=classes,
        is_start=variant == "start",
        name=name,
        value=value,
        formaction=formaction,
        hidden=hidden,
    )


@register.simple_block_tag
def govuk_tag(content: str, *, colour: str = "") -> SafeString:
    """A state as an adjective. The words carry the meaning, never the colour alone."""
    return _draw(
        "tag",
        content=content,
        colour=_one_of("govuk_tag", "colour", colour or "", COLOURS),
    )


@register.simple_block_tag
def govuk_inset(content: str) -> SafeString:
    """Text set apart from what surrounds it."""
    return _draw("inset", content=content)


@register.simple_block_tag
def govuk_warning(content: str) -> SafeString:
    """A warning about consequences."""
    return _draw("warning", content=content)


@register.simple_block_tag
def govuk_details(content: str, *, summary: str, is_open: bool = False) -> SafeString:
    """Text behind a summary that opens it."""
    return _draw("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def govuk_notification(content: str, *, title: str = "", kind: str = "important", id: str = "notice") -> SafeString:
    """The outcome of an act (success), or something that changed (important). Two on a page need two ids."""
    role = KINDS[_one_of("govuk_notification", "kind", kind, KINDS)]
    shown = title or ("Success" if kind == "success" else "Important")
    return _draw("notification", content=content, title=shown, kind=kind, role=role, id=id)


@register.simple_block_tag
def govuk_panel(content: str, *, title: str, level: int = 1) -> SafeString:
    """The head of a confirmation page; its title is the heading of the page unless level says otherwise."""
    return _draw("panel", content=content, title=title, level=level)


@register.inclusion_tag("components/error_summary.html")
def govuk_error_summary(form: Any = None) -> dict[str, Any]:
    """What went wrong, at the top of the page, each a link to its place.

    Takes a form, or pairs of (sentence, href); draws nothing when there is nothing to say.
    """
    return {"problems": errors_of.links(form)}


@register.inclusion_tag("components/back_link.html")
def govuk_back_link(href: str, text: str = "Back") -> dict[str, str]:
    """The way back; never together with breadcrumbs."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/breadcrumbs.html")
def govuk_breadcrumbs(items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The pages above this one, as pairs of (text, href), from the top."""
    return {"items": items}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def govuk_pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address (filters) as it is."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    gap = page.paginator.ELLIPSIS
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "items": [{"number": n, "href": "" if n == gap else address(int(n))} for n in numbers],
    }


@register.inclusion_tag("components/summary_list.html")
def govuk_summary_list(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Facts as rows of key and value; with href and action ("Change") a link whose name includes the key."""
    listed = list(rows)
    return {"rows": listed, "has_actions": any(row.get("href") for row in listed)}


@register.inclusion_tag("components/task_list.html")
def govuk_task_list(items: Iterable[Mapping[str, Any]], id: str = "task") -> dict[str, Any]:
    """Steps with title, href, hint, status and colour; without href a step that cannot start yet.

    `id` begins the ids of its rows and must differ where a page has two lists.
    """
    listed = list(items)
    for item in listed:
        _one_of("govuk_task_list", "colour", item.get("colour") or "", COLOURS)
    return {"items": listed, "id": id}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]], heading: str = "h2") -> dict[str, Any]:
    """What happened, newest first: title, by, at (a moment or a date), text, href."""
    return {
        "entries": entries,
        "heading": _one_of("timeline", "heading", heading, ("h2", "h3", "h4")),
    }


@register.inclusion_tag("components/year_line.html")
def year_line(line: year.YearLine, heading: str = "The partnership year") -> dict[str, Any]:
    """The partnership year as a drawing, with its twin in words (partnership.web.year_line)."""
    return {
        "line": line,
        "drawing": year.svg(line),
        "entries": year.entries(line),
        "heading": heading,
    }
