import uuid
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from partnership.areas.forms.appointing import AppointForm
from partnership.areas.forms.following import AddressForm, AgencyForm
from partnership.documents.forms import ShareForm
from partnership.web.errors_of import links
from partnership.web.forms import DayField, Form, IdempotentForm
from partnership.web.gallery import ExampleForm


class DueForm(Form):
    due = DayField(label="Due date", earliest=date(2026, 4, 1), latest=date(2027, 3, 31))


def due(day="", month="", year=""):
    return DueForm({"due_day": day, "due_month": month, "due_year": year})


@pytest.mark.parametrize(("month", "day"), [("9", "30"), ("09", "30"), ("Sep", "30"), ("september", " 30 ")])
def test_a_day_in_three_parts_becomes_a_date(month, day):
    form = due(day, month, "2026")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("", "", ""), "Enter due date"),
        (("30", "", "2026"), "Due date must include a month"),
        (("30", "", ""), "Due date must include a month and a year"),
        (("31", "9", "2026"), "Due date must be a real date, such as 30 September 2026"),
        (("first", "9", "2026"), "Due date must be a real date, such as 30 September 2026"),
        (("²", "9", "2026"), "Due date must be a real date, such as 30 September 2026"),
        (("30", "9", "26"), "Year must have 4 numbers, such as 2026"),
        (("31", "3", "2026"), "Due date must be 1 April 2026 or later"),
        (("1", "4", "2027"), "Due date must be 31 March 2027 or earlier"),
        (("31", "12", "9999"), "Due date lies too far away. Check the year"),
        (("1", "1", "1900"), "Due date lies too far away. Check the year"),
    ],
)
def test_a_wrong_day_is_answered_with_what_to_do(parts, words):
    assert due(*parts).errors["due"] == [words]


ASKING_FOR_AN_ADDRESS = [
    (AppointForm, "email"),
    (AgencyForm, "contact_email"),
    (AddressForm, "email"),
    (ShareForm, "email"),
]


@pytest.mark.parametrize(("form", "field"), ASKING_FOR_AN_ADDRESS)
def test_an_address_no_longer_than_its_column_is_asked_for(form, field):
    asked = form.base_fields[field]

    assert asked.clean("a" * 60 + "@example.org")
    with pytest.raises(ValidationError) as refused:
        asked.clean("a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".org")
    assert refused.value.error_list[0].code == "max_length"


def test_a_wrong_day_comes_back_as_it_was_typed():
    html = str(due("31", "Septober", "2026")["due"].as_field_group())

    assert 'value="Septober"' in html
    assert html.count("govuk-input--error") == 3


def test_a_day_that_is_set_is_shown_in_its_parts():
    html = str(DueForm(initial={"due": date(2026, 9, 30)})["due"])

    assert [part in html for part in ('value="30"', 'value="9"', 'value="2026"')] == [True] * 3


def test_an_error_leads_to_the_first_part_of_its_field():
    found = {href for _, href in links(ExampleForm({"once": str(uuid.uuid4())}))}

    assert {"#id_title", "#id_turn_0", "#id_read_by_0", "#id_due_on_day", "#id_agreed"} <= found


@pytest.mark.django_db
def test_every_place_that_an_error_leads_to_is_on_the_page(client):
    html = client.post("/components/", {}).content.decode()

    for _, href in links(ExampleForm({})):
        if href:
            assert f'id="{href[1:]}"' in html


def test_a_form_that_was_not_sent_has_no_error_summary():
    assert Template("{% govuk_error_summary form %}").render(Context({"form": ExampleForm()})).strip() == ""


def test_the_whole_summary_field_is_described_by_its_count_and_its_error():
    html = str(ExampleForm({"summary": "x" * 201})["summary"].as_field_group())

    assert 'aria-describedby="id_summary_error id_summary-info"' in html
    assert 'aria-invalid="true"' in html
    assert "Summary must be 200 characters or fewer." in html


def test_text_that_is_too_long_is_never_cut_by_the_browser():
    assert "maxlength=" not in str(ExampleForm()["summary"]).replace("data-maxlength", "")


def test_a_line_end_counts_once():
    form = ExampleForm({"summary": "a\r\n" * 100})
    form.is_valid()

    assert "summary" not in form.errors
    assert form.cleaned_data["summary"].count("\r") == 0


def test_no_field_leaves_checking_to_the_browser():
    html = "".join(str(field) for field in ExampleForm())

    assert " required" not in html


def test_every_field_of_the_gallery_has_a_label():
    for field in ExampleForm().visible_fields():
        html = str(field.as_field_group())
        assert f'for="{field.first_id}"' in html or "<legend" in html


def test_a_question_is_answered_and_a_choice_is_selected():
    class Asked(Form):
        why = forms.CharField(label="Why does it change?")
        seat = forms.ChoiceField(label="Seat", choices=[("a", "A")])
        lsp = forms.CharField(label="LSP")
        own = forms.CharField(error_messages={"required": "Say who decided"})

    errors = Asked({}).errors

    assert errors["why"] == ["Answer the question “Why does it change?”"]
    assert errors["seat"] == ["Select seat"]
    assert errors["lsp"] == ["Enter LSP"]
    assert errors["own"] == ["Say who decided"]


def test_each_drawing_of_a_form_carries_its_own_key():
    first, second = IdempotentForm(), IdempotentForm()

    assert uuid.UUID(str(first["once"].value())) != uuid.UUID(str(second["once"].value()))


def test_a_form_without_its_key_is_asked_to_be_loaded_again():
    assert IdempotentForm({"once": "nonsense"}).errors["once"] == ["Load the page again, then send it once more"]


@pytest.fixture(autouse=True)
def fixed_settings(settings):
    settings.PRACTICE = True
