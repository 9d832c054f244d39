"""One word for each text field of each of our models; and for those that can take none, the reason.

A field that is new is neither filled (filling.py) nor listed here, and fails the test until somebody decides.
"""

import re

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

OURS = ("partnership", "arrangements", "reports", "scrutiny")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# `canary` may be seen nowhere outside its area. `opened` is public by law or by publication, and stays on public pages.
SECRET, OPENED = "canary", "opened"
MARK = re.compile(rf"({SECRET}|{OPENED})(\d{{4}})[0-9a-z]*")

# Filled by the service itself from other fields: each must hold some word, whichever.
COPIED = {
    "accounts.FactorReset.area_slug",
    "areas.ReviewedAccess.person_name",
    "areas.ReviewedAccess.title",
    "areas.SignInCheck.address",
    "arrangements.AgencyNotice.address",
    "arrangements.AgencyNotice.agency_name",
    "arrangements.AgencyNotice.contact_name",
    "audit.AuditEntry.actor_name",
    "audit.AuditEntry.area_slug",
    "audit.AuditEntry.data",
    "contributions.Release.agency_name",
    "counts.Count.key",
    "contributions.Release.body",
    "contributions.Release.person_name",
    "contributions.Room.agency_name",
    "case_reviews.CaseReview.opened_as",
    "case_reviews.ClockStart.set_as",
    "case_reviews.StepTaken.recorded_as",
    "deadlines.Duty.title",
    "deadlines.Hold.ended_as",
    "deadlines.Hold.said_as",
    "deadlines.LateStatement.said_as",
    "areas.LeadMeeting.off_as",
    "areas.LeadMeeting.said_as",
    "deadlines.SwitchedOffStep.ended_as",
    "deadlines.SwitchedOffStep.said_as",
    "deadlines.LocalCycle.ended_as",
    "deadlines.LocalCycle.said_as",
    "deadlines.LocalTarget.said_as",
    "deadlines.TurnDone.said_as",
    "documents.Block.text",
    "carrying.RollForward.left_out",
    "companions.Agreement.agency_name",
    "documents.Correction.declared_as",
    "documents.Proposal.decided_as",
    "documents.Proposal.proposed_as",
    "documents.RequiredSeat.agency_name",
    "documents.Review.recorded_as",
    "documents.Section.key",
    "documents.Section.title",
    "documents.SectionText.body",
    "documents.SectionText.explanation",
    "documents.SignOff.agency_name",
    "documents.SignOff.job_title",
    "documents.SignOff.person_name",
    "documents.Unsigned.agency_name",
    "documents.Unsigned.said_as",
    "documents.Version.content",
    "drafting.Comment.passage",
    "drafting.Comment.raised_as",
    "evidence.PublicFetch.address",
    "impact.Acceptance.accepted_as",
    "impact.Claim.text",
    "impact.Evidence.contributed_as",
    "living.StaleFlag.frozen_value",
    "living.StaleFlag.value_now",
    "mail.Attachment.name",
    "mail.MailRuling.ruled_by",
    "mail.OutgoingMail.area_slug",
    "mail.OutgoingMail.html",
    "mail.OutgoingMail.last_answer",
    "mail.OutgoingMail.last_error",
    "mail.OutgoingMail.subject",
    "mail.OutgoingMail.text",
    "mail.OutgoingMail.to",
    "notices.Notice.area_slug",
    "notices.Notice.link",
    "notices.Notice.text",
    "notices.Notice.title",
    "presentations.Entry.recorded_as",
    "scrutiny.ChallengeNote.raised_as",
    "scrutiny.Response.agency_name",
    "scrutiny.Statement.author_name",
    "submissions.SubmittedFile.name",
    "word.ImportedPart.section_key",
    "word.ImportedPart.section_title",
    "word.ImportedPicture.place",
    "word.WordImport.not_taken",
}

_HASH = "a hash that is computed"
_KEY = "a key of the guidance, of a kind of document or of a period, and the same in every area"
_GUIDANCE = "words of the guidance, and the same in every area"
_NATIONAL = "a national body, which belongs to no area"
_OPERATOR = "what an operator says of a national body's address or of another operator, and of no area"
_MACHINE = "set by the service from names and numbers of its own"
_ORGANISATION = "belongs to an organisation's own sign-in, which every area shares"
LISTED = {
    "accounts.Organisation.client_id": _ORGANISATION,
    "accounts.Organisation.issuer": _ORGANISATION,
    "accounts.Organisation.name": _ORGANISATION,
    "accounts.Organisation.sealed_secret": _ORGANISATION,
    "accounts.Organisation.slug": _ORGANISATION,
    "accounts.Organisation.tenant": _ORGANISATION,
    "accounts.OrganisationIdentity.issuer": _ORGANISATION,
    "accounts.OrganisationIdentity.subject": _ORGANISATION,
    "accounts.OrganisationIdentity.tenant": _ORGANISATION,
    "accounts.KeptPost.act": "what somebody was about to do, in words of ours, shown to them alone",
    "accounts.Operator.ended_because": _OPERATOR,
    "accounts.Operator.ended_by": _OPERATOR,
    "accounts.Operator.granted_by": _OPERATOR,
    "accounts.Operator.reason": _OPERATOR,
    "accounts.PasswordAsk.email": "as anybody typed it on an open page, of no area; gone within a minute",
    "accounts.User.last_means": _MACHINE,
    "areas.AccessReview.quarter": _MACHINE,
    "areas.AccessReview.statement": "one sentence, the same for everybody",
    "areas.HandOverItem.key": _MACHINE,
    "areas.HandOverItem.text": "our advice, the same in every area",
    "areas.RelevantAgency.category": _KEY,
    "arrangements.AgencyNotice.token_sha256": _HASH,
    "accounts.User.password": _HASH,
    "audit.AuditEntry.hash": _HASH,
    "audit.AuditEntry.previous": _HASH,
    "audit.AuditEntry.subject": _MACHINE,
    "audit.AuditEntry.target_id": _MACHINE,
    "audit.AuditEntry.target_model": _MACHINE,
    "briefings.Briefing.edition_key": _KEY,
    "calendars.CalendarFeed.fingerprint": _HASH,
    "contributions.Release.office_name": "the name of an office",
    "contributions.Release.sha256": _HASH,
    "contributions.Room.section_key": _KEY,
    "contributions.Room.section_title": _GUIDANCE,
    "carrying.Carried.key": _MACHINE,
    "carrying.Carried.mark": _HASH,
    "companions.Agreement.sha256": _HASH,
    "companions.Companion.doubts": "our sentences, the same in every area",
    "companions.Companion.reason": "what the public reads of it, once it was withdrawn",
    "companions.Companion.sha256": _HASH,
    "deadlines.Duty.edition_key": _KEY,
    "deadlines.Duty.period_label": _KEY,
    "deadlines.Duty.rule_key": _KEY,
    "case_reviews.ClockStart.rule_key": _KEY,
    "deadlines.Duty.event": _KEY,
    "deadlines.Duty.lapsed_because": _MACHINE,
    "deadlines.DutyFact.fallen_because": _MACHINE,
    "deadlines.LocalCycle.rule_key": _KEY,
    "deadlines.SwitchedOffStep.rule_key": _KEY,
    "deadlines.Relaxation.confirmed_by": _NATIONAL,
    "deadlines.Relaxation.declined_by": _NATIONAL,
    "deadlines.Relaxation.proposed_by": _NATIONAL,
    "deadlines.Relaxation.rule_key": _KEY,
    "deadlines.Relaxation.source": _NATIONAL,
    "deadlines.DutyFact.evidence": _MACHINE,
    "deadlines.DutyFact.key": _KEY,
    "deadlines.DutyFact.label": _GUIDANCE,
    "documents.Answer.confirmed_mark": _HASH,
    "documents.Answer.requirement": _KEY,
    "documents.Block.kind": _KEY,
    "documents.Block.mark": _HASH,
    "documents.Document.edition_key": _KEY,
    "documents.Document.kind": _KEY,
    "documents.Document.period_label": _KEY,
    "documents.Document.title": _GUIDANCE,
    "documents.Explanation.requirement": _KEY,
    "documents.Release.along": _KEY,
    "documents.Release.findings": "the names of our own rules, with numbers",
    "documents.Release.stopped_because": "a sentence of ours, with the name of who stopped it",
    "documents.Review.found": "what the public reads of it",
    "documents.SignOff.capacity": "one of three words",
    "documents.SignOff.office_name": "the name of an office",
    "documents.SignOff.proved_by": "a kind of second factor, in words that are the same in every area",
    "documents.SignOff.sha256": _HASH,
    "documents.SignOff.statement": _GUIDANCE,
    "documents.SignOff.wording": _KEY,
    "documents.Unsigned.sha256": _HASH,
    "documents.Version.sha256": _HASH,
    "drafting.Comment.section_key": _KEY,
    "drafting.Comment.section_title": _GUIDANCE,
    "drafting.SectionTask.section_key": _KEY,
    "drafting.SectionTask.section_title": _GUIDANCE,
    "evidence.DailyList.content": "what is public: whose text became public, with its title and fingerprint",
    "evidence.DailyList.heads": "numbers and hashes of entries by area; shown on no page",
    "evidence.DailyList.previous": _HASH,
    "evidence.DailyList.sha256": _HASH,
    "evidence.Listed.seal": "whose seal the public PDF bears",
    "evidence.Listed.sha256": _HASH,
    "evidence.PublicFetch.failure": "our sentences, the same in every area",
    "evidence.PublicFetch.headers": "what our own web server said of a public page",
    "evidence.PublicFetch.led_to": "a public address of our own host",
    "files.StoredFile.content_type": _MACHINE,
    "files.StoredFile.sha256": _HASH,
    "impact.Claim.mark": _HASH,
    "living.StaleFlag.fact": _KEY,
    "living.StaleFlag.title": "the name of an office, and of a body where it is for one; it stands in what is public",
    "mail.Instance.identity": _MACHINE,
    "mail.SendingHold.because": _MACHINE,
    "mail.SendingHold.ended_by": "an operator, of no area",
    "mail.SendingHold.found": _MACHINE,
    "notices.Notice.about": _MACHINE,
    "notices.Notice.dedupe_key": _MACHINE,
    "mail.OutgoingMail.dedupe_key": _MACHINE,
    "mail.OutgoingMail.message_id": _MACHINE,
    "mail.OutgoingMail.purpose": _MACHINE,
    "mail.IncomingMail.code": "a status of three numbers",
    "mail.MailboxMark.mailbox": _MACHINE,
    "mail.MailboxMark.mark": _MACHINE,
    "mail.OutgoingMail.envelope_from": _MACHINE,
    "mail.OutgoingMail.reply_to": _MACHINE,
    "operations.Alarm.job": _MACHINE,
    "operations.Heartbeat.failure": "the name of an exception's class, which the database holds to letters and digits",
    "operations.Heartbeat.name": _MACHINE,
    "operations.Heartbeat.note": _MACHINE,
    "scrutiny.ChallengeNote.section_key": _KEY,
    "scrutiny.Redaction.redacted_as": "the name of an office, with that of the body for the answer of one",
    "scrutiny.Statement.office_name": "the name of an office",
    "scrutiny.Statement.sha256": _HASH,
    "submissions.AddressChange.address": _NATIONAL,
    "submissions.AddressChange.decided_by": _OPERATOR,
    "submissions.AddressChange.evidence": _NATIONAL,
    "submissions.AddressChange.name": _NATIONAL,
    "submissions.AddressChange.party": _NATIONAL,
    "submissions.AddressChange.proposed_by": _OPERATOR,
    "submissions.AddressChange.reason": _OPERATOR,
    "submissions.AddressChange.source": _NATIONAL,
    "submissions.Recipient.address": _NATIONAL,
    "submissions.Recipient.evidence": _NATIONAL,
    "submissions.Recipient.name": _NATIONAL,
    "submissions.Recipient.party": _NATIONAL,
    "submissions.Recipient.source": _NATIONAL,
    "submissions.RecipientCheck.checked_by": _OPERATOR,
    "submissions.RecipientCheck.source": _NATIONAL,
    "submissions.Submission.address": _NATIONAL,
    "submissions.Submission.party": _NATIONAL,
    "submissions.Submission.recipient_name": _NATIONAL,
    "submissions.Submission.without_file": "a sentence of ours with two sizes in it",
    "word.WordImport.kind": _KEY,
    "word.WordImport.period_label": _KEY,
}


def fields() -> dict[str, models.Field]:
    """Every text field of our models that takes free text, such as `documents.Section.body`; found from the registry."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices and not isinstance(field, models.GeneratedField)
    }


def _word(label: str, sort: str) -> str:
    known = sorted(fields())
    name = re.sub(r"[^a-z]", "", label.lower())
    return f"{sort}{known.index(label):04d}{name}"[: fields()[label].max_length]


def secret(label: str) -> str:
    """The word of a field that nobody outside the area may ever see."""
    return _word(label, SECRET)


def opened(label: str) -> str:
    """The word of a field whose content is public, but stands on public pages alone."""
    return _word(label, OPENED)


def not_filled() -> list[str]:
    """The fields that hold no word and are not listed, with what to do about it."""
    found = []
    for number, label in enumerate(sorted(fields())):
        if label in LISTED:
            continue
        model, name = apps.get_model(label.rpartition(".")[0]), label.rpartition(".")[2]
        pattern = rf"({SECRET}|{OPENED})" + (r"\d{4}" if label in COPIED else f"{number:04d}")
        texts = model._default_manager.annotate(as_text=Cast(name, models.TextField()))
        if not texts.filter(as_text__regex=pattern).exists():
            found.append(f"{label}: fill it in tests/contracts/canaries/filling.py, or list it with the reason")
    return found
