"""What can be read of the outbox. Who may read it is asked above: this app knows no offices."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import PERSON_AFTER_UNCERTAIN, PERSON_AFTER_WAITING, Status


def due(now: datetime) -> QuerySet[OutgoingMail]:
    """What may be sent at this moment, the oldest first."""
    return OutgoingMail.objects.filter(Q(status=Status.QUEUED) | Q(status=Status.WAITING, retry_at__lte=now)).order_by(
        "created_at", "pk"
    )


def failed_and_waiting(area_slug: str = "") -> QuerySet[OutgoingMail]:
    """Messages that have not gone as they should, newest first; of one area, or of all."""
    troubled = OutgoingMail.objects.filter(status__in=[Status.FAILED, Status.WAITING, Status.UNCERTAIN])
    if area_slug:
        troubled = troubled.filter(area_slug=area_slug)
    return troubled.order_by("-created_at", "-pk")


def needing_a_person(now: datetime, area_slug: str = "") -> QuerySet[OutgoingMail]:
    """Of those: failed; waiting for more than an hour; uncertain for more than half an hour."""
    return (
        failed_and_waiting(area_slug)
        .filter(
            Q(status=Status.FAILED)
            | Q(status=Status.WAITING, queued_at__lte=now - PERSON_AFTER_WAITING)
            | Q(status=Status.UNCERTAIN, tries__ended_at__lte=now - PERSON_AFTER_UNCERTAIN, tries__outcome="uncertain")
        )
        .distinct()
    )


def oldest_undelivered_age(now: datetime) -> timedelta:
    """How long the oldest message that still has to go has been in the queue; nothing to go is zero."""
    undelivered = OutgoingMail.objects.filter(status__in=[Status.QUEUED, Status.WAITING, Status.SENDING])
    oldest = undelivered.order_by("queued_at").values_list("queued_at", flat=True).first()
    return max(now - oldest, timedelta(0)) if oldest else timedelta(0)


def deliveries() -> QuerySet[OutgoingMail]:
    """Every outgoing message, in the order of creation."""
    return OutgoingMail.objects.order_by("created_at", "pk")
