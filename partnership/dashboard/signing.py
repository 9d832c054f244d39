"""What people are asked for once a text is frozen: to sign it, to decide with a second person, to publish, to review it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas.roles import Permission
from partnership.dashboard.rows import Row
from partnership.dashboard.standing import Standing
from partnership.documents import deciding
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.documents.workflow import AGREED, Status


def to_sign(standing: Standing) -> QuerySet[Any]:
    """Seats of frozen versions for which this person may sign, and neither has nor refused."""
    return documents.waiting_for_signature_of(standing.user)


def sign(seat: Any, due: Any) -> Row:
    version = seat.version
    act = f"Read and sign {version.document.title} for {seat.agency_name}"
    why = f"The text is frozen and waits for the signature of {seat.agency_name}."
    return _row(act, "documents:sign", version, seat.seat_id, due=due, why=why)


def to_decide(standing: Standing) -> QuerySet[Any]:
    """What somebody else proposed, and this person may agree to."""
    return deciding.to_decide(standing.user)


def decide(proposal: Any, due: Any) -> Row:
    version = proposal.version
    act = f"Agree or decline to {proposal.get_act_display()}: {version.document.title}, version {version.number}"
    why = f"It was proposed by {proposal.proposed_as}. It takes a second person."
    return _row(act, "documents:proposal", version, proposal.pk, due=due, why=why)


def stuck(standing: Standing) -> QuerySet[Any]:
    """Versions that some partners have signed and the others will not, and for which nothing is proposed."""
    return deciding.stuck(standing.areas_of_need(Permission.SEND_FOR_SIGN_OFF))


def go_on(version: Any, due: Any) -> Row:
    act = f"Decide how {version.document.title} goes on without every signature"
    why = "Each partner has signed, or it is on record why not. Propose to publish without, or have it returned."
    return _row(act, "documents:propose", version, "settle-in-part", due=due, why=why)


def agreed(standing: Standing) -> QuerySet[Any]:
    """Versions that can be published."""
    areas = standing.areas_of_need(Permission.PUBLISH_DOCUMENT)
    rows = Version.objects.filter(~documents.is_planned(), status__in=AGREED, document__area__in=areas)
    return rows.select_related("document__area")


def publish(version: Any, due: Any) -> Row:
    agreed = "Every lead safeguarding partner has signed it."
    why = agreed if version.status == Status.SIGNED else "It may go out without every signature, and will say so."
    return _row(f"Propose to publish {version.document.title}", "documents:publish", version, due=due, why=why)


def to_review(standing: Standing) -> QuerySet[Any]:
    """What stands and was to be reviewed by today."""
    return documents.reviews_due(standing.areas_of_need(Permission.PUBLISH_DOCUMENT), clock.today())


def review(version: Any, due: Any) -> Row:
    why = f"It was to be reviewed by {version.next_on:%-d %B %Y}, and the public reads that its review is overdue."
    return _row(f"Review {version.document.title}", "documents:review", version, due=due, why=why)


def _row(act: str, name: str, version: Any, *more: object, due: Any, why: str) -> Row:
    document = version.document
    where = reverse(name, args=[document.area.slug, address_of(document), version.number, *more])
    return Row(act, where, document.area, due.get(document.pk), why)
