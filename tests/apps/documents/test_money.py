"""What a signer is told of money first: the totals and what their agency pays, beside what the seat knew last."""

from partnership.documents import money


def text(*rows, figures="funding contributions", caption="Contributions of each agency, 2025-26"):
    block = {"type": "table", "figures": figures, "caption": caption, "head": [], "rows": [list(row) for row in rows]}
    return {"sections": [{"blocks": [{"type": "paragraph", "html": "Words."}, block]}]}


COUNCIL = ("Ashdown Council (invented)", "Cash", "£100", "50%")
POLICE = ("Ashdown Police", "Cash", "£100", "50%")


def test_totals_and_the_own_agency_and_no_other():
    found = money.told(text(COUNCIL, POLICE, ("Total", "", "£200", "100%")), None, "Ashdown Council")
    assert found == [
        "Contributions of each agency, 2025-26, Ashdown Council: £100",
        "Contributions of each agency, 2025-26, total: £200",
    ]


def test_what_changed_since_is_named_and_what_did_not_is_not():
    before = text(("Ashdown Police", "Cash", "£80", ""), ("Total", "", "£200", ""))
    found = money.told(text(POLICE, ("Total", "", "£200", "")), before, "Ashdown Police")
    assert found[0].endswith("Ashdown Police: £100 (before: £80)")
    assert found[1].endswith("total: £200")


def test_an_agency_with_two_lines_is_compared_line_by_line():
    rows = [("Ashdown Police", "Cash", "£10", ""), ("Ashdown Police", "In kind", "£5", "")]
    assert money.told(text(*rows), text(*rows), "Ashdown Police") == [
        "Contributions of each agency, 2025-26, Ashdown Police: £10",
        "Contributions of each agency, 2025-26, Ashdown Police: £5",
    ]


def test_tables_that_are_no_money_and_texts_without_are_silent():
    assert money.told(text(COUNCIL, figures="attendance"), None, "Ashdown Council") == []
    assert money.told({"sections": []}, None, "Ashdown Council") == []
