"""Setting up anew how somebody signs in: a password by a link, at the wish of whoever reads the mail of their address.

Where every second factor is lost, two others agree first.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction

from partnership import clock
from partnership.accounts import invitations, letters, policies, selectors, sessions, tasks
from partnership.accounts.models import FactorReset, PasswordAsk, User
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.web.queue import nudge


@transaction.atomic
def ask_new_password(*, email: str) -> None:
    """Note that a new password is wanted for this address, whoever has it; a link goes to whom it concerns (jobs)."""
    PasswordAsk.objects.create(email=email)
    nudge(tasks.answer_password_asks)


@transaction.atomic
def ask_factor_reset(*, user: User, reason: str, by: User, area_slug: str) -> FactorReset:
    """Ask that somebody's factors be removed. They are told at once. Raises NotAllowed, WrongState."""
    user = User.objects.select_for_update().get(pk=user.pk)
    is_asked = selectors.open_factor_resets().filter(user=user).exists()
    policies.check_can_ask_factor_reset(user, by, is_asked=is_asked)
    FactorReset.objects.filter(user=user, confirmed_at__isnull=True).delete()  # asked once, and never agreed
    reset = FactorReset.objects.create(user=user, reason=reason, asked_by=by, area_slug=area_slug)
    told = {"person": user.name, "reason": reason}
    audit.record(Event.FACTOR_RESET_ASKED, by=by, area_slug=area_slug, target=reset, data=told)
    letters.factor_reset_asked(reset)
    return reset


@transaction.atomic
def confirm_factor_reset(*, reset: FactorReset, by: User) -> FactorReset:
    """Agree, as the second person: factors, password and sessions go, and a link goes to the person's address.

    Raises NotAllowed for the person themselves and for whoever asked, WrongState when it is done or too old.
    """
    user = User.objects.select_for_update().get(pk=reset.user_id)
    reset = FactorReset.objects.select_related("user", "asked_by").get(pk=reset.pk)
    policies.check_can_confirm_factor_reset(reset, by)
    reset.confirmed_by, reset.confirmed_at = by, clock.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions.end_all(user)
    told = {"person": user.name, "asked_by": reset.asked_by.name}
    audit.record(Event.FACTOR_RESET, by=by, area_slug=reset.area_slug, target=reset, data=told)
    made = invitations.make(user)
    letters.factor_reset(reset, link=made.link, until=made.until)
    return reset
