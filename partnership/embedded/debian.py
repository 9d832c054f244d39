"""Fetch Debian or Ubuntu packages without root: apt's own settings and keys, but lists and files in our folder."""

import shutil
import subprocess
from pathlib import Path


def available() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def fetch(packages: tuple[str, ...], into: Path) -> None:
    """Unpack `packages` and whatever they need that is not installed into the folder `into`.

    `into` appears only when everything is there, so that an interrupted fetch is repeated. Raises OSError or
    CalledProcessError when apt cannot do it.
    """
    work = into.with_name(into.name + ".work")
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial", "packages", "root"):
        (work / folder).mkdir(parents=True)
    apt = ["apt-get", "-qq", *_options(work)]
    _run([*apt, "update"])
    listed = _run([*apt, "install", "--no-install-recommends", "--print-uris", "-y", *packages])
    _run([*apt, "download", *(names_in(listed) or packages)], cwd=work / "packages")
    for package in sorted((work / "packages").glob("*.deb")):
        _run(["dpkg-deb", "-x", str(package), str(work / "root")])
    (work / "root").rename(into)
    shutil.rmtree(work)


def names_in(print_uris: str) -> list[str]:
    """The packages in what `apt-get install --print-uris` printed: 'address' name_version_machine.deb size hash."""
    rows = [row.split() for row in print_uris.splitlines() if row.startswith("'")]
    return [row[1].split("_")[0] for row in rows if len(row) > 1]


def _options(work: Path) -> list[str]:
    settings = (
        f"Dir::State::lists={work}/lists",
        f"Dir::Cache={work}/cache",
        "APT::Sandbox::User=",
        "Debug::NoLocking=1",
        "Acquire::Languages=none",
    )
    return [word for setting in settings for word in ("-o", setting)]


def _run(command: list[str], cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
