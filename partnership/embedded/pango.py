"""WeasyPrint draws with Pango, which no Linux wheel carries. Find it, or fetch it without root, or say what to type."""

import ctypes
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from . import debian
from .report import line, step

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libgobject-2.0.so.0",
)
HOMEBREW = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def system_has_it() -> bool:
    return all(_loads(name) for name in LIBRARIES)


def environment(
    data: Path,
    root: Path,
    environ: Mapping[str, str],
    *,
    system: Callable[[], bool] = system_has_it,
    platform: str = sys.platform,
) -> dict[str, str]:
    """The variables that let a child find Pango; empty if it needs none, or cannot have it (said on screen)."""
    own = data / "pango" / "root"
    if environ.get("FONTCONFIG_FILE") == str(data / "pango" / "fonts.conf"):
        return {}  # a parent of ours has already seen to it
    if platform == "darwin":
        return _homebrew()
    if system():
        return {}
    if not own.exists() and debian.available():
        _fetch(own)
    if not own.exists():
        line(f"  PDF documents have to wait: Pango is missing. {hint(platform)} Everything else works.")
        return {}
    return _own_copy(own, root, environ)


def hint(platform: str) -> str:
    """One sentence with the command that mends it."""
    if platform == "darwin":
        return "Type: brew install pango."
    return f"On Debian and Ubuntu type: sudo apt-get install {' '.join(PACKAGES)} (on Fedora: sudo dnf install pango)."


def _fetch(own: Path) -> None:
    try:
        with step("Fetching Pango, which draws the PDF documents (no root needed)"):
            own.parent.mkdir(parents=True, exist_ok=True)
            debian.fetch(PACKAGES, own)
    except (subprocess.CalledProcessError, OSError) as error:
        line(f"    apt-get could not fetch it: {getattr(error, 'stderr', None) or error}")


def _own_copy(own: Path, root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Without a Fontconfig file and one font at least Pango crashes, so both are given."""
    libraries = sorted({str(path.parent) for path in own.glob("**/*.so.*")})
    if before := environ.get("LD_LIBRARY_PATH"):
        libraries.append(before)
    folders = (own / "usr/share/fonts", Path("/usr/share/fonts"), root / "static")
    fonts = own.parent / "fonts.conf"
    fonts.write_text(
        FONTS.format(folders="".join(f"<dir>{folder}</dir>" for folder in folders), cache=own.parent / "cache")
    )
    return {"LD_LIBRARY_PATH": ":".join(libraries), "FONTCONFIG_FILE": str(fonts)}


def _homebrew() -> dict[str, str]:
    for folder in HOMEBREW:
        if (folder / "libpango-1.0.dylib").exists():
            return {"DYLD_FALLBACK_LIBRARY_PATH": str(folder)}
    line(f"  PDF documents have to wait: Pango is missing. {hint('darwin')} Everything else works.")
    return {}


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
