"""The frame of every page: the area, the other areas, the person's offices in words, and where to go from here."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from partnership.areas.models import Area
from partnership.dashboard import needs
from partnership.dashboard.standing import Standing, standing_of
from partnership.documents import selectors as documents

OF_DOCUMENTS = {
    "documents", "contributions", "scrutiny", "arrangements", "drafting", "word", "impact", "living", "carrying",
    "companions",
}  # fmt: skip
# Text, address inside an area, and the parts of the site in which the entry is the current one.
ITEMS: tuple[tuple[str, str, set[str]], ...] = (
    ("Documents", "documents:documents", OF_DOCUMENTS),
    ("Duties", "deadlines:duties", {"deadlines", "case_reviews"}),
    ("Funding and counts", "funding:years", {"funding", "counts"}),
    ("People", "areas:people", {"areas"}),
    ("Submissions", "submissions:register", {"submissions"}),
)
# What tells of the area as a whole, and so of no part of it.
OF_THE_AREA = {("areas", "area"), ("areas", "timeline")}
# What somebody may open who does not see the area itself, and only who holds which office.
WITHOUT_AREA = {"areas:people"}
# With more areas than this the header does not list them; it leads to the list on the desk, and can be searched.
MOST_LISTED = 8


class Frame:
    """Asks nothing until a template looks, and then four things: who signs in, their offices, what these took over, and
    what needs them. Of a chair it asks as well whether a business manager is in office.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._match: ResolverMatch | None = getattr(request, "resolver_match", None)

    @cached_property
    def _standing(self) -> Standing | None:
        user = getattr(self._request, "user", None)
        return standing_of(self._request) if user is not None and user.is_authenticated else None

    @property
    def _own(self) -> list[Area]:
        return self._standing.areas if self._standing else []

    @property
    def _all(self) -> list[Area]:
        return self._standing.all_areas if self._standing else []

    @cached_property
    def area(self) -> Area | None:
        """The area of this address, if the person may see it. Public pages name theirs themselves."""
        return self._at or (self._shared if self._slug else None)

    @property
    def _slug(self) -> str:
        is_inside = self._standing and self._match and "public" not in self._match.namespaces
        return str(self._match.kwargs.get("area") or "") if is_inside and self._match else ""

    @property
    def _at(self) -> Area | None:
        return next((area for area in self._all if area.slug == self._slug), None)

    @property
    def _shared(self) -> Area | None:
        """The area of a document that somebody without an office there reads, because it was shared by name."""
        rows = documents.shared_with(self._standing.user) if self._standing else []
        return next((row.content_object.area for row in rows if row.content_object.area.slug == self._slug), None)

    @cached_property
    def areas(self) -> list[dict[str, str]]:
        """The areas between which the person can change: those in which they hold an office."""
        return [self._choice(area) for area in self._own]

    @cached_property
    def taken_over(self) -> list[dict[str, str]]:
        """Areas that came to their end, and for which one of the person's areas answers now."""
        return [self._choice(area) for area in (self._standing.taken_over if self._standing else [])]

    def _choice(self, area: Area) -> dict[str, str]:
        return {"text": area.name, "href": self._standing.address_of(area) if self._standing else ""}

    @property
    def how_many(self) -> int:
        """The areas that the person works for, with those that were taken over."""
        return len(self._all)

    @property
    def can_change(self) -> bool:
        """Whether there is another area to change to."""
        return self.how_many > 1

    @property
    def is_long(self) -> bool:
        """Whether the areas are too many for a list in the header."""
        return len(self._own) > 1 and self.how_many > MOST_LISTED

    @property
    def _here(self) -> Area | None:
        """The area of the address, or the only one that the person has."""
        return self._at or (self._own[0] if len(self._own) == 1 else None)

    @cached_property
    def office(self) -> str:
        """The person's offices in the area in words, such as “Lead safeguarding partner, Metropolitan Police Service”."""
        if self._here is None or self._standing is None:
            return f"Offices in {len(self._own)} areas" if self._own else ""
        return "; ".join(office.title for office in self._standing.offices_in([self._here]))

    @property
    def unread(self) -> int:
        """How many notices of their areas the person has not read."""
        is_refusal = getattr(self._request, "is_refusal", False)
        return needs.unread(self._standing) if self._standing and self._own and not is_refusal else 0

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Home with what needs the person, the desk for several areas, the parts of the area that they may open, and
        the page of the operators for who is one.
        """
        if self._standing is None:
            return []
        name = self._match.view_name if self._match else ""
        # Whoever is refused something looks for a way on, and not for what waits: that is the dearest query of a page.
        is_refusal = getattr(self._request, "is_refusal", False)
        badge = needs.count(self._standing) if self._own and not is_refusal else 0
        home = {"text": "Home", "href": reverse("home"), "active": name == "home", "badge": badge or None}
        desk = {"text": "All areas", "href": reverse("desk"), "active": name == "desk", "badge": None}
        of_operators = "operations" in self._match.namespaces if self._match else False
        operations = {
            "text": "Operations",
            "href": reverse("operations:overview"),
            "active": of_operators,
            "badge": None,
        }
        return [
            home,
            *(
                [desk] if len(self._own) > 1 and self._at is None else []
            ),  # seven at most; inside an area the header has it
            *(self._item(*item) for item in ITEMS if self._here and self._may_open(item[1])),
            *([operations] if self._standing.operates else []),
        ]

    def _may_open(self, view: str) -> bool:
        return view in WITHOUT_AREA or bool(self._here and self._standing and self._here.pk in self._standing.visible)

    def _item(self, text: str, view: str, parts: set[str]) -> dict[str, Any]:
        here = self._here
        app = self._match.app_name if self._match else ""
        name = self._match.url_name if self._match else ""
        active = app in parts and (app, name) not in OF_THE_AREA
        href = reverse(view, args=[here.slug]) if here else ""
        return {"text": text, "href": href, "active": active, "badge": None}


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `frame`, made once for a request."""
    known = getattr(request, "_frame", None)
    if known is None:
        known = request._frame = Frame(request)  # type: ignore[attr-defined]
    return {"frame": known}
