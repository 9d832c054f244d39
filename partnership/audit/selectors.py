"""Reading the record."""

from django.db.models import Model, QuerySet

from partnership.audit.models import AuditEntry


def of_area(area_slug: str) -> QuerySet[AuditEntry]:
    """Everything recorded for one area, newest first."""
    return AuditEntry.objects.filter(area_slug=area_slug)


def of_subject(subject: str) -> QuerySet[AuditEntry]:
    """Everything recorded about one thing, such as `document:12`, newest first."""
    return AuditEntry.objects.filter(subject=subject)


def of_target(target: Model) -> QuerySet[AuditEntry]:
    """Everything recorded about one row, newest first."""
    return AuditEntry.objects.filter(target_model=target._meta.label_lower, target_id=str(target.pk))


def was_removed(model: type[Model], key: int, area_slug: str) -> bool:
    """Whether a row of this kind was once removed from an area."""
    found = AuditEntry.objects.filter(target_model=model._meta.label_lower, target_id=str(key), area_slug=area_slug)
    return found.filter(event__endswith=".removed").exists()
