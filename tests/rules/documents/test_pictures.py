"""Uploaded pictures: only what is really PNG or JPEG, drawn anew without anything hidden."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from partnership.documents.pictures import inspect
from partnership.errors import Incomplete

MOST = 8 * 1024 * 1024


def saved(form, mode="RGB", size=(40, 20), **options):
    stream = BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 90).save(stream, form, **options)
    return stream.getvalue()


def refusal(data, name="picture.png"):
    with pytest.raises(Incomplete) as refused:
        inspect(data, name, MOST)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("form", "name", "content_type"), [("PNG", "A.PNG", "image/png"), ("JPEG", "a.b.jpeg", "image/jpeg")]
)
def test_a_picture_is_kept_with_its_true_type_and_size(form, name, content_type):
    kept = inspect(saved(form), name, MOST)

    assert (kept.content_type, kept.width, kept.height) == (content_type, 40, 20)
    assert Image.open(BytesIO(kept.data_clean)).format == form


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_where_when_and_by_whom_a_picture_was_taken_is_gone(form):
    exif = Image.Exif()
    exif[0x013B] = "Name of the photographer"
    data = saved(form, exif=exif, **({"comment": b"secret words"} if form == "JPEG" else {})) + b"hidden after the end"

    clean = inspect(data, f"a.{'png' if form == 'PNG' else 'jpg'}", MOST).data_clean

    assert b"photographer" not in clean
    assert b"secret" not in clean
    assert b"hidden" not in clean
    assert not Image.open(BytesIO(clean)).getexif()


def test_a_picture_that_says_it_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = inspect(saved("JPEG", exif=exif), "a.jpg", MOST)

    assert (kept.width, kept.height) == (20, 40)


def test_cleaning_is_deterministic_and_transparency_becomes_white():
    data = saved("PNG", "RGBA")
    clear = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(clear, "PNG")

    assert inspect(data, "a.png", MOST) == inspect(data, "a.png", MOST)
    kept = Image.open(BytesIO(inspect(clear.getvalue(), "a.png", MOST).data_clean))
    assert (kept.mode, kept.getpixel((0, 0))) == ("RGB", (255, 255, 255))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (saved("GIF", "P"), "a GIF picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"MZ\x90\x00" + b"\x00" * 200, "a program"),
        (saved("WEBP"), "a WebP picture"),
        (saved("TIFF"), "a TIFF picture"),
        (b"just words", "neither a PNG nor a JPEG picture"),
    ],
)
def test_a_file_that_is_something_else_is_told_what_it_is(data, words):
    assert words in refusal(data)


def test_a_picture_under_the_wrong_name_is_refused():
    assert refusal(saved("JPEG"), "a.png") == (
        "This file is a JPEG picture, but its name ends with “.png”. Rename it and try again."
    )
    assert "ends with" in refusal(saved("PNG"), "a.svg")


def test_a_file_over_the_size_limit_is_refused_before_it_is_opened():
    assert "larger than 8 MB" in refusal(b"\x89PNG\r\n\x1a\n" + b"0" * MOST)


def test_a_picture_with_a_flood_of_pixels_is_refused_unopened():
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))

    assert "40 million pixels" in refusal(
        b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x04IDAT....CRC.\x00\x00\x00\x00IEND"
    )
    assert "40 million pixels" in refusal(saved("PNG", "L", (8000, 5001)))


@pytest.mark.parametrize("data", [saved("PNG")[:60], saved("JPEG")[:200], b"\xff\xd8\xff\xe0" + b"\x00" * 50])
def test_a_damaged_picture_is_refused(data):
    assert "damaged" in refusal(data, "a.png" if data.startswith(b"\x89") else "a.jpg")


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"")
