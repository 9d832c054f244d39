"""Accepting an invitation, choosing a second factor, what was kept, staying signed in.

Signing in, passwords, passkeys and codes are allauth's views (signing_in.py).
"""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts import invitations, presenting, second_factor, selectors, services, sessions
from partnership.accounts.forms import AcceptForm, AcceptPasskeyForm
from partnership.accounts.models import User
from partnership.accounts.requests import Request

GONE = 410
STAYS = 204


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: Request, token: str) -> HttpResponse:
    """The page behind the link of an invitation: a passkey on this device, or a password."""
    user = invitations.holder(token)
    if user is None:
        return render(request, "accounts/accept_gone.html", status=GONE)
    by_passkey = "credential" in request.POST
    passkey = AcceptPasskeyForm(request.POST if by_passkey else None, user=user)
    password = AcceptForm(request.POST if request.method == "POST" and not by_passkey else None, user=user)
    if passkey.is_valid():
        return _accept_with_passkey(request, user, token, passkey)
    if password.is_valid():
        services.accept(token=token, password=password.cleaned_data["password1"])
        messages.success(request, "Your password is set.")
        user.refresh_from_db()
        return perform_password_login(request, {"email": user.email}, Login(user=user))
    context = {
        "form": passkey if by_passkey else password,
        "password_form": password,
        "passkey_form": passkey,
        "person": user,
        "js_data": {"creation_options": webauthn.begin_registration(user, passwordless=True)},
    }
    return render(request, "accounts/accept.html", context)


def _accept_with_passkey(request: Request, user: User, token: str, form: Any) -> HttpResponse:
    """Whoever has just shown their passkey is signed in with it, and sees their recovery codes."""
    chosen = form.cleaned_data
    passkey = services.accept_with_passkey(token=token, name=chosen["name"], credential=chosen["credential"])
    passkey.user.refresh_from_db()
    login = Login(user=passkey.user, redirect_url=reverse("mfa_view_recovery_codes"))
    response = perform_passwordless_login(request, passkey, login)
    auto_generate_recovery_codes(request)
    return response


@require_safe
def choose(request: Request) -> HttpResponse:
    """For somebody without a second factor: the only page that is open to them, with the two that there are."""
    if second_factor.kinds_of(request.user):
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html")


@require_safe
@never_cache
def kept(request: Request) -> HttpResponse:
    """What this person sent when it could not be taken, and is not done: each to be sent again or discarded."""
    posts = selectors.kept_posts_of(request.user)
    return render(request, "accounts/kept.html", {"rows": presenting.kept(posts)})


@require_POST
def discard(request: Request, post: int) -> HttpResponse:
    """Delete what was kept, by its person's decision."""
    found = get_object_or_404(selectors.kept_posts_of(request.user), pk=post)
    services.discard(post=found, by=request.user)
    messages.success(request, "It is discarded.")
    return redirect("accounts:kept")


@require_POST
def stay(request: Request) -> HttpResponse:
    """Somebody is still there: the half hour begins anew. The page that asked stays as it is."""
    sessions.touch(request.session, exactly=True)
    return HttpResponse(status=STAYS)
