"""Putting bytes in, and getting the same bytes out."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import ProtectedError

from partnership.files.models import StoredFile


class FileDamaged(Exception):
    """The stored bytes are missing, or are no longer those that were put in. The message says which."""


@transaction.atomic
def put(data: bytes, content_type: str) -> StoredFile:
    """Store bytes under their SHA-256 and return the entry; the same bytes give the same entry, with its first type.

    The bytes are on disk before the row exists, so no row ever points at nothing. A rolled-back transaction may leave
    bytes without a row: they do no harm, and the next `put` of them uses them.
    """
    stored = StoredFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data), content_type=content_type)
    _lock(stored.sha256, shared=True)
    if not _holds(stored.name, data):
        _write(stored.name, data)
    entry, _ = StoredFile.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "content_type": content_type}
    )
    return entry


@transaction.atomic
def forget(file: StoredFile) -> bool:
    """Remove an entry that nothing points at, and its bytes once the transaction is committed; say whether it was so.

    What somebody else puts in again in the meantime stays.
    """
    _lock(file.sha256)
    sha256, name = file.sha256, file.name
    try:
        StoredFile.objects.filter(sha256=sha256).delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: _remove(sha256, name), robust=True)
    return True


@transaction.atomic
def _remove(sha256: str, name: str) -> None:
    _lock(sha256)
    if not StoredFile.objects.filter(sha256=sha256).exists():
        default_storage.delete(name)


def _lock(sha256: str, *, shared: bool = False) -> None:
    """Until the end of the transaction no bytes are removed while the same are put in. Puts do not wait for puts."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"file:{sha256}"])


def read(file: StoredFile) -> bytes:
    """The bytes, checked against their hash. Raises FileDamaged when they are missing or differ."""
    try:
        with default_storage.open(file.name, "rb") as stored:
            data: bytes = stored.read()
    except FileNotFoundError as error:
        raise FileDamaged(f"The stored file {file.sha256} is missing.") from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileDamaged(f"The stored file {file.sha256} no longer has the content that was put in.")
    return data


def _holds(name: str, data: bytes) -> bool:
    try:
        with default_storage.open(name, "rb") as stored:
            return bool(stored.read() == data)
    except FileNotFoundError:
        return False


def _write(name: str, data: bytes) -> None:
    """Write beside and rename. `Storage.save` writes in place, so a crash would leave half a file under a true name."""
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, getattr(default_storage, "file_permissions_mode", None) or 0o640)
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the rename itself survive a power cut, before a row says that the file exists."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
