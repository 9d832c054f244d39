"""What is looked at before anything starts: a timeline that cannot be read stops a deployment, not a person."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from partnership.guidance import history
from partnership.guidance.vocabulary import EditionError


@register()
def history_of_the_guidance(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The timeline and the table of what changed load. Editions have a check of their own, with the documents."""
    try:
        history.timeline()
        history.topics()
    except EditionError as error:
        return [Error(f"The history of the guidance cannot be used: {error}", id="briefings.E001")]
    return []
