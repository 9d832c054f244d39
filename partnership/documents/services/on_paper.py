"""A signature on paper or by letter: one person records it with the scan, a second one looks at it and agrees."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Seat
from partnership.areas.roles import Office, Permission
from partnership.documents import policies, selectors
from partnership.documents.models import Act, PaperSignature, Proposal, Version
from partnership.documents.services import two_persons
from partnership.errors import NotAllowed, WrongState
from partnership.files.models import StoredFile

WHY = "Signed on paper or by letter."


@transaction.atomic
def record_on_paper(
    *,
    version: Version,
    seat: Seat,
    signed_on: date,
    fingerprint: str,
    scan: StoredFile,
    scan_name: str,
    by: User,
    reservation: str = "",
) -> Proposal:
    """Put a signature on paper on record, for a second person to agree to. It counts for nothing until then.

    `fingerprint`: as it stands on the paper, which has to be that of this text; `signed_on`: the day on the paper, on
    which its signer must have held the seat. A second click gives back the first. Raises NotAllowed, WrongState, Conflict.
    """
    version = selectors.lock(version)
    access.require(by, Permission.RECORD_ON_PAPER, version.document.area)
    required = version.required_seats.filter(seat=seat).first()
    if required is None:
        raise WrongState("This seat is not one of those that are asked to sign this version.")
    policies.check_has_not_signed(required)
    policies.check_paper(version, signed_on=signed_on, fingerprint=fingerprint, today=clock.today())
    held = access.may_sign(areas.holders(version.document.area, Office.LSP, signed_on)).filter(seat=seat).first()
    if held is None:
        raise WrongState(f"Nobody who may sign held the seat of {required.agency_name} on that day.")
    if held.person_id == by.pk:
        raise NotAllowed("Nobody records a signature of their own on paper. Sign it here instead.", rule="own")
    proposal = two_persons.propose(version=version, act=Act.PAPER, seat=seat, reason=WHY, by=by)
    words = policies.reservation_of(reservation) if reservation.strip() else ""
    said = {"appointment": held, "signed_on": signed_on, "reservation": words, "scan": scan, "scan_name": scan_name}
    _, is_new = PaperSignature.objects.get_or_create(proposal=proposal, defaults=said)
    if is_new:
        two_persons.tell(proposal)
    return proposal
