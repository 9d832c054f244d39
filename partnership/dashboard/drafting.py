"""What people are asked for around a draft: sections, contributions, a statement, children's and Easy Read versions."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from partnership.areas.roles import Permission
from partnership.companions import selectors as companions
from partnership.contributions import selectors as contributions
from partnership.dashboard.rows import Row
from partnership.dashboard.standing import Standing
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.drafting import selectors as sections_of
from scrutiny import selectors as scrutiny


def to_write(standing: Standing) -> QuerySet[Any]:
    """Rooms of the person's agencies in which nothing is released."""
    return contributions.to_write(standing.user)


def write(room: Any, due: Any) -> Row:
    act = "Finish" if room.revision else "Begin"
    what = f"{act} the contribution of {room.agency_name} to “{room.section_title}” of {room.document.title}"
    why = "Only your agency sees what is written, until it is released."
    return Row(what, contributions.address(room), room.document.area, room.due_on, why)


def sections(standing: Standing) -> QuerySet[Any]:
    """Sections that the person is asked to write, by name or by office, and has not handed in."""
    return sections_of.to_write(standing.user)


def section(task: Any, due: Any) -> Row:
    document = task.document
    where = reverse("documents:section", args=[document.area.slug, address_of(document), task.section_key])
    why = "It came back to you with a comment." if task.came_back else ""
    return Row(f"Write “{task.section_title}” of {document.title}", where, document.area, task.due_on, why)


def to_settle(standing: Standing) -> QuerySet[Any]:
    """Released texts that wait to be taken into the draft."""
    return contributions.to_settle(standing.areas_of_need(Permission.GATHER_CONTRIBUTIONS))


def settle(room: Any, due: Any) -> Row:
    document = room.document
    what = f"Take the contribution of {room.agency_name} to “{room.section_title}” into {document.title}"
    why = "It is released. Take it into the draft, or hand it back with a comment."
    return Row(what, contributions.address(room), document.area, due.get(document.pk), why)


def to_confirm(standing: Standing) -> QuerySet[Any]:
    """Drafts in which somebody else marked what answers the guidance, and nobody has confirmed it."""
    areas = standing.areas_of_need(Permission.DRAFT_DOCUMENT)
    return documents.with_marks_to_confirm(standing.user, areas)


def confirm(version: Any, due: Any) -> Row:
    document = version.document
    where = reverse("documents:requirements", args=[document.area.slug, address_of(document)])
    what = f"Confirm which passages of {document.title} answer the guidance"
    why = "Somebody marked them. Another person reads each one and confirms it."
    return Row(what, where, document.area, due.get(document.pk), why)


def commented(standing: Standing) -> QuerySet[Any]:
    """Drafts with comments that nobody has resolved, for whoever sends them."""
    return sections_of.with_open_comments(standing.areas_of_need(Permission.SEND_FOR_SIGN_OFF))


def comments(version: Any, due: Any) -> Row:
    document = version.document
    where = reverse("drafting:comments", args=[document.area.slug, address_of(document)])
    why = "What is to be mended stops the sending. The others are named before it."
    return Row(f"See to the comments on {document.title}", where, document.area, due.get(document.pk), why)


def to_state(standing: Standing) -> QuerySet[Any]:
    """Drafts on which the scrutineer has given no statement."""
    return scrutiny.statements_to_give(standing.user, standing.areas_of_need(Permission.GIVE_STATEMENT))


def state(version: Any, due: Any) -> Row:
    document = version.document
    where = reverse("scrutiny:statement", args=[document.area.slug, address_of(document)])
    why = "It is yours alone, and printed as you give it. The document may be sent without one, and says so."
    return Row(f"Give your statement on {document.title}", where, document.area, due.get(document.pk), why)


def to_agree(standing: Standing) -> QuerySet[Any]:
    """Children's and Easy Read versions that wait for the person's agreement."""
    return companions.to_agree(standing.user)


def agree(companion: Any, due: Any) -> Row:
    document = companion.document
    where = reverse("companions:agree", args=[document.area.slug, address_of(document), companion.pk])
    why = "It is published when every delegated partner has agreed to it."
    return Row(f"Agree to the {companion.words} of {document.title}", where, document.area, None, why)


def to_publish(standing: Standing) -> QuerySet[Any]:
    """Children's and Easy Read versions to which every delegated partner has agreed."""
    return companions.to_publish(standing.areas_of_need(Permission.PUBLISH_DOCUMENT))


def publish(companion: Any, due: Any) -> Row:
    document = companion.document
    where = reverse("companions:companions", args=[document.area.slug, address_of(document)])
    why = "Every delegated partner has agreed to it."
    return Row(f"Publish the {companion.words} of {document.title}", where, document.area, None, why)


def to_renew(standing: Standing) -> QuerySet[Any]:
    """Children's and Easy Read versions of a document that has been published again since."""
    return companions.to_renew(standing.areas_of_need(Permission.PUBLISH_DOCUMENT))


def renew(companion: Any, due: Any) -> Row:
    document = companion.document
    where = reverse("companions:companions", args=[document.area.slug, address_of(document)])
    why = f"The last edition was made for version {companion.made_for.number}. The document was published again since."
    return Row(f"Put in a new edition of the {companion.words} of {document.title}", where, document.area, None, why)


def waiting(standing: Standing) -> list[Row]:
    """What the person's areas wait for from agencies: for whoever gathers, and for whoever sends."""
    areas = standing.areas_with(Permission.GATHER_CONTRIBUTIONS, Permission.SEND_FOR_SIGN_OFF)
    mine = set(contributions.to_write(standing.user).values_list("pk", flat=True))
    return [
        Row(
            act=f"The contribution to “{room.section_title}” of {room.document.title} is to be released",
            href=contributions.address(room),
            area=room.document.area,
            by=room.due_on,
            why="",
            who=room.agency_name,
            since=room.asked_at,
        )
        for room in contributions.waited_for(areas)
        if room.pk not in mine
    ]
