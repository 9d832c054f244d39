"""A published text beside the records: what changed is flagged, nobody is told that it is up to date, and it can be put right."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from docx import Document

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Appointment
from partnership.areas.roles import Office
from partnership.documents.kinds import address_of
from partnership.errors import WrongState
from partnership.funding import services as funding
from partnership.funding.lines import Paid
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.living import services as living
from partnership.living.models import StaleFlag
from partnership.operations import jobs as operations
from tests import worlds
from tests.apps.living.published import (
    OFFICES,
    compare,
    end,
    flags,
    public_page,
    publish,
    replaced,
)

pytestmark = pytest.mark.django_db
COMPARED = "Compared with the partnership’s records on"


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def test_an_unflagged_page_says_when_it_was_compared_and_not_that_it_is_right(world):
    version = publish(world, {"leadership": "The police are led by {{lsp police}}."})
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        compare()

    page = public_page(version)

    assert COMPARED in page
    assert "Correct on" not in page
    assert not flags(version)


def test_ending_an_appointment_flags_every_live_text_that_names_the_office(world):
    """Office by office: the text is flagged, its page never says that it agrees, and it stays as it was agreed."""
    version = publish(world, {"leadership": "We are led by:\n\n" + "\n".join(f"- {{{{{name}}}}}" for name in OFFICES)})
    frozen, changed = version.content, "facts in it have changed since"
    area = reverse("public:area", args=[world.area.slug])
    assert changed not in Client().get(area).content.decode()
    seats = {"council": world.council, "police": world.police}

    for count, name in enumerate(OFFICES, 1):
        office, _, word = (name, "", "") if name == "business manager" else name.partition(" ")
        end(Office(office.replace(" ", "_")), seats.get(word), world.area)
        assert name not in flags(version)
        compare()
        page = public_page(version)

        assert len(flags(version)) == count and name in flags(version)
        assert COMPARED not in page
        assert "Correct on" in page and "Not up to date" in page
        assert f"{flags(version)[name].title}: changed on" in page
    assert changed in Client().get(area).content.decode()
    version.refresh_from_db()
    assert version.content == frozen


def test_whoever_serves_two_areas_flags_the_arrangements_of_both(world):
    two = [publish(world, {"leadership": "{{lsp police}}"})]
    other = worlds.area_with_its_cast()
    with clock.frozen(clock.now() - timedelta(days=30)):
        end(Office.LSP, other.police)
        worlds.appoint(world.cerys, Office.LSP, other.area, other.police, since=clock.today())
    two.append(publish(other, {"leadership": "{{lsp police}}"}))

    for place in (world, other):
        end(Office.LSP, place.police)
    compare()

    assert [flags(version)["lsp police"].frozen_value for version in two] == ["Cerys", "Cerys"]


def test_between_a_change_and_the_comparison_no_page_says_that_it_agrees(world):
    version = publish(world, {"leadership": "The police are led by {{lsp police}}."})

    end(Office.LSP, world.police)

    assert COMPARED not in public_page(version)
    assert operations.run_due()["published_facts_compared"] == 1
    assert set(flags(version)) == {"lsp police"}


def test_a_second_look_finds_nothing_new_and_a_record_put_right_closes_the_flag(world):
    version = publish(world, {"leadership": "{{lsp police}}"})
    held = Appointment.objects.get(seat=world.police, office=Office.LSP)
    areas.suspend(appointment=held, reason="While it is looked into.", by=world.gwen)

    assert compare() == 1
    assert compare() == 0
    assert flags(version)["lsp police"].value_now == ""
    assert "suspended" not in public_page(version).lower()
    held.refresh_from_db()
    areas.lift_suspension(appointment=held, by=world.gwen)
    assert compare() == 1
    assert not flags(version)


def test_a_yearly_report_tells_of_its_year_and_is_never_flagged(world):
    version = publish(world, {"training": "{{lsp police}}"}, "yearly_report", "2025-26")

    end(Office.LSP, world.police)
    compare()

    assert not flags(version)
    assert COMPARED not in public_page(version)


def test_a_renamed_body_is_a_fact_and_another_body_is_the_structure(world):
    version = publish(world, {"leadership": "{{partners}} {{partner icb}} {{lsp icb}}"})
    today = clock.today()
    areas.rename_agency(agency=world.health.agency, name="NHS New Name", on=today, by=None)
    compare()
    assert {flag.kind for flag in flags(version).values()} == {"factual"}
    assert set(flags(version)) == {"partners", "partner icb"}

    new = areas.add_agency(slug="new-board", name="NHS New Board", kind=AgencyKind.HEALTH, by=None)
    areas.succeed(predecessor=world.health.agency, successor=new, on=today, by=None)
    worlds.appoint(worlds.person("Nia"), Office.LSP, world.area, world.area.seats.get(agency=new), since=today)
    compare()

    assert {flag.kind for flag in flags(version).values()} == {"structural"}
    assert set(flags(version)) == {"partners", "partner icb", "lsp icb"}
    with pytest.raises(WrongState, match="needs a new edition"):
        living.begin_clerical_edition(version=version, by=world.gwen)


def test_a_corrected_contribution_flags_the_sum_and_the_table(world):
    paid = {"area": world.area, "year": FinancialYear(2026), "kind": ContributionKind.CASH, "by": world.gwen}
    row = funding.record_contribution(**paid, payer="Ashdown Council", amount=Decimal(900), agency=world.council.agency)
    funding.record_contribution(**paid, payer="Ashdown Police", amount=Decimal(100), agency=world.police.agency)
    text = "{{funding total}}, of it {{funding share council}}.\n\n[[funding contributions]]"
    version = publish(world, {"funding": text})

    funding.correct_contribution(
        contribution=row, seen=Paid.of(row), paid=replace(Paid.of(row), amount=Decimal(400)), by=world.gwen
    )
    compare()

    assert {name: flag.value_now for name, flag in flags(version).items()} == {
        "funding total": "£500",
        "funding share council": "80%",
        "funding contributions": "As the table shows",
    }


def test_a_removed_contribution_leaves_what_is_published_as_it_was_and_flags_it(world):
    paid = {"area": world.area, "year": FinancialYear(2026), "kind": ContributionKind.CASH, "by": world.gwen}
    row = funding.record_contribution(**paid, payer="Ashdown Council", amount=Decimal(900))
    funding.record_contribution(**paid, payer="Ashdown Police", amount=Decimal(100))
    version = publish(world, {"funding": "{{funding total}}.\n\n[[funding contributions]]"})
    before = version.content

    funding.remove_contribution(contribution=row, reason="Of another year", by=world.gwen)
    compare()

    version.refresh_from_db()
    assert version.content == before and "£1,000" in str(before)
    assert flags(version)["funding total"].value_now == "£100"


def test_a_relevant_agency_that_is_named_flags_the_list_and_the_count(world):
    version = publish(world, {"relevant_agencies": "There are {{relevant agencies count}}."})
    areas.name_by_name(
        area=world.area, name="Ashdown School", category="voluntary", reason="Children.", since=clock.today(),
        contact_name="", contact_email="", by=world.gwen,
    )  # fmt: skip
    compare()

    assert flags(version)["relevant agencies count"].value_now == "1"


def test_a_flag_is_kept_as_it_was_found(world):
    version = replaced(world)
    flag = flags(version)["lsp police"]

    for change in (flag.delete, lambda: StaleFlag.objects.filter(pk=flag.pk).update(frozen_value="Nia")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_closed_flag_is_neither_opened_again_nor_closed_at_another_time(world):
    version = replaced(world)
    flag = flags(version)["lsp police"]
    StaleFlag.objects.filter(pk=flag.pk).update(closed_at=clock.now())

    for change in ({"closed_at": None}, {"closed_at": clock.now() + timedelta(days=1)}, {"value_now": "Ola"}):
        with pytest.raises(IntegrityError, match="living_flags_stay"), transaction.atomic():
            StaleFlag.objects.filter(pk=flag.pk).update(**change)


def test_the_pages_list_what_changed_and_lead_to_the_clerical_edition(world):
    version = replaced(world)
    client = Client()
    client.force_login(world.gwen)
    where = [world.area.slug, address_of(version.document)]

    assert "Put right what the arrangements say of the records" in client.get("/", follow=True).content.decode()
    page = client.get(reverse("documents:document", args=where)).content.decode()
    assert "Lead safeguarding partner for Ashdown Police, since" in page
    facts = client.get(reverse("living:facts", args=where)).content.decode()
    assert "<strong>Nia</strong>" in facts and reverse("living:clerical", args=where) in facts
    assert "Nia (published: Cerys)" in client.get(reverse("living:clerical", args=where)).content.decode()
    for _ in range(2):  # a second click
        assert client.post(reverse("living:clerical", args=where)).status_code == 302
    draft = version.document.versions.get(status="draft")
    assert "is a clerical edition" in client.get(reverse("documents:document", args=where)).content.decode()
    assert draft.clerical_edition.begun_by == world.gwen
    client.force_login(world.amina)
    assert client.get(reverse("living:clerical", args=where)).status_code == 403
    assert client.get(reverse("living:facts", args=where)).status_code == 200
    client.force_login(world.harry)
    assert client.get(reverse("living:facts", args=where)).status_code == 404


def test_what_is_taken_away_says_that_it_is_behind_the_records(world):
    version = publish(world, {"leadership": "We are led by {{lsp council}}."})
    where = [world.area.slug, address_of(version.document)]

    def taken() -> list[str]:
        pages = [Client().get(reverse(f"public:{name}", args=where)).content for name in ("page", "docx")]
        return [pages[0].decode(), "".join(part.text for part in Document(BytesIO(pages[1])).paragraphs)]

    def told():
        return Client().get(reverse("api-document", args=where)).json()

    assert not [text for text in taken() if "Not up to date" in text]
    assert (told()["correct_on"], told()["changed_since"]) == (None, [])
    end(Office.LSP, world.council, world.area)
    compare()
    frozen_on = clock.london_day(version.frozen_at)
    sentence = f"{flags(version)['lsp council'].title}: changed on"
    for text in taken():
        assert f"Not up to date. Correct on {frozen_on:%-d %B %Y}." in text and sentence in text
    assert told()["correct_on"] == frozen_on.isoformat()
    assert told()["changed_since"][0].startswith(sentence)
