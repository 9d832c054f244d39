"""Who may open and who may post to each address. One row for each URL of the resolver; an unlisted one fails the build."""

from dataclasses import dataclass

from partnership.areas.roles import Permission as P

PUBLIC, SIGNED_IN, AREA, DOCUMENT = "public", "signed in", "area", "document"


@dataclass(frozen=True)
class Rule:
    """`scope`: who may come near. `get`, `post`: the permission needed on top; `post` None: the page takes no post."""

    scope: str
    get: P | None = P.VIEW_AREA
    post: P | None = None
    takes_post: bool = False


def page(scope: str = AREA, get: P = P.VIEW_AREA) -> Rule:
    return Rule(scope, get)


def form(right: P, scope: str = DOCUMENT, get: P | None = None) -> Rule:
    return Rule(scope, get or right, right, takes_post=True)


def button(right: P, scope: str = AREA) -> Rule:
    """Takes a post and nothing else."""
    return Rule(scope, None, right, takes_post=True)


ANYBODY = Rule(PUBLIC)
MINE = Rule(SIGNED_IN)

POLICY: dict[str, Rule] = {
    "home": MINE,
    "desk": MINE,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "web:components": ANYBODY,
    "web:accessibility": ANYBODY,
    "areas:area": page(),
    "areas:people": page(get=P.VIEW_PEOPLE),
    "areas:people_csv": page(get=P.VIEW_PEOPLE),
    "areas:people_xlsx": page(get=P.VIEW_PEOPLE),
    "areas:import_members": form(P.APPOINT, AREA),
    "areas:members_template": page(get=P.APPOINT),
    "areas:import_preview": form(P.APPOINT, AREA),
    "areas:changes": page(get=P.VIEW_PEOPLE),
    "areas:appointment": page(get=P.VIEW_PEOPLE),
    "areas:instrument": page(),
    "areas:appoint": page(get=P.APPOINT),
    "areas:appoint_to": form(P.APPOINT, AREA),
    "areas:act": form(P.APPOINT, AREA),
    "areas:lift": button(P.APPOINT),
    "areas:vacancy": form(P.APPOINT, AREA),
    "areas:hand_overs": page(),
    "areas:tick": button(P.APPOINT),  # or whoever leaves or arrives; the test of services covers them
    "areas:chair": form(P.PLAN_CHAIR, AREA, get=P.VIEW_AREA),
    "areas:remove_turn": button(P.PLAN_CHAIR),
    "areas:independence": page(),
    "areas:contract": form(P.APPOINT, AREA),
    "areas:declare": form(P.DECLARE_INTERESTS, AREA),
    "areas:agencies": page(get=P.VIEW_PEOPLE),
    "areas:name_agency": form(P.NAME_RELEVANT_AGENCIES, AREA),
    "areas:change_agency": form(P.NAME_RELEVANT_AGENCIES, AREA),
    "areas:drop_agency": button(P.NAME_RELEVANT_AGENCIES),
    "areas:access_reviews": page(),
    "areas:access_review": form(P.REVIEW_ACCESS, AREA, get=P.VIEW_AREA),
    "areas:accounts": page(get=P.APPOINT),
    "areas:account": page(get=P.APPOINT),
    "areas:account_act": form(P.APPOINT, AREA),
    "areas:invite_again": button(P.APPOINT),
    "areas:ask_sign_in": button(P.APPOINT),
    "areas:factor_resets": page(get=P.CONFIRM_FACTOR_RESET),
    "areas:confirm_factor_reset": button(P.CONFIRM_FACTOR_RESET),
    "areas:timeline": page(),
    "deadlines:duties": page(),
    "deadlines:calendar": page(),
    "deadlines:duty": page(),
    "submissions:register": page(),
    "submissions:submission": page(),
    "submissions:acknowledge": button(P.RECORD_ACKNOWLEDGEMENT),
    "submissions:send_again": button(P.PUBLISH_DOCUMENT),
    "submissions:settle": button(P.PUBLISH_DOCUMENT),
    "funding:years": page(),
    "funding:year": page(),
    "funding:csv": page(),
    "funding:add_contribution": form(P.RECORD_FUNDING, AREA),
    "funding:correct_contribution": form(P.RECORD_FUNDING, AREA),
    "funding:add_spending": form(P.RECORD_FUNDING, AREA),
    "funding:check_printed_total": form(P.RECORD_FUNDING, AREA),
    "scrutiny:challenges": page(DOCUMENT),
    "scrutiny:raise": form(P.RAISE_CHALLENGE),
    "scrutiny:answer": form(P.ANSWER_CHALLENGE),
    "scrutiny:close": form(P.CLOSE_CHALLENGE),
    "living:facts": page(),
    "living:clerical": form(P.BEGIN_DOCUMENT, AREA),
    "arrangements:acknowledge": ANYBODY,
    "arrangements:notices": page(),
    "arrangements:tell_named_since": button(P.NAME_RELEVANT_AGENCIES),
    "arrangements:tell_again": button(P.NAME_RELEVANT_AGENCIES),
    "arrangements:record": form(P.NAME_RELEVANT_AGENCIES, AREA),
    "documents:documents": page(),
    "documents:begin": form(P.BEGIN_DOCUMENT, AREA),
    "documents:document": page(DOCUMENT),
    "documents:section": form(P.DRAFT_DOCUMENT, get=P.VIEW_AREA),
    "documents:text": page(DOCUMENT),
    "documents:answers": form(P.DRAFT_DOCUMENT),
    "documents:requirements": page(DOCUMENT),
    "documents:requirement": form(P.DRAFT_DOCUMENT, get=P.VIEW_AREA),
    "documents:take_back_explanation": button(P.DRAFT_DOCUMENT, DOCUMENT),
    "documents:confirm_answer": button(P.DRAFT_DOCUMENT, DOCUMENT),
    "documents:unmark": button(P.DRAFT_DOCUMENT, DOCUMENT),
    "documents:preview": page(DOCUMENT),
    "documents:pictures": form(P.DRAFT_DOCUMENT, get=P.VIEW_AREA),
    "documents:picture": page(DOCUMENT),
    "documents:picture_edit": form(P.DRAFT_DOCUMENT),
    "documents:picture_remove": form(P.DRAFT_DOCUMENT),
    "documents:shares": form(P.SHARE_DOCUMENT),
    "documents:end_share": button(P.SHARE_DOCUMENT, DOCUMENT),
    "documents:checks": page(DOCUMENT),
    "documents:send": form(P.SEND_FOR_SIGN_OFF),
    "documents:correct": form(P.BEGIN_DOCUMENT),
    "documents:version": page(DOCUMENT),
    "documents:compare": page(DOCUMENT),
    "documents:sign": form(P.SIGN_DOCUMENT),
    "documents:signed": page(DOCUMENT),
    "documents:return": form(P.RETURN_DOCUMENT),
    "documents:publish": form(P.PUBLISH_DOCUMENT),
    "documents:withdraw": form(P.WITHDRAW_DOCUMENT),
    "documents:pdf": page(DOCUMENT),
    "public:areas": ANYBODY,
    "public:area": ANYBODY,
    "public:document": ANYBODY,
    "public:pdf": ANYBODY,
    "public:content": ANYBODY,
    "public:picture": ANYBODY,
    "api-documents": ANYBODY,
    "api-document": ANYBODY,
    "api-schema": ANYBODY,
    "practice:clock": MINE,
    "practice:move": MINE,
    "practice:run_due": MINE,
    "practice:mailbox": MINE,
    "practice:message": MINE,
    "practice:attachment": MINE,
    "practice:people": ANYBODY,
    "accounts:accept": ANYBODY,
    "accounts:accept_by_organisation": ANYBODY,
    "accounts:organisations": ANYBODY,
    "accounts:start": ANYBODY,
    "accounts:answer": ANYBODY,
    "accounts:identities": MINE,
    "accounts:add_identity": MINE,
    "accounts:remove_identity": MINE,
    "accounts:second_factor": MINE,
    "accounts:kept": MINE,
    "accounts:discard": MINE,
    "accounts:stay": MINE,
    # allauth's own pages, which know no area; their tests are in tests/apps/accounts
    "account_login": ANYBODY,
    "account_logout": ANYBODY,
    "account_inactive": ANYBODY,
    "account_reauthenticate": MINE,
    "account_change_password": MINE,
    "account_set_password": MINE,
    "account_reset_password": ANYBODY,
    "account_reset_password_done": ANYBODY,
    "account_reset_password_from_key": ANYBODY,
    "account_reset_password_from_key_done": ANYBODY,
    "mfa_authenticate": ANYBODY,
    "mfa_reauthenticate": MINE,
    "mfa_index": MINE,
    "mfa_activate_totp": MINE,
    "mfa_deactivate_totp": MINE,
    "mfa_login_webauthn": ANYBODY,
    "mfa_reauthenticate_webauthn": MINE,
    "mfa_list_webauthn": MINE,
    "mfa_add_webauthn": MINE,
    "mfa_edit_webauthn": MINE,
    "mfa_remove_webauthn": MINE,
    "mfa_generate_recovery_codes": MINE,
    "mfa_view_recovery_codes": MINE,
    "mfa_download_recovery_codes": MINE,
    # closed: nobody signs up or changes an address alone
    "account_signup": ANYBODY,
    "account_email": ANYBODY,
    "account_email_verification_sent": ANYBODY,
    "account_confirm_email": ANYBODY,
    "account_confirm_login_code": ANYBODY,
}
