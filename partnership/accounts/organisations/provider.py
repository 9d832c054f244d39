"""Allauth's OpenID Connect, fed from an organisation's row, and asking no further than it must."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

import requests
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import policies, secrets
from partnership.accounts.organisations.refusals import Untrusted

TIMEOUT = 10  # seconds for the connection, and for each pause in the answer
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Session(requests.Session):
    """Follows nobody elsewhere: an address that sends us on is treated like one that fails."""

    def request(self, method: str, url: str | bytes, *args: Any, **given: Any) -> requests.Response:
        given |= {"timeout": TIMEOUT, "allow_redirects": False}
        answer = super().request(method, url, *args, **given)
        if answer.is_redirect or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise requests.HTTPError(f"answered {answer.status_code}", response=answer)
        return answer


class OnlyOurDoors(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Set as SOCIALACCOUNT_ADAPTER. Whatever way allauth has of its own to a provider or a new account is shut."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False

    def get_requests_session(self) -> Session:
        return Session()


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One organisation's endpoints, in one request. Raises RequestException where nobody answers, Untrusted for nonsense."""

    def __init__(self, request: HttpRequest, provider: "Provider") -> None:
        super().__init__(request, provider.app.provider_id)
        self._provider = provider

    def get_provider(self) -> "Provider":
        return self._provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The address that the organisation has on its list, whatever host this request came by."""
        return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("accounts:answer", args=[self.provider_id])

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer says of itself: it must be the very issuer that was set up, with safe addresses."""
        found = self._ask(self._provider.server_url)
        why = ""
        if found.get("issuer") != self._provider.organisation.issuer:
            why = "issuer of the discovery document"
        elif not all(policies.is_safe_address(str(found.get(name, ""))) for name in ENDPOINTS):
            why = "addresses of the discovery document"
        if why:
            raise Untrusted(f"What {self._provider.organisation} says of its sign-in is not what was set up here.", why)
        return found

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """What the token endpoint gives for the code; allauth stumbles over an answer in no known form."""
        try:
            given = super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        except (KeyError, TypeError) as error:
            raise requests.exceptions.InvalidJSONError("no known form") from error
        return self._as_object(given)

    def signing_keys(self) -> dict[str, Any]:
        """The issuer's public keys, as they are now."""
        return self._ask(self.openid_config["jwks_uri"])

    def _ask(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            return self._as_object(answer.json())

    def _as_object(self, found: Any) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise requests.exceptions.InvalidJSONError("not an object")
        return found


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """Allauth's provider for one organisation: state in the session, PKCE, and nothing asked for but who it is."""

    oauth2_adapter_class = Conversation

    def __init__(self, request: HttpRequest, organisation: Organisation) -> None:
        self.organisation = organisation
        super().__init__(request, app=_as_app(organisation))

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_oauth2_adapter(self, request: HttpRequest) -> Conversation:
        return Conversation(request, self)


def _as_app(organisation: Organisation) -> SocialApp:
    """As allauth wants it; never saved, so that the secret lies nowhere in clear."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=organisation.slug,
        name=organisation.name,
        client_id=organisation.client_id,
        secret=secrets.opened(organisation),
        settings={"server_url": organisation.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )
