"""Who of an area's people can sign in, and what to do where somebody cannot."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts import confirming
from partnership.accounts.models import User
from partnership.accounts.policies import check_may_ask_factor_reset
from partnership.accounts.requests import Request
from partnership.areas import account_policies, loading, marks, people, services
from partnership.areas.forms.appointing import ReasonForm
from partnership.areas.forms.following import AddressForm
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.areas.views.acts import Act, Subject, show
from partnership.web.forms import Form


@require_safe
def accounts(request: Request, area: str) -> HttpResponse:
    """Everybody who holds an office today or later: whether and how they can sign in, and since when they have not."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    return render(request, "areas/accounts.html", {"area": place, "rows": people.of_area(place, clock.today())})


@require_safe
def account(request: Request, area: str, person: int) -> HttpResponse:
    """One person's account, as far as it concerns the area."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    row = _row(place, person)
    context = {"area": place, "row": row, "is_own": person == request.user.pk}
    return render(request, "areas/account.html", context)


def _row(place: Area, person: int) -> people.Row:
    row = people.one_of_area(place, person, clock.today())
    if row is None:
        raise Http404
    return row


def _reason(typed: Any, files: Any, person: User) -> Form:
    return ReasonForm(typed)


def _change(person: User, place: Area, form: Any, by: Any) -> None:
    services.change_address(person=person, area=place, by=by, **form.cleaned_data)


def _address_form(typed: Any, files: Any, person: User) -> Form:
    return AddressForm(typed, initial={"email": person.email, "seen": marks.of_address(person)})


def _renew(form: Any, person: User) -> None:
    person.refresh_from_db()
    form.renew(marks.of_address(person), {"email": person.email})


def _close(person: User, place: Area, form: Any, by: Any) -> None:
    services.close_account(person=person, area=place, reason=form.cleaned_data["reason"], by=by)


def _open(person: User, place: Area, form: Any, by: Any) -> None:
    services.open_account(person=person, area=place, reason=form.cleaned_data["reason"], by=by)


def _reset(person: User, place: Area, form: Any, by: Any) -> None:
    services.ask_factor_reset(person=person, area=place, reason=form.cleaned_data["reason"], by=by)


ACTS = {
    "address": Act(
        "Change the email address",
        "The old and the new address are told. The person is signed out and signs in with the new address.",
        "Change the address",
        _address_form,
        _change,
        "The address is changed, and both addresses are told.",
        "email",
        renew=_renew,
        is_weighty=True,
        may=account_policies.check_may_change_address,
    ),
    "reset": Act(
        "Somebody lost their second factor",
        "First make sure, by a way that you know, that it is really this person who asks. A delegated partner or the chair "
        "then has to agree; of another area, where the person serves several. Only then does a link go to their address.",
        "Ask for the second factor to be removed",
        _reason,
        _reset,
        "It is asked. Somebody else has to agree within a week.",
        is_warning=True,
        is_weighty=True,
        may=check_may_ask_factor_reset,
    ),
    "close": Act(
        "Close the account",
        "The person is signed out at once and cannot sign in. Their offices stay in the register until you end them.",
        "Close the account",
        _reason,
        _close,
        "The account is closed.",
        is_warning=True,
        is_weighty=True,
        may=account_policies.check_may_close,
    ),
    "open": Act(
        "Open the account again",
        "The person can sign in as before, and has the rights of the offices they hold.",
        "Open the account",
        _reason,
        _open,
        "The account is open again.",
        is_weighty=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def account_act(request: Request, area: str, person: int, act: str) -> HttpResponse:
    """The page of one act on an account."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    row = _row(place, person)
    back = reverse("areas:account", args=[place.slug, person])
    subject = Subject(row.person, f"{row.person.name}, {row.person.email}", back, "Back to the account")
    return show(request, place, ACTS, act, subject)


@require_POST
def invite_again(request: Request, area: str, person: int) -> HttpResponse:
    """Send a new invitation to somebody who has not accepted the first."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    row = _row(place, person)
    services.invite_again(person=row.person, area=place, by=request.user)
    messages.success(request, f"A new invitation is on its way to {row.person.email}.")
    return redirect("areas:account", place.slug, person)


@require_POST
def ask_sign_in(request: Request, area: str, person: int) -> HttpResponse:
    """Ask once more whether somebody can still sign in."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    row = _row(place, person)
    if row.check is None:
        raise Http404
    services.ask_sign_in_again(check=row.check, area=place, by=request.user)
    messages.success(request, f"{row.person.name} is asked again, at {row.person.email}.")
    return redirect("areas:account", place.slug, person)


@require_safe
def factor_resets(request: Request, area: str) -> HttpResponse:
    """Who lost their second factor and waits for a second person to agree."""
    place = loading.area_of(request.user, area, Permission.CONFIRM_FACTOR_RESET)
    context = {"area": place, "rows": people.factor_resets(place, request.user)}
    return render(request, "areas/factor_resets.html", context)


@require_POST
def confirm_factor_reset(request: Request, area: str, reset: int) -> HttpResponse:
    """Agree, as the second person."""
    place = loading.area_of(request.user, area, Permission.CONFIRM_FACTOR_RESET)
    found = get_object_or_404(people.resets_of_area(place), pk=reset)
    account_policies.check_may_confirm_factor_reset(found, place, request.user)
    confirming.require(request, f"agree that the second factor of {found.user} is removed")
    services.confirm_factor_reset(reset=found, area=place, by=request.user)
    messages.success(request, f"A link to sign in anew is on its way to {found.user.email}.")
    return redirect("areas:factor_resets", place.slug)
