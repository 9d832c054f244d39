"""The database, the broker and the mailbox together: those that the environment names, and our own for the rest."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import broker, database, pango, sockets
from .supervisor import MIDDLE, Household, Part

MAIL_PORT = 2525
NAMED = ("DATABASE_URL", "BROKER_URL", "EMAIL_HOST", "EMAIL_PORT")
READY = "PARTNERSHIP_SERVERS"  # set for children: everything they need is already in their environment


@dataclass(frozen=True)
class Servers:
    """What was started: the variables for every child, and the cluster's folder if the database is ours."""

    exports: dict[str, str]
    cluster: Path | None


def needed(environ: Mapping[str, str]) -> frozenset[str]:
    """Which of our own servers to start: those for which the environment names none."""
    return frozenset(
        name
        for name, variables in {
            "database": ("DATABASE_URL", "DATABASE_URL_FILE"),
            "broker": ("BROKER_URL", "BROKER_URL_FILE"),
            "mailbox": ("EMAIL_HOST", "EMAIL_HOST_FILE", "EMAIL_PORT"),
        }.items()
        if not any(environ.get(variable) for variable in variables)
    )


def start(root: Path, data: Path, household: Household, *, durable: bool = True, mailbox: bool = True) -> Servers:
    """Start what is needed, give the variables to all later children of the household, and return when all answer."""
    environ, wanted = household.environ, needed(household.environ)
    given = {name: environ[name] for base in NAMED for name in (base, f"{base}_FILE") if environ.get(name)}
    exports = {**given, "DATA_DIR": str(data), READY: "yes", **pango.environment(data, root, environ)}
    cluster = None
    if mailbox and "mailbox" in wanted:  # first, because it needs longest; waited for at the end
        exports |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(_mailbox(data, household))}
    if "database" in wanted:
        made = database.start(data, household, durable=durable)
        exports["DATABASE_URL"], cluster = made.url, made.folder
    if "broker" in wanted:
        exports["BROKER_URL"] = broker.start(data, household, durable=durable)
    if mailbox and "mailbox" in wanted:
        household.wait_until(lambda: sockets.is_listening(int(exports["EMAIL_PORT"])), "The mailbox")
    environ.update(exports)
    return Servers(exports, cluster)


def _mailbox(data: Path, household: Household) -> int:
    port = sockets.free_port(MAIL_PORT)
    program = Path(__file__).with_name("mailbox.py")
    # -P: the names of this folder's modules must not hide those of the standard library.
    command: list[str | Path] = [sys.executable, "-P", program, "--port", str(port), "--folder", data / "mailbox"]
    household.start(Part("mailbox", command, MIDDLE))
    return port
