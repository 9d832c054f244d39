"""What is looked at before anything starts: a bad edition or an incomplete kind stops a deployment, not a person."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from partnership.documents import sealing
from partnership.documents.kinds import kinds
from partnership.guidance import loader
from partnership.guidance.vocabulary import EditionError


@register()
def editions_and_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every edition loads, and every kind of document can be loaded and has its sections in an edition."""
    try:
        editions = loader.editions()
    except EditionError as error:
        return [Error(f"A guidance edition cannot be used: {error}", id="documents.E001")]
    found: list[CheckMessage] = []
    for key in kinds():
        if not any(edition.sections_for(key) for edition in editions):
            found.append(Error(f"No edition of the guidance describes the kind “{key}”.", id="documents.E002"))
    if len(kinds()) != len(settings.DOCUMENT_KINDS):
        found.append(Error("Two kinds of document have the same key.", id="documents.E003"))
    return found


@register()
def seal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What PDFs are to be sealed with is there and is good, or nothing is named at all."""
    if not sealing.is_configured():
        return []
    try:
        soon = sealing.ends_soon()
    except sealing.Unusable as refusal:
        return [Error(refusal.sentence, id="documents.E004")]
    return [Warning(soon, id="documents.W001")] if soon else []
