"""How allauth behaves here: nobody signs up, and every mail goes through the outbox."""

import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from partnership.mail import services as mail

SILENT = ("account/email/unknown_account", "account/email/account_already_exists")


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation alone (partnership.accounts.services.invite)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask the business manager of your partnership.",
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "enter_current_password": "The current password is wrong. Enter it again.",
        "incorrect_password": "The password is wrong. Enter it again.",
        "invalid_password_reset": "The link is too old or was used before. Ask for a new one.",
        "too_many_login_attempts": "There were too many attempts. Wait five minutes, then try again.",
        "rate_limited": "There were too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail. An address that nobody holds gets none: we do not write to strangers."""
        if template_prefix in SILENT:
            return
        words = {"email": email, "current_site": get_current_site(self.request), **context}
        message = self.render_mail(template_prefix, email, words)
        text = str(message.body)
        key = hashlib.sha256(f"{email}\n{message.subject}\n{text}".encode()).hexdigest()[:32]
        mail.queue(to=email, subject=str(message.subject), text=text, dedupe_key=f"{template_prefix}:{key}")
