"""What an organisation says of a person, believed only when everything about it is right.

Allauth reads an ID token that came straight from the token endpoint without its signature and without a nonce, and takes
the issuer from what the provider says of itself. Here each is checked (OpenID Connect Core 1.0, section 3.1.3.7).
"""

from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]  # never a shared secret
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds by which the clocks of two organisations may differ
LONGEST = {"sub": 255, "tid": 100}  # characters; the first by the standard


@dataclass(frozen=True)
class Said:
    """Who somebody is at an organisation. `tenant` is the token's `tid`, empty where there is none."""

    issuer: str
    tenant: str
    subject: str


@dataclass(frozen=True)
class Expected:
    """What the token must say."""

    issuer: str
    audience: str
    tenant: str
    nonce: str


class NotProven(Exception):
    """The token does not prove who the person is. The message is for the log and holds nothing of the person."""


def read(token: str, *, keys: dict[str, Any], expected: Expected) -> Said:
    """The person of a token that one of the issuer's keys signed, now, for us, for this sign-in, in this tenant.

    `keys` is the issuer's JSON Web Key Set. Raises NotProven. Real time counts here, not the practice clock.
    """
    try:
        claims = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=ALGORITHMS,
            issuer=expected.issuer,
            audience=expected.audience,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotProven(type(error).__name__) from error
    _check_is_for_us(claims, expected)
    if not claims["sub"]:
        raise NotProven("subject")
    return Said(issuer=expected.issuer, tenant=_word(claims, "tid"), subject=_word(claims, "sub"))


def _word(claims: dict[str, Any], name: str) -> str:
    """A claim that can be kept as it is, letter by letter."""
    found = claims.get(name, "")
    if not isinstance(found, str) or len(found) > LONGEST[name] or not found.isprintable():
        raise NotProven(name)
    return found


def _check_is_for_us(claims: dict[str, Any], expected: Expected) -> None:
    parties = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", expected.audience) != expected.audience or (len(parties) > 1 and "azp" not in claims):
        raise NotProven("authorised party")
    if not expected.nonce or not constant_time_compare(str(claims["nonce"]), expected.nonce):
        raise NotProven("nonce")
    if expected.tenant and claims.get("tid") != expected.tenant:
        raise NotProven("tenant")


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The one key that the token names; a token without a name is read with the only key there is."""
    named = jwt.get_unverified_header(token).get("kid")
    offered = [key for key in keys["keys"] if key.get("use", "sig") == "sig"]
    matching = [key for key in offered if key.get("kid") == named] if named else offered
    if len(matching) != 1:
        raise NotProven("signing key")
    return jwt.PyJWK(matching[0])
