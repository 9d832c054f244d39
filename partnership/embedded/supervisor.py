"""Children that are started together, watched together and stopped together, and that do not outlive their parent."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from .report import CannotStart, Stopped, last_lines, line

FRONT, MIDDLE, BACK = range(
    3
)  # the order of stopping: web, worker and beat; then mailbox and broker; then the database
GRACE = 20.0
LOG_LIMIT = 5_000_000
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl if sys.platform.startswith("linux") else None


@dataclass(frozen=True)
class Part:
    """What is to be run: a name people know, the command, and how it wants to be stopped."""

    name: str
    command: Sequence[str | Path]
    rank: int = FRONT
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGTERM  # what it gets when its parent is killed
    user: Mapping[str, Any] | None = None  # user, group and extra_groups of subprocess.Popen


@dataclass
class Child:
    part: Part
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def is_dead(self) -> bool:
        return self.process.poll() is not None


class Household:
    """All children of one command. As a context manager it stops them on the way out, whatever happened."""

    def __init__(self, logs: Path, environ: Mapping[str, str], cwd: Path) -> None:
        self.logs, self.environ, self.cwd = logs, dict(environ), cwd
        self.children: list[Child] = []
        self.scratch: list[Path] = []  # folders to remove at the end
        self._hurried = False
        self._guard: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Household":
        self.logs.mkdir(parents=True, exist_ok=True)
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", Path(__file__).with_name("guard.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        for number in SIGNALS:
            signal.signal(number, self._stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for number in SIGNALS:
            signal.signal(number, self._hurry)
        self.stop_all()
        for folder in self.scratch:
            shutil.rmtree(folder, ignore_errors=True)
        if self._guard and self._guard.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.close()
            self._guard.wait()

    def start(self, part: Part) -> Child:
        """Start one child in a session of its own, so that a Ctrl-C in the terminal reaches only the parent."""
        log = self.logs / f"{part.name}.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            process = subprocess.Popen(
                [str(word) for word in part.command],
                env=self.environ,
                cwd="/" if part.user else self.cwd,  # another user may not be able to go where we are
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_tied_to(os.getpid(), part.orphaned),
                **(part.user or {}),
            )
        child = Child(part, process, log)
        self.children.append(child)
        self._tell_guard(f"+{process.pid} {int(part.orphaned)}")
        return child

    def check(self) -> None:
        """Raise CannotStart, naming the child and its log, if one has died."""
        for child in self.children:
            if child.is_dead:
                raise CannotStart(
                    f"{last_lines(child.log)}\n{child.part.name} stopped by itself "
                    f"(code {child.process.returncode}), so everything was stopped. Its log: {child.log}"
                )

    def watch(self) -> None:
        """Stay until a child dies (CannotStart) or the user has had enough (Stopped)."""
        while True:
            self.check()
            time.sleep(0.2)

    def wait_until(self, ready: Any, what: str, seconds: float = 60) -> None:
        """Poll `ready()` until it is true; CannotStart if a child dies or the time runs out."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise CannotStart(f"{what} did not answer within {seconds:.0f} seconds. Logs: {self.logs}")
            time.sleep(0.03)

    def stop_all(self) -> None:
        for rank in (FRONT, MIDDLE, BACK):
            group = [child for child in reversed(self.children) if child.part.rank == rank]
            for child in group:
                _signal(child, child.part.stop)
            for child in group:
                self._await_end(child)
        self.children.clear()

    def _await_end(self, child: Child) -> None:
        until = time.monotonic() + GRACE
        while not child.is_dead and time.monotonic() < until and not self._hurried:
            time.sleep(0.02)
        if not child.is_dead:
            line(f"  {child.part.name} did not stop when asked and was ended.")
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, signal.SIGKILL)  # whatever it may have left in its session
        child.process.wait()
        self._tell_guard(f"-{child.process.pid}")

    def _tell_guard(self, text: str) -> None:
        if self._guard and self._guard.stdin:
            with contextlib.suppress(BrokenPipeError):
                print(text, file=self._guard.stdin, flush=True)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        raise Stopped

    def _hurry(self, number: int, frame: FrameType | None) -> None:
        self._hurried = True


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """A stop that was asked for is a good end."""
    with contextlib.suppress(Stopped):
        yield


def in_foreground(command: Sequence[str | Path], environ: Mapping[str, str], cwd: Path) -> int:
    """Run a command that owns the terminal (pytest, a shell); Ctrl-C is for it, not for us. Its exit code."""
    process = subprocess.Popen(
        [str(word) for word in command],
        env=dict(environ),
        cwd=cwd,
        preexec_fn=_tied_to(os.getpid(), signal.SIGTERM),
    )
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: process.send_signal(received))
    try:
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tied_to(parent: int, number: signal.Signals) -> Any:
    """On Linux the kernel tells the child when its parent is gone, even if that was killed."""

    def tie() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

    return tie


def _signal(child: Child, number: signal.Signals) -> None:
    if not child.is_dead:
        with contextlib.suppress(ProcessLookupError):
            child.process.send_signal(number)
