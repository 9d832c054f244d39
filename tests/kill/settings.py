"""The settings of the kill harness: the testing ones, with a folder for the named fault points. Real servers, real mail."""

import os

from partnership.settings.testing import *  # noqa: F403, TID251

FAULT_FOLDER = os.environ["KILL_FOLDER"]
MAIL_ARCHIVE_FINDER = None  # nothing settles what is uncertain, so that each run shows what the outbox knows by itself
