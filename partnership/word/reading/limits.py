"""How much a Word file may hold, and the sentences for files that are refused as a whole."""

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_OF_ONE_XML = 20 * MEGABYTE
MOST_RATIO = 120
MOST_PARTS = 200
MOST_CHARACTERS = 2_000_000
MOST_PARAGRAPHS = 100_000  # with those in cells
MOST_PICTURES = 60
LONGEST_PARAGRAPH = 20_000
LONGEST_PART = 50_000  # a section holds 60,000; this leaves room for what is there already
LONGEST_TITLE = 200
MOST_ROWS_TAKEN = 1_000
MOST_COLUMNS_TAKEN = 60
MOST_SECONDS = 20  # a yearly report takes less than two
MOST_MEMORY = 512  # megabytes
DEEPEST = 12  # tables in tables, boxes in boxes


class Unreadable(Exception):
    """The file cannot be taken at all. The message is a sentence for the person who chose it."""


EMPTY = "The file is empty. Choose it again."
OLD = "This is an old Word file (.doc). Open it in Word, choose “Save as”, and save it as .docx. Then upload that."
PROTECTED = (
    "This file is protected by a password, so it cannot be opened. Take the password off in Word. Save it as .docx, and "
    "upload that."
)
MACROS = (
    "This file holds macros, which are small programs. It is refused. Save it as .docx (Word document), which keeps the "
    "text and leaves the macros out, and upload that."
)
NOT_WORD = "This is not a Word file that can be read here. Save it as .docx, and upload that."
DAMAGED = "This Word file is damaged and cannot be read. Open it in Word, save it anew as .docx, and upload that."
SWOLLEN = "This file is far larger inside than it looks, so it is refused. Copy its text into a new Word document, and upload that."
STRANGE_NAMES = (
    "This file holds entries whose names lead out of it, so it is refused. Copy its text into a new Word document."
)
DECLARES = (
    "This file declares entities of its own, which Word never does, so it is refused. Copy its text into a new Word "
    "document."
)
DEEP = (
    f"This file has tables or text boxes within each other, more than {DEEPEST} deep, so it cannot be read. Copy its text "
    "into a new Word document."
)
TOO_DEEP = (
    "This file has things within things without end, so it cannot be read. Copy its text into a new Word document."
)
TOO_HEAVY = (
    f"This file could not be read within {MOST_SECONDS} seconds and {MOST_MEMORY} MB of memory, which is far more than a "
    "report needs. Copy its text into a new Word document, or divide it into several files, and upload that."
)
NOTHING = "This file has no text that could be taken. Check that it is the right one."
TOO_LONG = (
    f"This file holds more than {MOST_CHARACTERS:,} characters or {MOST_PARAGRAPHS:,} paragraphs. Divide it into several "
    "files."
)
TOO_MANY_HEADINGS = (
    f"This file has more than {MOST_PARTS} headings of the first level. Check the styles of its paragraphs in Word, or "
    "divide it into several files."
)


def too_large(size: int) -> str:
    """The sentence for a file of this many bytes."""
    return (
        f"The file is {-(-size // MEGABYTE)} MB. The most is {MOST_BYTES // MEGABYTE} MB. In Word, choose "
        "“Compress pictures”, save it, and upload that."
    )
