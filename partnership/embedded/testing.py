"""`test`: the whole suite on servers of its own."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import browser, data_folder, servers
from .data_folder import DataFolder
from .report import line
from .supervisor import Household, in_foreground, quietly

STOPPED = 130  # what a shell says of a command ended by Ctrl-C


def test(root: Path, arguments: Sequence[str]) -> int:
    """Run pytest with the given arguments; its exit code."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "partnership.settings.testing"}
    folder = DataFolder(data_folder.chosen(root, None, environ) / "test")
    if chromium := browser.find():
        environ["CHROMIUM"] = chromium
    with quietly(), folder.held("test"), Household(folder.logs, environ, root) as household:
        servers.start(root, folder.path, household, durable=False, mailbox=False)
        if not chromium:
            line(browser.LOUD)
        return in_foreground([sys.executable, "-m", "pytest", *options(arguments, chromium)], household.environ, root)
    return STOPPED


def options(arguments: Sequence[str], chromium: str | None) -> list[str]:
    """Three processes unless the caller decides; without a browser, the reasons for what is skipped.

    On two cores: each waits a seventh of its time for the browser and the database.
    """
    decided = any(word.startswith(("-n", "--dist", "--numprocesses")) or word == "no:xdist" for word in arguments)
    spread = [] if decided else ["-n", "3", "--dist", "worksteal"]
    return [*spread, *([] if chromium else ["-rs"]), *arguments]
