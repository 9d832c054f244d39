"""Allauth's pages under their own names: the open ones, and the closed ones as 404.

Allauth turns some closed names into addresses by itself, so they must exist. Changing an address is an act of the
person who appoints, not of the holder: a statutory mail must not change its reader unseen. Some of allauth's pages get
a condition of ours before them; those stand above its own list, so that they are found first.
"""

from typing import Any

from allauth.account import views
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import login_webauthn, remove_webauthn
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from partnership.accounts import confirming, policies, throttling
from partnership.accounts.models import User
from partnership.accounts.requests import Request


@login_not_required
def closed(request: HttpRequest, key: str = "") -> HttpResponse:
    """For pages that this service does not have."""
    raise Http404


def set_password(request: Request) -> HttpResponse:
    """Allauth's page, for somebody who has just confirmed who they are."""
    confirming.require(request)
    found: HttpResponse = views.password_set(request)
    return found


class ResetPassword(views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Allauth's page. Whoever came by the link is no stranger on this device, however many others try the name."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        throttling.remember(self.request, response, self.reset_user)
        return response


def set_up_app(request: Request) -> HttpResponse:
    """Allauth's page, unless there is an app already."""
    policies.check_can_set_up_app(request.user)
    found: HttpResponse = activate_totp(request)
    return found


def remove_totp(request: HttpRequest) -> HttpResponse:
    """Allauth's page, unless it is the last factor."""
    with transaction.atomic():
        _check_not_the_last(request)
        return deactivate_totp(request)


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Allauth's page, unless it is the last factor."""
    with transaction.atomic():
        _check_not_the_last(request)
        return remove_webauthn(request, pk=pk)


def _check_not_the_last(request: HttpRequest) -> None:
    """One removal at a time: two at once must not each see the other's factor."""
    user = User.objects.select_for_update().get(pk=request.user.pk)  # type: ignore[misc]
    policies.check_can_remove_factor(user)


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", set_password, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("2fa/webauthn/login/", login_not_required(login_webauthn), name="mfa_login_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/totp/activate/", set_up_app, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", remove_totp, name="mfa_deactivate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
]
