"""Writing the record. Called by services and jobs inside their own transaction, never alone."""

from typing import Any

from django.db import connection, models

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry


def record(
    event: Event,
    *,
    by: Any = None,
    area_slug: str = "",
    target: models.Model | None = None,
    subject: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry. `by` is the person, or None when the clock did it; `subject` is what a timeline gathers by.

    Raises RuntimeError outside a transaction: a record that could survive an undone act would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written in the same transaction as the act it tells of.")
    return AuditEntry.objects.create(
        event=event,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        area_slug=area_slug,
        target_model=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        subject=subject,
        data=data or {},
    )


def all_of(row: models.Model) -> dict[str, str | None]:
    """Every column of a row as text, for the record of its removal."""
    found = ((field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields)
    return {name: None if value is None else str(value) for name, value in found}
