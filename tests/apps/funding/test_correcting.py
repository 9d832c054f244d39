"""Correcting, removing and checking money, on its pages."""

import pytest
from django.urls import reverse

from partnership.funding import selectors
from partnership.funding.models import Contribution
from tests.apps.funding import money
from tests.apps.funding.test_pages import PAID, at
from tests.pages import hidden, words

pytestmark = pytest.mark.django_db


def test_a_contribution_is_corrected(gwen, world):
    paid = money.contribution(world, "Ashdown Council", "12900")
    address = at(world, "correct_contribution", "2025-26", paid.pk)
    page = gwen.get(address)
    assert 'value="12,900"' in page.content.decode()

    response = gwen.post(address, {**hidden(page), **PAID, "amount": "13,000", "note": "As agreed"}, follow=True)

    paid.refresh_from_db()
    assert (paid.amount, paid.note) == (13000, "As agreed")
    assert "The contribution of Ashdown Council is corrected." in words(response)


def test_when_somebody_else_was_quicker_both_amounts_are_shown_and_nothing_is_lost(gwen, world):
    paid = money.contribution(world, "Ashdown Council", "12900")
    address = at(world, "correct_contribution", "2025-26", paid.pk)
    opened = gwen.get(address)
    gwen.post(address, {**hidden(opened), **PAID, "amount": "13,000", "note": ""})

    late = gwen.post(address, {**hidden(opened), **PAID, "amount": "13,500", "note": "Mine"})

    paid.refresh_from_db()
    assert (late.status_code, paid.amount) == (409, 13000)
    rest = "cash, from Ashdown Council, for no agency"
    assert (
        f"Recorded now: £13,000, {rest}, without a note, without a source. "
        f"You entered: £13,500, {rest}, with the note “Mine”, without a source."
    ) in words(late)
    assert 'value="13,500"' in late.content.decode()
    gwen.post(address, {**hidden(late), **PAID, "amount": "13,500", "note": "Mine"})
    paid.refresh_from_db()
    assert (paid.amount, paid.note) == (13500, "Mine")


def test_a_hidden_field_that_was_meddled_with_changes_nothing(gwen, world):
    paid = money.contribution(world, "Ashdown Council", "5")

    sent = {**PAID, "amount": "6", "note": "", "seen_payer": "Ashdown Council", "seen_kind": "cash", "seen_amount": "x"}
    response = gwen.post(at(world, "correct_contribution", "2025-26", paid.pk), sent)

    assert "Load the page again, then send it once more" in words(response)
    paid.refresh_from_db()
    assert paid.amount == 5


def test_a_contribution_is_found_in_its_own_year_and_area_alone(gwen, world):
    paid = money.contribution(world, "Ashdown Council", "5")

    assert gwen.get(at(world, "correct_contribution", "2024-25", paid.pk)).status_code == 404
    gwen.force_login(world.harry)
    elsewhere = reverse("funding:correct_contribution", args=[world.other_area.slug, "2025-26", paid.pk])
    assert gwen.get(elsewhere).status_code == 404


def test_a_printed_total_is_checked_inside_the_area_and_the_published_table_does_not_say_so(gwen, world):
    for label, amount in money.real_spending():
        money.spending(world, label, amount)

    sent = {"side": "spending", "printed": "£158,517", "where": "The report, page 3"}
    response = gwen.post(at(world, "check_printed_total", "2025-26"), sent, follow=True)

    text = words(response)
    assert "Spending, The report, page 3. The printed total of £158,517 is £798 more than the lines add up to" in text
    assert "Website' (£798) counted twice explains it." in text
    table = str(selectors.spending_table(world.area, money.YEAR))
    assert "157,719" in table and "158,517" not in table


def test_a_contribution_is_corrected_in_every_field(gwen, world):
    row = money.contribution(world, "Polise", "5")
    Contribution.objects.filter(pk=row.pk).update(payer="Ashdown {{Polise")  # as it could once be recorded
    address = at(world, "correct_contribution", "2025-26", row.pk)
    sent = {"payer": "Police Office", "kind": "grant", "amount": "6", "agency": world.police.agency.pk, "source": "M"}

    gwen.post(address, {**hidden(gwen.get(address)), **sent})

    row.refresh_from_db()
    assert (row.payer, row.kind, row.amount, row.agency, row.source) == (
        "Police Office", "grant", 6, world.police.agency, "M",
    )  # fmt: skip


def test_a_line_of_spending_is_corrected_and_a_clash_shows_both(gwen, world):
    line = money.spending(world, "Staf", "5")
    address = at(world, "correct_spending", "2025-26", line.pk)
    assert f'href="{address}"' in gwen.get(at(world, "year", "2025-26")).content.decode()
    opened = gwen.get(address)
    done = gwen.post(address, {**hidden(opened), "label": "Staff", "amount": "6"}, follow=True)
    assert "Spending on “Staff” is corrected." in words(done)

    late = gwen.post(address, {**hidden(opened), "label": "Staf", "amount": "7"})

    assert late.status_code == 409
    said = "Recorded now: £6, on “Staff”, without a source. You entered: £7, on “Staf”, without a source."
    assert said in words(late)
    gwen.post(address, {**hidden(late), "label": "Staf", "amount": "7"})
    line.refresh_from_db()
    assert (line.label, line.amount) == ("Staf", 7)


@pytest.mark.parametrize("name", ["contribution", "spending"])
def test_a_row_is_removed_once_with_a_reason_and_a_second_click_finds_it_gone(gwen, world, name):
    money.contribution(world, "Kept", "1")
    row = getattr(money, name)(world, "Wrongly recorded", "5")
    address = at(world, f"remove_{name}", "2025-26", row.pk)
    assert f'href="{address}"' in gwen.get(at(world, f"correct_{name}", "2025-26", row.pk)).content.decode()
    assert "keeps the figures it was frozen with" in words(gwen.get(address))
    assert "Enter why it is removed" in words(gwen.post(address, {"reason": ""}))

    first = gwen.post(address, {"reason": "Entered twice"}, follow=True)
    second = gwen.post(address, {"reason": "Entered twice"}, follow=True)

    assert "is removed." in words(first)
    assert "It has been removed already." in words(second)
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert "Wrongly" not in words(gwen.get(at(world, "year", "2025-26")))
    assert "Wrongly" not in gwen.get(at(world, "csv", "2025-26")).content.decode()
    assert gwen.post(at(world, f"remove_{name}", "2025-26", row.pk + 9), {"reason": "x"}).status_code == 404
