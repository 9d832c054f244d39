"""Recording money: each good act, each refusal, the record of it, and what a second click does."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnership.audit import presenters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.funding import selectors, services
from partnership.funding.lines import Paid, Spent
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear
from tests.apps.funding import money

pytestmark = pytest.mark.django_db
YEAR = FinancialYear(2025)


def told(event: Event) -> list[str]:
    return [presenters.sentence(entry) for entry in AuditEntry.objects.filter(event=event)]


def test_a_contribution_is_kept_and_put_on_record(world):
    paid = money.contribution(world, " Ashdown  Council ", "12900.50", note=" half  the budget ", source=" Minute 4 ")

    kept = (paid.payer, paid.amount, paid.note, paid.source, paid.recorded_by)
    assert kept == ("Ashdown Council", Decimal("12900.50"), "half the budget", "Minute 4", world.gwen)
    assert told(Event.CONTRIBUTION_RECORDED) == [
        "Gwen recorded the contribution of Ashdown Council for 2025-26: £12,900.50."
    ]


def test_a_contribution_in_kind_may_stay_without_a_value(world):
    paid = money.contribution(world, "Ashdown Police", None, kind=ContributionKind.IN_KIND)

    assert paid.amount is None
    assert told(Event.CONTRIBUTION_RECORDED)[0].endswith("for 2025-26: not valued.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": None}, "Only a contribution in kind may stay without a value"),
        ({"amount": Decimal("-1")}, "not negative"),
        ({"amount": Decimal("1000000000")}, "below one billion"),
        ({"amount": Decimal("1.005")}, "no more than two figures for the pence"),
        ({"amount": Decimal("NaN")}, "Enter the amount in pounds"),
        ({"amount": Decimal("Infinity")}, "Enter the amount in pounds"),
        ({"payer": "  "}, "Enter who pays"),
        ({"payer": "x" * 201}, "to 200 characters or fewer"),
        ({"note": "x" * 301}, "to 300 characters or fewer"),
        ({"year": FinancialYear(1999)}, "Enter a year between 2000-01 and 2100-01"),
        ({"year": FinancialYear(2101)}, "Enter a year between 2000-01 and 2100-01"),
    ],
)
def test_a_contribution_that_cannot_be_kept_is_refused_with_a_sentence(world, change, sentence):
    details = {"payer": "Ashdown Council", "amount": Decimal(5), "year": YEAR, **change}

    with pytest.raises(WrongState, match=sentence):
        services.record_contribution(area=world.area, kind=ContributionKind.CASH, by=world.gwen, **details)
    assert not Contribution.objects.exists() and not told(Event.CONTRIBUTION_RECORDED)


def test_a_payer_is_recorded_once_for_each_kind_in_a_year(world):
    money.contribution(world, "Ashdown Council", "5")

    with pytest.raises(WrongState, match="Ashdown Council already has a contribution of this kind in 2025-26"):
        money.contribution(world, "Ashdown Council", "5")
    money.contribution(world, "Ashdown Council", "5", kind=ContributionKind.GRANT)
    money.contribution(world, "Ashdown Council", "5", year=FinancialYear(2024))
    assert Contribution.objects.count() == 3
    assert len(told(Event.CONTRIBUTION_RECORDED)) == 3


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi", "harry", "ines"])
def test_nobody_outside_the_team_records_money(world, name):
    who = getattr(world, name)
    paid = money.contribution(world, "Ashdown Council", "5")

    with pytest.raises(
        NotAllowed, match="Only a business manager or somebody in business support of Ashdown may record funding"
    ):
        money.contribution(world, "Ashdown Police", "5", by=who)
    with pytest.raises(NotAllowed):
        money.spending(world, "Training", "5", by=who)
    with pytest.raises(NotAllowed):
        money.printed(world, "5", by=who)
    with pytest.raises(NotAllowed):
        better = replace(Paid.of(paid), amount=Decimal(6))
        services.correct_contribution(contribution=paid, seen=Paid.of(paid), paid=better, by=who)
    assert Contribution.objects.get().amount == 5


def correct(row, world, amount, seen="5", note="", seen_note="", **changed):
    now = Paid.of(row)
    figure = None if amount is None else Decimal(amount)
    return services.correct_contribution(
        contribution=row,
        seen=replace(now, amount=None if seen is None else Decimal(seen), note=seen_note),
        paid=replace(now, amount=figure, note=note, **changed),
        by=world.gwen,
    )


def test_a_correction_is_kept_and_tells_both_amounts(world):
    paid = money.contribution(world, "Ashdown Council", "5")

    corrected = correct(paid, world, "6.50", note="as agreed")

    corrected.refresh_from_db()
    assert (corrected.amount, corrected.note) == (Decimal("6.50"), "as agreed")
    assert told(Event.CONTRIBUTION_CORRECTED) == [
        "Gwen corrected the contribution of Ashdown Council for 2025-26 from £5, without a note to £6.50, with the note "
        "“as agreed”."
    ]


def test_a_value_is_found_for_what_had_none(world):
    paid = money.contribution(world, "Ashdown Police", None, kind=ContributionKind.IN_KIND)

    assert correct(paid, world, "600", seen=None).amount == 600
    assert told(Event.CONTRIBUTION_CORRECTED)[0].endswith("from not valued to £600.")


def test_the_same_correction_sent_twice_is_made_once(world):
    paid = money.contribution(world, "Ashdown Council", "5")
    correct(paid, world, "6")

    assert correct(paid, world, "6").amount == 6
    assert len(told(Event.CONTRIBUTION_CORRECTED)) == 1


def test_a_correction_of_an_amount_that_has_changed_since_is_refused(world):
    paid = money.contribution(world, "Ashdown Council", "5")
    correct(paid, world, "6")

    with pytest.raises(Conflict, match="Somebody else corrected this contribution"):
        correct(paid, world, "7")
    paid.refresh_from_db()
    assert paid.amount == 6
    assert len(told(Event.CONTRIBUTION_CORRECTED)) == 1


def test_a_correction_does_not_overwrite_a_note_that_was_not_seen(world):
    paid = money.contribution(world, "Ashdown Council", "5")
    correct(paid, world, "5", note="theirs")

    with pytest.raises(Conflict):
        correct(paid, world, "6", note="mine")
    paid.refresh_from_db()
    assert paid.note == "theirs"


@pytest.mark.parametrize(("amount", "sentence"), [(None, "Only a contribution in kind"), ("-1", "not negative")])
def test_a_correction_to_what_could_not_be_kept_is_refused(world, amount, sentence):
    paid = money.contribution(world, "Ashdown Council", "5")

    with pytest.raises(WrongState, match=sentence):
        correct(paid, world, amount)


def test_a_line_of_spending_is_kept_once_and_put_on_record(world):
    line = money.spending(world, " Training  days ", "700")

    assert (line.label, line.amount) == ("Training days", 700)
    assert told(Event.SPENDING_RECORDED) == ["Gwen recorded spending on Training days for 2025-26: £700."]
    with pytest.raises(WrongState, match="The line “Training days” is there already for 2025-26"):
        money.spending(world, "Training days", "800")
    assert Spending.objects.get().amount == 700


@pytest.mark.parametrize(
    ("label", "amount", "sentence"),
    [("", "5", "Enter what the money was spent on"), ("x", "-5", "not negative"), ("x", None, "Enter the amount")],
)
def test_a_line_of_spending_that_cannot_be_kept_is_refused(world, label, amount, sentence):
    with pytest.raises(WrongState, match=sentence):
        money.spending(world, label, amount)
    assert not Spending.objects.exists()


def test_the_printed_total_of_hammersmith_and_fulham_is_explained_by_the_line_counted_twice(world):
    """The lines of 2023-24 add up to £157,719; £158,517 was printed, and one line of £798 was counted twice."""
    for label, amount in money.real_spending():
        money.spending(world, label, amount)

    total = money.printed(world, "158517", side="spending")

    sentence = selectors.finding(total).sentence
    assert sentence.startswith("The printed total of £158,517 is £798 more than the lines add up to (£157,719).")
    assert "(£798) counted twice explains it." in sentence
    assert told(Event.PRINTED_TOTAL_CHECKED) == [f"Gwen checked a printed total for 2025-26. {sentence}"]


def test_the_same_printed_total_is_kept_and_told_once(world):
    money.printed(world, "10")
    money.printed(world, "10")

    assert PrintedTotal.objects.count() == 1
    assert len(told(Event.PRINTED_TOTAL_CHECKED)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"side": "income"}, "of contributions or of spending"), ({"where": " "}, "where the total was printed")],
)
def test_a_printed_total_needs_its_side_and_its_place(world, change, sentence):
    with pytest.raises(WrongState, match=sentence):
        money.printed(world, "10", **change)


def test_what_is_in_kind_is_part_of_no_total(world):
    money.contribution(world, "Ashdown Council", "100")
    money.contribution(world, "Ashdown Police", "50", kind=ContributionKind.IN_KIND)

    assert selectors.finding(money.printed(world, "100")).adds_up
    assert selectors.money(list(selectors.contributions(world.area, YEAR))) == 100
    assert selectors.year_totals(world.area)[0].contributed == 100


def test_shares_of_a_table_add_up_to_a_hundred(world):
    for payer in ("One", "Two", "Three"):
        money.contribution(world, payer, "1")

    rows = selectors.contributions_table(world.area, YEAR)["rows"]

    assert sorted(row[3] for row in rows[:3]) == ["33%", "33%", "34%"]
    assert rows[3] == ["Total", "", "£3", "100%"]


@pytest.mark.parametrize("amount", ["-1", None])
def test_the_database_refuses_money_that_is_negative_or_missing(world, amount):
    paid = money.contribution(world, "Ashdown Council", "5")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=paid.pk).update(amount=amount)


def test_every_field_of_a_contribution_is_corrected_and_told(world):
    row = money.contribution(world, "Ashdown Polise", "5", source="Minute 4")
    better = Paid("Police Office", "grant", Decimal(5), world.police.agency, "", "Minute 5")

    services.correct_contribution(contribution=row, seen=Paid.of(row), paid=better, by=world.gwen)

    row.refresh_from_db()
    assert Paid.of(row) == better
    assert told(Event.CONTRIBUTION_CORRECTED) == [
        "Gwen corrected the contribution of Ashdown Polise for 2025-26 from cash, from Ashdown Polise, for no agency, "
        "source “Minute 4” to grant, from Police Office, for Ashdown Police, source “Minute 5”."
    ]
    money.contribution(world, "Council", "5")
    with pytest.raises(WrongState, match="Council already has a contribution of this kind"):
        again = replace(better, payer="Council", kind="cash")
        services.correct_contribution(contribution=row, seen=better, paid=again, by=world.gwen)


def test_a_line_of_spending_is_corrected_and_told(world):
    line = money.spending(world, "Staf", "700")
    money.spending(world, "Training", "5")
    seen, better = Spent.of(line), Spent("Staff", Decimal(710), "Minute 5")

    for _ in range(2):
        services.correct_spending(line=line, seen=seen, spent=better, by=world.gwen)

    line.refresh_from_db()
    assert Spent.of(line) == better
    assert told(Event.SPENDING_CORRECTED) == [
        "Gwen corrected spending on Staf for 2025-26 from £700, on “Staf”, without a source to £710, on “Staff”, "
        "source “Minute 5”."
    ]
    with pytest.raises(Conflict, match="Somebody else corrected this line"):
        services.correct_spending(line=line, seen=seen, spent=replace(better, amount=Decimal(1)), by=world.gwen)
    with pytest.raises(WrongState, match="The line “Training” is there already"):
        services.correct_spending(line=line, seen=better, spent=replace(better, label="Training"), by=world.gwen)


def test_what_is_removed_is_on_the_record_with_all_that_it_held(world):
    paid, line = money.contribution(world, "Ashdown Council", "5"), money.spending(world, "Staff", "7")
    seen = Paid.of(paid)

    assert services.remove_contribution(contribution=paid, reason="Entered  twice", by=world.gwen) is True
    assert services.remove_contribution(contribution=paid, reason="Entered twice", by=world.gwen) is False
    assert services.remove_spending(line=line, reason="Another year", by=world.gwen) is True
    assert services.remove_spending(line=line, reason="Another year", by=world.gwen) is False

    assert told(Event.CONTRIBUTION_REMOVED) == [
        "Gwen removed the contribution of Ashdown Council for 2025-26: £5, cash, from Ashdown Council, for no agency, "
        "without a note, without a source. Reason: Entered twice"
    ]
    assert told(Event.SPENDING_REMOVED) == [
        "Gwen removed spending on Staff for 2025-26: £7, on “Staff”, without a source. Reason: Another year"
    ]
    kept = AuditEntry.objects.get(event=Event.CONTRIBUTION_REMOVED).data["row"]
    assert (kept["payer"], kept["amount"], kept["agency_id"]) == ("Ashdown Council", "5.00", None)
    assert set(kept) == {field.attname for field in Contribution._meta.concrete_fields}
    assert not selectors.years(world.area)
    with pytest.raises(WrongState, match="was removed while you were writing"):
        services.correct_contribution(
            contribution=paid, seen=seen, paid=replace(seen, amount=Decimal(1)), by=world.gwen
        )


@pytest.mark.parametrize("name", ["amina", "harry"])
def test_only_those_who_record_may_correct_or_remove(world, name):
    who = getattr(world, name)
    paid, line = money.contribution(world, "Ashdown Council", "5"), money.spending(world, "Staff", "7")
    with pytest.raises(NotAllowed):
        services.remove_contribution(contribution=paid, reason="x", by=who)
    with pytest.raises(NotAllowed):
        services.remove_spending(line=line, reason="x", by=who)
    with pytest.raises(NotAllowed):
        services.correct_spending(line=line, seen=Spent.of(line), spent=Spent("S", Decimal(1)), by=who)
    with pytest.raises(WrongState, match="Enter why it is removed"):
        services.remove_spending(line=line, reason=" ", by=world.gwen)
