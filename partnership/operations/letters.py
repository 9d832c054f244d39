"""The mail to the operators: which job, since when, what to do, and where to look. Nothing of anybody's work."""

from django.conf import settings
from django.urls import reverse

from partnership.accounts.models import User
from partnership.mail import services as mail
from partnership.operations.models import Alarm
from partnership.operations.watch import Finding

PURPOSE = "alarm"


def alarm(alarm: Alarm, finding: Finding, *, to: User) -> None:
    """Queue the mail about one alarm to one operator, once."""
    mail.write(
        "operations/alarm",
        {
            "name": to.name,
            "job": finding.title,
            "is_failing": alarm.trouble == "failing",
            "since": alarm.since,
            "to_do": finding.to_do,
            "link": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("operations:overview"),
        },
        to=to.email,
        dedupe_key=f"operations.alarm:{alarm.pk}:{to.pk}",
        purpose=PURPOSE,
    )
