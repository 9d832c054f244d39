"""What makes a password good enough here: long, and hard to guess for somebody who knows the person and the service.

No rule on its composition. Length, common passwords and likeness to the address are Django's own validators.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

LEAST = 3  # of 0 to 4; "safely unguessable: moderate protection from an offline attack"
# The estimate takes longer with each character and gains nothing by the rest.
LOOKED_AT = 72
OWN = 8
LONG_ENOUGH_TO_KNOW = 4  # a name of three letters is part of too many words
OURS = ("safeguarding", "partnership", "children", "child", "practice", "council", "police")
WEAK = "This password is easy to guess. Use three or more words that do not belong together, and no names."


class HardToGuess:
    """Refuses what an attacker would try early: words in a row, dates, keyboard runs, known passwords, our own words."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password whose estimate by zxcvbn is too low."""
        known = _known_about(user)
        found = zxcvbn(password[:LOOKED_AT], user_inputs=known)
        if found["score"] < LEAST or _own(password, known) < OWN:
            raise ValidationError(WEAK, code="password_easy_to_guess")

    def get_help_text(self) -> str:
        return "Your password must not be easy to guess."


def _own(password: str, known: list[str]) -> int:
    """How many letters and numbers are left without the known words: the estimate trusts a row of them too much."""
    rest = password.lower()
    for word in sorted(known, key=len, reverse=True):
        if len(word) >= LONG_ENOUGH_TO_KNOW:
            rest = rest.replace(word, "")
    return len(re.sub(r"[\W_]+|(19|20)\d\d", "", rest))


def _known_about(user: object) -> list[str]:
    """The words of the service, the person's name and their address, each by itself and all together."""
    told = [settings.SERVICE_NAME, str(getattr(user, "name", "")), str(getattr(user, "email", ""))]
    parts = [part for words in told for part in re.split(r"[\W_]+", words.lower()) if part]
    return [*OURS, *parts, *(words.lower() for words in told if words)]
