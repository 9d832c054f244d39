"""No stream of a PDF ends so that readers may disagree on its length."""

import re
import zlib
from io import BytesIO

import page as validator
import pydyf
import pytest
from PIL import Image
from pypdf import PdfReader

from partnership.documents import tagging
from tests.apps.documents.test_rendering import (
    make,
    pdf,  # noqa: F401  (fixtures)
)
from tests.rules.documents.samples import document


def test_a_stream_whose_packed_bytes_end_like_a_line_is_written_so_that_its_length_is_sure():
    for number in range(2000):
        stream = pydyf.Stream([f"% {number}".encode()], compress=True)
        ends_like_a_line = zlib.compress(stream.stream[0], 9).endswith((b"\r", b"\n"))

        tagging._end_plainly(stream)

        packed = stream.data.split(b"stream\n", 1)[1].removesuffix(b"\nendstream")
        assert not packed.endswith((b"\r", b"\n"))
        plain = zlib.decompress(bytes.fromhex(packed[:-1].decode()) if ends_like_a_line else packed)
        assert plain == f"% {number}".encode()


def test_no_stream_of_a_pdf_ends_like_a_line_whatever_its_content():
    for number in range(6):
        frozen = document()
        frozen["title"] = f"Yearly report {number}"
        data = make(frozen).data
        ends = [data[: at.start()] for at in re.finditer(rb"\nendstream", data)]

        assert not [end[-4:] for end in ends if end.endswith((b"\r", b"\n"))]


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_stream_in_the_middle_of_a_file_that_ends_like_a_line_is_seen(end):
    """The objects themselves lie in the last stream but one, which is made after every other touch."""
    last = b"<</Length 3>>\nstream\nabc\nendstream\nendobj\n"

    assert tagging.ends_plainly(last + b"<</Length 0>>\nstream\n\nendstream\nendobj\n" + last)
    assert not tagging.ends_plainly(last + b"<</Length 4>>\nstream\nabc" + end + b"\nendstream\nendobj\n" + last)


def test_a_file_with_a_stream_that_ends_like_a_line_is_printed_again(pdf, monkeypatch):
    seen = []
    monkeypatch.setattr(tagging, "ends_plainly", lambda data: seen.append(data) or len(seen) == 3)

    again = make()

    assert [data == pdf.data for data in seen] == [True, False, False]
    assert again.data == seen[2] != seen[1]
    for profile in ("3a", "ua1"):
        assert validator.validate_pdf_bytes(again.data, profile=profile).is_compliant


def test_a_picture_whose_packed_points_end_like_a_line_is_written_so_that_its_length_is_sure():
    endings = set()
    for shade in range(256):
        image, kept = Image.new("RGB", (1, 1), (shade, 0, 7)), BytesIO()
        image.save(kept, "PNG")
        start = kept.getvalue().index(b"IDAT")
        length = int.from_bytes(kept.getvalue()[start - 4 : start], "big")
        points = kept.getvalue()[start + 4 : start + 4 + length]
        if not points.endswith((b"\r", b"\n")):
            continue
        endings.add(points[-1])
        parameters = pydyf.Dictionary({"Predictor": 15, "Columns": 1, "Colors": 3})
        extra = {"Type": "/XObject", "Subtype": "/Image", "Width": 1, "Height": 1, "ColorSpace": "/DeviceRGB"}
        extra |= {"BitsPerComponent": 8, "Filter": "/FlateDecode", "DecodeParms": parameters}
        stream = pydyf.Stream([points], extra)

        tagging._finish_stream(stream)

        file, made = pydyf.PDF(), BytesIO()
        file.add_object(stream)
        file.add_page(
            pydyf.Dictionary({"Type": "/Page", "Parent": file.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9]),
            "Resources": pydyf.Dictionary({"XObject": pydyf.Dictionary({"P": stream.reference})})})
        )  # fmt: skip
        file.write(made)
        assert tagging.ends_plainly(made.getvalue())
        (shown,) = PdfReader(made).pages[0].images
        assert shown.image.getpixel((0, 0)) == (shade, 0, 7)
    assert endings == {10, 13}
