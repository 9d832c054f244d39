"""Forms of the sign-in pages: allauth's, in our words."""

from typing import Any

from allauth.account import adapter as account_adapter
from allauth.account import forms as account
from allauth.core import context, ratelimit
from allauth.mfa import adapter as factor_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest

from partnership.accounts import services, throttling
from partnership.accounts.models import User
from partnership.web import wording
from partnership.web.forms import EMAIL, Form

NEW_PASSWORD = "Use at least 15 characters. Three or more words that do not belong together are easy to remember."  # noqa: S105
# Field: label, hint, what to say when it is empty.
WORDS = {
    "login": ("Email address", "", "Enter your email address"),
    "email": ("Email address", "", "Enter your email address"),
    "password": ("Password", "", "Enter your password"),
    "oldpassword": ("Current password", "", "Enter your current password"),
    "password1": ("New password", NEW_PASSWORD, "Enter a new password"),
    "password2": ("New password again", "", "Enter the new password again"),
    "code": ("Code", "The 6 numbers that your app shows now, or a recovery code.", "Enter the code from your app"),
    "name": ("Name of this passkey", "Such as “My phone”, so that you know it again.", "Enter a name"),
    "credential": ("", "", "Your browser gave no passkey. Try again."),
}
ONLY_FROM_THE_APP = "The 6 numbers that your app shows now."
ADDRESSES = ("login", "email")
LONGEST_NAME = 60


class InOurWords:
    """Gives allauth's fields our labels, hints and sentences; a label stands above the field, never inside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            label, hint, empty = WORDS[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = empty
            field.error_messages["invalid"] = EMAIL if name in ADDRESSES else empty
            wording.apply(field, label)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs.update(inputmode="numeric", **{"class": "govuk-input--width-10"})


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Does the same for every address: whose it is, a worker looks up afterwards."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        services.ask_new_password(email=email)
        return email


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ActivateTotpForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = ONLY_FROM_THE_APP


class WhateverIsSent:
    """Allauth lets some broken answers of a browser through as errors of ours; here they are errors of the form."""

    def clean(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = super().clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(WORDS["credential"][2]) from error
        return found


class AddPasskeyForm(InOurWords, WhateverIsSent, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey here opens the account by itself, so there is nothing to choose (MFA_WEBAUTHN_USER_VERIFICATION)."""

    passwordless = None
    name = forms.CharField(required=False, max_length=LONGEST_NAME)


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(max_length=LONGEST_NAME)


class AcceptPasskeyForm(InOurWords, WhateverIsSent, webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    """A first passkey in a password's place, for the holder of an invitation."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)


class CountedByDevice:
    """A code is checked as allauth does it, but wrong ones are counted by device, as passwords are (throttling.py).

    Otherwise whoever knows a password could keep its owner out by entering wrong codes.
    """

    user: User
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        request = context.request
        limit = {"action": "login_failed", "key": f"code:{throttling.key(request, self.user.email)}"}
        if not ratelimit.consume(request, **limit):
            raise account_adapter.get_adapter().validation_error("too_many_codes")
        code = str(self.cleaned_data["code"])
        for authenticator in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            if authenticator.wrap().validate_code(code):
                self.authenticator = authenticator
                ratelimit.clear(request, **limit)
                return code
        raise factor_adapter.get_adapter().validation_error("incorrect_code")


class CodeForm(InOurWords, CountedByDevice, factor.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(InOurWords, CountedByDevice, factor.ReauthenticateForm):  # type: ignore[misc]
    pass


class AcceptForm(Form):
    """A first password, twice."""

    password1 = forms.CharField(
        label="Choose a password",
        help_text=NEW_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    password2 = forms.CharField(
        label="Enter the password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, second = found.get("password1"), found.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords differ. Enter the same one twice")
        return found
