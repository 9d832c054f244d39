"""What people are told of, and how soon a mail says so. The stored notice is the record; the mail is a copy of it.

Source: capabilities 105 to 107. What is truly urgent goes at once; everything else waits for one digest a week unless
its reader chose otherwise, and the last two steps of a ladder cannot be switched off.
"""

from dataclasses import dataclass

from django.db import models


class Cadence(models.TextChoices):
    """When the mail about a notice goes."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "In one mail a day"
    WEEKLY = "weekly", "In one mail a week, on Monday"
    HERE_ONLY = "here_only", "Not by mail: I look here"


class Kind(models.TextChoices):
    """What a notice is about, as its reader sorts it."""

    SIGNING = "signing", "Something waits for your signature or decision"
    CAME_BACK = "came_back", "Something came back, was stopped or was not delivered"
    LAST_STEP = "last_step", "A date has passed, and the last steps of its ladder are reached"
    DATE_NEAR = "date_near", "A date of a duty is a week away or nearer, or has just passed"
    DATE_AHEAD = "date_ahead", "A date of a duty lies ahead"
    OFFICES = "offices", "Offices: who was appointed, reviews of who has access, signing in"
    ASKED = "asked", "You are asked to write, answer, agree or read something"
    WRITING_DUE = "writing_due", "Something that you were asked to write is due"
    NEWS = "news", "What happened to a document of your areas"


@dataclass(frozen=True)
class Rule:
    """How a kind is told of: as long as nobody chooses, and among what they may choose. One choice is no choice."""

    default: Cadence
    choices: tuple[Cadence, ...]
    why: str = ""


_ANY = tuple(Cadence)
_BY_MAIL = (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY)
_ALWAYS = (Cadence.AT_ONCE,)

RULES: dict[Kind, Rule] = {
    Kind.SIGNING: Rule(Cadence.AT_ONCE, _ALWAYS, "Nobody else can do it for you."),
    Kind.CAME_BACK: Rule(Cadence.AT_ONCE, _ALWAYS, "What did not arrive has not been done."),
    Kind.LAST_STEP: Rule(Cadence.AT_ONCE, _ALWAYS, "The last two steps of a ladder cannot be switched off."),
    Kind.DATE_NEAR: Rule(Cadence.AT_ONCE, _BY_MAIL),
    Kind.DATE_AHEAD: Rule(Cadence.WEEKLY, _ANY),
    Kind.OFFICES: Rule(Cadence.AT_ONCE, _BY_MAIL),
    Kind.ASKED: Rule(Cadence.AT_ONCE, _BY_MAIL),
    Kind.WRITING_DUE: Rule(Cadence.AT_ONCE, _BY_MAIL),
    Kind.NEWS: Rule(Cadence.WEEKLY, _ANY),
}
MAY_BE_CHOSEN = tuple(kind for kind, rule in RULES.items() if len(rule.choices) > 1)
