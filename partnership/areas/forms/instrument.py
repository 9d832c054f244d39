"""The decision or letter behind an appointment, as a file. It is kept while the rest of the form is mended."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.http import urlencode

from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.web.forms import FileField, Form

# What a file really is shows in its first bytes; its name and claimed type are not believed.
KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
SALT = "partnership.areas.instrument"
LONGEST_NAME = 120
WHAT = "A PDF, or a photograph of it as PNG or JPEG."


def kind_of(file: UploadedFile) -> str | None:
    """The content type of a file that may be kept as an instrument, or None."""
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    return next((kind for beginning, kind in KINDS.items() if start.startswith(beginning)), None)


def _pairs(data: Any) -> list[tuple[str, str]]:
    """What was sent, as it was sent, apart from an earlier token."""
    return [(name, value) for name in data if name != "kept" for value in data.getlist(name)]


class WithInstrument(Form):
    """A form with a file that is stored at once, so that it need not be chosen again when another field is wrong."""

    instrument = FileField(label="The decision or letter (optional)", help_text=WHAT, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    stored: StoredFile | None = None
    stored_name: str = ""

    def clean_instrument(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("instrument")
        if file is not None and kind_of(file) is None:
            raise ValidationError("The decision or letter must be a PDF, a PNG or a JPEG")
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        file = found.get("instrument")
        if file is not None:
            content_type = kind_of(file) or ""
            self._keep(files.put(file.read(), content_type), (file.name or "letter")[-LONGEST_NAME:])
        elif found.get("kept"):
            self._read_kept(found["kept"])
        return found

    def _keep(self, stored: StoredFile, name: str) -> None:
        self.stored, self.stored_name = stored, name
        token = signing.dumps([stored.sha256, name], salt=SALT)
        self.data = QueryDict(urlencode([*_pairs(self.data), ("kept", token)]))
        self["instrument"].help_text = f"Kept: {name}. Choose another file to replace it."

    def _read_kept(self, token: str) -> None:
        try:
            sha256, name = signing.loads(token, salt=SALT, max_age=3600)
        except (signing.BadSignature, ValueError) as error:
            raise ValidationError({"instrument": "Choose the decision or letter again"}) from error
        self._keep(StoredFile.objects.get(sha256=sha256), name)
