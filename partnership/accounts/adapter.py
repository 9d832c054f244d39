"""How allauth behaves here: nobody signs up, every mail goes through the outbox, and a factor confirms who somebody is."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from partnership import clock
from partnership.accounts import confirming, keeping, second_factor, selectors, services, sessions, throttling
from partnership.accounts.models import User

# Setting a factor up takes its first use, so it counts as one.
FIRST_USES = {"mfa/email/totp_activated": "totp", "mfa/email/webauthn_added": "webauthn"}
AGAIN = "What you sent before you signed in was not done, and it was not kept. Do it again if it is still wanted."
MEANS = {
    "totp": "password and code",
    "recovery_codes": "password and recovery code",
    "webauthn": "password and passkey",
}


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation alone (partnership.accounts.services.invite)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask the business manager of your partnership.",
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "enter_current_password": "The current password is wrong. Enter it again.",
        "incorrect_password": "The password is wrong. Enter it again.",
        "invalid_password_reset": "The link is too old or was used before. Ask for a new one.",
        "too_many_login_attempts": (
            "There were too many attempts. Use a passkey, or a device on which you have signed in before, or set a new "
            "password by “I have forgotten my password”: these work at once. Or wait five minutes, then try again."
        ),
        "too_many_codes": "There were too many attempts. Wait five minutes, then try again.",
        "slowed_down": "Too many wrong passwords came from your network just now. Wait a few seconds and send it again.",
        "rate_limited": "There were too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request.session)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Note the sign-in, know the device again, and say what was not done, or lead to what was kept for this person."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        means = means_of(get_authentication_records(request, user))
        User.objects.filter(pk=user.pk).update(last_signed_in_at=clock.now(), last_means=means)
        if request.session.pop(keeping.NOT_DONE, False):
            messages.info(request, AGAIN)
        if selectors.kept_posts_of(user).exists():
            response = redirect("accounts:kept")
        throttling.remember(request, response, user)
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The second factor; the password only for somebody who has no factor yet and sets up the first."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and second_factor.kinds_of(user):
            first = confirming.address(user)
            factors = [method for method in methods if method["id"] != "reauthenticate"]
            return sorted(factors, key=lambda method: method["url"] != first)
        return methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of using the second factor, nor on the way to the first one after signing in."""
        request, user = self.request, self.request.user
        if confirming.recently_confirmed(request):
            return False
        if second_factor.kinds_of(user):
            return True
        records = get_authentication_records(request, user)
        moments = [record["at"] for record in records]
        return not any(sessions.real_now() - at < confirming.LATELY.total_seconds() for at in moments)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: not too often for one account, and slowly where many were wrong."""
        super().pre_authenticate(request, **credentials)
        if not throttling.slow_down(request, str(credentials.get("email", ""))):
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("slowed_down")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        throttling.note_failure(request, str(credentials.get("email", "")))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return throttling.key(request, str(credentials.get("email", "")).lower())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """None: ours are letters (letters.py), and leave through the outbox. The rest would go to strangers."""

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Allauth calls this at each change of how somebody signs in: note it, tell them, and end their other sessions."""
        services.note_change(user=user, change=template_prefix)
        sessions.end_others(self.request, user)
        if kind := FIRST_USES.get(template_prefix):
            record_authentication(self.request, user, "mfa", type=kind)


def means_of(records: list[dict[str, Any]]) -> str:
    """How somebody signed in, in words, from allauth's record: "passkey", "password and code" and their like."""
    for record in reversed(records):
        if record.get("passwordless"):
            return "passkey"
        if record.get("method") == "mfa":
            return MEANS[record["type"]].replace("password", _first(records))
    return _first(records)


def _first(records: list[dict[str, Any]]) -> str:
    """What stood before the second factor."""
    return "organisation" if any(record["method"] == "socialaccount" for record in records) else "password"
