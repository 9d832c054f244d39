"""Moving a draft to a newer edition of its guidance. What was frozen before keeps the edition that it was frozen under."""

from django.db import transaction
from django.db.models import Max

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import policies, selectors
from partnership.documents.models import Answer, Document, Section, Version
from partnership.guidance import crosswalk, loader
from partnership.guidance.schema import Edition


@transaction.atomic
def move_to_edition(*, document: Document, edition_key: str, by: User) -> list[crosswalk.Change]:
    """Assess a draft against a newer edition: lay out its new sections, carry over what stays the same.

    What changed is to be confirmed again, what is gone loses its marks and its explanation; nobody's text is touched. A
    second click finds it moved. Returns what needs work. Raises NotAllowed or WrongState.
    """
    version = selectors.lock(policies.check_has_draft(selectors.draft(document)))
    document = Document.objects.select_for_update(of=("self",)).select_related("area").get(pk=document.pk)
    access.require(by, Permission.BEGIN_DOCUMENT, document.area)
    old = loader.edition(document.edition_key)
    if old.key == edition_key:
        return []
    policies.check_can_move(document, edition_key)
    new = loader.edition(edition_key)
    changes = list(crosswalk.between(old, new, document.kind))
    for change in changes:
        _carry(version, change)
    _lay_out(version, new)
    document.edition_key = new.key
    document.save(update_fields=["edition_key"])
    work = [change for change in changes if change.needs_work]
    data = {"title": document.title, "old": old.short_title, "new": new.short_title, "work": len(work)}
    audit.record(
        Event.DRAFT_MOVED, by=by, area_slug=document.area.slug, target=document, subject=document.subject, data=data
    )
    return work


def _carry(version: Version, change: crosswalk.Change) -> None:
    if change.old is None:
        return
    answers = version.answers.filter(requirement=change.old.id)
    explained = version.explanations.filter(requirement=change.old.id)
    if change.new is None:
        answers.delete()
        explained.delete()
        return
    if change.kind == "changed":
        answers.update(confirmed_mark="", confirmed_at=None, confirmed_by=None)
    if change.new.id != change.old.id:
        _claim_anew(list(answers), change.new.id)
        explained.update(requirement=change.new.id)


def _claim_anew(answers: list[Answer], requirement: str) -> None:
    """The same claims under another name, to be confirmed again: what was claimed and confirmed is never rewritten."""
    for row in answers:
        row.delete()
        claimed = {"claimed_by_id": row.claimed_by_id, "claimed_at": row.claimed_at}
        Answer.objects.create(version_id=row.version_id, block_id=row.block_id, requirement=requirement, **claimed)


def _lay_out(version: Version, edition: Edition) -> None:
    """The new edition's sections in its order; those that it does not know stay at the end, unless nobody ever wrote there."""
    asked = {row.key: row for row in edition.sections_for(version.document.kind)}
    last = max((row.position for row in asked.values()), default=0)
    last = max(last, version.sections.aggregate(last=Max("position"))["last"] or 0)
    for section in version.sections.order_by("position"):
        rule = asked.pop(section.key, None)
        unwritten = section.revision == 0 and not section.texts.exists()  # a text may have come from another version
        if rule is None and unwritten and not (section.body.strip() or section.explanation.strip()):
            section.delete()
            continue
        last += 1
        section.position, section.title = (rule.position, rule.title) if rule else (last, section.title)
        section.save(update_fields=["position", "title"])
    Section.objects.bulk_create(
        Section(version=version, key=row.key, title=row.title, position=row.position) for row in asked.values()
    )
