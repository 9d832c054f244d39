"""The secret that an organisation gave this service, encrypted in its row."""

from cryptography.fernet import InvalidToken

from partnership.accounts import sealing
from partnership.accounts.models import Organisation
from partnership.errors import WrongState

PURPOSE = "partnership.accounts.organisations"


def seal(secret: str) -> str:
    """The secret as it may be stored."""
    return sealing.keys(PURPOSE).encrypt(secret.encode()).decode()


def opened(organisation: Organisation) -> str:
    """The secret in clear. Raises WrongState when it was stored under a SECRET_KEY that is gone."""
    try:
        return sealing.keys(PURPOSE).decrypt(organisation.sealed_secret.encode()).decode()
    except InvalidToken as error:
        raise WrongState(f"Signing in through {organisation} has to be set up again by the operator.") from error
