"""Forms in the shape of the GOV.UK Design System: one renderer for every form, and the base of our own.

The mark-up is in templates/django/forms/. A form page is `{% govuk_error_summary form %}` and a loop over
`field.as_field_group`.
"""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.forms.widgets import ChoiceWidget

from partnership.web import characters, wording
from partnership.web.day_field import DayField, DayInput
from partnership.web.uploads import FileField
from partnership.web.wording import AGAIN, most

__all__ = [
    "DayField",
    "DayInput",
    "EmailField",
    "FileField",
    "Form",
    "GovukRenderer",
    "IdempotentForm",
    "most",
]

EMAIL = "Enter an email address in the right form, like name@example.org"
LONGEST_ADDRESS = 254  # RFC 5321

# The widget's kind decides the class of its element and of its errors; the first match counts.
KINDS: list[tuple[type[forms.Widget], str]] = [
    (DayInput, "day"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
]
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "text": "govuk-input",
}


class GovukBoundField(BoundField):
    """A field as the templates need it: its kind, where its errors lead, the classes of its element."""

    @property
    def kind(self) -> str:
        return next(
            (kind for widget, kind in KINDS if isinstance(self.field.widget, widget)),
            "text",
        )

    @property
    def first_id(self) -> str:
        """The id an error leads to: of a group, its first part, which `id_for_label` does not know for radios."""
        base = self.auto_id
        parts = {"radios": f"{base}_0", "checkboxes": f"{base}_0", "day": f"{base}_day"}
        return parts.get(self.kind, self.id_for_label or base)

    @property
    def limit(self) -> int | None:
        """The length shown under a text area while somebody writes."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def limit_in_words(self) -> str:
        return f"{self.limit:,}"

    @property
    def aria_describedby(self) -> str | None:
        named = super().aria_describedby or ""
        return f"{named} {self.auto_id}-info".strip() if self.limit else named or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)  # our own sentences instead of the browser's bubbles
        shown = widget or self.field.widget
        name = CLASSES.get(self.kind)
        if name and not shown.is_hidden:
            parts = [name, f"{name}--error" if self.errors else "", "govuk-js-character-count" if self.limit else ""]
            built["class"] = " ".join(filter(None, [*parts, shown.attrs.get("class", "")]))
        if self.limit:
            built["maxlength"] = False  # text that is too long is kept and answered with a sentence, never cut
        if self.kind == "day" and self.errors:
            built["has_error"] = True
        return built


class GovukRenderer(TemplatesSetting):
    """Set as FORM_RENDERER, so that every form, allauth's as well, takes this shape."""

    bound_field_class = GovukBoundField


class EmailField(forms.EmailField):
    """The address of somebody else: no browser fills one's own in. At most as long as the columns that keep it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_ADDRESS)
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        kwargs.setdefault("error_messages", {"invalid": EMAIL})
        super().__init__(**kwargs)


LARGEST = 2_147_483_647  # of a column for whole numbers


class Form(forms.Form):
    """The base of our forms: every default error names the field and says what to do."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Fields and labels that a form settles when it is made are worded as well."""
        for name, field in self.fields.items():
            _bound(field)
            wording.apply(field, str(field.label or pretty_name(name)))
        super().full_clean()

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """Longer text without what nobody sees; its line ends, of two characters, are counted and stored as one."""
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        if isinstance(widget, forms.Textarea) and isinstance(value, str):
            return characters.without(value)
        if isinstance(widget, ChoiceWidget) and isinstance(value, str):
            return value.replace("\x00", "\ufffd")  # no choice has it, and Django would answer in its own words
        return value


def _bound(field: forms.Field) -> None:
    """A whole number that no column could hold is refused like any other that is wrong."""
    if isinstance(field, forms.IntegerField) and field.max_value is None:
        field.max_value = LARGEST
        field.validators.append(MaxValueValidator(LARGEST))


class IdempotentForm(Form):
    """Carries a key made when the page was drawn; a service that is given it twice acts once."""

    once = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), AGAIN),
    )

    def clean_once(self) -> uuid.UUID:
        return self.cleaned_data["once"]
