"""The notices about a way into an account. They name the organisation and never the person's name or number there."""

from django.conf import settings
from django.urls import reverse

from partnership.accounts.models import OrganisationIdentity
from partnership.mail import services as outbox


def bound(identity: OrganisationIdentity) -> None:
    """Tell the holder that the account can be entered from there."""
    _send("organisation_bound", identity)


def unbound(identity: OrganisationIdentity) -> None:
    """Tell the holder that it no longer can. Called while the row is still there."""
    _send("organisation_unbound", identity)


def _send(template: str, identity: OrganisationIdentity) -> None:
    link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("mfa_index")
    context = {"name": identity.user.name, "organisation": identity.organisation.name, "link": link}
    outbox.write(
        f"accounts/{template}",
        context,
        to=identity.user.email,
        dedupe_key=f"accounts.{template}:{identity.pk}",
        purpose=template.replace("_", " "),
    )
