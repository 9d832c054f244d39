"""The preview of one section of a long draft, beside the rendering of its Markdown alone."""

from functools import partial
from typing import Any

from django.template.loader import render_to_string

from partnership.documents import content, editing, markdown, numbering
from partnership.documents.models import Section
from partnership.operations.bench import timing
from partnership.operations.demo import cast
from partnership.operations.demo.places import HAMMERSMITH

HEAD = ("Preview", "Median ms", "Min", "Max")


def measure(runs: int) -> str:
    """The table for the longest section of the draft of 2025-26, and how many times as long the preview took."""
    drafts = Section.objects.filter(
        version__document__area__slug=HAMMERSMITH, version__document__period_label="2025-26", version__frozen_at=None
    )
    section = max(drafts.select_related("version__document__area"), key=lambda row: len(row.body), default=None)
    if section is None:
        return "There is no draft to preview any more."
    ours, alone = timing.in_turn(
        (("Ours, in its document", partial(_preview, section)), ("Its Markdown alone", partial(_alone, section))), runs
    )
    ratio = f"“{section.title}”, {len(section.body):,} characters: {timing.ratio(ours, alone)} times as long."
    return f"{timing.table(HEAD, [list(ours.cells), list(alone.cells)])}\n{ratio}"


def _preview(section: Section) -> str:
    page = editing.Page(
        Section.objects.select_related("version__document__area").get(pk=section.pk), cast.person("gwen.pritchard")
    )
    return _drawn(page.preview, page.view)


def _alone(section: Section) -> str:
    figures = content.Figures(section.version.document)
    blocks = markdown.to_blocks(section.body, figures).blocks
    said = {"key": section.key, "title": section.title, "explanation": "", "blocks": list(blocks)}
    shown = numbering.numbered_alone(said, number=1, tables=0, figures=0)
    return _drawn(shown, numbering.View({}, (shown,)))


def _drawn(section: Any, view: Any) -> str:
    return render_to_string("documents/body/section.html", {"section": section, "view": view})
