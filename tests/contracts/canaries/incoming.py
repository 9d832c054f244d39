"""What came back of a submission of the other area: a reply with a file, and a report of delivery."""

from partnership.mail.incoming import keeping
from partnership.submissions import jobs
from partnership.submissions.models import Submission
from tests.apps.mail import samples
from tests.contracts.canaries.words import secret


def fill(submission: Submission) -> None:
    """Each text of what came in is a word of its own."""
    mail = submission.mail
    reply = samples.reply(mail.reply_to, mail.message_id, words=secret("mail.IncomingMail.subject"))
    reply = reply.replace(b"zoe.reader@body.example", f"{secret('mail.IncomingMail.sender')}@body.example".encode())
    reply = reply.replace(b"RE: Ashdown", secret("mail.IncomingMail.subject").encode())
    reply = reply.replace(b"reply-1@outlook", f"{secret('mail.IncomingMail.message_id')}@outlook".encode())
    report = samples.delivered(mail.envelope_from, mail.message_id)
    report = report.replace(b"250 2.1.5 Recipient OK", secret("mail.IncomingMail.said").encode())
    assert keeping.keep(reply) and keeping.keep(report)
    assert jobs.file_incoming() == 2
