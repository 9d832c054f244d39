"""Reading a Word file in a process of its own, which may take only so much memory and time.

A file within every limit of size can still ask for far more than the pages that other people wait for can spare. Files go
in and out as bytes and JSON, so that nothing that a hostile file made there is run here.
"""

import base64
import contextlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from partnership.word.reading import limits, opening
from partnership.word.reading.imported import Drawn, Imported, Part
from partnership.word.reading.limits import Unreadable

try:
    import resource
except ImportError:  # Windows has no such limits; the time is kept to there as well
    resource = None  # type: ignore[assignment]

STATUS = Path("/proc/self/status")  # of Linux
FULL = 0.6  # a part of the memory: what is asked for last may be as large as all the rest
ROOT = Path(__file__).resolve().parents[3]


def read(data: bytes, name: str) -> Imported:
    """What `opening.read` gives, or raises. Raises Unreadable too for a file that takes too much time or memory."""
    command = [sys.executable, "-m", "partnership.word.reading.apart"]
    given = json.dumps(name).encode() + b"\n" + data
    env = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}  # it needs no secret of ours
    try:
        done = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, cwd=ROOT, env=env, timeout=limits.MOST_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Unreadable(limits.TOO_HEAVY) from error
    return _imported(json.loads(done.stdout))


def _imported(said: dict[str, Any]) -> Imported:
    if "refused" in said:
        raise Unreadable(said["refused"])
    parts = tuple(Part(**part) for part in said["parts"])
    pictures = tuple(Drawn(**{**drawn, "data": base64.b64decode(drawn["data"])}) for drawn in said["pictures"])
    return Imported(said["title"], parts, pictures, tuple(said["not_taken"]))


def main() -> None:
    """In the process of its own: a name and a file from the one who asks, and what was read of it back."""
    if resource is not None:
        memory = limits.MOST_MEMORY * limits.MEGABYTE
        with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and does not keep to it
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.MOST_SECONDS, limits.MOST_SECONDS))
    name = json.loads(sys.stdin.buffer.readline())
    try:
        said = asdict(opening.read(sys.stdin.buffer.read(), name))
    except Unreadable as refusal:
        said = {"refused": limits.TOO_HEAVY if str(refusal) == limits.DAMAGED and _is_full() else str(refusal)}
    json.dump(said, sys.stdout, default=lambda data: base64.b64encode(data).decode())


def _is_full() -> bool:
    """Whether so much memory was used that its end, which the reader of XML does not tell, is what broke the reading."""
    if not STATUS.exists():
        return False
    # The peak of the resource module begins with that of the process that asked.
    peaks = (line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmPeak:"))
    return int(next(peaks, "0")) > limits.MOST_MEMORY * 1024 * FULL


if __name__ == "__main__":
    main()
