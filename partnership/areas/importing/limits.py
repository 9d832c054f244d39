"""How much a list may hold, and the one way in which a file is refused."""

MOST_ROWS = 500
MOST_COLUMNS = 100
MOST_LINES = 200_000  # most of them empty, below the list
LONGEST_CELL = 2_000


class Unreadable(Exception):
    """The file cannot be read as a list. The message is a sentence for the person who chose it."""


TOO_MANY = f"The list has more than {MOST_ROWS} rows. Divide it into files of at most {MOST_ROWS} rows each."
TOO_WIDE = f"The list has more than {MOST_COLUMNS} columns. Keep the columns that are described below."
TOO_LONG = f"The file has more than {MOST_LINES:,} lines. Copy the list alone into a new file."
EMPTY = "The file holds no rows. Add at least one person below the names of the columns."
PROTECTED = "The workbook is protected by a password. Save a copy without one, and upload that."
