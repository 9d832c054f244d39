"""The preview of one section in a draft of about 40 pages, beside the rendering of its Markdown alone."""

from functools import partial
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from partnership.documents import content, editing, markdown, numbering, services
from partnership.documents.models import Section, Version
from partnership.operations.bench import timing
from partnership.operations.demo import cast
from partnership.operations.demo.places import HAMMERSMITH

HEAD = ("Preview", "Median ms", "Min", "Max")
MANAGER = "gwen.pritchard"
LONG = 8_000  # characters of each of the fifteen sections: some 40 pages in all
SHOWN = "impact"


def measure(runs: int) -> str:
    """The table, and how many times as long the preview took. The long texts are rolled back."""
    drafts = Version.objects.filter(document__area__slug=HAMMERSMITH, document__period_label="2025-26", frozen_at=None)
    draft = drafts.filter(document__kind="yearly_report").first()
    if draft is None:
        return "There is no draft to preview any more."
    with transaction.atomic():
        _lengthen(draft)
        told = _measured(Section.objects.select_related("version__document__area").get(version=draft, key=SHOWN), runs)
        transaction.set_rollback(True)
    return told


def _lengthen(draft: Version) -> None:
    """Every section as long as one of a long report: its own words again and again."""
    for section in draft.sections.select_related("version__document__area"):
        own = section.body.strip() or f"What the partners did about {section.title.lower()}."
        body = "\n\n".join([own] * (1 + LONG // len(own)))
        services.save_section(
            section=section, body=body, explanation="", seen_revision=section.revision, by=cast.person(MANAGER)
        )


def _measured(section: Section, runs: int) -> str:
    acts = (("Ours, in its document", partial(_preview, section.pk)), ("Its Markdown alone", partial(_alone, section)))
    ours, alone = timing.in_turn(acts, runs)
    ratio = f"“{section.title}”, {len(section.body):,} characters: {timing.ratio(ours, alone)} times as long."
    return f"{timing.table(HEAD, [list(ours.cells), list(alone.cells)])}\n{ratio}"


def _preview(key: int) -> str:
    section = Section.objects.select_related("version__document__area").get(pk=key)
    page = editing.Page(section, cast.person(MANAGER))
    return _drawn(page.preview, page.view)


def _alone(section: Section) -> str:
    blocks = markdown.to_blocks(section.body, content.Figures(section.version.document)).blocks
    said = {"key": section.key, "title": section.title, "explanation": "", "blocks": list(blocks)}
    shown = numbering.numbered_alone(said, number=1, tables=0, figures=0)
    return _drawn(shown, numbering.View({}, (shown,)))


def _drawn(section: Any, view: Any) -> str:
    return render_to_string("documents/body/section.html", {"section": section, "view": view})
