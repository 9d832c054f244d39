"""A companion as its pages show it."""

from dataclasses import dataclass, replace

from partnership.companions import text
from partnership.companions.models import Companion
from partnership.documents import numbering
from partnership.documents.models import Version


@dataclass(frozen=True)
class Shown:
    """A companion with its text ready to show. `view` and `items` are what the body templates ask for."""

    companion: Companion
    view: numbering.View
    items: tuple[numbering.Item, ...]


def shown(companion: Companion) -> Shown:
    """A companion's text without numbers of paragraphs."""
    section = text.section(companion.get_kind_display(), companion.text)
    view = numbering.view({"sections": [section], "challenges": [], "notes": []}, str)
    return Shown(companion, view, tuple(replace(item, number="") for item in view.sections[0].items))


def is_outdated(companion: Companion, public: Version) -> bool:
    """Whether the public reads a newer text of the document than the one that this was made for."""
    return public.number > companion.made_for.number
