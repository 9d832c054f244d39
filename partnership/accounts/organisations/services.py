"""Binding accounts to organisations, and setting organisations up. Each act is on the record, and its holder is told."""

from typing import Any

from django.db import IntegrityError, transaction

from partnership.accounts import invitations
from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.accounts.organisations import letters, policies, secrets, selectors
from partnership.accounts.organisations.id_tokens import Said
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, NotAllowed

WORDS = {
    "name": "name",
    "issuer": "issuer",
    "client_id": "client",
    "client_secret": "secret",
    "tenant": "tenant",
}


@transaction.atomic
def bind(*, organisation: Organisation, said: Said, by: User) -> OrganisationIdentity:
    """Let somebody who is signed in also come in through the organisation.

    Raises NotAllowed for a closed account or an organisation that is switched off, Conflict when the person there is
    bound already, or this account is bound to somebody else there.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    return _bind(user, organisation, said)


@transaction.atomic
def accept(*, token: str, organisation: Organisation, said: Said) -> User:
    """Use an invitation up by binding its holder instead of setting a password.

    Raises WrongState for a link that is over, used or replaced, and as `bind` does.
    """
    user = invitations.claim(token)
    user.set_unusable_password()  # another one: the link, and every earlier one, is worthless from here on
    user.save(update_fields=["password"])
    _bind(user, organisation, said)
    return user


def _bind(user: User, organisation: Organisation, said: Said) -> OrganisationIdentity:
    policies.check_is_open(user)
    policies.check_is_switched_on(organisation)
    try:
        with transaction.atomic():
            identity = OrganisationIdentity.objects.create(
                user=user, organisation=organisation, issuer=said.issuer, tenant=said.tenant, subject=said.subject
            )
    except IntegrityError as error:
        raise Conflict(
            f"This account, or the person whom {organisation} named, is bound already. Nothing was changed."
        ) from error
    audit.record(Event.IDENTITY_BOUND, by=user, target=identity, data=_names(identity))
    letters.bound(identity)
    return identity


@transaction.atomic
def unbind(*, identity: OrganisationIdentity, by: User) -> None:
    """Take a way in away from one's own account.

    Raises NotAllowed for somebody else's, WrongState when it is the only way in.
    """
    user = User.objects.select_for_update().get(pk=by.pk)  # two removed at once must not both be the other way
    identity = OrganisationIdentity.objects.select_related("user", "organisation").get(pk=identity.pk)
    if identity.user_id != user.pk:
        raise NotAllowed("You can change your own account only.")
    policies.check_can_unbind(identity, has_other_way=selectors.has_other_way(identity))
    audit.record(Event.IDENTITY_UNBOUND, by=user, target=identity, data=_names(identity))
    letters.unbound(identity)
    identity.delete()


def _names(identity: OrganisationIdentity) -> dict[str, str]:
    return {"person": identity.user.name, "organisation": identity.organisation.name}


@transaction.atomic
def add(
    *, name: str, slug: str, issuer: str, client_id: str, client_secret: str, tenant: str = "", by: User | None
) -> Organisation:
    """Set an organisation up, switched on. `by` None: the operator, by command.

    Raises WrongState for an issuer that is not https, Conflict for a name, slug or issuer with tenant that is there.
    """
    policies.check_issuer(issuer)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name,
                slug=slug,
                issuer=issuer,
                client_id=client_id,
                sealed_secret=secrets.seal(client_secret),
                tenant=tenant,
            )
    except IntegrityError as error:
        raise Conflict("There is already an organisation with this name, slug, or issuer and tenant.") from error
    audit.record(Event.ORGANISATION_ADDED, by=by, target=organisation, data={"organisation": name})
    return organisation


@transaction.atomic
def change(*, organisation: Organisation, by: User | None, **changes: Any) -> Organisation:
    """Change some of `name`, `issuer`, `client_id`, `client_secret`, `tenant` (see WORDS).

    With another issuer or tenant, people who were bound must be bound again. Raises as `add` does.
    """
    if unknown := set(changes) - set(WORDS):
        raise ValueError(f"Unknown: {', '.join(sorted(unknown))}")
    if "issuer" in changes:
        policies.check_issuer(changes["issuer"])
    what = ", ".join(WORDS[name] for name in WORDS if name in changes)
    secret = changes.pop("client_secret", None)
    values = {**changes, "sealed_secret": secrets.seal(secret)} if secret else changes
    return _update(organisation, what, by, values)


@transaction.atomic
def switch(*, organisation: Organisation, on: bool, by: User | None) -> Organisation:
    """Let people sign in through it, or nobody any more. Who is bound stays bound."""
    return _update(organisation, "switched on" if on else "switched off", by, {"is_active": on})


def _update(organisation: Organisation, what: str, by: User | None, values: dict[str, Any]) -> Organisation:
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(**values)
    except IntegrityError as error:
        raise Conflict("There is already an organisation with this name, or issuer and tenant.") from error
    organisation.refresh_from_db()
    data = {"organisation": organisation.name, "what": what}
    audit.record(Event.ORGANISATION_CHANGED, by=by, target=organisation, data=data)
    return organisation
