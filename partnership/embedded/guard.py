"""Outlives a supervisor that was killed, and ends what that left behind. Run by path; its input is a pipe.

Each line of input is "+pid" for a child that was started or "-pid" for one that has ended. When the input ends, what is
still on the list is asked to stop and, after some patience, killed with all of its session.
"""

import contextlib
import os
import signal
import sys
import time

PATIENCE = 4.0


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    left: dict[int, int] = {}
    for line in sys.stdin:
        sign, (pid, *stop) = line[0], line[1:].split()
        if sign == "+":
            left[int(pid)] = int(stop[0])
        else:
            left.pop(int(pid), None)
    for pid, number in left.items():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(_lives(pid) for pid in left):
        time.sleep(0.05)
    for pid in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _lives(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
