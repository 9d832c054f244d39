"""Offices, what each may do, and how each is described. The table on screen and in the README comes from here."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Office(TextChoices):
    LSP = "lsp", "Lead safeguarding partner"
    DSP = "dsp", "Delegated safeguarding partner"
    CHAIR = "chair", "Partnership chair"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    BUSINESS_SUPPORT = "business_support", "Business support"
    EDUCATION = "education", "Education representative"
    SUB_GROUP_CHAIR = "sub_group_chair", "Chair of a sub-group"
    OBSERVER = "observer", "Lead member for children's services"
    CONTRIBUTOR = "contributor", "Agency contributor"
    GUEST_READER = "guest_reader", "Guest reader"


class Permission(TextChoices):
    VIEW_PEOPLE = "view_people", "see who holds which office"
    VIEW_AREA = "view_area", "see the area"
    BEGIN_DOCUMENT = "begin_document", "begin a document"
    DRAFT_DOCUMENT = "draft_document", "write in the draft"
    SHARE_OUT_SECTIONS = "share_out_sections", "share out the sections of a draft"
    COMMENT_ON_DRAFT = "comment_on_draft", "comment on a passage of a draft"
    NAME_PRIORITIES = "name_priorities", "name the priorities of a report"
    ACCEPT_WITHOUT_EFFECT = "accept_without_effect", "accept a report that shows no effect"
    SEND_FOR_SIGN_OFF = "send_for_sign_off", "send a document for sign-off"
    SIGN_DOCUMENT = "sign_document", "sign"
    RETURN_DOCUMENT = "return_document", "return a document"
    RECORD_ON_PAPER = "record_on_paper", "record a signature on paper, with a second person"
    RECORD_NOT_SIGNED = "record_not_signed", "record that a partner did not sign"
    VOID_DOCUMENT = "void_document", "declare a version void, with a second person"
    PUBLISH_DOCUMENT = "publish_document", "propose to publish"
    CONFIRM_PUBLICATION = "confirm_publication", "confirm, as the second person, that a document is published"
    WITHDRAW_DOCUMENT = "withdraw_document", "withdraw a document before it is published"
    TAKE_DOWN = "take_down", "withdraw a document that is published"
    READ_SEALED = "read_sealed", "open the sealed original of a document that was withdrawn for redaction"
    SHARE_DOCUMENT = "share_document", "share a document by name"
    GATHER_CONTRIBUTIONS = "gather_contributions", "ask agencies for contributions and take them into the draft"
    CONTRIBUTE = "contribute", "write what their agency contributes"
    RELEASE_CONTRIBUTION = "release_contribution", "release what their agency contributes"
    GIVE_STATEMENT = "give_statement", "write and give the scrutineer's statement"
    AGREE_COMPANION = "agree_companion", "agree to a children's or Easy Read version"
    RAISE_CHALLENGE = "raise_challenge", "raise a challenge"
    ANSWER_CHALLENGE = "answer_challenge", "answer a challenge"
    CLOSE_CHALLENGE = "close_challenge", "close a challenge"
    REDACT_CHALLENGE = (
        "redact_challenge",
        "take words out of a challenge, of a document that was withdrawn for redaction",
    )
    REDACT_ANSWER = "redact_answer", "take words out of their agency's answer to a challenge of such a document"
    RECORD_FUNDING = "record_funding", "record funding"
    RECORD_COUNTS = "record_counts", "record counts and attendance"
    SET_OWN_DATES = "set_own_dates", "set days of the area's own, say when lead partners meet, and stop reminders"
    EXPLAIN_LATENESS = "explain_lateness", "tell the public why something is late"
    RECORD_CASE_CLOCKS = "record_case_clocks", "record the dates of case reviews"
    RECORD_ACKNOWLEDGEMENT = "record_acknowledgement", "record an acknowledgement"
    RECORD_PRESENTATION = "record_presentation", "record where a report was presented"
    ACKNOWLEDGE_BRIEFING = "acknowledge_briefing", "acknowledge a briefing on guidance"
    APPOINT = "appoint", "record appointments"
    NAME_RELEVANT_AGENCIES = "name_relevant_agencies", "name relevant agencies"
    PLAN_CHAIR = "plan_chair", "plan who chairs next"
    DECLARE_INTERESTS = "declare_interests", "declare their interests"
    REVIEW_ACCESS = "review_access", "review who has access"
    CONFIRM_FACTOR_RESET = "confirm_factor_reset", "confirm that somebody's second factor is removed"


@dataclass(frozen=True)
class Description:
    """What an office is, in words for somebody who has never heard of it, and what it may do here."""

    sentence: str
    permissions: frozenset[Permission]


_P = Permission
_PEOPLE = frozenset({_P.VIEW_PEOPLE})
_READ = _PEOPLE | {_P.VIEW_AREA}
_TEAM = _READ | {
    _P.DRAFT_DOCUMENT,
    _P.SHARE_OUT_SECTIONS,
    _P.COMMENT_ON_DRAFT,
    _P.BEGIN_DOCUMENT,
    _P.NAME_PRIORITIES,
    _P.GATHER_CONTRIBUTIONS,
    _P.RECORD_FUNDING,
    _P.RECORD_COUNTS,
    _P.RECORD_PRESENTATION,
    _P.NAME_RELEVANT_AGENCIES,
    _P.ACKNOWLEDGE_BRIEFING,
    _P.RECORD_ON_PAPER,
    _P.CONFIRM_PUBLICATION,
    _P.RECORD_CASE_CLOCKS,
}

OFFICES: dict[Office, Description] = {
    Office.LSP: Description(
        "The head of the council, police force or health board, who answers for it and signs its statutory documents.",
        _READ
        | {
            _P.COMMENT_ON_DRAFT,
            _P.SIGN_DOCUMENT,
            _P.RETURN_DOCUMENT,
            _P.VOID_DOCUMENT,
            _P.CONFIRM_PUBLICATION,
            _P.READ_SEALED,
            _P.CONTRIBUTE,
        },
    ),
    Office.DSP: Description(
        "A senior officer whom the lead partner of the same agency has named to run its part day to day.",
        _READ
        | {
            _P.DRAFT_DOCUMENT,
            _P.COMMENT_ON_DRAFT,
            _P.CONTRIBUTE,
            _P.RELEASE_CONTRIBUTION,
            _P.AGREE_COMPANION,
            _P.CONFIRM_PUBLICATION,
            _P.ANSWER_CHALLENGE,
            _P.RECORD_PRESENTATION,
            _P.REDACT_ANSWER,
            _P.REVIEW_ACCESS,
            _P.CONFIRM_FACTOR_RESET,
        },
    ),
    Office.CHAIR: Description(
        "One of the delegated partners, who chairs their meetings. The chair does not provide independent scrutiny.",
        _READ
        | {
            _P.DRAFT_DOCUMENT,
            _P.SHARE_OUT_SECTIONS,
            _P.COMMENT_ON_DRAFT,
            _P.RECORD_NOT_SIGNED,
            _P.RECORD_ON_PAPER,
            _P.VOID_DOCUMENT,
            _P.SEND_FOR_SIGN_OFF,
            _P.ACCEPT_WITHOUT_EFFECT,
            _P.PUBLISH_DOCUMENT,
            _P.CONFIRM_PUBLICATION,
            _P.SET_OWN_DATES,
            _P.EXPLAIN_LATENESS,
            _P.TAKE_DOWN,
            _P.READ_SEALED,
            _P.ANSWER_CHALLENGE,
            _P.RECORD_PRESENTATION,
            _P.ACKNOWLEDGE_BRIEFING,
            _P.APPOINT,
            _P.PLAN_CHAIR,
            _P.REVIEW_ACCESS,
            _P.CONFIRM_FACTOR_RESET,
        },
    ),
    Office.SCRUTINEER: Description(
        "An independent person who supports and challenges the partners. Only they may close their challenges.",
        _READ
        | {
            _P.COMMENT_ON_DRAFT,
            _P.RAISE_CHALLENGE,
            _P.CLOSE_CHALLENGE,
            _P.REDACT_CHALLENGE,
            _P.GIVE_STATEMENT,
            _P.DECLARE_INTERESTS,
        },
    ),
    Office.BUSINESS_MANAGER: Description(
        "Runs the partnership's work: drafts, gathers, sends for sign-off, publishes and submits.",
        _TEAM
        | {
            _P.SEND_FOR_SIGN_OFF,
            _P.PUBLISH_DOCUMENT,
            _P.VOID_DOCUMENT,
            _P.WITHDRAW_DOCUMENT,
            _P.TAKE_DOWN,
            _P.READ_SEALED,
            _P.SHARE_DOCUMENT,
            _P.SET_OWN_DATES,
            _P.EXPLAIN_LATENESS,
            _P.RECORD_ACKNOWLEDGEMENT,
            _P.APPOINT,
            _P.PLAN_CHAIR,
        },
    ),
    Office.BUSINESS_SUPPORT: Description("Helps the business manager to draft and to gather.", _TEAM),
    Office.EDUCATION: Description(
        "Speaks for schools, colleges and early years where the partners decide. Not a safeguarding partner in law.",
        _READ | {_P.CONTRIBUTE},
    ),
    Office.SUB_GROUP_CHAIR: Description(
        "Chairs one of the partnership's working groups, such as the one for learning from reviews.", _READ
    ),
    Office.OBSERVER: Description("A councillor who may read, and neither votes nor signs.", _READ),
    Office.CONTRIBUTOR: Description(
        "Writes for one agency when it is asked to contribute. Sees who holds which office, and no drafts.",
        _PEOPLE | {_P.CONTRIBUTE},
    ),
    Office.GUEST_READER: Description(
        "Somebody with whom one document has been shared by name, for a time. They read it and see nothing else.",
        frozenset(),
    ),
}

# Offices that belong to one agency's place in the area; the others serve the whole partnership.
SEATED = frozenset({Office.LSP, Office.DSP, Office.CONTRIBUTOR})
# Offices that may be tied to an agency's place, and need not be.
SEAT_OPTIONAL = frozenset({Office.EDUCATION, Office.SUB_GROUP_CHAIR, Office.OBSERVER})
# Offices of which a seat has one substantive holder.
SINGLE = frozenset({Office.LSP, Office.DSP})
# What is given by sharing one document by name (documents.models.share), and never by an appointment.
BY_NAME = frozenset({Office.GUEST_READER})
APPOINTABLE = [office for office in Office if office not in BY_NAME]
# Offices that must not stand empty: of each statutory seat, and of the whole partnership.
NEEDED_FOR_A_SEAT = (Office.LSP, Office.DSP)
NEEDED_FOR_THE_AREA = (Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER)

# What the home page of each office will show, said there for as long as it is empty.
APPEARS: dict[Office, str] = {
    Office.LSP: "What you are asked to sign for your agency appears here, with the text, what changed and the date, and "
    "what your agency is asked to write.",
    Office.DSP: "What your agency is asked to write and release, challenges that wait for an answer, and your agency's "
    "access review each quarter, appear here.",
    Office.CHAIR: "Drafts to send, signed documents to publish, challenges to answer, and offices to fill while there "
    "is no business manager appear here.",
    Office.SCRUTINEER: "Answers to your challenges, drafts that wait for your statement, and each year the request to "
    "declare your interests, appear here.",
    Office.BUSINESS_MANAGER: "Documents to begin, mend, send and publish, submissions that failed, vacant offices and "
    "hand-overs appear here.",
    Office.BUSINESS_SUPPORT: "Documents to begin and drafts to continue appear here.",
    Office.EDUCATION: "What your body is asked to write appears here, where your office is tied to one. What the "
    "partners wait for, and what changed, is below.",
    Office.SUB_GROUP_CHAIR: "Nothing is asked of your office here. What the partners wait for, and what changed, is "
    "below.",
    Office.OBSERVER: "You read, and are asked for nothing. What the partners wait for, and what changed, is below.",
    Office.CONTRIBUTOR: "What your agency is asked to write appears here. Otherwise you see who holds which office.",
    Office.GUEST_READER: "Documents that are shared with you by name appear here until their time is over.",
}


def in_a_sentence(office: Office) -> str:
    """The office as it stands inside a sentence, such as `an independent scrutineer`."""
    if office == Office.BUSINESS_SUPPORT:
        return "somebody in business support"  # a team, not a title
    label = f"{office.label[0].lower()}{office.label[1:]}"
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def offices_with(permission: Permission) -> list[Office]:
    """Which offices carry a permission, in the order of the table."""
    return [office for office, description in OFFICES.items() if permission in description.permissions]
