"""Decide what has to be brought up to date before the web server starts, and have it done."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from .report import CannotStart, last_lines, step
from .servers import Servers
from .supervisor import Household

APPS = ("partnership", "arrangements", "reports", "scrutiny", "statutory")
TEXTS = {"static": "Gathering the static files", "schema": "Bringing the database up to date and loading the demo data"}


def prepare(root: Path, data: Path, household: Household, servers: Servers) -> None:
    """Run the steps whose digest changed since they were last done; CannotStart with the log's end if one fails."""
    stamps = {"static": data / "static.made-from"}
    if (
        servers.cluster
    ):  # beside what it describes: a new cluster has no stamp. A server that is not ours may have changed.
        stamps["schema"] = servers.cluster / "made-from"
    wanted = {"static": digest(root, _static(root)), "schema": digest(root, _schema(root))}
    for name in ("schema", "static"):
        stamp = stamps.get(name)
        if stamp and stamp.exists() and stamp.read_text() == wanted[name]:
            continue
        with step(TEXTS[name]):
            _run(name, household)
        if stamp:
            stamp.write_text(wanted[name])


def digest(root: Path, files: Iterable[Path]) -> str:
    """One hash over the names and the content of files, whatever their order on disk."""
    total = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root)} {content}\n".encode())
    return total.hexdigest()


def _schema(root: Path) -> list[Path]:
    """The lock (packages bring migrations too), every migration, and all that the demo data are made from."""
    found = [root / ".requirements" / "everything.txt"]
    for app in APPS:
        found += (root / app).rglob("migrations/*.py")
        found += (path for kind in ("toml", "csv", "json", "md") for path in (root / app).rglob(f"*.{kind}"))
    found += (root / "partnership" / "operations").rglob("*.py")
    return [path for path in found if path.is_file()]


def _static(root: Path) -> list[Path]:
    lock = root / ".requirements" / "everything.txt"
    return [lock, *(path for path in (root / "static").rglob("*") if path.is_file())]


def _run(name: str, household: Household) -> None:
    log = household.logs / "preparation.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "partnership.embedded.prepare", name]
        done = subprocess.run(
            command,
            cwd=household.cwd,
            env=household.environ,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        raise CannotStart(f"{last_lines(log, 30)}\n{TEXTS[name]} failed. The whole log: {log}")
