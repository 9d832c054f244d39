"""What nobody can see, or what turns the direction of text, is refused in a line and dropped from longer text."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from partnership.accounts.forms import RenamePasskeyForm
from partnership.documents.cleaning import clean_text
from partnership.web import characters, wording
from partnership.web.forms import EmailField, FileField, Form

INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u3164", "\ufe0f", "\U000e0061"]
TURNING = ["\u200e", "\u200f", "\u061c", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
NAMES = [
    "Siân Ó Néill", "O\u2019Connor-Łukasz", "Zoe\u0308", "李小龙", "葛\U000e0100飾",
    "\u0646\u0648\u0631\u200c\u0627\u0644\u062f\u06cc\u0646", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0d05\u0d35\u0d28\u0d4d\u200d",
]  # fmt: skip


class Asking(Form):
    name = forms.CharField(label="Full name", max_length=40)
    email = EmailField(label="Email address (optional)", required=False)
    why = forms.CharField(label="Why does it end? (optional)", required=False)
    note = forms.CharField(label="Note (optional)", required=False, widget=forms.Textarea)
    word = forms.CharField(required=False, widget=forms.PasswordInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    file = FileField(required=False)


def asked(**typed):
    form = Asking({"name": "Ann", **typed})
    form.full_clean()
    return form


@pytest.mark.parametrize("sign", INVISIBLE)
def test_a_line_with_an_invisible_character_is_refused_with_its_place(sign):
    sentence = "Full name has an invisible character after “Ann”. Delete the text and type it again"

    assert asked(name=f"Mary Ann{sign} Lee").errors["name"] == [sentence]


@pytest.mark.parametrize("sign", TURNING)
def test_a_line_whose_direction_is_changed_is_refused_with_its_place(sign):
    sentence = (
        "Full name has a character that changes the direction of the text at its beginning. "
        "Delete the text and type it again"
    )

    assert asked(name=f"{sign}Ann").errors["name"] == [sentence]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ann\tLee", "a tab"),
        ("Ann\nLee", "a line break"),
        ("Ann\u2028Lee", "a line break"),
        ("Ann\x00Lee", "a character that cannot be shown"),
        ("Ann\x07Lee", "a character that cannot be shown"),
        ("Ann\ue000Lee", "a character that cannot be shown"),
    ],
)
def test_what_else_no_line_has_is_named(text, what):
    assert asked(name=text).errors["name"] == [f"Full name has {what} after “Ann”. Delete the text and type it again"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_taken_as_its_script_writes_it(name):
    assert asked(name=name).cleaned_data["name"] == name


@pytest.mark.parametrize("name", ["Ann\u200dLee", "\u0627\u0644\u200c", "\u200d\u0627", "Ann\U000e0100"])
def test_a_joiner_where_nothing_joins_is_refused(name):
    assert "an invisible character" in asked(name=name).errors["name"][0]


def test_it_is_told_alone_and_in_the_name_of_its_field():
    errors = asked(email="ann\u200b@example.org", why="Retired\u202e", name="\u200b" * 50).errors

    assert errors["email"] == [
        "Email address has an invisible character after “ann”. Delete the text and type it again"
    ]
    assert errors["why"][0].startswith("Your answer has a character that changes the direction")
    assert len(errors["name"]) == 1


def test_what_was_typed_stays_in_the_field():
    assert asked(name="Ann\u200b")["name"].value() == "Ann\u200b"


def test_longer_text_is_read_without_it():
    form = asked(note="\ufeffOne\u00ad two\u202e.\r\n\tThree\x00\r")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["note"] == "One two.\n\tThree"


def test_a_password_and_a_hidden_value_are_left_alone():
    assert asked(word="pass\u200bword", seen="a\u200bb").is_valid()


def test_the_name_of_a_file_cannot_hide_its_ending():
    file = SimpleUploadedFile("letter\u202efdp.exe", b"x")

    form = Asking({"name": "Ann"}, {"file": file})

    assert form.is_valid()
    assert form.cleaned_data["file"].name == "letterfdp.exe"


def test_a_passkey_is_named_by_the_same_rule():
    field = RenamePasskeyForm.base_fields["name"]
    wording.apply(field, "Name of this passkey")

    with pytest.raises(forms.ValidationError, match="Name of this passkey has an invisible character after “My”"):
        field.clean("My\u200b phone")


def test_sentences_are_given_once_however_often_a_field_is_worded():
    form = asked(name="Ann\u200b")
    form.full_clean()
    form.full_clean()

    assert len(form.errors["name"]) == 1


@given(text=st.text(max_size=30))
def test_text_without_it_has_no_fault_and_is_left_alone_the_next_time(text):
    once = characters.without(text)

    assert characters.without(once) == once
    assert not characters.fault(characters.in_one_line(text))


@pytest.mark.parametrize("sign", [*INVISIBLE, *TURNING])
def test_a_document_holds_none_of_them(sign):
    assert clean_text(f"a{sign}b") == "ab"
