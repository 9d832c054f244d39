"""Files that people send: a limit that stops reading, and a sentence that keeps what was typed."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    StopFutureHandlers,
    TemporaryFileUploadHandler,
)

from partnership.web import characters


def limit_in_words() -> str:
    return f"{settings.UPLOAD_MAX_BYTES // (1024 * 1024)} MB"


def too_large() -> str:
    """The sentence for a file beyond settings.UPLOAD_MAX_BYTES."""
    return f"The file must be smaller than {limit_in_words()}. The one you chose is larger."


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
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)
        elif not self.file.closed:
            self.file.close()  # a temporary file goes with its last reader

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.received > settings.UPLOAD_MAX_BYTES:
            return TooLarge(
                self.file_name or "file",
                b"",
                self.content_type or "application/octet-stream",
            )
        return super().file_complete(file_size)


def check_size(file: UploadedFile) -> None:
    """A validator for file fields."""
    if getattr(file, "is_too_large", False) or (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(too_large(), code="too_large")


class FileField(forms.FileField):
    """A file field that knows the limit and says what to do about an empty file. A name cannot hide its own ending."""

    default_error_messages: ClassVar[dict[str, Any]] = {"empty": "The file you chose is empty. Choose another one."}

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            check_size(data)
            data.name = characters.in_one_line(data.name)
        return super().to_python(data)
