"""Whether an account serves anything. What gives rights stands above this app, so it is named in the settings."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from partnership.accounts.models import User


def is_left(user: User) -> bool:
    """Whether this person holds, or will hold, anything for which an account is needed."""
    return any(gives(user) for gives in _givers(tuple(settings.WHAT_GIVES_RIGHTS)))


@cache
def _givers(paths: tuple[str, ...]) -> list[Callable[[User], bool]]:
    return [import_string(path) for path in paths]
