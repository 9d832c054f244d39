"""From a form's errors to the links of an error summary."""

from typing import Any

from django.forms import BaseForm


def links(source: Any) -> list[tuple[str, str]]:
    """Pairs of (sentence, href) of a form's errors, in the order of its fields; other pairs pass as they are.

    An error of the whole form has no place, so its href is empty. A hidden field's error has none either.
    """
    if not source:
        return []
    if not isinstance(source, BaseForm):
        return [(str(text), str(href)) for text, href in source]
    if not source.is_bound:
        return []
    found = [(str(text), "") for text in source.non_field_errors()]
    for bound in source:
        place = "" if bound.is_hidden else f"#{getattr(bound, 'first_id', bound.id_for_label)}"
        found += [(str(text), place) for text in bound.errors]
    return found
