"""Everything that can happen, in one list. The value is stored; the sentence for it is in presenters.py."""

from django.db.models import TextChoices


class Event(TextChoices):
    # people and places
    AREA_OPENED = "area.opened"
    AGENCY_ADDED = "agency.added"
    AGENCY_SUCCEEDED = "agency.succeeded"
    SEAT_OPENED = "seat.opened"
    SEAT_CLOSED = "seat.closed"
    APPOINTED = "appointment.made"
    APPOINTMENT_ENDED = "appointment.ended"
    PERSON_INVITED = "person.invited"
    IDENTITY_BOUND = "identity.bound"
    IDENTITY_UNBOUND = "identity.unbound"
    ORGANISATION_ADDED = "organisation.added"
    ORGANISATION_CHANGED = "organisation.changed"
    # documents
    DOCUMENT_BEGUN = "document.begun"
    SECTION_SAVED = "section.saved"
    SECTION_KEPT_ASIDE = "section.kept_aside"
    EXPLANATION_SAVED = "section.explained"
    PICTURE_ADDED = "picture.added"
    PICTURE_CHANGED = "picture.changed"
    PICTURE_REMOVED = "picture.removed"
    SENT_FOR_SIGN_OFF = "version.sent_for_sign_off"
    VERSION_SIGNED = "version.signed"
    SIGN_OFF_COMPLETED = "version.sign_off_completed"
    VERSION_RETURNED = "version.returned"
    VERSION_CONTINUED = "version.continued"
    VERSION_PUBLISHED = "version.published"
    VERSION_SUPERSEDED = "version.superseded"
    VERSION_WITHDRAWN = "version.withdrawn"
    RENDITION_MADE = "rendition.made"
    # scrutiny
    CHALLENGE_RAISED = "challenge.raised"
    CHALLENGE_ANSWERED = "challenge.answered"
    CHALLENGE_CLOSED = "challenge.closed"
    # money
    CONTRIBUTION_RECORDED = "contribution.recorded"
    CONTRIBUTION_CORRECTED = "contribution.corrected"
    SPENDING_RECORDED = "spending.recorded"
    PRINTED_TOTAL_CHECKED = "funding.printed_total_checked"
    # duties and submissions
    DUTY_CREATED = "duty.created"
    DUTY_FACT_RECORDED = "duty.fact_recorded"
    DUTY_CLOSED = "duty.closed"
    DUTY_REMINDED = "duty.reminded"
    SUBMISSION_QUEUED = "submission.queued"
    SUBMISSION_ACCEPTED = "submission.accepted"
    SUBMISSION_FAILED = "submission.failed"
    SUBMISSION_ACKNOWLEDGED = "submission.acknowledged"
    # the practice area
    CLOCK_MOVED = "practice.clock_moved"
