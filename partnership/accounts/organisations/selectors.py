"""What can be read of organisations and of those who sign in through them."""

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.accounts.organisations.id_tokens import Said


def switched_on() -> QuerySet[Organisation]:
    """The organisations through which people sign in now, by name."""
    return Organisation.objects.filter(is_active=True)


def not_yet_bound(user: User) -> QuerySet[Organisation]:
    """The organisations that this person could add."""
    return switched_on().exclude(identities__user=user)


def identities(user: User) -> QuerySet[OrganisationIdentity]:
    """Where this account can be entered from."""
    return user.organisation_identities.select_related("organisation")


def holder(organisation: Organisation, said: Said) -> User | None:
    """Whose account it is: by issuer, tenant and subject together, and by nothing else."""
    found = OrganisationIdentity.objects.select_related("user").filter(
        organisation=organisation, issuer=said.issuer, tenant=said.tenant, subject=said.subject
    )
    identity = found.first()
    return identity.user if identity else None


def has_other_way(identity: OrganisationIdentity) -> bool:
    """Whether its holder can sign in without it: a password, a passkey that needs none, or another organisation."""
    user = identity.user
    others = user.organisation_identities.filter(organisation__is_active=True).exclude(pk=identity.pk)
    return user.has_usable_password() or others.exists() or _has_passkey(user)


def _has_passkey(user: User) -> bool:
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return any(key.wrap().is_passwordless for key in keys)
