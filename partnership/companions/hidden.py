"""What a PDF carries beside its pages, and everybody gets who gets the file: a sentence for each, before it is public.

People look at the pages. Names, comments, layers that are switched off and answers in a form are not on them.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from partnership.documents.cleaning import fold

LONGEST, MOST_NAMED, MOST_FIELDS = 60, 5, 5_000
# What a page has that is no remark of somebody: links, fields (looked at apart), the window of a remark, printers' marks.
_NO_REMARKS = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark"}
# What says how and when the file was made, and names nobody.
_PLAIN = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/Author", "/Title"}
_AUTHORS = {"creator", "Author", "contributor", "AuthorsPosition", "LastModifiedBy", "Manager", "OriginalAuthor"}
_TOLD = {"description", "subject", "Keywords", "Company", "SourceModified", "Comments", "Category", "DerivedFrom"}
_OF_STANDARDS = "http://www.aiim.org/"  # what describes the packet itself, as PDF/A and PDF/UA ask for
_GPS = 0x8825


def sentences(reader: PdfReader) -> list[str]:
    """A sentence for each thing that the pages do not show. Raises whatever a broken file makes pypdf raise."""
    return [*_remarks(reader), *_about(reader), *_layers(reader), *_filled(reader)]


def said_of_picture(item: DictionaryObject) -> str:
    """A sentence if a part of the file is a photograph that still says where it was taken, or what took it."""
    if item.get("/Subtype") != "/Image" or "/DCTDecode" not in str(item.get("/Filter")):
        return ""
    data = item._data if isinstance(item, StreamObject) else b""
    try:
        noted = Image.open(BytesIO(data), formats=["JPEG"]).getexif()
    except Exception:  # a picture that another program can show and Pillow cannot: nothing is known of it
        return ""
    if noted.get_ifd(_GPS):
        return "A picture in it says where it was taken. Take that out of the picture and save the PDF again."
    return "A picture in it says what its camera noted, such as the day." if noted else ""


def quoted(words: Any) -> str:
    """Some words of a stranger's file, fit to be shown in a sentence."""
    return f"“{fold(str(words))[:LONGEST].rstrip()}”"


def listed(words: list[str]) -> str:
    """The first few of some words."""
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _got(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _remarks(reader: PdfReader) -> Iterator[str]:
    count, names = 0, dict[str, None]()
    for page in reader.pages:
        for entry in _got(page.get("/Annots")) or []:
            remark = _got(entry)
            if not isinstance(remark, DictionaryObject) or remark.get("/Subtype") in _NO_REMARKS:
                continue
            count += 1
            if name := fold(str(_got(remark.get("/T", "")))):
                names[quoted(name)] = None
    if count:
        by = f", by {listed(list(names))}" if names else ""
        what = "a comment or mark" if count == 1 else f"{count} comments or marks"
        yield f"It holds {what} beside its text{by}. Everybody who opens the file can read such things."


def _about(reader: PdfReader) -> Iterator[str]:
    """Authors, titles and keywords, of both places where a PDF keeps them."""
    plain = {name: fold(str(_got(value))) for name, value in (reader.metadata or {}).items()}
    packet = list(_packet(reader))
    authors = [plain.get("/Author", ""), *(words for name, words in packet if name in _AUTHORS)]
    if found := list(dict.fromkeys(quoted(words) for words in authors if words)):
        yield f"It names who made it: {listed(found)}."
    other = [(name.lstrip("/"), words) for name, words in plain.items() if name not in _PLAIN]
    other += [(name, words) for name, words in packet if name in _TOLD]
    # Both places often say the same; it is told once.
    once = {words: f"{quoted(name.capitalize())} {quoted(words)}" for name, words in reversed(other) if words}
    if once:
        yield f"It says more of itself than its title: {listed(list(once.values())[::-1])}."
    pieces = [reader.root_object, *reader.pages]
    if any("/PieceInfo" in item for item in pieces):
        yield "It holds what the program that made it keeps for itself, which may be all of the original."


def _packet(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Each statement of the XMP packet: its name, and its words."""
    stream = _got(reader.root_object.get("/Metadata"))
    if not isinstance(stream, StreamObject):
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(stream.get_data(), parser)
    for element in root.iter(etree.Element) if root is not None else ():
        if str(etree.QName(element).namespace).startswith(_OF_STANDARDS):
            continue
        for name, words in element.attrib.items():
            yield etree.QName(name).localname, fold(str(words))
        yield etree.QName(element).localname, fold(" ".join(element.itertext()))


def _layers(reader: PdfReader) -> Iterator[str]:
    properties = _got(reader.root_object.get("/OCProperties"))
    if not isinstance(properties, DictionaryObject):
        return
    every = [_got(layer) for layer in _got(properties.get("/OCGs")) or []]
    usual = _got(properties.get("/D")) or {}
    named = {key: [_got(layer) for layer in _got(usual.get(key)) or []] for key in ("/ON", "/OFF")}
    begins_off = usual.get("/BaseState") == "/OFF"
    off = [layer for layer in every if layer not in named["/ON"]] if begins_off else named["/OFF"]
    if off:
        names = listed([quoted(_got(layer.get("/Name", ""))) for layer in off])
        yield f"A layer in it is switched off: {names}. Everybody can switch it on."


def _filled(reader: PdfReader) -> Iterator[str]:
    form = _got(reader.root_object.get("/AcroForm"))
    waiting = list(_got(form.get("/Fields")) or []) if isinstance(form, DictionaryObject) else []
    found, looked = list[str](), 0
    while waiting and looked < MOST_FIELDS:
        looked += 1
        field = _got(waiting.pop(0))
        if not isinstance(field, DictionaryObject):
            continue
        waiting += list(_got(field.get("/Kids")) or [])
        value = _got(field.get("/V"))
        is_answer = value not in (None, "", "/Off") and not isinstance(value, DictionaryObject)
        if is_answer and not (isinstance(value, ArrayObject) and not value):
            found.append(quoted(_got(field.get("/T", "a field"))))
    if found:
        yield f"A form in it is filled in: {listed(found)}."
