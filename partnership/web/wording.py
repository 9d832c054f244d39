"""What a field says when it is not content: sentences with its name instead of Django's general ones.

A sentence of a field's own always stays. A label is not yet a name: “(optional)” and a question mark belong to it alone.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator

from partnership.web import characters

OPTIONAL = " (optional)"
AGAIN = "Load the page again, then send it once more"
CHOICES = (
    forms.ChoiceField,
    forms.ModelChoiceField,
    forms.MultipleChoiceField,
    forms.ModelMultipleChoiceField,
)
Validator = Callable[[Any], None]


def most(limit: int) -> str:
    """The one way to say how long something may be, to stand after its name."""
    return f"must be {limit:,} characters or fewer."


LIMITS: dict[str, Callable[[Any], str]] = {
    "max_length": most,
    "min_length": "must be {:,} characters or more".format,
    "min_value": "must be {:,} or more".format,
    "max_value": "must be {:,} or less".format,
}
# What a field of this kind says to what it cannot read; the first match counts.
KINDS: list[tuple[tuple[type[forms.Field], ...], str]] = [
    (CHOICES, "{name}: select one of those offered"),
    ((forms.FileField,), "{name}: choose the file again. If that is refused too, give it a shorter name"),
    ((forms.DecimalField, forms.FloatField), "{name} must be a number, such as 24 or 24.5"),
    ((forms.IntegerField,), "{name} must be a whole number, such as 24"),
    ((forms.Field,), "{name} could not be read. Check what you wrote"),
]


def name_of(label: str, otherwise: str = "Your answer") -> str:
    """What stands at the beginning of a sentence about a field; `otherwise` where its label is a question."""
    plain = label.removesuffix(OPTIONAL).strip()
    return otherwise if plain.endswith("?") or not plain else plain


def apply(field: forms.Field, label: str) -> None:
    """Give a field its sentences, and refuse in one line of text what nobody can see. A second time changes nothing."""
    for code in _codes(field):
        if _is_general(field, code):
            field.error_messages[code] = _sentence(field, label, code)
    if _is_line(field):
        name = name_of(label)
        field.validators = [partial(_check_line, name), *(partial(_check_rest, check) for check in field.validators)]


def _codes(field: forms.Field) -> set[str]:
    """Whatever may be wrong with a field, by itself and by its validators."""
    found = {str(code) for check in field.validators if (code := getattr(check, "code", ""))}
    if any(isinstance(check, DecimalValidator) for check in field.validators):
        found |= set(DecimalValidator.messages)
    return found | set(field.error_messages)


def _is_general(field: forms.Field, code: str) -> bool:
    """Whether Django itself would speak."""
    general = (kind for kind in type(field).__mro__ if kind.__module__.startswith("django."))
    said = field.error_messages.get(code)
    return said is None or any(said == vars(kind).get("default_error_messages", {}).get(code) for kind in general)


def _sentence(field: forms.Field, label: str, code: str) -> str:
    name = name_of(label)
    limit = getattr(field, code, None)
    if field.widget.is_hidden:
        return AGAIN
    if code == "required":
        return _ask(field, label.removesuffix(OPTIONAL))
    if code in LIMITS and limit is not None:
        return f"{name} {LIMITS[code](limit)}"
    if code == "null_characters_not_allowed":
        return f"{name} has a character that cannot be shown. Delete the text and type it again"
    return next(said for kinds, said in KINDS if isinstance(field, kinds)).format(name=name)


def _ask(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box to continue: {label}"
    thing = label if not label or label[1:2].isupper() else label[0].lower() + label[1:]
    if isinstance(field, CHOICES):
        return f"Select {thing}"
    return f"Choose a file for {thing}" if isinstance(field, forms.FileField) else f"Enter {thing}"


def _is_line(field: forms.Field) -> bool:
    """A password may hold anything, a hidden value was written by us, and longer text is cleaned when it is read."""
    other = forms.Textarea | forms.PasswordInput
    return isinstance(field, forms.CharField) and not field.widget.is_hidden and not isinstance(field.widget, other)


def _check_line(name: str, value: Any) -> None:
    if found := characters.sentence(name, str(value)):
        raise ValidationError(found, code="unseen")


def _check_rest(check: Validator, value: Any) -> None:
    """Whatever else is wrong with such a line comes from what cannot be seen, and is not told beside it."""
    if not characters.fault(str(value)):
        check(value)
