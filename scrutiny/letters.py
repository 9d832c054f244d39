"""The mails about challenges and statements: a reference, the act and a link, and none of the words."""

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents.kinds import address_of
from partnership.documents.letters import concerned
from partnership.documents.models import Document
from partnership.notices import services as notices
from partnership.notices.kinds import Kind
from scrutiny.models import ChallengeNote, Redaction, Response, Statement


def about(challenge: ChallengeNote) -> str:
    """What the notices name that are over once the challenge is closed."""
    return f"challenge:{challenge.pk}"


def _send(template: str, challenge: ChallengeNote, to: Appointment, key: str) -> None:
    document = challenge.document
    where = reverse("scrutiny:challenges", args=[challenge.area.slug, address_of(document)])
    link = f"{settings.PUBLIC_ADDRESS}{where}#challenge-{challenge.number}"
    context = {"challenge": challenge, "document": document, "area": challenge.area, "link": link}
    notices.tell(
        f"scrutiny/{template}",
        context,
        person=to.person,
        kind=Kind.ASKED,
        dedupe_key=f"challenge-{template}:{challenge.pk}:{key}:{to.person_id}",
        area_slug=challenge.area.slug,
        purpose=f"challenge {template}",
        about=about(challenge),
    )


def raised(challenge: ChallengeNote) -> None:
    """Tell the delegated partners, the chair and the business manager, each person once."""
    offices = (Office.DSP, Office.CHAIR, Office.BUSINESS_MANAGER)
    held = areas.in_force(challenge.area, clock.today()).filter(office__in=offices)
    for appointment in {appointment.person_id: appointment for appointment in held}.values():
        _send("raised", challenge, appointment, "raised")


def answered(challenge: ChallengeNote, response: Response) -> None:
    """Tell the scrutineers."""
    for appointment in areas.holders(challenge.area, Office.SCRUTINEER, clock.today()):
        _send("answered", challenge, appointment, str(response.pk))


def words_taken_out(redaction: Redaction, document: Document, passage: str) -> None:
    """Tell everybody concerned of which passage, and never which words. The page tells what now stands there."""
    where = reverse("scrutiny:redactions", args=[document.area.slug, address_of(document)])
    context = {
        "passage": passage,
        "redaction": redaction,
        "document": document,
        "area": document.area,
        "link": f"{settings.PUBLIC_ADDRESS}{where}",
    }
    for appointment in concerned(document):
        notices.tell(
            "scrutiny/words_taken_out",
            context,
            person=appointment.person,
            kind=Kind.NEWS,
            dedupe_key=f"words_taken_out:{redaction.pk}:{appointment.person_id}",
            area_slug=document.area.slug,
            purpose="words taken out",
        )


def statement_given(statement: Statement) -> None:
    """Tell the business manager and the chair, each person once."""
    document = statement.document
    where = reverse("scrutiny:statement", args=[document.area.slug, address_of(document)])
    context = {
        "statement": statement,
        "document": document,
        "area": document.area,
        "link": f"{settings.PUBLIC_ADDRESS}{where}",
    }
    held = areas.in_force(document.area, clock.today()).filter(office__in=(Office.CHAIR, Office.BUSINESS_MANAGER))
    for person in {appointment.person_id: appointment.person for appointment in held}.values():
        notices.tell(
            "scrutiny/statement_given",
            context,
            person=person,
            kind=Kind.NEWS,
            dedupe_key=f"statement:{statement.pk}:{person.pk}",
            area_slug=document.area.slug,
            purpose="statement given",
        )
