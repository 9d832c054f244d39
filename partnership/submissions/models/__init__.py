"""What had to be sent to whom by when, what came back of it, and the addresses that it goes to."""

from partnership.submissions.models.events import DeliveryEvent, SubmissionMail
from partnership.submissions.models.recipient import AddressChange, Decided, Recipient, RecipientCheck
from partnership.submissions.models.submission import How, Submission, SubmittedFile

__all__ = [
    "AddressChange",
    "Decided",
    "DeliveryEvent",
    "How",
    "Recipient",
    "RecipientCheck",
    "Submission",
    "SubmissionMail",
    "SubmittedFile",
]
