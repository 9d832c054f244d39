"""From the bytes of a Word file to headings with text in our own dialect, and a list of what was not taken.

Plain Python, without the database: `archive` refuses what is harmful, `walking` goes through the file in the order of
reading, `markdown` writes our dialect, `parts` puts it under its headings. `apart` does it in a process of its own.
"""

from partnership.word.reading.imported import Drawn, Imported, Part
from partnership.word.reading.limits import MOST_BYTES, Unreadable
from partnership.word.reading.opening import read

__all__ = ["MOST_BYTES", "Drawn", "Imported", "Part", "Unreadable", "read"]
