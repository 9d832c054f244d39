"""The frame of every page: the area, the other areas, the person's offices in words, and where to go from here."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from partnership.areas.models import Area
from partnership.dashboard import needs
from partnership.dashboard.standing import standing_of

# Text, address inside an area, and the parts of the site in which the entry is the current one.
ITEMS = (
    ("Documents", "documents:documents", {"documents", "scrutiny", "arrangements"}),
    ("Duties", "deadlines:duties", {"deadlines"}),
    ("Funding", "funding:years", {"funding"}),
    ("People", "areas:people", {"areas"}),
    ("Submissions", "submissions:register", {"submissions"}),
)


class Frame:
    """Asks nothing until a template looks, and then three things at most: who signs in, their offices, what needs them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._match: ResolverMatch | None = getattr(request, "resolver_match", None)

    @cached_property
    def _standing(self) -> Any:
        user = getattr(self._request, "user", None)
        return standing_of(self._request) if user is not None and user.is_authenticated else None

    @property
    def _own(self) -> list[Area]:
        return self._standing.areas if self._standing else []

    @cached_property
    def area(self) -> Area | None:
        """The area of this address, if the person may see it. Public pages name theirs themselves."""
        if self._match is None or "public" in self._match.namespaces:
            return None
        slug = self._match.kwargs.get("area")
        return next((area for area in self._own if area.slug == slug), None) if slug else None

    @cached_property
    def areas(self) -> list[dict[str, str]]:
        """The areas between which the person can change."""
        return [{"text": area.name, "href": reverse("areas:area", args=[area.slug])} for area in self._own]

    @property
    def _here(self) -> Area | None:
        """The area of the address, or the only one that the person has."""
        return self.area or (self._own[0] if len(self._own) == 1 else None)

    @cached_property
    def office(self) -> str:
        """The person's offices in the area in words, such as “Lead safeguarding partner, Metropolitan Police Service”."""
        if self._here is None:
            return f"Offices in {len(self._own)} areas" if self._own else ""
        return "; ".join(office.title for office in self._standing.offices_in([self._here]))

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """At most six entries: home with what needs the person, and the parts of the area."""
        if self._standing is None:
            return []
        name = self._match.view_name if self._match else ""
        badge = needs.count(self._standing) if self._own else 0
        home = {"text": "Home", "href": reverse("home"), "active": name == "home", "badge": badge or None}
        return [home, *(self._item(*item) for item in ITEMS if self._here)]

    def _item(self, text: str, view: str, parts: set[str]) -> dict[str, Any]:
        here = self._here
        app = self._match.app_name if self._match else ""
        name = self._match.url_name if self._match else ""
        active = app in parts and not (app == "areas" and name != "people")
        href = reverse(view, args=[here.slug]) if here else ""
        return {"text": text, "href": href, "active": active, "badge": None}


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `frame`, made once for a request."""
    known = getattr(request, "_frame", None)
    if known is None:
        known = request._frame = Frame(request)  # type: ignore[attr-defined]
    return {"frame": known}
