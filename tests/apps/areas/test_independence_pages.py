"""The record of independence on its page: written by two hands, figures as people write them."""

from decimal import Decimal

import pytest

from partnership.areas import marks, services
from partnership.areas.models import (
    IndependenceRecord,
)
from partnership.areas.roles import Office
from tests.apps.areas.test_office_pages import held, page, read, send

pytestmark = pytest.mark.django_db


def test_the_record_of_independence_is_written_by_two_hands(client, world):
    office = held(world.femi, Office.SCRUTINEER)
    contract = {"contract": "Two years from January", "days": "24.5", "fee": "18500", "paid_by": "The council"}
    contract["seen"] = marks.of_contract(office)

    send(client, world, "gwen", contract, "contract", office.pk)
    send(client, world, "femi", {"interests": "None", "earlier_work": "An audit"}, "declare", office.pk)

    text = read(client, world, "amina", "independence")
    for words in ("Two years from January", "24.5", "£18,500, paid by The council", "An audit", "14 September 2026"):
        assert words in text
    assert IndependenceRecord.objects.count() == 2
    assert send(client, world, "gwen", {"interests": "x", "earlier_work": "x"}, "declare", office.pk).status_code == 403


def test_every_state_of_the_record_of_independence_is_shown_with_who_and_when(client, world):
    office = held(world.femi, Office.SCRUTINEER)
    told = {"days": None, "paid_by": "", "review_on": None, "appointment": office, "by": world.gwen}
    services.record_contract(contract="Two years", fee=Decimal("18500.00"), **told)
    services.declare_interests(appointment=office, interests="None", earlier_work="An audit", by=world.femi)
    services.record_contract(contract="Three years", fee=Decimal("19000.00"), **told)

    client.force_login(world.amina)
    answer = client.get(page(world, "independence"))

    (row,) = answer.context["rows"]
    assert [(state["title"], state["by"], state["text"]) for state in row["story"]] == [
        ("Contract recorded", "Gwen", "Contract: Three years. Fee a year in pounds: 19000."),
        (
            "Interests declared", "Femi",
            "Interests: None. Earlier work for a partner: An audit. Declared on: 14 September 2026.",
        ),
        ("Contract recorded", "Gwen", "Contract: Two years. Fee a year in pounds: 18500."),
    ]  # fmt: skip
    assert "Two years" in answer.content.decode()


SENSELESS = [
    ("days", "400"), ("days", "many"), ("days", "1e2"), ("days", "NaN"), ("fee", "-1"), ("fee", "9" * 12),
    ("fee", "1e5"), ("fee", "Infinity"), ("fee", "100,000,000"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "fee", "shown"), [
    ("24", "19,300", ('value="24"', 'value="19,300"')), ("100.0", "£19300.50", ('value="100"', 'value="19,300.50"')),
    ("24.5", "0", ('value="24.5"', 'value="0"')), ("", "99,999,999.99", ('value="99,999,999.99"',)),
])  # fmt: skip
def test_figures_come_back_as_people_write_them(client, world, days, fee, shown):
    office = held(world.femi, Office.SCRUTINEER)

    typed = {"contract": "Two years", "days": days, "fee": fee, "seen": marks.of_contract(office)}
    assert send(client, world, "gwen", typed, "contract", office.pk).url

    text = read(client, world, "gwen", "contract", office.pk)
    assert [value for value in shown if value not in text] == []


@pytest.mark.parametrize(("field", "value"), SENSELESS)
def test_days_and_fees_that_make_no_sense_are_said_at_their_field(client, world, field, value):
    typed = {"contract": "Two years", field: value}

    text = send(client, world, "gwen", typed, "contract", held(world.femi, Office.SCRUTINEER).pk).content.decode()

    assert f'href="#id_{field}">Enter ' in text
    assert f'value="{value}"' in text
    assert not IndependenceRecord.objects.exists()
