"""Accepting an invitation. Signing in, passwords and the second factor are allauth's views (signing_in.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from partnership.accounts import invitations, services
from partnership.accounts.forms import AcceptForm

GONE = 410


@login_not_required
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation."""
    user = invitations.holder(token)
    if user is None:
        return render(request, "accounts/accept_gone.html", status=GONE)
    form = AcceptForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "accounts/accept.html", {"form": form, "person": user})
    services.accept(token=token, password=form.cleaned_data["password1"])
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("account_login")
