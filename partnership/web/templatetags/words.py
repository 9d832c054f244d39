"""How dates, moments, money and sentences are written on screen and in letters."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from partnership import clock

register = template.Library()

_YEARS = re.compile(r"\b\d{4}-\d{2}\b")


@register.filter(expects_localtime=False)
def day(value: date | datetime | None) -> str:
    """A date in full: 30 September 2026. A moment gives its day in London; nothing gives nothing."""
    if not value:
        return ""
    on = clock.london_day(value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


@register.filter
def iso_day(value: str) -> str:
    """A day as a frozen text has it, such as 2026-09-30, in full."""
    return day(date.fromisoformat(value)) if value else ""


@register.filter(expects_localtime=False)
def moment(value: datetime | None) -> str:
    """A moment in London: 30 September 2026 at 4:15pm."""
    return clock.in_words(value) if value else ""


@register.filter
def pounds(value: Decimal | int | float | None) -> str:
    """Money: £157,719, with pence only where there are some: £1,234.50."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    figures = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 else ''}£{figures}"


@register.filter
def sentence(value: object) -> str:
    """Text as a sentence: a capital at the start, a full stop at the end where no mark stands there."""
    text = str(value or "").strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:…" else ".")


@register.filter
def unbroken(value: object) -> SafeString:
    """Text whose years, such as 2025-26, stay on one line on a narrow screen. Escapes the rest."""
    return mark_safe(_YEARS.sub(r'<span class="app-nowrap">\g<0></span>', escape(str(value))))  # noqa: S308 escaped first
