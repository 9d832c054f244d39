"""Walking to an organisation's sign-in and back with Django's test client, as a browser would."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from partnership.accounts import services as accounts
from partnership.accounts.models import Organisation, User
from partnership.accounts.organisations import services
from partnership.mail.models import OutgoingMail
from tests.apps.accounts.fake_provider import CLIENT, SECRET, TENANT, FakeProvider

PASSWORD = "four words none related"


def set_up(provider: FakeProvider, slug: str = "marlbridge", tenant: str = TENANT) -> Organisation:
    """An organisation behind the fake provider, which knows our address."""
    organisation = services.add(
        name=f"{slug.title()} Council", slug=slug, issuer=provider.url, client_id=CLIENT, client_secret=SECRET,
        tenant=tenant, by=None,
    )  # fmt: skip
    provider.redirect_addresses.add(settings.PUBLIC_ADDRESS + reverse("accounts:answer", args=[slug]))
    return organisation


def has_an_office(person: User) -> bool:
    """What offices say of everybody in these tests."""
    return True


def invited(by: User, email: str = "femi@example.org") -> str:
    """The path of the link in a new invitation."""
    accounts.invite(email=email, name="Femi Adeyemi", by=by)
    return re.search(r"https?://[^/]+(/people/\S+)", OutgoingMail.objects.latest("pk").text).group(1)


def leads_to(answer) -> str:
    """The address behind “Continue to …”."""
    assert answer.status_code == 200, answer.content.decode()
    return unescape(re.search(r'href="([^"]+)"[^>]*>\s*Continue to', answer.content.decode()).group(1))


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def there(client: Client, provider: FakeProvider, path: str, **posted: str) -> str:
    """Begin at a button; the address that the organisation sends the person back to."""
    parts = urlsplit(provider.decide(asked(leads_to(client.post(path, posted)))))
    return f"{parts.path}?{parts.query}"


def there_and_back(client: Client, provider: FakeProvider, path: str, **posted: str):
    """Begin at a button, sign in there, and come back."""
    return client.get(there(client, provider, path, **posted))


def start(slug: str = "marlbridge") -> str:
    return reverse("accounts:start", args=[slug])
