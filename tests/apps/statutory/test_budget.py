"""The shared annual budget: its years, its sums, and the sentence for one that comes late."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from partnership import clock
from partnership.documents import canonical, services
from partnership.documents import selectors as documents
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear, NotAFinancialYear
from statutory import budget
from tests import worlds

TODAY = date(2026, 9, 14)
LATE = "The financial year 2026-27 began on 1 April 2026, before this budget was signed."


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def pay(world, year, payer, amount, seat):
    return funding.record_contribution(
        area=world.area,
        year=FinancialYear(year),
        payer=payer,
        kind=ContributionKind.CASH,
        amount=Decimal(amount),
        agency=seat.agency,
        source="Letter",
        by=world.gwen,
    )


def checks(client, world, label):
    client.force_login(world.gwen)
    return client.get(reverse("documents:checks", args=[world.area.slug, f"budget/{label}"])).content.decode()


def test_a_budget_can_be_begun_for_the_next_year_the_one_that_runs_and_earlier_ones():
    periods = budget.BUDGET.open_periods(TODAY)

    assert [period.label for period in periods] == ["2027-28", "2026-27", "2025-26", "2024-25"]
    assert (periods[0].first, periods[0].last) == (date(2027, 4, 1), date(2028, 3, 31))
    assert all(budget.BUDGET.parse_period(period.label, TODAY) == period for period in periods)


@pytest.mark.parametrize(
    ("label", "refusal", "sentence"),
    [
        ("2028-29", WrongState, "The budget of 2028-29 can be begun from 1 April 2027"),
        ("2023-24", WrongState, "The oldest budget that can be begun here is that of 2024-25."),
        ("2026", NotAFinancialYear, "“2026” is not a financial year"),
    ],
)
def test_another_year_is_refused_with_a_sentence(label, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        budget.BUDGET.parse_period(label, TODAY)


@pytest.mark.django_db
def test_a_budget_that_comes_after_its_year_began_says_so_and_is_sent_all_the_same(client, world):
    version = worlds.written(world, "budget", "2026-27")

    assert [problem.sentence for problem in budget.begun_late(version)] == [
        f"{LATE} Say in it what has applied since then."
    ]
    assert LATE in checks(client, world, "2026-27")
    sent = services.send_for_sign_off(version=version, by=world.gwen)
    assert sent.status == Status.IN_SIGN_OFF


@pytest.mark.django_db
def test_a_budget_in_time_is_not_told_of_the_day_until_its_year_begins(client, world):
    version = worlds.written(world, "budget", "2027-28")

    assert budget.begun_late(version) == []
    assert "before this budget was signed" not in checks(client, world, "2027-28")
    with clock.frozen(datetime(2027, 3, 31, 23, 30, tzinfo=clock.LONDON)):
        assert budget.begun_late(version) == []
    with clock.frozen(datetime(2027, 4, 1, 0, 30, tzinfo=clock.LONDON)):
        assert len(budget.begun_late(version)) == 1


@pytest.mark.django_db
def test_its_sums_are_those_of_the_record_and_stay_as_they_were_when_it_was_sent(world):
    pay(world, 2025, "Ashdown Council", 40_000, world.council)
    pay(world, 2026, "Ashdown Council", 50_000, world.council)
    pay(world, 2026, "Ashdown Police", 7_500, world.police)
    draft = worlds.written(world, "budget", "2026-27")
    section = draft.sections.get(key="contributions")
    body = "In all {{funding total}}.\n\n[[funding contributions]]\n\n[[funding contributions last year]]"
    worlds.write(section, body, world.gwen)

    sent = services.send_for_sign_off(version=Version.objects.get(pk=draft.pk), by=world.gwen)
    pay(world, 2026, "NHS Ashdown Integrated Care Board", 9_000, world.health)

    frozen = canonical.load(Version.objects.get(pk=sent.pk).content)
    tables = [
        block
        for section in frozen["sections"]
        for block in section["blocks"]
        if block["type"] == "table" and section["key"] == "contributions"
    ]
    assert [table["caption"] for table in tables] == [
        "Contributions of each agency, 2026-27",
        "Contributions of each agency, 2025-26",
    ]
    assert "£57,500" in str(tables[0]["rows"][-1])
    assert "£40,000" in str(tables[1]["rows"][-1])
    assert next(fact["value"] for fact in frozen["facts"] if fact["name"] == "funding total") == "£57,500"


@pytest.mark.django_db
def test_every_lead_partner_signs_the_joint_budget_and_it_is_public_then(client, world):
    version = worlds.published(world, "budget", "2026-27")

    assert version.document.edition_key == "wt2026"
    assert {row.wording for row in version.sign_offs.all()} == {"budget 1"}
    assert version.sign_offs.count() == 3
    assert budget.begun_late(version) == [], "a correction of it does not come late"
    page = client.get(f"/published/{world.area.slug}/budget/2026-27/").content.decode()
    assert "Shared annual budget 2026-27" in page


@pytest.mark.django_db
def test_budgets_of_two_years_stand_side_by_side(world):
    first, second = (worlds.published(world, "budget", label) for label in ("2026-27", "2027-28"))

    assert documents.current(first.document).status == Status.PUBLISHED
    assert second.status == Status.PUBLISHED
