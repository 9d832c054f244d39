"""What the page of one section shows: what is asked, who may write, the texts before, the way on."""

from datetime import date
from functools import cached_property
from typing import Any

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content, meeting, numbering, policies, presenting, selectors, tokens
from partnership.documents.kinds import Fact
from partnership.documents.models import Section, SectionText
from partnership.errors import Decision, decide
from partnership.guidance import schema as guidance

MOST_TEXTS = 20


class Page:
    """One section as one person sees it."""

    def __init__(self, section: Section, user: User) -> None:
        self.section, self.user = section, user
        self.version = section.version
        self.document = section.version.document

    @cached_property
    def rule(self) -> guidance.Section | None:
        """What the document's edition of the guidance says of this section."""
        return content.rules(self.document).get(self.section.key)

    @cached_property
    def asked(self) -> list[meeting.Row]:
        """What is asked of this section, each with the passages that answer it."""
        return [row for row in meeting.rows(self.version) if row.rule.section == self.section.key]

    def require_may_write(self) -> None:
        """Raise NotAllowed or WrongState unless this person may write here now."""
        access.require(self.user, Permission.DRAFT_DOCUMENT, self.document.area)
        policies.check_can_write(self.version)

    @cached_property
    def may_write(self) -> Decision:
        return decide(self.require_may_write)

    @cached_property
    def neighbours(self) -> tuple[Section | None, Section | None]:
        """The section before and the section after."""
        rows = list(self.version.sections.order_by("position").only("key", "title", "version_id"))
        place = next(index for index, row in enumerate(rows) if row.pk == self.section.pk)
        return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)

    @property
    def previous(self) -> Section | None:
        return self.neighbours[0]

    @property
    def next(self) -> Section | None:
        return self.neighbours[1]

    @cached_property
    def texts(self) -> list[SectionText]:
        """What was saved here before, the newest first."""
        return list(self.section.texts.select_related("saved_by")[:MOST_TEXTS])

    def text(self, pk: str) -> SectionText | None:
        """A text of this section by the number in an address, or None."""
        return (
            self.section.texts.select_related("saved_by").filter(pk=pk).first()
            if pk.isascii() and pk.isdigit()
            else None
        )

    def initial(self, start_from: str) -> dict[str, Any]:
        """What the form begins with: the section as it is, or an earlier text that somebody wants to go on from."""
        text = self.text(start_from) or self.section
        return {"body": text.body, "explanation": text.explanation, "seen_revision": self.section.revision}

    @cached_property
    def figures(self) -> list[str]:
        """The names of the tables that a text of this document may draw on."""
        return content.Figures(self.document).names()

    @cached_property
    def facts(self) -> list[tuple[str, Fact | None]]:
        """The tokens of the facts that a text of this document may draw on, each with what it stands for today."""
        figures = content.Figures(self.document)
        return [(tokens.typed(name), figures.fact(name)) for name in figures.fact_names()]

    @property
    def as_of(self) -> date:
        """The day of which the records are read for a text that is not frozen."""
        return clock.today()

    @property
    def shown_facts(self) -> list[dict[str, Any]]:
        """The facts that the text of this section draws on."""
        return [row for row in self.view.facts if any(place["section"] == self.section.key for place in row["places"])]

    @cached_property
    def pictures(self) -> list[Any]:
        """The pictures of this document, by number."""
        return list(self.document.pictures.all())

    @cached_property
    def state(self) -> content.SectionState:
        """The section as it is saved: read once for the preview, for what is missing and for its passages."""
        return content.state_of(self.section)

    @cached_property
    def preview(self) -> numbering.Section | None:
        """This section as it is or would be published; None while it has neither text nor explanation.

        Its numbers are those of the publication. What stands before it in a draft is counted from the blocks that were
        saved, so that one section of a long draft is as quickly shown as one of a short one.
        """
        address = presenting.picture_address(self.document)
        if self.version.frozen_at:
            whole = numbering.numbered(content.of(self.version), address)
            return next((part for part in whole if part.key == self.section.key), None)
        if not self.state.is_answered:
            return None
        before = selectors.counted_before(self.section)
        return numbering.numbered_alone(content.as_read(self.state), picture_address=address, **before)

    @cached_property
    def view(self) -> numbering.View:
        """What the templates of blocks ask of the whole: that this is a page."""
        return numbering.View({}, (self.preview,) if self.preview else ())

    def shown_problems(self, form: Any) -> Any:
        """What stands at the top of the page: the form's errors, or what must be mended in a text that was begun."""
        if form.is_bound:
            return form
        return self.problems() if self.may_write else []

    def problems(self) -> list[tuple[str, str]]:
        """What must be mended in the text as it is saved now, each with its field; nothing while it is not begun."""
        state = self.state
        if not (state.section.body or state.section.explanation):
            return []
        found = [problem.sentence.removeprefix(f"{self.section.title}: ") for problem in state.problems]
        return [(f"{sentence[:1].upper()}{sentence[1:]}", "#id_body") for sentence in found]
