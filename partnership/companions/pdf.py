"""What an uploaded PDF really holds: nothing that runs, no file inside it; what it hides; whether it can be read aloud."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from partnership.companions import hidden, unseen
from partnership.errors import Incomplete

MOST_OBJECTS = 200_000
_RUNS = {"/JS", "/JavaScript", "/XFA"}
_ACTIONS = {"/JavaScript", "/Launch", "/RichMedia", "/RichMediaExecute", "/ImportData", "/SubmitForm"}
_HIDES = {"/EmbeddedFiles", "/EF", "/RichMediaContent"}


def doubts(data: bytes) -> list[str]:
    """Sentences on what a PDF hides, and on what may keep somebody from reading it. Raises Incomplete for what cannot be kept."""
    if not data.startswith(b"%PDF-"):
        raise Incomplete("The file must be a PDF. This one is not, whatever its name says.")
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Incomplete("The PDF is locked with a password. Save it without one.")
        if not len(reader.pages):
            raise Incomplete("The PDF has no pages.")
        pictures = _look(reader)
        return [*_of_reading(reader), *hidden.sentences(reader), *pictures, *unseen.sentences(reader)]
    except Incomplete:
        raise
    except Exception as error:  # whatever is wrong with a stranger's file is no fault of ours
        raise Incomplete("The PDF cannot be read. It may be damaged. Save it again and choose it once more.") from error


def _look(reader: PdfReader) -> list[str]:
    """Walk over everything that the document reaches. Returns what its pictures say beside what they show."""
    waiting: list[Any] = [reader.trailer]
    said: dict[str, None] = {}
    seen: set[tuple[int, int]] = set()
    walked = 0
    while waiting:
        item = waiting.pop()
        walked += 1
        if walked > MOST_OBJECTS:
            raise Incomplete("The PDF has too many parts to be checked. Save a smaller one.")
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) not in seen:
                seen.add((item.idnum, item.generation))
                waiting.append(item.get_object())
        elif isinstance(item, DictionaryObject):
            _refuse(item)
            if sentence := hidden.said_of_picture(item):
                said[sentence] = None
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))
    return list(said)


def _refuse(item: DictionaryObject) -> None:
    keys = set(item)
    kind = item.get("/S") if isinstance(item.get("/S"), str) else ""
    if keys & _RUNS or kind in _ACTIONS or item.get("/Subtype") == "/RichMedia":
        raise Incomplete("The PDF holds a script or something else that runs. Save it without.")
    opening = item.get("/OpenAction")
    action = opening.get_object() if isinstance(opening, IndirectObject) else opening
    leads_away = isinstance(action, DictionaryObject) and action.get("/S") not in {"/GoTo", *_ACTIONS}
    if "/AA" in keys or leads_away:
        raise Incomplete("The PDF does something by itself when it is opened. Save it without.")
    if keys & _HIDES or item.get("/Subtype") == "/FileAttachment":
        raise Incomplete("The PDF holds another file inside. Save it without.")


def _of_reading(reader: PdfReader) -> list[str]:
    root: Any = reader.root_object
    marked = root.get("/MarkInfo")
    is_tagged = "/StructTreeRoot" in root and bool(marked and marked.get_object().get("/Marked"))
    found = [] if is_tagged else ["It is not tagged, so a screen reader may not read it in the right order."]
    return found if root.get("/Lang") else [*found, "It does not say its language, so it may be read aloud wrongly."]
