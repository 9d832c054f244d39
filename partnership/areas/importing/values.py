"""What a cell may say: a day, an office, a basis, yes or no. Plain functions; what cannot be understood raises NotOne."""

import re
import unicodedata
from datetime import date, timedelta

from partnership.areas.importing.limits import LONGEST_CELL
from partnership.areas.models import Basis
from partnership.areas.roles import APPOINTABLE, Office
from partnership.web.day_field import FIRST_YEAR, LAST_YEAR

ONE_OF_THEM = "Write one of the offices that the page “Record people from a list” names."
EXCEL_BEGINS = date(1899, 12, 30)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NO_DAY = {"", "-", "–", "—", "n/a", "na", "none", "no end", "ongoing", "present", "to date", "current", "open"}

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_IN_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SERIAL = re.compile(r"[2-7]\d{4}")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,?\s+")

OTHER_NAMES: dict[str, Office] = {
    "lead partner": Office.LSP,
    "lead safeguarding partners": Office.LSP,
    "statutory lead": Office.LSP,
    "delegated partner": Office.DSP,
    "delegated safeguarding partners": Office.DSP,
    "delegate": Office.DSP,
    "partnership chairperson": Office.CHAIR,
    "chairperson": Office.CHAIR,
    "chair of the partnership": Office.CHAIR,
    "scrutineer": Office.SCRUTINEER,
    "independent scrutiny": Office.SCRUTINEER,
    "partnership manager": Office.BUSINESS_MANAGER,
    "partnership business manager": Office.BUSINESS_MANAGER,
    "manager": Office.BUSINESS_MANAGER,
    "administrator": Office.BUSINESS_SUPPORT,
    "business support officer": Office.BUSINESS_SUPPORT,
    "partnership support": Office.BUSINESS_SUPPORT,
    "partnership support officer": Office.BUSINESS_SUPPORT,
    "education rep": Office.EDUCATION,
    "education partner": Office.EDUCATION,
    "education lead": Office.EDUCATION,
    "sub group chair": Office.SUB_GROUP_CHAIR,
    "subgroup chair": Office.SUB_GROUP_CHAIR,
    "chair of sub group": Office.SUB_GROUP_CHAIR,
    "chair of a subgroup": Office.SUB_GROUP_CHAIR,
    "chair of subgroup": Office.SUB_GROUP_CHAIR,
    "lead member": Office.OBSERVER,
    "lead member for children": Office.OBSERVER,
    "lead member childrens services": Office.OBSERVER,
    "elected member": Office.OBSERVER,
    "participating observer": Office.OBSERVER,
    "agency representative": Office.CONTRIBUTOR,
}
BASES = {
    "": Basis.SUBSTANTIVE, "substantive": Basis.SUBSTANTIVE, "permanent": Basis.SUBSTANTIVE,
    "interim": Basis.INTERIM, "temporary": Basis.INTERIM, "acting": Basis.ACTING,
}  # fmt: skip
ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class NotOne(ValueError):
    """A cell does not say what its column asks for. The message is a sentence for the person who wrote it."""


def clean(text: str) -> str:
    """A cell without what cannot be seen or stored, with single spaces, and not endless."""
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join(kept.split())[:LONGEST_CELL]


def plain_words(text: str) -> str:
    """Words as they are compared: without case, hyphens, apostrophes and doubled spaces; & is and."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.sub(r"['’‘`]", "", re.sub(r"[_\-–—,.]", " ", text)).split())


OFFICES: dict[str, Office] = {
    **{plain_words(office.value): office for office in APPOINTABLE},
    **{plain_words(office.label): office for office in APPOINTABLE},
    **OTHER_NAMES,
}


def day_of(text: str) -> date | None:
    """The day that a cell names, the day before the month; None where it names none. Raises NotOne.

    1/4/2026, 01-04-26, 1.4.2026, 2026-04-01, 1 April 2026, Wed 1st Apr 2026, and the number by which Excel keeps a day.
    """
    words = _WEEKDAY.sub("", _CLOCK.sub("", text.strip()).casefold()).strip()
    if words in NO_DAY:
        return None
    try:
        found = _read_day(words)
    except (ValueError, OverflowError) as error:
        raise NotOne(_no_day(text)) from error
    if found is None:
        raise NotOne(_no_day(text))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotOne(f"“{text[:40]}” lies too far away. Check the year.")
    return found


def _read_day(words: str) -> date | None:
    if match := _ISO.fullmatch(words):
        year, month, day = match.groups()
        return date(int(year), int(month), int(day))
    if match := _IN_FIGURES.fullmatch(words):
        day, month, year = match.groups()
        return date(_year(year), int(month), int(day))
    if match := _IN_WORDS.fullmatch(words):
        day, name, year = match.groups()
        return date(_year(year), _month(name), int(day))
    if match := _MONTH_FIRST.fullmatch(words):
        name, day, year = match.groups()
        return date(int(year), _month(name), int(day))
    if _SERIAL.fullmatch(words):
        return EXCEL_BEGINS + timedelta(days=int(words))
    return None


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _month(name: str) -> int:
    """Its number; of `sept` too. Raises ValueError."""
    return next((place for place, month in enumerate(MONTHS, 1) if month.startswith(name)), 0)


def _no_day(text: str) -> str:
    return f"“{text[:40]}” is no day. Write it like 1/4/2026, with the day before the month."


def office_of(text: str) -> Office:
    """The office that a cell names by our label, our key or a usual word for it. Raises NotOne."""
    words = re.sub(r"\s*\(.*?\)", "", text)
    found = OFFICES.get(plain_words(words)) or OFFICES.get(plain_words(words.split("(")[0]))
    if found is None:
        raise NotOne(f"“{text[:60]}” is no office that can be recorded. {ONE_OF_THEM}")
    return found


def basis_of(text: str) -> Basis:
    """On what basis. Raises NotOne."""
    found = BASES.get(plain_words(text))
    if found is None:
        raise NotOne(f"“{text[:40]}” is no basis. Write substantive, interim or acting, or leave the cell empty.")
    return found


def answer_of(text: str) -> bool | None:
    """Yes, no, or nothing. Raises NotOne."""
    words = plain_words(text)
    if words and words not in ANSWERS:
        raise NotOne(f"“{text[:40]}” is neither yes nor no. Write one of them.")
    return ANSWERS.get(words)
