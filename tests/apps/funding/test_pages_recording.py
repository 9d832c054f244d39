"""Money is recorded on its pages: as it was typed, once, and with a sentence where it cannot be."""

from decimal import Decimal

import pytest

from partnership.funding import presenting
from partnership.funding.models import Contribution, ContributionKind, Spending
from tests.apps.funding import money
from tests.apps.funding.test_pages import FORMS, at
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_a_contribution_is_recorded_as_it_was_typed(gwen, world):
    typed = {"payer": "Ashdown Council", "kind": "cash", "amount": " £12,900.50 ", "agency": world.council.agency_id}

    response = gwen.post(at(world, "add_contribution", "2025-26"), {**typed, "source": "Minute 4"}, follow=True)

    paid = Contribution.objects.get()
    assert (paid.amount, paid.agency, paid.source) == (Decimal("12900.50"), world.council.agency, "Minute 4")
    assert response.redirect_chain == [(at(world, "year", "2025-26"), 302)]
    assert "The contribution of Ashdown Council is recorded." in words(response)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("£12,900", "12900"), ("12900", "12900"), ("12,900.50", "12900.50"), ("0", "0"), ("£ 1,234,567.5", "1234567.50")],
)
def test_money_is_read_as_people_write_it(gwen, world, typed, amount):
    gwen.post(at(world, "add_spending", "2025-26"), {"label": "Training", "amount": typed})

    assert Spending.objects.get().amount == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("about 500", "Enter the amount in pounds with figures only"),
        ("12,90", "Enter the amount in pounds with figures only"),
        ("12.900,50", "Enter the amount in pounds with figures only"),
        ("1.005", "Enter the amount in pounds with figures only"),
        ("12k", "Enter the amount in pounds with figures only"),
        ("١٢", "Enter the amount in pounds with figures only"),
        ("-5", "Enter an amount that is not negative"),
        ("£-5", "Enter an amount that is not negative"),
        ("99999999999999999999", "Enter an amount below one billion pounds"),
        ("", "Enter the amount in pounds. Only a contribution in kind may stay without a value."),
    ],
)
def test_what_is_no_money_is_answered_at_the_field_and_kept(gwen, world, typed, sentence):
    sent = {"payer": "Ashdown Council", "kind": "grant", "amount": typed, "note": "A note"}

    response = gwen.post(at(world, "add_contribution", "2025-26"), sent)

    page = response.content.decode()
    assert sentence in words(response)
    assert 'href="#id_amount"' in page
    assert 'value="Ashdown Council"' in page and 'value="A note"' in page
    assert f'value="{typed}"' in page or not typed
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_says_what_is_missing(gwen, world, name):
    response = gwen.post(at(world, name, "2025-26"), {})

    assert response.status_code == 200
    assert "There is a problem" in words(response)


def test_a_value_in_kind_may_be_left_out(gwen, world):
    gwen.post(at(world, "add_contribution", "2025-26"), {"payer": "Ashdown Police", "kind": "in_kind", "amount": ""})

    assert Contribution.objects.get().amount is None


def test_an_agency_of_another_area_is_not_accepted(gwen, world):
    elsewhere = world.other_area.seats.get().agency_id

    sent = {"payer": "x", "kind": "cash", "amount": "5", "agency": elsewhere}
    response = gwen.post(at(world, "add_contribution", "2025-26"), sent)

    assert "There is a problem" in words(response)
    assert not Contribution.objects.exists()


def test_a_second_click_records_nothing_twice_and_says_so(gwen, world):
    sent = {"payer": "Ashdown Council", "kind": "cash", "amount": "5"}
    gwen.post(at(world, "add_contribution", "2025-26"), sent)

    again = gwen.post(at(world, "add_contribution", "2025-26"), sent)

    assert again.status_code == 409
    assert "Ashdown Council already has a contribution of this kind in 2025-26." in words(again)
    assert 'href="#id_payer"' in again.content.decode()
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("practice", [True, False])
def test_only_the_practice_area_asks_whether_a_figure_is_invented(gwen, world, settings, practice):
    settings.PRACTICE = practice
    address = at(world, "add_spending", "2025-26")

    assert ("This figure is invented" in words(gwen.get(address))) is practice
    gwen.post(address, {"label": "Training", "amount": "5", "is_invented": "on"})
    assert Spending.objects.get().is_invented is practice


def test_the_file_holds_the_lines_and_nothing_that_a_spreadsheet_would_run(gwen, world):
    money.contribution(world, '=HYPERLINK("http://x")', "12900.5", note="+1", source="@x")
    money.contribution(world, "Ashdown Police", None, kind=ContributionKind.IN_KIND)
    money.spending(world, "Training, £", "40", is_invented=True)

    response = gwen.get(at(world, "csv", "2025-26"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="funding-{world.area.slug}-2025-26.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfFinancial year,")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        '2025-26,Contribution,"\'=HYPERLINK(""http://x"")",Cash,12900.50,Yes,\'+1,\'@x,No',
        "2025-26,Contribution,Ashdown Police,In kind,,No,,,No",
        '2025-26,Spending,"Training, £",,40.00,Yes,,,Yes',
    ]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", " =1", "\t=1"])
def test_a_cell_that_would_begin_a_formula_is_marked_as_text(cell):
    assert presenting.safe(cell) == f"'{cell}"


@pytest.mark.parametrize("name", ["years", "year", "csv"])
def test_a_page_to_read_takes_no_post(gwen, world, name):
    assert gwen.post(at(world, name, *([] if name == "years" else ["2025-26"]))).status_code == 405


@pytest.mark.parametrize(
    ("name", "field", "sent"),
    [
        ("add_contribution", "payer", {"payer": "A", "kind": "cash", "amount": "5"}),
        ("add_contribution", "note", {"payer": "A", "kind": "cash", "amount": "5"}),
        ("add_contribution", "source", {"payer": "A", "kind": "cash", "amount": "5"}),
        ("add_spending", "label", {"label": "A", "amount": "5"}),
        ("add_spending", "source", {"label": "A", "amount": "5"}),
        ("check_printed_total", "where", {"side": "spending", "printed": "5", "where": "A"}),
    ],
)
def test_a_line_that_would_be_read_as_a_token_is_refused_at_its_field(gwen, world, name, field, sent):
    response = gwen.post(at(world, name, "2025-26"), {**sent, field: "Ashdown {{Council}}"})

    assert response.context["form"].errors == {
        field: ["Leave out double brackets, {{ }} and [[ ]]: they have a meaning in texts."]
    }
    assert not (Contribution.objects.exists() or Spending.objects.exists())
