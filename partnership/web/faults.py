"""Named places on the way of a message at which the kill harness stops a process (tests/kill). Elsewhere they do nothing.

A place is armed by a file in `settings.FAULT_FOLDER`, which only the harness's settings name. Whoever comes to the place
first takes the file away by renaming it, so that each arming works once, and what was started again does not die again.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Of a submission, in its order; the last two are the sweep and what comes back (reliability: kill points of S4).
POINTS = (
    "P0_before_commit",
    "P1_after_commit",
    "P2_hint",
    "P3_before_claim_commit",
    "P4_after_claim",
    "P5_connected",
    "P6_recipient",
    "P7_mid_data",
    "P8_final_dot",
    "P9_accepted",
    "P10_recorded",
    "P11_sweep",
    "P11_incoming",
)
KILL, WAIT, LOSE = "kill9", "tell-and-wait", "tell-wait-and-lose"
PATIENCE = 120  # seconds: a harness that is gone holds nobody up for ever


class Lost(Exception):
    """What was about to be done is to count as lost. Raised only where the harness asked for that."""


def check() -> None:
    """Called at start. ImproperlyConfigured where a folder is named outside of the practice area."""
    if settings.FAULT_FOLDER and not settings.PRACTICE:
        raise ImproperlyConfigured("FAULT_FOLDER is for the kill harness alone, and never for production.")


def are_watched() -> bool:
    """Whether a harness is at work at all."""
    return bool(settings.FAULT_FOLDER)


def point(name: str) -> None:
    """Here a process may be told to die or to wait. Does nothing unless this place is armed. Raises Lost if told so."""
    if not settings.FAULT_FOLDER:
        return
    folder = Path(settings.FAULT_FOLDER)
    taken = folder / "taken" / name
    try:
        (folder / "armed" / name).rename(taken)
    except FileNotFoundError:
        return
    action = taken.read_text()
    _tell(folder, name)
    if action == KILL:
        os.kill(os.getpid(), signal.SIGKILL)
    _wait(folder / "go" / name)
    if action == LOSE:
        raise Lost(name)


def _tell(folder: Path, name: str) -> None:
    """Which process came to the place; the file is there whole or not at all."""
    part = folder / "taken" / f"{name}.part"
    part.write_text(str(os.getpid()))
    part.rename(folder / "reached" / name)


def _wait(go: Path) -> None:
    """Until the harness says go. The word is taken away, so that the harness sees that it was heard."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError):
            go.unlink()
            return
        time.sleep(0.01)
