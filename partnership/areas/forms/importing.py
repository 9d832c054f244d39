"""Choosing a list of members, and confirming what it would record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from partnership.areas.importing import columns, reading
from partnership.areas.importing.limits import MOST_ROWS, Unreadable
from partnership.areas.services.importing import LONGEST_NAME
from partnership.web.forms import FileField, Form


class ListForm(Form):
    """One file. It is read at once, so that a file which is no list is answered at its field."""

    list = FileField(
        label="The list",
        help_text=f"CSV (.csv) or an Excel workbook (.xlsx), with at most {MOST_ROWS} rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Choose the file with the list"},
    )

    def clean_list(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["list"]
        try:
            sheet = reading.read(file.name or "", file.read())
            self.rows, not_read = columns.table(sheet.lines)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        self.notes = [*sheet.notes, *not_read]
        return file

    def details(self) -> dict[str, Any]:
        """What the service wants, beside area and person."""
        name = columns.clean(self.cleaned_data["list"].name or "list")
        return {"file_name": name[-LONGEST_NAME:], "rows": self.rows, "notes": self.notes}


class ConfirmListForm(Form):
    """What is to be done with a list that was looked at; `seen` is the seal of what was shown."""

    RECORD, DISCARD = "record", "discard"

    seen = forms.CharField(required=False, max_length=64)
    act = forms.ChoiceField(choices=[(RECORD, RECORD), (DISCARD, DISCARD)], required=False)
