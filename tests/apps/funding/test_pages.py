"""The pages of funding, as each of the cast sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.funding.models import ContributionKind
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
