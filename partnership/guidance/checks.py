"""What must be true inside an edition and between editions. Each check raises EditionError with file and row."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from partnership.guidance.crosswalk import check_crosswalk
from partnership.guidance.dated import Deadline
from partnership.guidance.schema import Edition
from partnership.guidance.vocabulary import DOCUMENTS, EditionError, Level


def check_edition(edition: Edition) -> None:
    """The rows of one edition fit together."""
    _corrections_follow(edition)
    _sections_exist(edition)
    _sections_are_in_order(edition)
    _musts_have_required_sections(edition)
    _facts_can_happen(edition)
    _days_make_sense(edition)


def check_editions(editions: Sequence[Edition]) -> None:
    """Editions of a series follow each other without gap or overlap, and so do the documents that they are for."""
    keys = [edition.key for edition in editions]
    for edition in editions:
        for rule in edition.rules:
            if rule.carried_from and rule.carried_from not in keys:
                raise _wrong(
                    edition, f"a rule is carried over from “{rule.carried_from}”, an edition that does not exist."
                )
    for series in sorted({edition.series for edition in editions}):
        _editions_follow([edition for edition in editions if edition.series == series])
    for document in DOCUMENTS:
        _applications_follow(document, editions)


def _wrong(edition: Edition, sentence: str) -> EditionError:
    return EditionError(f"In {edition.key}.toml, {sentence}")


def _corrections_follow(edition: Edition) -> None:
    """An id that stands twice was corrected: its rows are about one document, and one ends before the next begins."""
    rows = sorted(edition.requirements, key=lambda row: (row.id, row.applies_from or edition.in_force_from))
    for before, after in pairwise(rows):
        if before.id != after.id:
            continue
        if before.document != after.document:
            raise _wrong(edition, f"requirement {before.id}: both rows must be about one kind of document.")
        if after.applies_from is None or before.until is None or after.applies_from < before.until:
            raise _wrong(edition, f"requirement {before.id}: a row must end (“until”) by the day the next one begins.")


def _sections_exist(edition: Edition) -> None:
    known = {(section.document, section.key) for section in edition.sections}
    for rule in edition.requirements:
        if rule.section and (rule.document, rule.section) not in known:
            raise _wrong(
                edition,
                f"requirement {rule.id}: the {DOCUMENTS[rule.document].lower()} has no section “{rule.section}”.",
            )


def _sections_are_in_order(edition: Edition) -> None:
    for document in DOCUMENTS:
        for before, after in pairwise(edition.sections_for(document)):
            if after.position <= before.position:
                raise _wrong(edition, f"section {after.key}: “position” must be greater than that of {before.key}.")
    for section in edition.sections:
        if section.max_characters < 1:
            raise _wrong(edition, f"section {section.key}: “max_characters” must be 1 or more.")


def _musts_have_required_sections(edition: Edition) -> None:
    for section in edition.sections:
        musts = [rule.id for rule in section.requirements if rule.level is Level.MUST and rule.binds]
        if musts and not section.required:
            raise _wrong(edition, f"section {section.key}: it must be required, because {musts[0]} is a must.")


def _facts_can_happen(edition: Edition) -> None:
    for deadline in edition.deadlines:
        parties = {recipient.party for recipient in edition.recipients_for(deadline.document)}
        for fact in deadline.facts:
            kind, _, party = fact.partition(":")
            if fact != "published" and not (kind == "submitted" and party in parties):
                raise _wrong(
                    edition,
                    f"deadline {deadline.key}: “{fact}” must be “published” or “submitted:” with a recipient's party.",
                )


def _days_make_sense(edition: Edition) -> None:
    if edition.replaced_on and edition.replaced_on <= edition.in_force_from:
        raise _wrong(edition, "“replaced_on” must be after “in_force_from”.")
    for deadline in edition.deadlines:
        if not (1 <= deadline.month <= 12 and 1 <= deadline.day <= 28 + (deadline.month != 2) * 2):
            raise _wrong(edition, f"deadline {deadline.key}: “due” is not a day that every year has.")
        ladder = [step.days for step in (*deadline.reminders, *deadline.late)]
        if ladder != sorted(set(ladder)):
            raise _wrong(edition, f"deadline {deadline.key}: the reminders must go from the earliest to the latest.")
        if deadline.repeat_late_every_days < 1:
            raise _wrong(edition, f"deadline {deadline.key}: “repeat_late_every_days” must be 1 or more.")
        _plan_makes_sense(edition, deadline)
    for backstop in edition.backstops:
        if backstop.months < 1:
            raise _wrong(edition, f"backstop {backstop.key}: “months” must be 1 or more.")


def _plan_makes_sense(edition: Edition, deadline: Deadline) -> None:
    plan = [step.days_before for step in deadline.milestones]
    if plan != sorted(set(plan), reverse=True) or any(days < 0 for days in plan):
        raise _wrong(edition, f"deadline {deadline.key}: the milestones must go from the earliest to the latest.")
    met = [step.working_days_before_meeting for step in deadline.milestones]
    bound = [days for days in met if days is not None]
    if bound != sorted(set(bound), reverse=True) or any(days < 0 for days in bound):
        raise _wrong(
            edition,
            f"deadline {deadline.key}: “working_days_before_meeting” must go from more to fewer, and be 0 or more.",
        )


def _editions_follow(series: Sequence[Edition]) -> None:
    in_order = sorted(series, key=lambda edition: edition.in_force_from)
    for place, edition in enumerate(in_order):
        check_crosswalk(edition, in_order[:place])
    for before, after in pairwise(in_order):
        if before.replaced_on != after.in_force_from:
            raise _wrong(before, f"“replaced_on” must be {after.in_force_from}, when {after.key} came into force.")


def _applications_follow(document: str, editions: Sequence[Edition]) -> None:
    rows = [(row, edition) for edition in editions for row in edition.applications if row.document == document]
    rows.sort(key=lambda pair: pair[0].first)
    for (before, earlier), (after, later) in pairwise(rows):
        if before.counted_by != after.counted_by:
            raise _wrong(
                later, f"application {document}: “counted_by” must be “{before.counted_by}”, as in {earlier.key}."
            )
        if before.last is None or after.first != before.last + timedelta(days=1):
            raise _wrong(later, f"application {document}: it must begin on the day after {earlier.key} ends.")
