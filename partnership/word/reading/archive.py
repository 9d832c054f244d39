"""A Word file looked at as an archive, before anything in it is understood."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from partnership.word.reading import limits
from partnership.word.reading.limits import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = 0x1  # the bit of a zip entry that is encrypted
WRITTEN = (".xml", ".rels", ".vml")
PROGRAMS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
PIECE = 1024 * 1024


def check(data: bytes, name: str) -> None:
    """Refuse what is no Word file, or one that could do harm. Raises Unreadable."""
    _check_kind(data, name.strip().lower())
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(data))
            _check_names(entries)
            for entry in entries:
                _check_entry(archive, entry)
            _check_types(archive.read("[Content_Types].xml"))
    except Unreadable:
        raise
    except Exception as error:
        # A mangled archive breaks the reader in any way; whoever chose it needs one sentence, whatever broke.
        raise Unreadable(limits.DAMAGED) from error


def _check_kind(data: bytes, name: str) -> None:
    if not data:
        raise Unreadable(limits.EMPTY)
    if len(data) > limits.MOST_BYTES:
        raise Unreadable(limits.too_large(len(data)))
    if data.startswith(OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable(limits.PROTECTED if is_locked else limits.OLD)
    if name.endswith((".docm", ".dotm")):
        raise Unreadable(limits.MACROS)
    if not data.startswith(b"PK"):
        raise Unreadable(limits.NOT_WORD)


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """By the directory, which cannot lie downwards: what unpacks to more than it says breaks off there."""
    unpacked = sum(entry.file_size for entry in entries)
    too_large = any(
        entry.file_size > limits.MOST_OF_ONE_XML for entry in entries if entry.filename.lower().endswith(WRITTEN)
    )
    is_swollen = unpacked > limits.MOST_UNPACKED or unpacked > limits.MOST_RATIO * max(packed, 100_000)
    if len(entries) > limits.MOST_ENTRIES or too_large or is_swollen:
        raise Unreadable(limits.SWOLLEN)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
            raise Unreadable(limits.STRANGE_NAMES)
    if len({name.lower() for name in names}) != len(names):
        raise Unreadable(limits.DAMAGED)
    if any(PurePosixPath(name.lower()).name in PROGRAMS for name in names):
        raise Unreadable(limits.MACROS)
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise Unreadable(limits.PROTECTED)
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise Unreadable(limits.NOT_WORD)


def _check_types(said: bytes) -> None:
    """What is declared to be XML has to be called so, or it would come past the limits for XML."""
    for part in etree.fromstring(said, parser=etree.XMLParser(resolve_entities=False)):
        name = part.get("PartName", f".{part.get('Extension', '')}").lower()
        if "xml" in part.get("ContentType", "").lower() and not name.endswith(WRITTEN):
            raise Unreadable(limits.NOT_WORD)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack an entry for its real size and its checksum; in what is XML, refuse declarations and macros."""
    is_written, last = entry.filename.lower().endswith(WRITTEN), b""
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if not is_written:
                continue
            seen = last + piece.replace(b"\0", b"")  # UTF-16 looks like this too
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise Unreadable(limits.DECLARES)
            if entry.filename == "[Content_Types].xml" and b"macroenabled" in seen.lower():
                raise Unreadable(limits.MACROS)
            last = seen[-40:]
