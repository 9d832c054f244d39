"""The project's own Python environment, .venv, made from the lock with hashes.

No address of a registry stands here: uv and pip ask the one they are configured for.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO

from . import debian
from .report import CannotStart, last_lines, line, step

SYSTEM_WHEELS = (Path("/usr/share/python-wheels"), Path("/usr/share/python3-wheels"))
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;]+)\s*(;?)", re.MULTILINE)
NO_WAY = (
    "This Python has no pip and no ensurepip, so the packages cannot be installed. "
    "On Debian and Ubuntu: sudo apt-get install python3-venv. Elsewhere, install pip or uv. Then run the command again."
)


@dataclass(frozen=True)
class Machine:
    """What this machine offers for installing packages."""

    uv: str | None
    has_ensurepip: bool
    wheel: Path | None  # a pip wheel that the system keeps
    has_apt: bool


def ensure(root: Path, argv: Sequence[str]) -> None:
    """Return if this interpreter has the locked packages; otherwise make .venv and continue in it, never returning."""
    if _in_use(root):
        return
    venv = root / ".venv"
    try:
        venv.mkdir(exist_ok=True)
        with (venv / "setting-up").open("w") as lock:
            _wait_for(lock)
            if not _is_current(root):
                _install(root, venv)
    except PermissionError as error:
        raise CannotStart(f"{error.filename} cannot be written. Copy the project into a folder of your own.") from error
    python = str(venv / "bin" / "python")
    os.execv(python, [python, *argv])


def locked(text: str) -> dict[str, str]:
    """Name and version of each requirement of a lock; those with a condition are left out."""
    return {name: version for name, version, condition in PINNED.findall(text) if not condition}


def ways(machine: Machine) -> tuple[str, ...]:
    """The ways to install that this machine offers, quickest first."""
    offered = (
        ("uv", machine.uv),
        ("pip", machine.has_ensurepip),
        ("wheel", machine.wheel),
        ("fetched wheel", machine.has_apt),
    )
    return tuple(name for name, there in offered if there)


def digest(root: Path) -> str:
    """What an up-to-date .venv was made from: the lock and the Python version."""
    return hashlib.sha256(_lock(root).read_bytes() + repr(sys.version_info[:2]).encode()).hexdigest()


def _lock(root: Path) -> Path:
    return root / ".requirements" / "everything.txt"


def _in_use(root: Path) -> bool:
    if Path(sys.prefix) == root / ".venv":
        return _is_current(root)
    if sys.prefix == sys.base_prefix:
        return False
    try:  # an environment of the developer's own serves as well, if it holds exactly what the lock says
        return all(metadata.version(name) == version for name, version in locked(_lock(root).read_text()).items())
    except metadata.PackageNotFoundError:
        return False


def _is_current(root: Path) -> bool:
    stamp = root / ".venv" / "made-from"
    return stamp.exists() and stamp.read_text() == digest(root) and (root / ".venv/bin/python").exists()


def _wait_for(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        line("  Waiting for another set-up of this folder …")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _look_round(venv: Path) -> Machine:
    own = venv / "uv" / "bin" / "uv"
    bundled = importlib.util.find_spec("ensurepip")
    folders = [*SYSTEM_WHEELS]
    if bundled and bundled.origin:
        folders.insert(0, Path(bundled.origin).parent / "_bundled")
    wheels = [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))]
    return Machine(
        uv=str(own) if own.exists() else shutil.which("uv"),
        has_ensurepip=bool(bundled),
        wheel=wheels[0] if wheels else None,
        has_apt=debian.available(),
    )


def _install(root: Path, venv: Path) -> None:
    line("Setting up (only when something changed; later starts take seconds)")
    machine, log = _look_round(venv), venv / "set-up.log"
    log.write_text("")
    for way in ways(machine):
        try:
            _install_by(way, machine, root, venv)
        except (subprocess.CalledProcessError, OSError) as error:
            line(f"    That did not work ({type(error).__name__}; see {log}).")
        else:
            (venv / "made-from").write_text(digest(root))
            return
    said = last_lines(log)
    raise CannotStart(f"{said}\nThe packages could not be installed. See {log}." if said else NO_WAY)


def _install_by(way: str, machine: Machine, root: Path, venv: Path) -> None:
    lock, python = str(_lock(root)), str(venv / "bin" / "python")
    count = len(PINNED.findall(_lock(root).read_text()))
    with step("Making the Python environment .venv"):
        _run([sys.executable, "-m", "venv", *(() if way == "pip" else ("--without-pip",)), str(venv)], venv)
    if way == "uv" and machine.uv:
        with step(f"Installing {count} packages with uv"):
            _sync(machine.uv, lock, python, venv)
        return
    environ = {} if way == "pip" else {"PYTHONPATH": str(machine.wheel if way == "wheel" else _fetched_wheel(venv))}
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    try:
        with step("Fetching uv, which installs faster than pip"):
            wanted = str(root / ".requirements" / "set-up.txt")
            target = str(venv / "uv")
            _run([*pip, "install", "--upgrade", "--require-hashes", "--target", target, "-r", wanted], venv, environ)
        with step(f"Installing {count} packages with uv"):
            _sync(str(venv / "uv" / "bin" / "uv"), lock, python, venv)
    except (subprocess.CalledProcessError, OSError):
        with step(f"Installing {count} packages with pip (a minute or so)"):
            _run([*pip, "install", "--require-hashes", "-r", lock], venv, environ)


def _sync(uv: str, lock: str, python: str, venv: Path) -> None:
    # Without this variable uv may download a Python of its own.
    environ = {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(venv)}
    _run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock], venv, environ)


def _fetched_wheel(venv: Path) -> Path:
    own = venv / "debian"
    if not own.exists():
        with step("Fetching pip with apt-get (no root needed)"):
            debian.fetch(("python3-pip-whl",), own)
    return next(own.glob("usr/share/python-wheels/pip-*.whl"))


def _run(command: list[str], venv: Path, environ: dict[str, str] | None = None) -> None:
    with (venv / "set-up.log").open("a") as log:
        subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **(environ or {})})
