"""Find a Chromium for the browser tests."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/snap/bin/chromium"),
    Path("/opt/google/chrome/chrome"),
)
LOUD = """
!!! NO BROWSER TESTS: no Chromium was found, so the journeys in tests/browser are skipped.
!!! Install chromium (Debian: sudo apt-get install chromium), or name one in the variable CHROMIUM.
"""


def find(environ: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The program that CHROMIUM names, or the first in the usual names and places."""
    if named := environ.get("CHROMIUM"):
        return which(named)
    on_path = (which(name) for name in NAMES)
    return next((found for found in on_path if found), None) or next((str(p) for p in PLACES if p.exists()), None)
