"""A sentence for each event. The names of the day are kept in the entry, so history survives what it tells of."""

from collections.abc import Callable
from typing import Any

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry

SENTENCES: dict[Event, str] = {
    Event.AREA_OPENED: "{by} opened the area {area}.",
    Event.AGENCY_ADDED: "{by} added {agency}.",
    Event.AGENCY_SUCCEEDED: "{predecessor} was succeeded by {successor} on {on}.",
    Event.SEAT_OPENED: "{by} opened a {kind} seat for {agency}.",
    Event.SEAT_CLOSED: "{by} closed the seat of {agency} from {on}.",
    Event.APPOINTED: "{by} recorded {person} as {office} from {since}.",
    Event.APPOINTMENT_ENDED: "{by} recorded {last} as the last day of {person} as {office}: {because}",
    Event.APPOINTMENT_CORRECTED: "{by} corrected what is written of {person} as {office}.",
    Event.APPOINTMENT_SUSPENDED: "{by} suspended {person} as {office}: {reason}",
    Event.SUSPENSION_LIFTED: "{by} lifted the suspension of {person} as {office}.",
    Event.APPOINTMENT_VOIDED: "{by} struck out {person} as {office}, recorded in error: {reason}",
    Event.DEPARTURE_NOTED: "{by} noted of {person} as {office}: {rule}. The reason: {reason}",
    Event.AGENCY_RENAMED: "{before} is called {agency} from {on}.",
    Event.AREA_SUCCEEDED: "{predecessor} came to its end on {on}, succeeded by {successors}. {takes_over} answers for it.",
    Event.RELEVANT_AGENCY_NAMED: "{by} named {agency} as a relevant agency ({category}).",
    Event.RELEVANT_AGENCY_CHANGED: "{by} changed what is recorded of {agency} as a relevant agency ({category}).",
    Event.VACANCY_FOUND: "The office of {office} has been vacant since {since}.",
    Event.VACANCY_PLANNED: "{by} noted what is done about the vacant office of {office}.",
    Event.VACANCY_FILLED: "The office of {office}, vacant since {since}, is filled.",
    Event.HAND_OVER_MADE: "A hand-over list was made for the office of {office}.",
    Event.HAND_OVER_ITEM_DONE: "{by} noted in the hand-over of {office}: {item}",
    Event.CHAIR_TURN_PLANNED: "{by} planned that {agency} chairs from {since}.",
    Event.CHAIR_TURN_REMOVED: "{by} took out of the plan that {agency} chairs from {since}.",
    Event.INDEPENDENCE_RECORDED: "{by} recorded the contract of the scrutineer {person}.",
    Event.INTERESTS_DECLARED: "{by} declared interests and earlier work.",
    Event.ACCESS_REVIEW_OPENED: "The access review {quarter} of {agency} was opened. It is due on {due}.",
    Event.ACCESS_REVIEWED: "{by} signed the access review {quarter} of {agency}: {kept} kept, {ends} to be ended.",
    Event.ADDRESS_CHANGED_ELSEWHERE: "The email address of {person} was changed in {area}.",
    Event.SIGN_IN_ASKED: "{person} was asked to check that they can still sign in.",
    Event.SIGN_IN_CONFIRMED: "{person} can still sign in.",
    Event.PERSON_INVITED: "{by} invited {person}.",
    Event.IDENTITY_BOUND: "{organisation} now signs {person} in.",
    Event.IDENTITY_UNBOUND: "{organisation} no longer signs {person} in.",
    Event.ORGANISATION_ADDED: "Signing in through {organisation} was set up.",
    Event.ORGANISATION_CHANGED: "Signing in through {organisation} was changed: {what}.",
    Event.OPERATOR_GRANTED: "{operator} recorded {person} as an operator of the service from {since}: {reason}",
    Event.OPERATOR_ENDED: "{operator} recorded {until} as the first day on which {person} is no operator any more: {because}",
    Event.PERSON_DEACTIVATED: "{by} closed the account of {person}: {reason}",
    Event.PERSON_REACTIVATED: "{by} opened the account of {person} again: {reason}",
    Event.ADDRESS_CHANGED: "{by} changed the email address of {person}.",
    Event.FACTOR_RESET_ASKED: "{by} asked that {person} set up a new second factor: {reason}",
    Event.FACTOR_RESET: "{by} agreed with {asked_by} that {person} set up a new second factor.",
    Event.CREDENTIALS_CHANGED: "{by} changed how they sign in: {change}",
    Event.MEMBERS_IMPORTED: "{by} recorded appointments from the list “{file}”: {count}.",
    Event.DOCUMENT_BEGUN: "{by} began {title} under {edition}.",
    Event.DOCUMENT_SHARED: "{by} shared {title} with {person} until {until}: {reason}",
    Event.SHARE_ENDED: "{by} ended the sharing of {title} with {person}.",
    Event.SECTION_SAVED: "{by} saved the section “{section}” of {title}.",
    Event.SECTION_ADDED: "{by} added the section “{section}” to {title}.",
    Event.SECTION_KEPT_ASIDE: "Somebody else had saved “{section}” of {title}; the text of {by} was kept aside.",
    Event.SECTION_ASKED: "{by} asked {owner} to write “{section}” of {title} until {until}.",
    Event.SECTION_TAKEN_BACK: "{by} took “{section}” of {title} from {owner}.",
    Event.SECTION_HANDED_IN: "{by} handed in “{section}” of {title}.",
    Event.SECTION_HANDED_BACK: "{by} gave “{section}” of {title} back to its owner.",
    Event.COMMENT_RAISED: "{by} commented on a passage of “{section}” of {title} (comment {number}): {kind}.",
    Event.COMMENT_ANSWERED: "{by} answered comment {number} on {title}.",
    Event.COMMENT_RESOLVED: "{by} resolved comment {number} on {title}.",
    Event.ROLLED_FORWARD: "{by} rolled {source}, version {version}, forward into {title}. Carried, to be confirmed: {pieces}.",
    Event.CARRIED_CONFIRMED: "{by} confirmed what was carried into “{section}” of {title} to be still true: {count}.",
    Event.COMPANION_PUT_IN: "{by} put in the {companion} of {title}, edition {number}.",
    Event.COMPANION_AGREED: "{by} agreed for {agency} to the {companion} of {title}, edition {number}.",
    Event.COMPANION_PUBLISHED: "{by} published the {companion} of {title}, edition {number}.",
    Event.COMPANION_WITHDRAWN: (
        "{by} withdrew the {companion} of {title}, edition {number}, from the public. {ground}. {reason}"
    ),
    Event.COMPANION_SEALED_READ: "{by} opened the sealed {companion} of {title}, edition {number}.",
    Event.DRAFT_MOVED: "{by} moved the draft of {title} from {old} to {new}. Requirements to look at: {work}.",
    Event.ANSWER_MARKED: "{by} marked a passage of “{section}” of {title} as the answer to {requirement}.",
    Event.ANSWER_UNMARKED: "{by} took back the mark of {requirement} in “{section}” of {title}.",
    Event.ANSWER_CONFIRMED: "{by} confirmed that a passage of “{section}” of {title} answers {requirement}.",
    Event.REQUIREMENT_EXPLAINED: "{by} explained {requirement} of {title}: {reason}.",
    Event.EXPLANATION_TAKEN_BACK: "{by} took back the explanation of {requirement} of {title}. It said: {said}",
    Event.EXPLANATION_SAVED: "{by} explained why “{section}” of {title} is not answered.",
    Event.PICTURE_ADDED: "{by} added a picture to {title}.",
    Event.PICTURE_CHANGED: "{by} changed the words of picture {number} of {title}.",
    Event.PICTURE_REMOVED: "{by} removed picture {number} from {title}.",
    Event.WORD_UPLOADED: "{by} uploaded the Word file “{file}” for {title}. Headings in it: {parts}.",
    Event.WORD_TAKEN: "{by} took headings of “{file}” into {title}: {taken}. Not taken: {left}. Kept aside: {aside}.",
    Event.WORD_REMOVED: "{by} removed the Word file “{file}” from {title}, with everything that was read from it.",
    Event.WORD_PICTURES_DESCRIBED: "{by} described pictures of {title}, which was imported from “{file}”.",
    Event.SENT_FOR_SIGN_OFF: "{by} sent {title}, version {version}, for sign-off. Fingerprint {fingerprint}.",
    Event.VERSION_SIGNED: "{person} signed {title}, version {version}, for {agency} as {office}.",
    Event.VERSION_SIGNED_ON_PAPER: (
        "{by} agreed with {proposed_by} that {person} signed {title}, version {version}, for {agency} on paper."
    ),
    Event.SIGNATURE_REFUSED: "{by} refused to sign {title}, version {version}, for {agency}: {reason}",
    Event.SIGNATURE_NOT_GIVEN: "{by} recorded that {agency} did not sign {title}, version {version}: {reason}",
    Event.UNSIGNED_TAKEN_BACK: "{by} took back that {agency} does not sign {title}, version {version}.",
    Event.SIGN_OFF_SETTLED_IN_PART: (
        "{by} agreed with {proposed_by} to let {title}, version {version}, go out without every signature: {reason}"
    ),
    Event.PROPOSAL_MADE: "{by} proposed for {title}, version {version}, to {act}: {reason}",
    Event.PROPOSAL_DECLINED: "{by} declined what {proposed_by} had proposed for {title}, version {version}: to {act}.",
    Event.PROPOSAL_TAKEN_BACK: "{by} took back the proposal for {title}, version {version}, to {act}.",
    Event.SIGN_OFF_COMPLETED: "Every required seat has signed {title}, version {version}.",
    Event.VERSION_RETURNED: "{by} returned {title}, version {version}, for {agency}: {reason}",
    Event.VERSION_CONTINUED: "Version {version} of {title} continues from the text of version {base}.",
    Event.VERSION_PUBLISHED: "{by} published {title}, version {version}, confirmed by {confirmed_as}.",
    Event.VERSION_SUPERSEDED: "{title}, version {version}, was superseded.",
    Event.VERSION_VOIDED: "{by} agreed with {proposed_by} to declare {title}, version {version}, void: {reason}",
    Event.VERSION_CONSOLIDATED: "{by} agreed with {proposed_by} that {into} has taken in {title}, version {version}.",
    Event.VERSION_TAKEN_DOWN: "{by} withdrew {title}, version {version}, from the public. {ground}. {reason}",
    Event.SEALED_READ: "{by} opened the sealed original of {title}, version {version}.",
    Event.RELEASE_PLANNED: "{by} confirmed that {title}, version {version}, is published on {when}, UK time.",
    Event.RELEASE_STOPPED: "{title}, version {version}, is not published as it was agreed: {because}",
    Event.REVIEW_RECORDED: "{by} recorded a review of {title} on {on}. The next one is on {next}.",
    Event.CORRECTION_DECLARED: "{by} declared version {version} of {title} a {nature} correction: {reason}",
    Event.VERSION_WITHDRAWN: "{by} withdrew {title}, version {version}: {reason}",
    Event.RENDITION_MADE: "The {kind} PDF of {title}, version {version}, was made.",
    Event.ARRANGEMENTS_TOLD: "A message to {agency} about {title} was queued.",
    Event.ARRANGEMENTS_TOLD_AGAIN: "{by} had {agency} told of {title} again. The earlier link no longer works.",
    Event.ARRANGEMENTS_ACKNOWLEDGED: "{person} acknowledged {title} for {agency}, {way}.",
    Event.ROOM_ASKED: "{by} asked {agency} for a contribution to “{section}” of {title} by {due}.",
    Event.ROOM_BEGUN: "{agency} has begun its contribution to “{section}” of {title}.",
    Event.ROOM_RELEASED: "{by} released the contribution of {agency} to “{section}” of {title}.",
    Event.ROOM_TAKEN_BACK: "{by} took back the contribution of {agency} to “{section}” of {title}.",
    Event.ROOM_HANDED_BACK: "{by} handed the contribution to “{section}” of {title} back to {agency}, due on {due}.",
    Event.ROOM_TAKEN: "{by} took the contribution of {agency} into “{section}” of {title}, version {version}.",
    Event.ROOM_DONE_WITHOUT: "{by} let {title} go without the contribution of {agency} to “{section}”: {reason}",
    Event.ROOM_REMINDED: "A reminder of the contribution of {agency} to “{section}” of {title} went to {recipients}.",
    Event.STATEMENT_GIVEN: "{by} gave their statement on {title}.",
    Event.DOCUMENT_FLAGGED: "{title} no longer agrees with the records since {since}: {fact} ({kind}).",
    Event.FLAG_CLOSED: "{title} is no longer flagged: {fact}.",
    Event.CLERICAL_EDITION_BEGUN: "{by} began version {version} of {title} as a clerical edition, for: {facts}.",
    Event.CHALLENGE_RAISED: "{by} raised challenge {number} on {title}.",
    Event.CHALLENGE_ANSWERED: "{by} answered challenge {number} on {title} for {agency}.",
    Event.CHALLENGE_CLOSED: "{by} closed challenge {number} on {title}.",
    Event.WORDS_TAKEN_OUT: "{by} took words out of {passage} on {title}: {reason}",
    Event.CLAIM_MARKED: "{by} marked a passage of “{section}” of {title} as an {kind}.",
    Event.CLAIM_UNMARKED: "{by} took back that a passage of “{section}” of {title} is an {kind}.",
    Event.CLAIM_DESCRIBED: "{by} wrote for whom an effect of {title} is, and which priorities it serves.",
    Event.CLAIM_LOOKED_AT: "{by} looked again at a changed passage of {title} that claims an {kind}.",
    Event.EVIDENCE_ADDED: "{by} added evidence of an effect to {title}: {sort}, {period}.",
    Event.EVIDENCE_CHANGED: "{by} changed evidence of an effect in {title}: {sort}, {period}.",
    Event.EVIDENCE_REMOVED: (
        "{by} removed evidence of an effect from {title}: {sort}, {period}, contributed as {agency}. It said: {said}"
    ),
    Event.NO_EVIDENCE_YET: "{by} wrote that an effect of {title} has no evidence yet, to be looked at again on {on}.",
    Event.PRIORITY_NAMED: "{by} named a priority in {title}: {priority}",
    Event.PRIORITY_CHANGED: "{by} changed a priority in {title}: {priority}",
    Event.PRIORITY_REMOVED: "{by} removed a priority from {title}: {priority}",
    Event.LITTLE_PROGRESS_TOLD: "{by} wrote in {title} that there was little or no progress on: {priority}",
    Event.LITTLE_PROGRESS_TAKEN_BACK: (
        "{by} took back in {title} that there was little or no progress on: {priority}. It said: {said}"
    ),
    Event.WITHOUT_EFFECT_ACCEPTED: "{by} accepted that {title}, version {version}, goes out without an effect: {reason}",
    Event.ACCEPTANCE_TAKEN_BACK: "{by} took back that {title}, version {version}, may go out without an effect.",
    Event.CONTRIBUTION_RECORDED: "{by} recorded the contribution of {payer} for {year}: {amount}.",
    Event.CONTRIBUTION_CORRECTED: "{by} corrected the contribution of {payer} for {year} from {before} to {amount}.",
    Event.CONTRIBUTION_REMOVED: "{by} removed the contribution of {payer} for {year}: {removed}. Reason: {reason}",
    Event.SPENDING_RECORDED: "{by} recorded spending on {label} for {year}: {amount}.",
    Event.SPENDING_CORRECTED: "{by} corrected spending on {label} for {year} from {before} to {amount}.",
    Event.SPENDING_REMOVED: "{by} removed spending on {label} for {year}: {removed}. Reason: {reason}",
    Event.PRINTED_TOTAL_CHECKED: "{by} checked a printed total for {year}. {finding}",
    Event.COUNT_RECORDED: "{by} recorded “{label}” for {year}: {value}.",
    Event.COUNT_CORRECTED: "{by} corrected “{label}” for {year} from {before} to {value}.",
    Event.COUNT_REMOVED: "{by} removed “{label}” for {year}: {removed}. Reason: {reason}",
    Event.ATTENDANCE_RECORDED: "{by} recorded the attendance of {agency} for {year}: {value}.",
    Event.ATTENDANCE_CORRECTED: "{by} corrected the attendance of {agency} for {year} from {before} to {value}.",
    Event.ATTENDANCE_REMOVED: "{by} removed the attendance of {agency} for {year}: {removed}. Reason: {reason}",
    Event.BRIEFING_MADE: "A briefing on {edition} was made and sent to {recipients}.",
    Event.BRIEFING_ACKNOWLEDGED: "{by} acknowledged the briefing on {edition}: {found}.",
    Event.DUTY_CREATED: "The duty “{duty}” was opened. It is due on {due}.",
    Event.DUTY_FACT_RECORDED: "“{duty}”: {fact}, on {on}.",
    Event.DUTY_CLOSED: "The duty “{duty}” closed, {timing}.",
    Event.DUTY_PASSED_ON: "“{duty}” of {predecessor} passed to {successor} on {on}.",
    Event.DUTY_FACT_FELL: "“{duty}”: {fact} no longer stands, because {because}.",
    Event.DUTY_REOPENED: "The duty “{duty}” is open again.",
    Event.DUTY_LAPSED: "The duty “{duty}” lapsed. {because}",
    Event.DUTY_TARGET_SET: "{by} set a day of the area’s own for “{duty}”: {on}.",
    Event.DUTY_HELD: "{by} put the reminders of “{duty}” on hold.",
    Event.DUTY_RESUMED: "{by} let the reminders of “{duty}” go on.",
    Event.DUTY_LATE_EXPLAINED: "{by} told the public why “{duty}” is late.",
    Event.DUTY_MOVED: "The date of “{duty}” was moved nationally from {was} to {to}. Source: {source}.",
    Event.CYCLE_AGREED: "{by} put on record what was agreed locally: “{cycle}”.",
    Event.CYCLE_ENDED: "{by} ended what was agreed locally: “{cycle}”.",
    Event.MEETING_RECORDED: "{by} put on record that the lead partners meet on {on}: “{meeting}”.",
    Event.MEETING_CALLED_OFF: "{by} put on record that “{meeting}” on {on} does not take place.",
    Event.REMINDER_SWITCHED_OFF: "{by} switched off a step of the reminders of “{duty}”: {step}.",
    Event.REMINDER_SWITCHED_ON: "{by} switched on again a step of the reminders of “{duty}”: {step}.",
    Event.CASE_REVIEW_RECORDED: "{by} recorded of case review {reference}: {fact}, on {on}.",
    Event.CASE_REVIEW_CORRECTED: "{by} corrected of case review {reference}: {fact}, now {on}.",
    Event.CLOCK_START_SET: "{by} put on record from which event “{clock}” is counted here: {fact}.",
    Event.DUTY_REMINDED: "A reminder of “{duty}” went to {recipients}.",
    Event.SUBMISSION_QUEUED: "{title} was queued to be sent to {recipient}.",
    Event.SUBMISSION_ACCEPTED: "The mail relay accepted {title} for {recipient}.",
    Event.SUBMISSION_FAILED: "{title} could not be sent to {recipient}: {error}",
    Event.SUBMISSION_BOUNCED: "{title} came back: it could not be delivered to {recipient} ({code}).",
    Event.SUBMISSION_REPORTED: "{title} to {recipient}: {told}.",
    Event.SUBMISSION_SENT_ANEW: "{by} had {title} sent to {recipient} again, at {address}.",
    Event.SUBMISSION_WITHDRAWN: "That {title}, version {version}, was withdrawn is told to {recipient}.",
    Event.SUBMISSION_ACKNOWLEDGED: "{by} recorded that {recipient} acknowledged {title}.",
    Event.RECIPIENT_PROPOSED: "{operator} proposed {address} as the address of {recipient} from {from}. Source: {source}.",
    Event.RECIPIENT_CHANGED: "{operator} confirmed {address}, proposed by {proposer}, as the address of {recipient} from {from}.",
    Event.RECIPIENT_DECLINED: "{operator} declined {address} as the address of {recipient}: {reason}",
    Event.RECIPIENT_CHECKED: "{operator} checked on {on} that {address} is still the address of {recipient}. Source: {source}.",
    Event.PUBLIC_PAGE_FETCHED: (
        "The public page of {title}, version {version}, was fetched. It answered {status}; SHA-256 {sha256}."
    ),
    Event.PUBLIC_PAGE_NOT_FETCHED: "The public page of {title}, version {version}, could not be fetched: {why}",
    Event.BUNDLE_TAKEN: "{by} took the evidence of {title}, version {version}, as one file. SHA-256 {sha256}.{because}",
    Event.PRESENTATION_RECORDED: "{by} recorded of {title}: {occasion}.",
    Event.PRESENTATION_CORRECTED: "{by} corrected what is recorded of {title}: {occasion}. The reason: {reason}",
    Event.CLOCK_MOVED: "{by} moved the practice clock to {to}.",
}

# How it was written before the record had the key. What is on the record stays, and so does a way to read it.
EARLIER: dict[Event, tuple[str, str]] = {
    Event.EVIDENCE_REMOVED: (
        "said",
        "{by} removed evidence of an effect from {title}: {sort}, {period}, contributed as {agency}.",
    ),
    Event.VERSION_PUBLISHED: ("confirmed_as", "{by} published {title}, version {version}."),
    Event.EXPLANATION_TAKEN_BACK: ("said", "{by} took back the explanation of {requirement} of {title}."),
    Event.LITTLE_PROGRESS_TAKEN_BACK: (
        "said",
        "{by} took back in {title} that there was little or no progress on: {priority}",
    ),
    Event.APPOINTMENT_ENDED: ("last", "{by} recorded that {person} is no longer {office} from {until}."),
    Event.BRIEFING_ACKNOWLEDGED: (
        "found",
        "{by} acknowledged the briefing on {edition}: {new} requirements new, {changed} changed, "
        "{removed} removed, {coming} coming; {staying} on the edition before.",
    ),
}


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "(not recorded)"


def sentence(entry: AuditEntry) -> str:
    """What happened, as one sentence. An unknown event is an error, never a blank."""
    template: str = SENTENCES[Event(entry.event)]
    key, earlier = EARLIER.get(Event(entry.event), ("", ""))
    if key and key not in entry.data:
        template = earlier
    format_with: Callable[[_Missing], str] = template.format_map
    return format_with(_Missing({"by": entry.actor_name or "The service", "area": entry.area_slug, **entry.data}))


def timeline(entries: Any) -> list[dict[str, Any]]:
    """Entries as the timeline component wants them."""
    return [{"title": sentence(entry), "at": entry.at, "by": "", "text": "", "href": ""} for entry in entries]
