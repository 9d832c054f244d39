"""Handing one message for one recipient to the relay, knowing at every moment how far it got.

Django's backend hides which recipient was refused and what the relay answered, and `smtplib.sendmail` does not say
whether the connection broke before or after the final dot. Both decide here what may be tried again (RFC 1047,
RFC 5321 section 4.2), so the commands are given one by one.
"""

import logging
import re
import smtplib
import ssl
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.conf import settings

from partnership.mail import addresses
from partnership.mail.workflow import Outcome
from partnership.web import faults

logger = logging.getLogger(__name__)

TRANSIENT, PERMANENT = 4, 5  # the first digit of a reply (RFC 5321, section 4.2.1)


class Step(Enum):
    CONNECT = "connecting"
    SIGN_IN = "signing in"
    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    DATA = "DATA"
    FINAL_DOT = "the end of the message"


@dataclass(frozen=True)
class Report:
    """How an attempt ended. `answer` is the relay's reply, or our own words where it gave none (`is_reply` False).

    `relay_unusable`: the next message would meet the same, so the run should stop.
    """

    outcome: Outcome
    answer: str
    relay_unusable: bool = False
    is_reply: bool = False


class _Refusal(Exception):
    def __init__(self, step: Step, code: int, text: bytes | str) -> None:
        self.step, self.code = step, code
        self.text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        super().__init__(f"{code} {self.text}")


class _Misconfigured(Exception):
    pass


def deliver(*, sender: str, recipient: str, message: bytes, copy_to: str = "") -> Report:
    """Try once. Never raises for what the relay or the network does; the report says what is known.

    `copy_to`: the archive, which gets the same message in the same breath. That it is refused stops nothing.
    """
    handing = _Handing(sender, recipient, message, copy_to)
    try:
        answer = handing.over()
    except _Misconfigured as error:
        return Report(Outcome.CONFIGURATION, str(error), relay_unusable=True)
    except _Refusal as refusal:
        report = classify(refusal.step, refusal.code, f"{refusal} (at {refusal.step.value})")
        return replace(report, is_reply=True)
    except Exception as error:  # whatever broke, what counts is how far the message had got
        return _broken_off(handing.step, error)
    finally:
        handing.close()
    return Report(Outcome.SENT, answer, is_reply=True)


def classify(step: Step, code: int, answer: str) -> Report:
    """What a negative reply at a step means for the message and for the run."""
    starting = step in {Step.CONNECT, Step.SIGN_IN}
    if code == -1:  # not an SMTP reply at all
        unknown = Outcome.UNCERTAIN if step is Step.FINAL_DOT else Outcome.TEMPORARY
        return Report(unknown, answer, relay_unusable=starting)
    if code // 100 == TRANSIENT:
        return Report(Outcome.TEMPORARY, answer, relay_unusable=starting)
    if code in {530, 534, 535, 538} or starting or (step is Step.SENDER and code not in {552, 554}):
        return Report(Outcome.CONFIGURATION, answer, relay_unusable=True)
    if code // 100 == PERMANENT:
        return Report(Outcome.PERMANENT, answer)
    return Report(Outcome.UNCERTAIN if step is Step.FINAL_DOT else Outcome.TEMPORARY, answer)


def _broken_off(step: Step, error: Exception) -> Report:
    words = f"{type(error).__name__} at {step.value}: {error}"
    if step is Step.FINAL_DOT:
        return Report(Outcome.UNCERTAIN, words)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Report(Outcome.CONFIGURATION, words, relay_unusable=True)
    return Report(Outcome.TEMPORARY, words, relay_unusable=step in {Step.CONNECT, Step.SIGN_IN})


class _Handing:
    """One connection for one message. `step` says how far it has got when something raises."""

    def __init__(self, sender: str, recipient: str, message: bytes, copy_to: str) -> None:
        self.sender, self.recipient, self.message, self.copy_to = sender, recipient, message, copy_to
        self.step = Step.CONNECT
        self.relay: smtplib.SMTP | None = None

    def over(self) -> str:
        relay = self._connect()
        faults.point("P5_connected")
        self.step = Step.SIGN_IN
        self._sign_in(relay)
        self.step = Step.SENDER
        self._expect(relay.mail(self.sender), 250)
        self.step = Step.RECIPIENT
        self._expect(relay.rcpt(self.recipient, _reports(relay, self.sender)), 250, 251)
        self._copy(relay)
        faults.point("P6_recipient")
        self.step = Step.DATA
        self._expect(relay.docmd("DATA"), 354)
        _send(relay, _with_dots_doubled(self.message))
        # From here on the relay may have the message, whatever happens to the connection.
        self.step = Step.FINAL_DOT
        relay.send(b".\r\n")
        faults.point("P8_final_dot")
        answer = self._expect(relay.getreply(), 250)
        faults.point("P9_accepted")
        return answer

    def _copy(self, relay: smtplib.SMTP) -> None:
        """The recipient is accepted already; without its copy the message still has to go, and the operator hears of it."""
        if not self.copy_to:
            return
        code, _ = relay.rcpt(self.copy_to, ("NOTIFY=NEVER",) if relay.has_extn("dsn") else ())
        if code not in (250, 251):
            logger.error("archive_copy_refused code=%s", code)

    def _expect(self, reply: tuple[int, bytes], *good: int) -> str:
        code, text = reply
        if code not in good:
            raise _Refusal(self.step, code, text)
        return f"{code} {text.decode('utf-8', 'replace')}"

    def _connect(self) -> smtplib.SMTP:
        use_ssl, use_starttls = settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS
        # Letters to public bodies never leave in clear text, except into the local mailbox of the practice area.
        if getattr(settings, "MAIL_REQUIRE_TLS", not settings.PRACTICE) and not (use_ssl or use_starttls):
            raise _Misconfigured("Encryption to the relay is required: set EMAIL_USE_SSL (port 465) or EMAIL_USE_TLS.")
        relay_class = smtplib.SMTP_SSL if use_ssl else smtplib.SMTP
        tls: dict[str, Any] = {"context": _context()} if use_ssl else {}
        try:
            self.relay = relay_class(
                settings.EMAIL_HOST,
                settings.EMAIL_PORT,
                local_hostname=_own_name(),
                timeout=settings.EMAIL_TIMEOUT,
                **tls,
            )
            self.relay.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            raise _Refusal(self.step, error.smtp_code, error.smtp_error) from error
        if use_starttls:
            _start_tls(self.relay)
        return self.relay

    def _sign_in(self, relay: smtplib.SMTP) -> None:
        if not settings.EMAIL_HOST_USER:
            return
        try:
            relay.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except smtplib.SMTPNotSupportedError as error:
            raise _Misconfigured("The relay offers no way to sign in.") from error
        except smtplib.SMTPResponseException as error:
            raise _Refusal(self.step, error.smtp_code, error.smtp_error) from error

    def close(self) -> None:
        """Say goodbye if the relay still listens; the outcome no longer depends on it."""
        if self.relay is None:
            return
        try:
            if self.relay.sock is not None:
                self.relay.sock.settimeout(2)
                self.relay.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self.relay.close()


def _reports(relay: smtplib.SMTP, sender: str) -> tuple[str, ...]:
    """Where reports come back to an address of the message's own, delivery is to be reported as well (RFC 3461)."""
    return ("NOTIFY=SUCCESS,FAILURE,DELAY",) if relay.has_extn("dsn") and addresses.is_one(sender) else ()


def _own_name() -> str:
    """The name given in EHLO: that of the sender's domain. smtplib would ask the DNS for this machine's."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"


def _start_tls(relay: smtplib.SMTP) -> None:
    try:
        relay.starttls(context=_context())
        relay.ehlo()
    except smtplib.SMTPNotSupportedError as error:
        raise _Misconfigured("The relay does not offer STARTTLS; nothing is sent in clear text.") from error
    except smtplib.SMTPResponseException as error:
        raise _Misconfigured(f"The relay refused STARTTLS; nothing is sent in clear text. {error}") from error


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _send(relay: smtplib.SMTP, content: bytes) -> None:
    """In one piece, unless the kill harness is to come in between two."""
    begun = len(content) // 2 if faults.are_watched() else 0
    relay.send(content[:begun])
    faults.point("P7_mid_data")
    relay.send(content[begun:])


def _with_dots_doubled(message: bytes) -> bytes:
    """A line that begins with a dot gets a second one (RFC 5321, section 4.5.2); the last line ends."""
    doubled = re.sub(rb"(?m)^\.", b"..", message)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
