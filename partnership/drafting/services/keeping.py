"""Keeping what somebody types before they save it. It is theirs alone, goes when they save, and is no event."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import policies as documents
from partnership.documents import services as documents_services
from partnership.documents.models import Section, SectionText
from partnership.drafting.models import Unsaved


@transaction.atomic
def keep_unsaved(*, section: Section, body: str, explanation: str, seen_revision: int, by: User) -> Unsaved | None:
    """Keep a text that was typed and not saved; None where it says what the section says. Raises NotAllowed, WrongState."""
    access.require(by, Permission.DRAFT_DOCUMENT, section.version.document.area)
    documents.check_can_write(section.version)
    body, explanation = body.replace("\r\n", "\n"), explanation.replace("\r\n", "\n").strip()
    if (body, explanation) == (section.body, section.explanation):
        Unsaved.objects.filter(section=section, person=by).delete()
        return None
    kept, _ = Unsaved.objects.update_or_create(
        section=section,
        person=by,
        defaults={"body": body, "explanation": explanation, "seen_revision": seen_revision, "kept_at": clock.now()},
    )
    return kept


@transaction.atomic
def recover(*, kept: Unsaved, by: User) -> SectionText:
    """Put what was typed and not saved beside the section's text, to go on from; it is one of its texts from then on."""
    text = documents_services.keep_aside(section=kept.section, body=kept.body, explanation=kept.explanation, by=by)
    kept.delete()
    return text


def forget_unsaved(*, section: Section, by: User) -> None:
    """Forget what this person typed in this section and did not save."""
    Unsaved.objects.filter(section=section, person=by).delete()
