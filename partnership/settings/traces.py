"""Stack traces without content: what PostgreSQL tells of a row that it refuses is the row, with every text in it."""

import re
import traceback
from types import TracebackType

DETAIL = re.compile(r"\n\s*DETAIL:.*?(?=\n\n(?:The above|During handling)|\Z)", re.DOTALL)


def trace(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """A stack trace as a log may have it."""
    return DETAIL.sub("\n(details left out)", "".join(traceback.format_exception(*exc_info)).rstrip())
