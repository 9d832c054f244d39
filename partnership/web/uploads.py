"""Files that people send: a limit that stops reading, and a sentence that keeps what was typed."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    StopFutureHandlers,
    TemporaryFileUploadHandler,
)

from partnership.web import characters

View = TypeVar("View", bound=Callable[..., Any])


def takes_files_up_to(most: int) -> Callable[[View], View]:
    """Marks a view whose files may have this many bytes, where settings.UPLOAD_MAX_BYTES is not enough."""

    def mark(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return mark


def limit_in_words(most: int = 0) -> str:
    return f"{(most or settings.UPLOAD_MAX_BYTES) // (1024 * 1024)} MB"


def too_large(most: int = 0) -> str:
    """The sentence for a file beyond a limit, which is settings.UPLOAD_MAX_BYTES where none is given."""
    return f"The file must be smaller than {limit_in_words(most)}. The one you chose is larger."


class TooLarge(SimpleUploadedFile):
    """Stands where the file was: empty, with its name. FileField answers it with the sentence."""

    is_too_large = True


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file to disk until the limit is passed, then keeps nothing of it; the other fields are still read.

    Set in FILE_UPLOAD_HANDLERS. What the browser still sends is read past, not stored: the form can be shown again
    with everything that was typed.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        match = self.request.resolver_match if self.request else None
        self.most = getattr(match.func, "most_bytes", settings.UPLOAD_MAX_BYTES) if match else settings.UPLOAD_MAX_BYTES
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= self.most:
            self.file.write(raw_data)
        elif not self.file.closed:
            self.file.close()  # a temporary file goes with its last reader

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.received > self.most:
            return TooLarge(
                self.file_name or "file",
                b"",
                self.content_type or "application/octet-stream",
            )
        return super().file_complete(file_size)


def check_size(file: UploadedFile, most: int = 0) -> None:
    """A validator for file fields."""
    if getattr(file, "is_too_large", False) or (file.size or 0) > (most or settings.UPLOAD_MAX_BYTES):
        raise ValidationError(too_large(most), code="too_large")


class FileField(forms.FileField):
    """A file field that knows the limit and says what to do about an empty file. A name cannot hide its own ending."""

    most = 0  # bytes; 0 for settings.UPLOAD_MAX_BYTES

    default_error_messages: ClassVar[dict[str, Any]] = {"empty": "The file you chose is empty. Choose another one."}

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            check_size(data, self.most)
            data.name = characters.in_one_line(data.name)
        return super().to_python(data)
