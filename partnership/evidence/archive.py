"""One ZIP out of named bytes: the same bytes give the same file, on every day and on every machine."""

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

FORM = "partnership evidence bundle 1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LONGEST_NAME = 80
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell; no member says when it was packed
_PLAIN_FILE = 0o100644 << 16
# What some system takes for a device, whatever ending follows.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


@dataclass(frozen=True)
class Member:
    """One file of the bundle: where it lies in it, its bytes, and what it is, as a sentence."""

    name: str
    data: bytes
    what: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Names:
    """Names within one bundle: none leads out of its folder, and no two are the same, on a system that ignores case too."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, folder: str, wanted: str) -> str:
        """A name in a folder, as near as may be to what somebody called the file. `folder` is ours, and empty for none."""
        stem, ending = _plain(wanted)
        path = f"{folder}/" if folder else ""
        name, count = f"{path}{stem}{ending}", 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{path}{stem}-{count}{ending}"
        self._taken.add(name.casefold())
        return name


def _plain(wanted: str) -> tuple[str, str]:
    """The stem and the ending of a name in letters, figures and marks that mean nothing to any system."""
    folded = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", folded.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = words.rpartition(".")
    if not (dot and stem.strip("-.") and ending.isalnum() and len(ending) <= 8):
        stem, ending = words, ""
    stem = stem.strip("-.")[:LONGEST_NAME].strip("-.") or "file"
    if stem.partition(".")[0].casefold() in _DEVICES:
        stem = f"file-{stem}"
    return stem, f".{ending.casefold()}" if ending else ""


def packed(members: Sequence[Member], about: dict[str, Any]) -> bytes:
    """The bundle: what is given, in the order of its names, with a manifest and the list that `sha256sum -c` reads.

    Nothing is compressed: what a program makes of the same bytes when it compresses them differs from machine to machine.
    """
    manifest = Member(MANIFEST, as_json(_manifest(members, about)), "")
    listed = sorted([*members, manifest], key=lambda member: member.name)
    sums = "".join(f"{member.sha256}  {member.name}\n" for member in listed)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for member in sorted([*listed, Member(SUMS, sums.encode(), "")], key=lambda member: member.name):
            entry = zipfile.ZipInfo(member.name, _EARLIEST)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            archive.writestr(entry, member.data)
    return target.getvalue()


def _manifest(members: Iterable[Member], about: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"name": member.name, "sha256": member.sha256, "bytes": len(member.data), "what": member.what}
        for member in sorted(members, key=lambda member: member.name)
    ]
    return {"form": FORM, **about, "files": rows}


def as_json(told: Any) -> bytes:
    """Data as it is written into the bundle: the same every time, and readable by people too."""
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
