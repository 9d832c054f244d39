"""A report that was published with a challenge, two answers and a view on closing, and withdrawn for redaction."""

from partnership.documents import services as documents
from partnership.documents.models import Document, Ground, Version
from scrutiny import selectors, services
from scrutiny.models import Redaction
from scrutiny.passages import Passage
from tests import answered, worlds
from tests.apps.scrutiny import talk
from tests.kept_states import kept
from tests.worlds import World

NAME = "Zebedee"
CHALLENGE = f"Why was {NAME} of Elm Street not heard?"
ANSWER = f"We met {NAME} in May."
VIEW = f"{NAME} was heard late."
WHY = "Somebody could be known from it."


@kept
def published(world: World) -> Version:
    """Everything is said, signed and public. The council answers through Dev, the police through Eve."""
    version = worlds.written(world)
    first = talk.challenge(world, version.document, CHALLENGE)
    talk.answer(world, first, ANSWER)
    talk.answer(world, first, "The police agree.", by=world.eve)
    talk.close(world, first, VIEW)
    sent = documents.send_for_sign_off(version=version, by=world.gwen)
    return worlds.publish(worlds.signed_by_all(world, sent), world.gwen)


@kept
def sealed(world: World, ground: Ground = Ground.REDACTION) -> Document:
    """The same, withdrawn."""
    note = "Somebody could be identified."
    return documents.take_down(version=published(world), ground=ground, note=note, by=world.eve).document


def passages(document: Document) -> list[Passage]:
    """The challenge, the council's answer, that of the police, and the view, as they are now."""
    return selectors.passages(document)


def take_out(passage: Passage, by: object, words: str = "[A name was taken out]", **more: object) -> Redaction:
    """Words taken out by somebody who has the page of today on the screen."""
    seen = passage.redaction.pk if passage.redaction else 0
    said = {"reason": WHY, "seen": seen, **more}
    return services.redact(passage=passage, words=words, by=by, **said)  # type: ignore[arg-type]


def take_everything_out(world: World, document: Document) -> None:
    """Each side takes the name out of what it said."""
    challenge, council, _, view = passages(document)
    take_out(challenge, world.femi, "Why was [a person] not heard?")
    take_out(council, world.dev, "We met [a person] in May.")
    take_out(view, world.femi, "[A person] was heard late.")


def sent_again(world: World, document: Document) -> Version:
    """The corrected edition, frozen and with the partners."""
    gone = document.versions.order_by("-number")[0]
    draft = worlds.correct(gone, world.gwen, reason="A name was taken out.")
    answered.answer_musts(draft, world.gwen, world.dev)
    return documents.send_for_sign_off(version=draft, by=world.gwen)


def published_again(world: World, document: Document) -> Version:
    """The corrected edition, public."""
    return worlds.publish(worlds.signed_by_all(world, sent_again(world, document)), world.gwen)
