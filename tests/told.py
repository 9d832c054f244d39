"""Whom somebody was told of what: by a notice, whether its mail goes at once or with the others on Monday."""

from django.db.models import QuerySet

from partnership.notices.models import Notice


def of(occasion: str) -> QuerySet[Notice]:
    """The notices of one sort of occasion, by how their key begins, such as `published`."""
    return Notice.objects.filter(dedupe_key__startswith=f"{occasion}:")


def whom(occasion: str) -> set[str]:
    """The addresses of all who have such a notice."""
    return set(of(occasion).values_list("person__email", flat=True))
