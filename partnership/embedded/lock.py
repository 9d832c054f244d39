"""`lock`: make the lock files anew from pyproject.toml. For maintainers; needs uv on the path."""

import argparse
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .report import CannotStart, step

# With hashes and for every platform, and without an address: each machine asks the registry it is configured for.
SHAPE = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
)
FILES = {
    "production.txt": ("pyproject.toml",),
    "everything.txt": ("pyproject.toml", "--group", "embedded", "--group", "dev"),
    "set-up.txt": ("-",),
}
INSTALLER = "uv>=0.13"  # what set-up.txt pins: pip fetches it, and it installs the rest


def lock(root: Path, arguments: Sequence[str]) -> int:
    """Make the files; versions that still satisfy pyproject.toml stay unless --upgrade is given."""
    parser = argparse.ArgumentParser(prog="manage.py lock", description="Make the lock files anew.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    options = parser.parse_args(arguments)
    uv = shutil.which("uv")
    if uv is None:
        raise CannotStart("The lock is made by uv, which is not on the path. Install it with: pip install uv")
    for name, source in FILES.items():
        with step(f"Locking {name}"):
            subprocess.run(
                command(uv, root, name, source, upgrade=options.upgrade),
                input=INSTALLER,
                text=True,
                check=True,
                cwd=root,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"},
            )
    return 0


def command(uv: str, root: Path, name: str, source: tuple[str, ...], *, upgrade: bool) -> list[str]:
    """The uv command that makes one lock file."""
    target = str(root / ".requirements" / name)
    return [uv, "pip", "compile", *source, *SHAPE, *(("--upgrade",) if upgrade else ()), "--output-file", target]
