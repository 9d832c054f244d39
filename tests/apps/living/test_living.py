"""A published text beside the records: what changed is flagged, nobody is told that it is up to date, and it can be put right."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Appointment
from partnership.areas.roles import Office
from partnership.documents import jobs as documents_jobs
from partnership.documents import services
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.living import clerical, jobs
from partnership.living import services as living
from partnership.living.models import StaleFlag
from partnership.operations import jobs as operations
from tests import worlds

pytestmark = pytest.mark.django_db
COMPARED = "Compared with the partnership’s records on"
# In the order in which they can be ended: whoever chairs is a delegated partner.
OFFICES = ("chair", "lsp council", "lsp police", "dsp council", "dsp police", "scrutineer", "business manager")


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


def write(draft, key, body, by):
    section = draft.sections.get(key=key)
    services.save_section(section=section, body=body, explanation="", seen_revision=section.revision, by=by)


def publish(world, bodies, kind="arrangements", label="2026"):
    """A document published with these texts three weeks ago, and held against the records once."""
    with clock.frozen(clock.now() - timedelta(days=21)):
        draft = worlds.written(world, kind, label)
        for key, body in bodies.items():
            write(draft, key, body, world.gwen)
        return _signed_and_published(world, draft)


def _signed_and_published(world, draft):
    version = services.send_for_sign_off(version=draft, by=world.gwen)
    for seat, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        if version.required_seats.filter(seat=seat).exists():
            held = Appointment.objects.on(clock.today()).filter(seat=seat, office=Office.LSP).first()
            worlds.sign(version, seat, held.person if held else who)
    documents_jobs.render_missing()
    version = services.publish(version=Version.objects.get(pk=version.pk), by=world.gwen)
    compare()
    return version


def compare():
    return jobs.compare_due(today=clock.today())


def end(office, seat=None, area=None):
    held = Appointment.objects.on(clock.today()).filter(office=office)
    held = held.get(seat=seat) if seat else held.get(area=area, seat=None)
    areas.end_appointment(appointment=held, until=clock.today(), because="A new post.", by=None)
    return held.person


def public_page(version):
    where = [version.document.area.slug, address_of(version.document)]
    return Client().get(reverse("public:document", args=where)).content.decode()


def flags(version):
    return {flag.fact: flag for flag in StaleFlag.objects.filter(version=version, closed_at=None)}


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
        contribution=row, seen=Decimal(900), seen_note="", amount=Decimal(400), note="", by=world.gwen
    )
    compare()

    assert {name: flag.value_now for name, flag in flags(version).items()} == {
        "funding total": "£500",
        "funding share council": "80%",
        "funding contributions": "As the table shows",
    }


def test_a_relevant_agency_that_is_named_flags_the_list_and_the_count(world):
    version = publish(world, {"relevant_agencies": "There are {{relevant agencies count}}."})
    areas.name_by_name(
        area=world.area, name="Ashdown School", category="voluntary", reason="Children.", since=clock.today(),
        contact_name="", contact_email="", by=world.gwen,
    )  # fmt: skip
    compare()

    assert flags(version)["relevant agencies count"].value_now == "1"


def replaced(world, **bodies):
    """Published arrangements of which the police have another lead partner since; and the draft of a clerical edition."""
    version = publish(world, {"leadership": "The police are led by {{lsp police}}.", **bodies})
    end(Office.LSP, world.police)
    worlds.appoint(worlds.person("Nia"), Office.LSP, world.area, world.police, since=clock.today())
    compare()
    return version


def test_a_clerical_edition_is_signed_by_the_partners_of_today_under_its_own_statement(world):
    version = replaced(world)
    edition = living.begin_clerical_edition(version=version, by=world.gwen)

    newer = _signed_and_published(world, edition.version)
    said = newer.sign_offs.get(seat=world.police)

    assert [flag.fact for flag in edition.flags.all()] == ["lsp police"]
    assert said.person_name == "Nia"
    assert said.statement.startswith("This is a clerical edition. It differs from the edition that was published on")
    assert "Lead safeguarding partner for Ashdown Police: Nia (before: Cerys)" in said.statement
    assert newer.sign_offs.count() == 3
    assert not StaleFlag.objects.filter(closed_at=None).exists()
    page = public_page(newer)
    assert "This is a clerical edition." in page and "Correct on" not in page


@pytest.mark.parametrize(
    "body",
    [
        "The police are led by {{lsp police}} this year.",
        "The police are led by Nia.",
        "The police are led by {{chair}}.",
    ],
)
def test_a_clerical_edition_with_a_changed_sentence_is_refused(world, body):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    write(edition.version, "leadership", body, world.gwen)

    with pytest.raises(Incomplete) as refusal:
        services.send_for_sign_off(version=edition.version, by=world.gwen)

    assert any("a clerical edition changes facts alone" in problem.sentence for problem in refusal.value.problems)
    write(edition.version, "leadership", "The police are led by {{lsp police}}.", world.gwen)
    assert not clerical.problems(edition.version)


def test_a_clerical_edition_that_was_returned_goes_on_as_one(world):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    first = services.send_for_sign_off(version=edition.version, by=world.gwen)
    draft = services.return_for_changes(version=first, seat=world.health, reason="Ask her first.", by=world.ben)

    write(draft, "leadership", "Nia leads.", world.gwen)
    assert any("a clerical edition changes facts alone" in problem.sentence for problem in clerical.problems(draft))
    write(draft, "leadership", "The police are led by {{lsp police}}.", world.gwen)
    newer = _signed_and_published(world, draft)

    assert "Nia (before: Cerys)" in newer.sign_offs.get(seat=world.council).statement
    assert "This is a clerical edition." in public_page(newer)


def test_a_clerical_edition_waits_for_a_vacant_office_and_for_whoever_may_begin_it(world):
    version = publish(world, {"leadership": "{{lsp police}}"})
    with pytest.raises(WrongState, match="nothing to put right"):
        living.begin_clerical_edition(version=version, by=world.gwen)
    end(Office.LSP, world.police)
    compare()

    with pytest.raises(WrongState, match="Fill the office first"):
        living.begin_clerical_edition(version=version, by=world.gwen)
    with pytest.raises(NotAllowed):
        living.begin_clerical_edition(version=version, by=world.amina)


def test_a_partner_who_joins_while_it_is_written_stops_a_clerical_edition(world):
    edition = living.begin_clerical_edition(version=replaced(world), by=world.gwen)
    worlds.seat(world.area, "Second Ashdown Council", AgencyKind.LOCAL_AUTHORITY)

    assert any("not those who signed" in problem.sentence for problem in clerical.problems(edition.version))


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
