"""The pages of funding, as each of the cast sees them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.funding import presenting
from partnership.funding.models import Contribution, ContributionKind, Spending
from partnership.guidance.financial_years import FinancialYear
from tests.apps.funding import money
from tests.pages import words

pytestmark = pytest.mark.django_db
BEFORE = FinancialYear(2024)
FORMS = ["add_contribution", "add_spending", "check_printed_total"]
PAID = {"payer": "Ashdown Council", "kind": "cash"}


def at(world, name, *args):
    return reverse(f"funding:{name}", args=[world.area.slug, *args])


def every_address(world):
    paid = money.contribution(world, "Ashdown Council", "5")
    yield at(world, "years")
    yield at(world, "year", "2025-26")
    yield at(world, "csv", "2025-26")
    spent = money.spending(world, "Staff", "5")
    for act in ("correct", "remove"):
        yield at(world, f"{act}_contribution", "2025-26", paid.pk)
        yield at(world, f"{act}_spending", "2025-26", spent.pk)
    yield from (at(world, name, "2025-26") for name in FORMS)


@pytest.mark.parametrize("name", ["harry", "ines"])
def test_people_without_an_office_here_find_no_page(client, world, name):
    client.force_login(getattr(world, name))

    for address in every_address(world):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in (404, 405), address


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi"])
def test_partners_and_the_scrutineer_read_and_are_told_who_may_record(client, world, name):
    client.force_login(getattr(world, name))

    codes = {}
    for address in every_address(world):
        response = client.get(address)
        codes[address] = response.status_code
        if response.status_code == 403:
            assert "Only a business manager or somebody in business support of Ashdown may record funding." in words(
                response
            )
            assert client.post(address).status_code == 403
    assert sorted(codes.values()) == [200] * 3 + [403] * 7
    assert "Add a contribution" not in words(client.get(at(world, "year", "2025-26")))


def test_the_years_page_says_when_there_is_nothing(gwen, world):
    assert "No funding is recorded for Ashdown yet." in words(gwen.get(at(world, "years")))


def test_the_years_page_lists_each_year_with_its_totals(gwen, world):
    money.contribution(world, "Ashdown Council", "100")
    money.contribution(world, "Ashdown Police", "50", kind=ContributionKind.IN_KIND)
    money.spending(world, "Training", "40.50", year=BEFORE)

    text = words(gwen.get(at(world, "years")))

    assert "2025-26 £100 Not recorded 2024-25 Not recorded £40.50" in text


def test_another_year_is_opened_from_what_was_typed(gwen, world):
    response = gwen.get(at(world, "years"), {"year": "2026/27"})

    assert response.url == at(world, "year", "2026-27")
    assert "Nothing is recorded for 2026-27 yet." in words(gwen.get(response.url))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2025", "“2025” is not a financial year. Write it like 2025-26."),
        ("2025-27", "A year that begins in 2025 is written 2025-26."),
        ("1850-51", "Enter a year between 2000-01 and 2100-01."),
        ("9999-00", "Enter a year between 2000-01 and 2100-01."),
        ("1980-81", "Enter a year between 2000-01 and 2100-01."),
        ("", "Enter a financial year, such as 2025-26"),
    ],
)
def test_what_is_no_year_is_answered_at_the_field_and_kept(gwen, world, typed, sentence):
    response = gwen.get(at(world, "years"), {"year": typed})

    assert sentence in words(response)
    assert f'value="{typed}"' in response.content.decode() or not typed
    assert 'href="#id_year"' in response.content.decode()


@pytest.mark.parametrize("label", ["2025", "2025-27", "2025-2026", "1999-00", "nonsense"])
def test_an_address_with_no_year_has_no_page(gwen, world, label):
    assert gwen.get(at(world, "year", label)).status_code == 404


def test_a_year_shows_who_pays_with_shares_the_year_before_and_the_total(gwen, world):
    money.contribution(world, "Ashdown Council", "60")
    money.contribution(world, "Ashdown Council", "60", year=BEFORE)
    money.contribution(world, "NHS Ashdown", "40", note="From the joint budget", is_invented=True)
    money.contribution(world, "NHS Ashdown", "35.50", year=BEFORE)
    money.contribution(world, "Ashdown Police", "50", kind=ContributionKind.IN_KIND, agency=world.police.agency)
    money.contribution(world, "Ashdown Probation", "9", year=BEFORE)

    text = words(gwen.get(at(world, "year", "2025-26")))

    assert "Ashdown Council Cash £60 60% £60 unchanged" in text
    assert "NHS Ashdown (invented) From the joint budget Cash £40 40% £35.50 £4.50 more this year" in text
    assert "Ashdown Police In kind £50 not counted not recorded" in text
    assert "Total of cash and grants £100 100% £104.50" in text
    assert "In 2024-25, and not recorded for 2025-26 Ashdown Probation, cash, £9" in text
    assert "Equitable does not mean equal" in text


def test_without_a_year_before_there_is_no_column_for_it(gwen, world):
    money.contribution(world, "Ashdown Council", "60")

    text = words(gwen.get(at(world, "year", "2025-26")))

    assert "Ashdown Council Cash £60 100% Correct" in text and "In 2024-25" not in text


def test_a_payer_for_somebody_else_says_for_whom(gwen, world):
    money.contribution(world, "Policing body", "5", agency=world.police.agency)

    assert "Policing body For Ashdown Police Cash" in words(gwen.get(at(world, "year", "2025-26")))


@pytest.mark.parametrize(
    ("paid", "spent", "sentence"),
    [
        ("100", "90.50", "Contributions are £9.50 more than spending."),
        ("100", "130", "Spending is £30 more than contributions."),
        ("100", "100", "Nothing is left over: contributions and spending are equal."),
        ("100", None, "Not known: no spending of this year is recorded yet."),
        (None, "100", "Not known: no contributions of this year are recorded yet."),
    ],
)
def test_the_balance_is_said_in_words(gwen, world, paid, spent, sentence):
    if paid:
        money.contribution(world, "Ashdown Council", paid)
    if spent:
        money.spending(world, "Training", spent)

    assert sentence in words(gwen.get(at(world, "year", "2025-26")))


def test_sources_are_named_once_and_only_addresses_are_links(gwen, world):
    money.contribution(world, "One", "5", source="https://example.org/report")
    money.contribution(world, "Two", "5", source="https://example.org/report")
    money.spending(world, "Training", "5", source="Minute 4 <b>")

    page = gwen.get(at(world, "year", "2025-26")).content.decode()

    assert page.count('href="https://example.org/report"') == 1
    assert "Minute 4 &lt;b&gt;" in page


def test_a_year_asks_the_database_the_same_for_one_line_and_for_many(gwen, world):
    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert gwen.get(at(world, "year", "2025-26")).status_code == 200
        return len(asked)

    money.contribution(world, "Payer", "5")
    money.spending(world, "Line", "5")
    money.printed(world, "7")
    few = questions()
    for number in range(8):
        money.contribution(world, f"Payer {number}", "5", agency=world.police.agency)
        money.contribution(world, f"Payer {number}", "4", year=BEFORE)
        money.spending(world, f"Line {number}", "5")
        money.printed(world, str(number))

    assert questions() == few


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
