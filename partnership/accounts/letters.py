"""The mails of this app."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from partnership.mail import services as mail


@dataclass(frozen=True)
class InvitationLetter:
    """What the text of an invitation needs."""

    name: str
    inviter: str
    link: str
    until: datetime
    service_name: str = settings.SERVICE_NAME


def invitation(letter: InvitationLetter, *, to: str, dedupe_key: str) -> None:
    """Queue the mail that brings the link to a new person."""
    words = asdict(letter)
    mail.queue(
        to=to,
        subject=" ".join(render_to_string("mail/accounts/invitation.subject.txt", words).split()),
        text=render_to_string("mail/accounts/invitation.body.txt", words),
        html=render_to_string("mail/accounts/invitation.body.html", words),
        dedupe_key=dedupe_key,
    )
