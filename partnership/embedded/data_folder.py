"""The folder that holds all state. One command at a time may run servers in it; the others find those servers here."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .report import CannotStart, line

PATIENCE = 300.0


def chosen(root: Path, argument: str | None, environ: dict[str, str]) -> Path:
    """--data-dir, else DATA_DIR, else .data in the project; absolute."""
    return Path(argument or environ.get("DATA_DIR") or root / ".data").expanduser().resolve()


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "log"
        self._lock, self._running = path / "lock", path / "running.json"

    @contextlib.contextmanager
    def held(self, command: str) -> Iterator[None]:
        """Hold the folder for one command; CannotStart, naming the other, if somebody else does."""
        self._make()
        with self._lock.open("a+") as lock:
            if not _take(lock):
                lock.seek(0)
                raise CannotStart(
                    f"{lock.read().strip() or 'Another command'} already uses {self.path}. "
                    "Stop it first, or name another folder with --data-dir."
                )
            lock.truncate(0)
            lock.write(f"`manage.py {command}` (process {os.getpid()})")
            lock.flush()
            try:
                yield
            finally:
                self._running.unlink(missing_ok=True)

    def publish(self, exports: dict[str, str]) -> None:
        """Tell other commands where the servers are. Only the owner of the folder can read it."""
        part = self._running.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(exports, file, indent=1)
        part.replace(self._running)

    def published(self, patience: float = PATIENCE) -> dict[str, str] | None:
        """The addresses of the running servers; None if nobody holds the folder. Waits while a holder is starting."""
        until, said = time.monotonic() + patience, False
        while self._is_held():
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                return dict(json.loads(self._running.read_text()))
            if time.monotonic() > until:
                raise CannotStart(f"Another command has been starting in {self.path} for {patience:.0f} seconds.")
            if not said:
                line("  Waiting for another command to finish or to get its servers ready …")
                said = True
            time.sleep(0.1)
        return None

    def _is_held(self) -> bool:
        try:
            with self._lock.open("r+") as lock:
                return not _take(lock)
        except FileNotFoundError:
            return False

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock.touch()
        except OSError as error:
            raise CannotStart(
                f"{self.path} cannot be written ({error.strerror}). Name another folder with --data-dir."
            ) from error


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
