"""Uploaded pictures: what they really are, and the clean copy that is kept.

A file's name and its claimed type are not believed. What is kept is drawn anew from the pixels, so that no place,
person, camera or hidden part of the original survives, and the same picture always gives the same bytes.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

import puremagic
from PIL import Image, ImageOps

from partnership.errors import Incomplete

MOST_PIXELS = 40_000_000
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_ENDINGS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_NAMES = {
    "PNG": "a PNG picture",
    "JPEG": "a JPEG picture",
    ".svg": "an SVG drawing",
    ".gif": "a GIF picture",
    ".pdf": "a PDF document",
    ".docx": "a Word document",
    ".xlsx": "a spreadsheet",
    ".zip": "a ZIP archive",
    ".exe": "a program",
    ".html": "a web page",
    ".tiff": "a TIFF picture",
    ".webp": "a WebP picture",
    ".heic": "an HEIC picture",
    ".bmp": "a BMP picture",
}
# Drawing programs of the same process may have told Pillow to accept half a file, so its end is looked for here.
_ENDS = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}
_STARTS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True)
class Inspected:
    """A picture that may be kept: its true type, size in pixels and cleaned bytes."""

    content_type: str
    width: int
    height: int
    data_clean: bytes


def inspect(data: bytes, name: str, most_bytes: int) -> Inspected:
    """The clean copy of an uploaded PNG or JPEG. Incomplete, with a sentence, for anything else."""
    if not data:
        raise Incomplete("This file is empty. Choose the picture again.")
    if len(data) > most_bytes:
        raise Incomplete(
            f"This picture is larger than {most_bytes // (1024 * 1024)} MB. Make it smaller and try again."
        )
    kind = _kind(data, name)
    image = _opened(data, kind)
    clean = ImageOps.exif_transpose(image) or image
    return Inspected(_TYPES[kind], clean.width, clean.height, _drawn_anew(clean, kind))


def _kind(data: bytes, name: str) -> str:
    kind = next((found for start, found in _STARTS.items() if data.startswith(start)), "")
    if not kind:
        raise Incomplete(f"This file is {_true_name(data)}. Upload the picture as PNG or JPEG.")
    ending = "." + name.rpartition(".")[2].lower()
    if _ENDINGS.get(ending) != kind:
        raise Incomplete(
            f"This file is {_NAMES[kind]}, but its name ends with “{ending[:12]}”. Rename it and try again."
        )
    return kind


def _true_name(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return _NAMES[".svg"]
    if start.startswith((b"<!doctype html", b"<html")):
        return _NAMES[".html"]
    try:
        endings = [match.extension for match in puremagic.magic_string(data[:65536])]
    except (puremagic.PureError, ValueError):
        endings = []
    return next((_NAMES[ending] for ending in endings if ending in _NAMES), "neither a PNG nor a JPEG picture")


def _opened(data: bytes, kind: str) -> Image.Image:
    try:
        if _ENDS[kind] not in data:
            raise EOFError
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=[kind])
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Incomplete("This picture has more than 40 million pixels. Make it smaller and try again.") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise Incomplete("This picture is damaged and cannot be opened. Save it again and try once more.") from None
    return image


def _drawn_anew(image: Image.Image, kind: str) -> bytes:
    """The bare pixels in a new file; transparency becomes white, because PDF/A pages and paper are white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        full = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", full.size, "white"), full)
    pixels = Image.frombytes("RGB", image.size, image.convert("RGB").tobytes())
    stream = BytesIO()
    if kind == "PNG":
        pixels.save(stream, "PNG", optimize=False, compress_level=9)
    else:
        pixels.save(stream, "JPEG", quality=88, optimize=True, subsampling=0)
    return stream.getvalue()
