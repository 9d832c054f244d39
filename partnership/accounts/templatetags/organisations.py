"""For pages that are allauth's: the organisations, where no view of ours could hand them over."""

from django import template
from django.db.models import QuerySet

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import selectors

register = template.Library()


@register.simple_tag
def organisations_switched_on() -> QuerySet[Organisation]:
    """The organisations through which people sign in now, by name."""
    return selectors.switched_on()
