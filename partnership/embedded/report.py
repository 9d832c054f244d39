"""What the person at the terminal sees. Progress goes to standard error, so that `--json` output stays clean."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEARTBEAT = 10.0  # seconds of silence after which a long step says that it is still at work


class CannotStart(Exception):
    """Something only the user can mend. The message is a sentence that says how."""


class Stopped(BaseException):
    """Ctrl-C or TERM arrived. Not an Exception, so that no handler on the way swallows it."""


def line(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, that it still is, and how long it took if that was over a second."""
    line(f"  {text} …")
    began, finished = time.monotonic(), threading.Event()

    def beat() -> None:
        while not finished.wait(HEARTBEAT):
            line(f"    still at work after {time.monotonic() - began:.0f} seconds")

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        finished.set()
    if (took := time.monotonic() - began) > 1:
        line(f"    done in {took:.1f} seconds")


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for showing; empty when there is none."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except OSError:
        return ""
