"""The last touch to a PDF, so that it is at once PDF/A-3a (to keep) and PDF/UA-1 (for everyone). See docs/adr/0009."""

import binascii
import re
import zlib
from typing import Any

import pydyf

# PDF/UA-1 asks the file to name itself; PDF/A asks that this name be described, or it counts as unknown metadata.
_NAMED_AS_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
# An empty stream, as of a seal that is not drawn, has a line end before and after nothing.
_LIKE_A_LINE = re.compile(rb"(?<!stream)[\r\n]\nendstream")
MOST_PADDING = 8


def finish(document: Any, pdf: pydyf.PDF, padding: int = 0) -> None:
    """Handed to WeasyPrint: name the file PDF/UA-1, give header cells their scope, make links printable.

    `padding`: how many empty entries to add, which changes nothing but the bytes of the table of entries.
    """
    for _ in range(padding):
        pdf.add_object(pydyf.Dictionary({}))
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream):
            _finish_stream(entry)
        elif isinstance(entry, dict) and entry.get("S") == "/TH":
            _give_scope(entry, pdf)
        elif isinstance(entry, dict) and entry.get("Type") == "/Annot":
            entry["F"] = 4


def _finish_stream(stream: pydyf.Stream) -> None:
    if stream.extra.get("Type") == "/Metadata":
        _name(stream)
    elif stream.extra.get("Subtype") == "/Image":
        stream.extra["Interpolate"] = "false"  # PDF/A: no reader may invent pixels
    _end_plainly(stream)


def ends_plainly(data: bytes) -> bool:
    """Whether no stream of a file ends like a line; the last two, of its objects, are made after `finish`."""
    return not _LIKE_A_LINE.search(data)


def _end_plainly(stream: pydyf.Stream) -> None:
    """Write a stream in hexadecimal where its packed bytes happen to end like a line.

    The line end before `endstream` would then be taken for longer than it is, and the stream for shorter than it says:
    one stream in a hundred, by chance, and a file that breaks a rule.
    """
    data = b"\n".join(pydyf._to_bytes(part) for part in stream.stream)
    packed = zlib.compress(data, 9) if stream.compress else data
    if not packed.endswith((b"\r", b"\n")):
        return
    own = "/FlateDecode" if stream.compress else stream.extra.get("Filter")
    stream.extra["Filter"] = pydyf.Array(["/ASCIIHexDecode", own] if own else ["/ASCIIHexDecode"])
    if "DecodeParms" in stream.extra:  # of a picture; what is in hexadecimal has none
        stream.extra["DecodeParms"] = pydyf.Array(["null", stream.extra["DecodeParms"]])
    stream.compress = False
    stream.stream[:] = [binascii.hexlify(packed) + b">"]


def _name(metadata: pydyf.Stream) -> None:
    metadata.compress = False
    packet = b"".join(part if isinstance(part, bytes) else part.data for part in metadata.stream)
    metadata.stream[:] = [packet.replace(b"</rdf:RDF>", _NAMED_AS_UA)]


def _give_scope(cell: Any, pdf: pydyf.PDF) -> None:
    row = _entry(cell["P"], pdf)
    group = _entry(row["P"], pdf) if row.get("P") else {}
    cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"


def _entry(reference: Any, pdf: pydyf.PDF) -> Any:
    return pdf.objects[int(reference.split()[0])]
