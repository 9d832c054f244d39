"""The one way to tell somebody something, and what its reader does with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.errors import Incomplete, WrongState
from partnership.mail import letters
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Status
from partnership.notices import selectors
from partnership.notices.kinds import MAY_BE_CHOSEN, RULES, Cadence, Kind
from partnership.notices.models import Digest, Notice, Preference

FOOT = "\n--\n"  # what every mail ends with; the list needs it not


@transaction.atomic
def tell(
    template: str,
    words: Mapping[str, object],
    *,
    person: User,
    kind: Kind,
    dedupe_key: str,
    purpose: str,
    area_slug: str = "",
    about: str = "",
) -> Notice:
    """Keep a notice for one person, made from a letter's template, in the caller's transaction; and its mail, if at once.

    `words["link"]` is the place of the act. `dedupe_key` says which occasion this is: asked again, the row that exists
    is returned. `about` names what settles it. Raises Incomplete for an address that cannot be used.
    """
    known = Notice.objects.filter(dedupe_key=dedupe_key).first()
    if known:
        return known
    letter = letters.render(template, words)
    cadence = selectors.cadence_of(person, kind)
    copied = {"to": person.email, "dedupe_key": dedupe_key, "area_slug": area_slug, "purpose": purpose}
    mail = _copy(letter, **copied) if cadence == Cadence.AT_ONCE else None
    kept = Notice(
        person=person,
        kind=kind,
        cadence=cadence,
        area_slug=area_slug,
        title=letter[0],
        text=letter[1].split(FOOT)[0].strip(),
        link=_path(str(words["link"])),
        about=about,
        dedupe_key=dedupe_key,
        mail=mail,
    )
    Notice.objects.bulk_create([kept], ignore_conflicts=True)  # of two for the same occasion the first stays
    return Notice.objects.get(dedupe_key=dedupe_key)


def _copy(letter: tuple[str, str, str], **where: Any) -> OutgoingMail:
    subject, text, html = letter
    return outbox.queue(subject=subject, text=text, html=html, **where)


@transaction.atomic
def settle(*, about: str) -> int:
    """What these notices were for is over: no digest tells of them, and what has not left yet does not leave. A count.

    `about` names one thing and every part of it: version:3 is over with version:3:seat:7.
    """
    named = Q(about=about) | Q(about__startswith=f"{about}:")
    rows = list(Notice.objects.filter(named, settled_at=None).select_related("mail"))
    for notice in rows:
        _cancel(notice)
    Notice.objects.filter(pk__in=[notice.pk for notice in rows], settled_at=None).update(settled_at=clock.now())
    return len(rows)


def cancel_what_is_over() -> int:
    """Cancel mails that were on their way when their notice was settled, and came back to wait. Returns how many."""
    still = Notice.objects.filter(settled_at__isnull=False, mail__status__in=[Status.QUEUED, Status.WAITING])
    return sum(_cancel(notice) for notice in still.select_related("mail"))


def _cancel(notice: Notice) -> bool:
    """False where the mail has left, or leaves in this moment."""
    if notice.mail is None or notice.mail.status not in (Status.QUEUED, Status.WAITING):
        return False
    try:
        outbox.cancel(mail=notice.mail, reason="What it was for is over.")
    except WrongState:
        return False
    return True


def mark_read(*, notices: QuerySet[Notice], until: datetime) -> int:
    """Note that the person has seen their notices made until a moment: newer ones were not on the page. Returns a count."""
    return notices.filter(created_at__lte=until, read_at=None).update(read_at=clock.now())


@transaction.atomic
def choose(*, person: User, cadences: Mapping[Kind, Cadence]) -> None:
    """Keep how a person wants to be told. Raises Incomplete where the law or another person depends on the mail."""
    for kind, cadence in cadences.items():
        if kind not in MAY_BE_CHOSEN or cadence not in RULES[kind].choices:
            raise Incomplete(f"“{kind.label}” cannot be told in that way. Choose one of the ways that are offered.")
        Preference.objects.update_or_create(
            person=person, kind=kind, defaults={"cadence": cadence, "chosen_at": clock.now()}
        )


@transaction.atomic
def send_digest(
    *, digest: Digest, words: Mapping[str, object], notices: Sequence[Notice], subject_template: str = "notices/digest"
) -> None:
    """Queue the mail of a digest that was just made, and note of each notice that it told of it."""
    told = [notice.pk for notice in notices]
    mail = outbox.write(
        subject_template,
        words,
        to=digest.person.email,
        dedupe_key=f"digest:{digest.person_id}:{digest.cadence}:{digest.period_start:%Y%m%d}",
        purpose="digest",
    )
    Digest.objects.filter(pk=digest.pk, mail=None).update(mail=mail)
    Notice.objects.filter(pk__in=told, digest=None).update(digest=digest)


def _path(link: str) -> str:
    path = link.removeprefix(settings.PUBLIC_ADDRESS.rstrip("/"))
    return f"/{path.lstrip('/')}" if not path or path.startswith("/") else path
