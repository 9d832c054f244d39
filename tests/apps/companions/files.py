"""PDFs for the tests: a tagged one, a plain one, and those that are refused."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject


def pdf(
    *, tagged: bool = True, script: str = "", attached: bool = False, locked: bool = False, opens: str = ""
) -> bytes:
    """The bytes of a PDF of one page."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if tagged:
        writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject()
        writer.root_object[NameObject("/Lang")] = TextStringObject("en-GB")
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if opens:
        action = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(opens)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attached:
        writer.add_attachment("letter.txt", b"hidden")
    if locked:
        writer.encrypt("secret")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
