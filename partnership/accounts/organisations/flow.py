"""The way to an organisation's sign-in and back. What is kept between the two lies in the browser's session, for 10 minutes.

A journey is begun for a reason (a Reason below) and comes back with it once: allauth drops the state as it reads it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from requests import RequestException

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import id_tokens, policies
from partnership.accounts.organisations.provider import Provider
from partnership.accounts.organisations.refusals import Unreachable, Untrusted
from partnership.errors import NotAllowed, WrongState

log = logging.getLogger(__name__)


class Reason(TextChoices):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    ADD = "add"


@dataclass(frozen=True)
class Return:
    """A journey that came to its end: why it was begun, what was kept for it, and whom the organisation names."""

    reason: Reason
    kept: dict[str, Any]
    said: id_tokens.Said


def begin(request: HttpRequest, organisation: Organisation, reason: Reason, **kept: Any) -> str:
    """The address at the organisation where the person signs in. Raises NotAllowed, Unreachable or Untrusted."""
    policies.check_is_switched_on(organisation)
    nonce = get_random_string(32)
    with _answering(organisation):
        provider = Provider(request, organisation)
        return str(provider.redirect(request, reason.value, nonce=nonce, auth_params={"nonce": nonce}, kept=kept).url)


def finish(request: HttpRequest, organisation: Organisation) -> Return:
    """The end of a journey that this browser began.

    Raises WrongState for one that it did not begin, that is over or came back before; NotAllowed for one that the person
    broke off; Unreachable or Untrusted.
    """
    policies.check_is_switched_on(organisation)
    provider = Provider(request, organisation)
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied as error:
        raise WrongState(
            "This sign-in was begun in another browser, more than 10 minutes ago, or is done already. Begin again."
        ) from error
    if request.GET.get("iss", organisation.issuer) != organisation.issuer:  # RFC 9207
        raise _untrusted(organisation, "issuer of the answer")
    if not request.GET.get("code"):
        raise NotAllowed(f"{organisation} did not sign you in. Begin again, or sign in with your password.")
    with _answering(organisation):
        said = _asked(request, provider, state)
    return Return(Reason(state["process"]), state["kept"], said)


def _asked(request: HttpRequest, provider: Provider, state: dict[str, Any]) -> id_tokens.Said:
    """Change the code for a token, and read it."""
    organisation, conversation = provider.organisation, provider.get_oauth2_adapter(request)
    client = conversation.get_client(request, provider.app)
    verifier = state["pkce_code_verifier"]
    given = conversation.get_access_token_data(request, provider.app, client, pkce_code_verifier=verifier)
    expected = id_tokens.Expected(
        issuer=organisation.issuer, audience=organisation.client_id, tenant=organisation.tenant, nonce=state["nonce"]
    )
    return id_tokens.read(str(given.get("id_token", "")), keys=conversation.signing_keys(), expected=expected)


@contextmanager
def _answering(organisation: Organisation) -> Iterator[None]:
    """Turns what the network and the protocol raise into our refusals. The log names the organisation and the kind."""
    try:
        yield
    except RequestException as error:
        log.warning("organisation_unreachable organisation=%s error=%s", organisation.slug, type(error).__name__)
        raise Unreachable(
            f"We could not reach {organisation}’s sign-in. Try again, or sign in with your password."
        ) from error
    except (OAuth2Error, id_tokens.NotProven) as error:
        why = "token endpoint" if isinstance(error, OAuth2Error) else str(error)
        raise _untrusted(organisation, why) from error
    except Untrusted as error:
        log.warning("organisation_untrusted organisation=%s why=%s", organisation.slug, error.why)
        raise


def _untrusted(organisation: Organisation, why: str) -> Untrusted:
    log.warning("organisation_untrusted organisation=%s why=%s", organisation.slug, why)
    return Untrusted(
        f"The answer of {organisation} does not prove who you are, so nothing was done. Begin again. "
        "If it happens twice, tell the people who run your organisation’s sign-in.",
        why,
    )
