"""Pages of signing in through an organisation.

A form here never leads to another origin: a post answers with a page that holds the link there. So the content security
policy keeps `form-action 'self'`, and nothing that binds can be begun by a link.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core.exceptions import ReauthenticationRequired
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts import invitations, sessions
from partnership.accounts.models import Organisation, User
from partnership.accounts.organisations import flow, policies, selectors, services
from partnership.accounts.organisations.flow import Reason
from partnership.accounts.organisations.refusals import Unreachable
from partnership.accounts.requests import Request
from partnership.errors import NotAllowed, Refused, decide
from partnership.web.errors import status_of

View = Callable[..., HttpResponse]
UNKNOWN = (
    "Your organisation knows you, and this service does not: open the link in your invitation first. "
    "If you have an account, sign in with your password and add your organisation on “Your account”."
)


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations, one button each."""
    found = {"organisations": selectors.switched_on(), "next": get_next_redirect_url(request) or ""}
    return render(request, "accounts/organisations.html", found)


@login_not_required
@never_cache
@require_POST
@rate_limit(action="login")
def start(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begin a sign-in."""
    return _lead_on(request, organisation, Reason.SIGN_IN, next=get_next_redirect_url(request) or "")


@login_not_required
@never_cache
@require_POST
@rate_limit(action="login")
def accept(request: HttpRequest, token: str, organisation: str) -> HttpResponse:
    """Begin to accept an invitation by signing in at the organisation."""
    if invitations.holder(token) is None:
        return render(request, "accounts/accept_gone.html", status=HTTPStatus.GONE)
    return _lead_on(request, organisation, Reason.INVITATION, token=token)


def _freshly(view: View) -> View:
    """A post from somebody who has not confirmed lately who they are goes back to the page that asks for it."""
    asking = reauthentication_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = asking(request, *args, **kwargs)
        except ReauthenticationRequired:
            return redirect("accounts:identities")
        return answer

    return wrapped


@require_safe
@reauthentication_required
def identities(request: Request) -> HttpResponse:
    """Which organisations open one's own account, and which could."""
    found = {"identities": selectors.identities(request.user), "organisations": selectors.not_yet_bound(request.user)}
    return render(request, "accounts/identities.html", found)


@never_cache
@require_POST
@_freshly
def add(request: Request, organisation: str) -> HttpResponse:
    """Begin to add an organisation to one's own account."""
    return _lead_on(request, organisation, Reason.ADD, user=request.user.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_freshly
def remove(request: Request, identity: int) -> HttpResponse:
    """Take an organisation away from one's own account."""
    found = get_object_or_404(selectors.identities(request.user), pk=identity)
    if request.method == "POST":
        services.unbind(identity=found, by=request.user)
        sessions.end_others(request, request.user)
        messages.success(request, f"{found.organisation} no longer opens your account.")
        return redirect("accounts:identities")
    may = decide(policies.check_can_unbind, found, has_other_way=selectors.has_other_way(found))
    return render(request, "accounts/remove_identity.html", {"identity": found, "may": may})


@login_not_required
@never_cache
@require_safe
def answer(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where an organisation sends people back to."""
    found = get_object_or_404(Organisation, slug=organisation)
    try:
        back = flow.finish(request, found)
        return ENDS[back.reason](request, found, back)
    except Refused as refusal:
        return _refused(request, found, refusal)


def _signed_in(request: HttpRequest, organisation: Organisation, back: flow.Return) -> HttpResponse:
    user = selectors.holder(organisation, back.said)
    if user is None:
        raise NotAllowed(UNKNOWN)
    policies.check_is_open(user)
    return _enter(request, user, organisation, str(back.kept["next"]))


def _accepted(request: HttpRequest, organisation: Organisation, back: flow.Return) -> HttpResponse:
    user = services.accept(token=back.kept["token"], organisation=organisation, said=back.said)
    response = _enter(request, user, organisation)
    messages.success(request, f"From now on {organisation} signs you in.")
    return response


def _added(request: HttpRequest, organisation: Organisation, back: flow.Return) -> HttpResponse:
    if not isinstance(request.user, User) or request.user.pk != back.kept["user"]:
        raise NotAllowed("You are no longer signed in as the person who began this. Sign in, then begin again.")
    services.bind(organisation=organisation, said=back.said, by=request.user)
    sessions.end_others(request, request.user)
    messages.success(request, f"{organisation} now opens your account as well.")
    return redirect("accounts:identities")


ENDS = {Reason.SIGN_IN: _signed_in, Reason.INVITATION: _accepted, Reason.ADD: _added}


def _enter(request: HttpRequest, user: User, organisation: Organisation, then: str = "") -> HttpResponse:
    """As far as a right password leads: a second factor, where there is one, is still asked for."""
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    record_authentication(request, user, "socialaccount", provider=organisation.slug)
    answer: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=then or None)
    return answer


def _lead_on(request: HttpRequest, slug: str, reason: Reason, **kept: Any) -> HttpResponse:
    """The page with the link to the organisation."""
    organisation = get_object_or_404(Organisation, slug=slug)
    try:
        address = flow.begin(request, organisation, reason, **kept)
    except Refused as refusal:
        return _refused(request, organisation, refusal)
    return render(request, "accounts/lead_on.html", {"organisation": organisation, "address": address})


def _refused(request: HttpRequest, organisation: Organisation, refusal: Refused) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(refusal, Unreachable) else status_of(refusal)
    context = {"organisation": organisation, "sentence": refusal.sentence}
    return render(request, "accounts/organisation_refused.html", context, status=status)
