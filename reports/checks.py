"""What is worth knowing before a yearly report is sent for sign-off, beside what all documents are asked."""

from django.urls import reverse

from partnership import clock
from partnership.deadlines import lateness
from partnership.documents.kinds import Problem, address_of
from partnership.documents.models import Version

TOKEN = f"{{{{{lateness.NAME}}}}}"


def last_one_was_late(version: Version) -> list[Problem]:
    """That the report before this one was late, and this one does not say so. It stops nothing."""
    document = version.document
    duty = lateness.last_duty(document)
    if duty is None or not lateness.is_late(duty, clock.today()):
        return []
    if any(TOKEN in body.casefold() for body in version.sections.values_list("body", flat=True)):
        return []
    where = reverse("documents:document", args=[document.area.slug, address_of(document)])
    return [Problem(f"The report before this one was late. Say so and why: {TOKEN} draws it from the record.", where)]
