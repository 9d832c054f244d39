"""Places to listen: socket folders with short paths, and free ports."""

import contextlib
import errno
import hashlib
import os
import socket
import tempfile
from pathlib import Path

from .report import CannotStart

LONGEST = 100  # a socket's path may have 107 bytes on Linux and 103 on macOS
TRIES = 50


def folder(data: Path, kind: str) -> Path:
    """A folder only we can enter, named after the data folder, because a socket's path must be short."""
    mark = hashlib.sha256(f"{os.geteuid()} {data}".encode()).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"partnership-{kind}-{mark}"
    if len(bytes(path)) + len("/.s.PGSQL.5432") > LONGEST:
        path = Path("/tmp") / path.name
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or (os.geteuid() and found.st_uid != os.geteuid()):
        raise CannotStart(f"{path} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")
    path.chmod(0o700)
    return path


def free_port(first: int) -> int:
    """The first port from `first` up on which nobody listens, on IPv4 and IPv6."""
    for port in range(first, first + TRIES):
        if _is_free(socket.AF_INET, "127.0.0.1", port) and _is_free(socket.AF_INET6, "::1", port):
            return port
    raise CannotStart(f"No port from {first} to {first + TRIES - 1} is free. Name another with --port.")


def is_listening(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _is_free(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a restart would move to the next port
            probe.bind((address, port))
    except OSError as error:
        return error.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # no such protocol here
    return True
