"""A restored backup must not send the past again: it holds rows that say “to be sent” of messages that have left.

The database is known by its identity (system identifier, timeline, the table's own number: a restore changes at least
one), and by a mark outside of it: the number of the last attempt, in a file beside the stored files. Where one of them
does not fit, sending is held until an operator has compared the outbox with the archive of what left.
Source: reliability 5.3, step 7; nobody that we know of documents this.
"""

import fcntl
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from partnership import clock
from partnership.mail.models import Instance, MailAttempt, SendingHold

log = logging.getLogger(__name__)

OTHER = "The database is another than the one from which messages were sent: it was restored or copied."
OLDER = "The database knows of fewer messages than have left: it was restored to an earlier moment."
STRANGE = "The mark beside the stored files belongs to another database: one of the two was restored or copied."
UNREADABLE = "The mark beside the stored files cannot be read."
_MAY_ASK = "SELECT bool_and(has_function_privilege(f, 'execute')) FROM unnest(%s::text[]) f"
_ASKED = ["pg_control_system()", "pg_walfile_name(pg_lsn)", "pg_current_wal_lsn()"]
# The control file tells the new timeline only after the next checkpoint; the name of the log file does at once.
_CLUSTER = "SELECT system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()"
_TABLE = "SELECT 'mail_mailattempt'::regclass::oid"


@dataclass(frozen=True)
class Mark:
    """The last attempt that was made, kept outside of the database."""

    key: str
    attempt: int


def hold() -> SendingHold | None:
    """The hold that stops sending now. Asked before each run: begins one where the database is not what it was."""
    standing = open_hold()
    if standing:
        return standing
    because = _doubt(_instance())
    return _begin(because) if because else None


def open_hold() -> SendingHold | None:
    """The hold that stands, without looking whether one is needed."""
    return SendingHold.objects.filter(ended_at=None).first()


def note_attempt(attempt: int) -> None:
    """Note outside of the database that this attempt is about to be made. Called before the connection is opened.

    It never goes back: of two processes the other may have gone further.
    """
    key = str(_instance().key)
    with _alone():
        try:
            known = _read()
        except (ValueError, KeyError, TypeError):
            known = None
        if known is None or known.key != key or known.attempt < attempt:
            _write(Mark(key, attempt))


@transaction.atomic
def end(*, by: str, found: str) -> bool:
    """Vouch for the database as it is, and let messages leave. `found`: what was compared, in words. False without a hold."""
    ended = SendingHold.objects.filter(ended_at=None).update(ended_at=clock.now(), ended_by=by, found=found)
    if not ended:
        return False
    instance = _instance()
    Instance.objects.filter(pk=instance.pk).update(identity=_identity(), adopted_at=clock.now())
    _write(Mark(str(instance.key), _last_attempt()))
    return True


def _doubt(instance: Instance) -> str:
    """Why this may be a restored copy, as a sentence; empty where everything fits.

    After a failover to a standby the timeline alone is another. Where the mark names the very last attempt that is known
    here, nothing is missing, and that is no reason to hold.
    """
    try:
        mark = _read()
    except (ValueError, KeyError, TypeError):  # a disk that is away is no restored backup: the next minute asks again
        return UNREADABLE
    now = _identity()
    if _is_another(instance.identity, now):
        return OTHER
    if mark is not None and mark.key != str(instance.key):
        return STRANGE
    if mark is not None and mark.attempt > _last_attempt():
        return OLDER
    if instance.identity != now:
        if mark is None or mark.attempt != _last_attempt():
            return OTHER
        Instance.objects.filter(pk=instance.pk).update(identity=now)
    return ""


def _is_another(before: str, now: str) -> bool:
    """Whether the cluster or the table is another. What was not told then or now is not compared."""
    then_system, _, then_table = before.split("/")
    system, _, table = now.split("/")
    return table != then_table or (bool(system and then_system) and system != then_system)


def _begin(because: str) -> SendingHold:
    """Two processes that find it at once begin one."""
    with transaction.atomic():
        SendingHold.objects.bulk_create([SendingHold(because=because)], ignore_conflicts=True)
    log.error("sending_held reason=%s", because)
    return SendingHold.objects.get(ended_at=None)


def _instance() -> Instance:
    """The row of this database. Without one it is new, or has just learnt to keep one, and is taken for what it is."""
    known = Instance.objects.order_by("pk").first()
    if known:
        return known
    with transaction.atomic():
        made, _ = Instance.objects.get_or_create(pk=1, defaults={"identity": _identity()})
    if not MailAttempt.objects.exists():  # where nothing left nothing can leave twice, whatever an old file says
        _write(Mark(str(made.key), 0))
    return made


def _identity() -> str:
    """`<system>/<timeline>/<table>`. Some who run PostgreSQL for others let nobody ask for the first two; then the table,
    which a restored dump numbers anew, and the mark have to do.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MAY_ASK, [_ASKED])
        system, timeline = "", ""
        if cursor.fetchone()[0]:
            cursor.execute(_CLUSTER)
            system, timeline = cursor.fetchone()
        cursor.execute(_TABLE)
        (table,) = cursor.fetchone()
    return f"{system}/{timeline}/{table}"


def _last_attempt() -> int:
    return MailAttempt.objects.aggregate(last=Max("pk"))["last"] or 0


def _path() -> Path:
    return Path(settings.MEDIA_ROOT) / "outbox.mark"


def _read() -> Mark | None:
    """The mark, or None before the first message. Raises what a damaged file raises."""
    try:
        said = json.loads(_path().read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Mark(str(said["key"]), int(said["attempt"]))


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever reads and writes the mark does both before the next one."""
    path = _path().with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o660)
    try:
        _stays_ours(handle, path.parent)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(mark: Mark) -> None:
    """Whole or not at all."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".outbox.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"key": mark.key, "attempt": mark.attempt}, file)
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), 0o640)
        _stays_ours(file.fileno(), path.parent)
    os.replace(part, path)


def _stays_ours(handle: int, folder: Path) -> None:
    """Where an operator's command runs as root, its files stay those of the service, whose folder it is."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)
