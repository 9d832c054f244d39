"""Templates drawn as in production. Django's tests copy the context of each part of each page, a third of the time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.template import Template
from django.test import utils


@contextmanager
def drawn_plainly() -> Iterator[None]:
    """Answers hold no templates and no context until this ends."""
    instrumented = Template._render
    Template._render = utils._TestState.saved_data.template_render  # type: ignore[method-assign, attr-defined]
    try:
        yield
    finally:
        Template._render = instrumented  # type: ignore[method-assign]
