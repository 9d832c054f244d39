"""What the page of a section shows of the many hands: its owner, comments, and what was typed and not saved."""

from typing import Any

from django import template

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.workflow import Status
from partnership.drafting import selectors

register = template.Library()


@register.inclusion_tag("drafting/parts_hands.html", takes_context=True)
def hands(context: dict[str, Any]) -> dict[str, Any]:
    """Who writes the section of this page, and how many comments are open. For who sees the area."""
    section, document, user = context["section"], context["document"], context["request"].user
    task = selectors.tasks_of(document).filter(section_key=section.key).first()
    return {
        **{name: context[name] for name in ("section", "area", "address")},
        "csrf_token": context.get("csrf_token"),
        "user": user,
        "task": task,
        "back": next(iter(task.hand_backs.all()), None) if task else None,
        "people": selectors.holders_of(task) if task else [],
        "is_draft": section.version.status == Status.DRAFT,
        "open": selectors.comments_of(document).filter(section_key=section.key, resolved_at=None).count(),
    }


@register.simple_tag(takes_context=True)
def unsaved_text(context: dict[str, Any]) -> Any:
    """What this person typed in the section of this page and did not save, or None."""
    return selectors.unsaved(context["section"], context["request"].user)


@register.simple_tag(takes_context=True)
def sees_the_area(context: dict[str, Any]) -> bool:
    """Whether this person sees the area by an office; a document shared by name shows none of this."""
    return access.can(context["request"].user, Permission.VIEW_AREA, context["area"])


@register.simple_tag(takes_context=True)
def sections_of_mine(context: dict[str, Any]) -> int:
    """How many sections this person is asked to write, in all their areas."""
    return selectors.tasks_for(context["request"].user).count()
