"""What had to be sent to whom by when, the proof of it, and the addresses that it goes to."""

from partnership.submissions.models.recipient import AddressChange, Decided, Recipient, RecipientCheck
from partnership.submissions.models.submission import Submission, SubmittedFile

__all__ = ["AddressChange", "Decided", "Recipient", "RecipientCheck", "Submission", "SubmittedFile"]
