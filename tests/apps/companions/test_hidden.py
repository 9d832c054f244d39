"""What a PDF carries and its pages do not show: each is told in a sentence, with real files made here."""

from io import BytesIO

import pytest
import weasyprint
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from partnership.companions import pdf
from partnership.errors import Incomplete
from tests.apps.companions import files
from tests.apps.documents.test_rendering import make

SHOWN = "BT /F1 12 Tf 20 100 Td (Safe at home.) Tj ET"


def name(words):
    return NameObject(f"/{words}")


def told(change=lambda writer: None, drawn=SHOWN):
    """The sentences about a tagged PDF of one page on which `drawn` stands, after `change`."""
    writer = PdfWriter(clone_from=BytesIO(files.pdf()))
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode())
    writer.pages[0][name("Contents")] = writer._add_object(stream)
    change(writer)
    data = BytesIO()
    writer.write(data)
    return pdf.doubts(data.getvalue())


def layers(writer, off=(), on=(), base="ON"):
    made = {
        words: writer._add_object(DictionaryObject({name("Type"): name("OCG"), name("Name"): TextStringObject(words)}))
        for words in ("Names of families", "Drawing")
    }
    usual = DictionaryObject({name("BaseState"): name(base)})
    usual[name("OFF")] = ArrayObject([made[words] for words in off])
    usual[name("ON")] = ArrayObject([made[words] for words in on])
    writer.root_object[name("OCProperties")] = DictionaryObject(
        {name("OCGs"): ArrayObject(made.values()), name("D"): usual}
    )


def filled(value):
    def change(writer):
        field = DictionaryObject({name("FT"): name("Tx"), name("T"): TextStringObject("Name of child")})
        if value is not None:
            field[name("V")] = value
        above = DictionaryObject({name("Kids"): ArrayObject([writer._add_object(field)])})
        form = DictionaryObject({name("Fields"): ArrayObject([writer._add_object(above)])})
        writer.root_object[name("AcroForm")] = form

    return change


def packet(inside):
    def change(writer):
        stream = DecodedStreamObject()
        stream.update({name("Type"): name("Metadata"), name("Subtype"): name("XML")})
        stream.set_data(
            '<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><rdf:RDF>'
            f"{inside}</rdf:RDF></x:xmpmeta>".encode()
        )
        writer.root_object[name("Metadata")] = writer._add_object(stream)

    return change


def photograph(place):
    def change(writer):
        noted = Image.Exif()
        noted[0x0110] = "A camera"
        if place:
            noted.get_ifd(0x8825)[1] = "N"
        data = BytesIO()
        Image.new("RGB", (8, 8)).save(data, "JPEG", exif=noted)
        picture = StreamObject()
        picture._data = data.getvalue()
        picture.update({name("Subtype"): name("Image"), name("Filter"): name("DCTDecode")})
        held = DictionaryObject({name("P"): writer._add_object(picture)})
        writer.pages[0][name("Resources")] = DictionaryObject({name("XObject"): held})

    return change


def in_a_form(drawn):
    """The same, within a form that the page draws 300 points to the right."""

    def change(writer):
        form = StreamObject()
        form._data = drawn.encode()
        form.update({name("Subtype"): name("Form")})
        held = DictionaryObject({name("X"): writer._add_object(form)})
        writer.pages[0][name("Resources")] = DictionaryObject({name("XObject"): held})

    return change


def remark(writer):
    writer.add_annotation(0, Text(rect=(10, 10, 30, 30), text="Is this family's name right?", title_bar="Eve Example"))
    writer.add_annotation(0, FreeText(rect=(10, 10, 30, 30), text="Check"))


def link(writer):
    box = ArrayObject([])
    made = DictionaryObject({name("Type"): name("Annot"), name("Subtype"): name("Link"), name("Rect"): box})
    writer.pages[0][name("Annots")] = ArrayObject([writer._add_object(made)])


@pytest.mark.parametrize("change", [lambda writer: None, link, filled(None), filled(TextStringObject(""))])
def test_a_clean_file_says_nothing(change):
    assert told(change) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            remark,
            "It holds 2 comments or marks beside its text, by “Eve Example”. Everybody who opens the file can read such "
            "things.",
        ),
        (lambda writer: writer.add_metadata({"/Author": "Eve\x00 Example"}), "It names who made it: “Eve Example”."),
        (
            lambda writer: writer.add_metadata({"/Title": "For you", "/Keywords": "Smith, J", "/Company": "Ashdown"}),
            "It says more of itself than its title: “Keywords” “Smith, J”, “Company” “Ashdown”.",
        ),
        (
            packet(
                "<rdf:Description><dc:creator><rdf:Seq><rdf:li>Eve Example</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
            ),
            "It names who made it: “Eve Example”.",
        ),
        (
            packet('<rdf:Description pdf:Keywords="Smith"/>'),
            "It says more of itself than its title: “Keywords” “Smith”.",
        ),
        (
            lambda writer: writer.root_object.update({name("PieceInfo"): DictionaryObject()}),
            "It holds what the program that made it keeps for itself, which may be all of the original.",
        ),
        (
            lambda writer: layers(writer, off=["Names of families"]),
            "A layer in it is switched off: “Names of families”. Everybody can switch it on.",
        ),
        (
            lambda writer: layers(writer, on=["Drawing"], base="OFF"),
            "A layer in it is switched off: “Names of families”. Everybody can switch it on.",
        ),
        (filled(TextStringObject("Ada")), "A form in it is filled in: “Name of child”."),
        (
            photograph(place=True),
            "A picture in it says where it was taken. Take that out of the picture and save the PDF again.",
        ),
        (photograph(place=False), "A picture in it says what its camera noted, such as the day."),
    ],
)
def test_what_the_pages_do_not_show_is_told(change, sentence):
    assert told(change) == [sentence]


BESIDE = "It holds words beside the page, on page 1. Nobody sees them, and everybody can read them out."
INVISIBLE = "It holds invisible words, as scanned pages do, from page 1 on. Look whether they say what the pages show."


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        ("BT /F1 12 Tf 20 500 Td (Ada Smith) Tj ET", BESIDE),
        ("q 1 0 0 1 300 0 cm BT /F1 12 Tf 20 100 Td (Ada Smith) Tj ET Q", BESIDE),
        ("BT /F1 12 Tf 1 0 0 1 -400 100 Tm [(Ada) -20 (Smith)] TJ ET", BESIDE),
        ("BT /F1 12 Tf 3 Tr 20 100 Td (Ada Smith) Tj ET", INVISIBLE),
    ],
)
def test_words_that_nobody_sees_are_told(drawn, sentence):
    assert told(drawn=f"{SHOWN} {drawn}") == [sentence]


def test_so_are_they_within_a_form_that_the_page_draws():
    assert told(in_a_form(SHOWN), "q 1 0 0 1 300 0 cm /X Do Q") == [BESIDE]
    assert told(in_a_form(SHOWN), "/X Do") == []


@pytest.mark.parametrize(
    "drawn",
    [
        "BT /F1 12 Tf 20 500 Td ( ) Tj ET",  # a blank
        "BT /F1 12 Tf -10 100 Td (begins before the page and goes on) Tj ET",
        "q 3 Tr Q BT /F1 12 Tf 20 100 Td (shown) Tj ET",
    ],
)
def test_what_can_be_seen_is_not_told(drawn):
    assert told(drawn=drawn) == []


@pytest.mark.parametrize("colour", ["", "0 g", "0 0 0 rg", "0 0 0 1 k"])
def test_words_under_a_black_box_are_refused(colour):
    with pytest.raises(Incomplete, match="Words on page 1 lie under a black box"):
        told(drawn=f"{SHOWN} {colour} 10 95 150 20 re f")


@pytest.mark.parametrize(
    "box",
    ["1 1 0 rg 10 95 150 20 re f", "0 g 10 20 150 20 re f", "0 g 10 95 150 20 re S", "0 g 10 95 150 20 re n 0 0 m f"],
)
def test_a_light_box_one_elsewhere_and_a_mere_frame_are_not(box):
    assert told(drawn=f"{SHOWN} {box}") == []
    assert told(drawn=f"0 g 10 95 150 20 re f 1 g {SHOWN}") == []  # light words on a black box


def test_a_whole_report_of_many_pages_gives_no_false_alarm():
    assert pdf.doubts(without_attachments(make().data)) == [
        "It names who made it: “Example Safeguarding Children Partnership”.",
        "It says more of itself than its title: “Subject” “Yearly report, 2025-26. Signed by one of two lead partners.”.",
    ]


def without_attachments(data):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for key in ("/Names", "/AF"):
        writer.root_object.pop(key, None)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_nor_does_a_page_of_another_program_with_colours_tables_and_pictures():
    page = """<html lang=en><title>For you</title><h1 style="background:#000;color:#fff">Safe</h1>
    <table border=1><tr><th style="background:#111;color:#fff">A<td>b</table><p style="text-indent:-2em">Words."""
    data = weasyprint.HTML(string=page).write_pdf(pdf_tags=True)

    assert pdf.doubts(data) == []
