"""What hangs on a run of Word: pictures, text boxes, charts, SmartArt, embedded objects."""

from typing import Any

from docx.oxml.parser import parse_xml

from partnership.documents.cleaning import fold
from partnership.word.reading import limits, xml
from partnership.word.reading.file import WordFile
from partnership.word.reading.imported import Drawn
from partnership.word.reading.xml import Element

STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
NOT_EMBEDDED = "A picture was not taken, because it lies outside of the file. Put it into the file, or upload it"
WRONG_KIND = "A picture was not taken, because it is neither PNG nor JPEG ({ending}). Save it as PNG, and upload it"
TOO_MANY = f"A picture was not taken, because the file has more than {limits.MOST_PICTURES}. Upload it"
CHART = "A chart was not taken. Put it in as a picture, or draw it anew from its figures"
OBJECT = "An embedded object, such as a spreadsheet, was not taken"
BOX = "The text of a text box was taken as ordinary paragraphs"
DRAWING = "A drawing made of shapes was not taken"
CONTROL = "A control of a form was not taken"


def read(element: Element, file: WordFile, pictures: list[int], boxes: list[Element]) -> None:
    """Add the numbers of the pictures and the boxes in an object of a run; say what else there is."""
    element = _chosen(element)
    found = list(_boxes(element))
    boxes += found
    for _ in found:
        file.say(BOX)
    drawn = _keys(element)
    for key, alt in drawn:
        if number := _picture(key, alt, file):
            pictures.append(number)
    if not found and not drawn:
        _say_what_it_is(element, file)
    elif _is_object(element):
        file.say(OBJECT)


def _chosen(element: Element) -> Element:
    """Of several forms of one thing, the first."""
    if xml.kind_of(element) != "mc:AlternateContent":
        return element
    forms = (xml.child(element, name) for name in ("mc:Choice", "mc:Fallback"))
    return next((form for form in forms if form is not None and len(form)), element)


def _boxes(element: Element) -> list[Element]:
    """The text of boxes, outermost alone: what is in them is read when they are."""
    found = list(xml.all_of(element, "w:txbxContent"))
    inner = {id(deeper) for box in found for deeper in xml.all_of(box, "w:txbxContent") if deeper is not box}
    return [box for box in found if id(box) not in inner and not _is_fallback(box, element)]


def _is_fallback(box: Element, top: Element) -> bool:
    above = box.getparent()
    while above is not None and above is not top:
        if xml.kind_of(above) == "mc:Fallback":
            return True
        above = above.getparent()
    return False


def _in_box(part: Element, top: Element) -> bool:
    above = part.getparent()
    while above is not None and above is not top:
        if xml.kind_of(above) in ("w:txbxContent", "mc:Fallback"):
            return True
        above = above.getparent()
    return False


def _keys(element: Element) -> list[tuple[str, str]]:
    """Of each picture its key and its alternative text."""
    alt = next((_words(part) for part in xml.all_of(element, "wp:docPr")), "")
    found = [
        (part.get(xml.full("r:embed")) or part.get(xml.full("r:link"), ""), alt)
        for part in xml.all_of(element, "a:blip")
        if not _in_box(part, element)
    ]
    for part in xml.all_of(element, "v:imagedata"):
        shape = part.getparent()
        said = shape.get("alt", "") if shape is not None else ""
        if not _in_box(part, element):
            found.append((part.get(xml.full("r:id"), ""), said or part.get(xml.full("o:title"), "")))
    return found


def _words(properties: Element) -> str:
    return fold(properties.get("descr") or "") or ""


def _picture(key: str, alt: str, file: WordFile) -> int:
    part: Any = file.related(key)
    if part is None:
        file.say(NOT_EMBEDDED)
        return 0
    data = part.blob
    if not data.startswith(STARTS):
        file.say(WRONG_KIND.format(ending=fold(str(part.partname).rpartition(".")[2])[:8]))
        return 0
    number = len(file.pictures) + 1
    if number > limits.MOST_PICTURES:
        file.say(TOO_MANY)
        return 0
    file.pictures.append(Drawn(number, data, alt[:600], "", file.where))
    return number


def _is_object(element: Element) -> bool:
    return xml.kind_of(element) == "w:object" or xml.has(element, "o:OLEObject")


def _say_what_it_is(element: Element, file: WordFile) -> None:
    smart = next(xml.all_of(element, "dgm:relIds"), None)
    if smart is not None:
        words = _diagram_words(smart.get(xml.full("r:dm"), ""), file)
        file.say(f"SmartArt was not taken{f' (“{words[:200]}”)' if words else ''}")
    elif xml.has(element, "c:chart"):
        file.say(CHART)
    elif _is_object(element):
        file.say(OBJECT)
    elif xml.has(element, "w:control"):
        file.say(CONTROL)
    else:
        file.say(DRAWING)


def _diagram_words(key: str, file: WordFile) -> str:
    part: Any = file.related(key)
    return xml.words_in(parse_xml(part.blob), "a:t") if part is not None else ""
