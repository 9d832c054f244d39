"""The mails of this app. None but an invitation carries a link that opens an account."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import FactorReset, User
from partnership.mail import services as mail

OPERATOR = "The operator of this service"
# What has changed, by the name under which allauth tells it. Those of socialaccount are for signing in elsewhere.
CHANGES = {
    "account/email/password_changed": "The password was changed.",
    "account/email/password_set": "A password was set.",
    "account/email/password_reset": "The password was set anew by a link that was sent to this address.",
    "mfa/email/totp_activated": "Codes from an app were set up as the second factor.",
    "mfa/email/totp_deactivated": "Codes from an app were removed as a second factor.",
    "mfa/email/webauthn_added": "A passkey was added.",
    "mfa/email/webauthn_removed": "A passkey was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made. The earlier ones no longer work.",
    "socialaccount/email/account_connected": "Signing in through an organisation was connected.",
    "socialaccount/email/account_disconnected": "Signing in through an organisation was disconnected.",
}


@dataclass(frozen=True)
class InvitationLetter:
    """What the text of an invitation needs."""

    name: str
    inviter: str
    link: str
    until: datetime
    service_name: str = settings.SERVICE_NAME


def invitation(letter: InvitationLetter, *, to: str, dedupe_key: str) -> None:
    """Queue the mail that brings the link to a new person."""
    words = asdict(letter)
    mail.queue(
        to=to,
        subject=" ".join(render_to_string("mail/accounts/invitation.subject.txt", words).split()),
        text=render_to_string("mail/accounts/invitation.body.txt", words),
        html=render_to_string("mail/accounts/invitation.body.html", words),
        dedupe_key=dedupe_key,
    )


def credentials_changed(user: User, change: str) -> None:
    """Queue the notice that something about signing in has changed, with what to do if it was somebody else."""
    _tell("credentials_changed", to=user.email, name=user.name, change=change, link=_page("mfa_index"))


def new_password(user: User) -> None:
    """Queue the link by which somebody sets a new password, for an hour (settings PASSWORD_RESET_TIMEOUT)."""
    arguments = {
        "uidb36": user_pk_to_url_str(user),
        "key": app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user),
    }
    link = _page("account_reset_password_from_key", **arguments)
    _tell("new_password", to=user.email, name=user.name, email=user.email, link=link)


def address_changed(user: User, *, to: str, new: str, by: User | None) -> None:
    """Queue the notice of a changed address; the old and the new address each get one. `by` None: an operator."""
    who = by.name if by else OPERATOR[0].lower() + OPERATOR[1:]
    _tell("address_changed", to=to, name=user.name, new=new, changed_by=who, link=_page("account_login"))


def factor_reset_asked(reset: FactorReset) -> None:
    """Queue the notice that somebody wants this person's second factors removed."""
    words = {"name": reset.user.name, "asked_by": reset.asked_by.name, "reason": reset.reason}
    _tell("factor_reset_asked", to=reset.user.email, **words, link=_page("mfa_index"))


def factor_reset(reset: FactorReset, *, link: str, until: datetime) -> None:
    """Queue the link by which somebody sets up anew how they sign in."""
    people = {"asked_by": reset.asked_by.name, "confirmed_by": reset.confirmed_by.name if reset.confirmed_by else ""}
    _tell("factor_reset", to=reset.user.email, name=reset.user.name, **people, link=link, until=until)


def account_closed(user: User, *, is_open: bool, by: User) -> None:
    """Queue the notice that an account was closed, or opened again."""
    _tell("account_closed", to=user.email, name=user.name, is_open=is_open, by=by.name, link=_page("account_login"))


def _page(name: str, **arguments: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(name, kwargs=arguments)


def _tell(template: str, *, to: str, **words: object) -> None:
    # Each change is an occasion of its own, even the same one twice in a minute.
    key = f"accounts.{template}:{uuid.uuid4()}"
    mail.write(f"accounts/{template}", {"at": clock.now(), **words}, to=to, dedupe_key=key)
