"""The desk: everything across the areas of one person, and nothing of an area that is not theirs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.areas import jobs
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.dashboard import across, needs
from partnership.dashboard.rows import Section
from partnership.dashboard.standing import Standing
from partnership.deadlines.models import Duty
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from scrutiny import services as scrutiny
from tests.dates import late_report, moved_nationally

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def read(client, places, name="amina", query=""):
    client.force_login(places.person(name))
    return client.get(f"/desk/{query}")


def shown(response):
    """Section, area and act of every row on the page, in their order."""
    groups = response.context["groups"]
    return [(group["section"], item["row"].area.name, item["row"].act) for group in groups for item in group["rows"]]


def of(person):
    return across.of(Standing(person), TODAY)


@pytest.fixture
def two(places):
    """Oakshire with a report to sign, Ashford with a challenge to answer."""
    places.open("ashford")
    places.duties()
    places.send(places.areas[0])
    document = places.begin(places.areas[1])
    scrutiny.raise_challenge(document=document, text="Where is the evidence?", by=places.person("sana"))
    return places


def test_who_serves_one_area_is_led_home(client, places):
    response = read(client, places)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_desk_lists_what_is_to_be_signed_each_with_its_own_page(client, two):
    two.send(two.areas[1], label="2024-25")

    response = read(client, two)

    signing = [row for row in shown(response) if row[0] == Section.SIGN]
    assert signing == [
        (Section.SIGN, "Oakshire", "Read and sign Yearly report 2025-26 for Oakshire Council"),
        (Section.SIGN, "Ashford", "Read and sign Yearly report 2024-25 for Ashford Council"),
    ]
    hrefs = {item["row"].href for group in response.context["groups"] for item in group["rows"]}
    assert {f"/areas/oakshire/yearly-report/2025-26/versions/1/sign/{two.seats['oakshire'][0].pk}/"} <= hrefs
    assert "sign all" not in response.content.decode().lower()


def test_after_a_signature_the_page_leads_to_the_next_one_and_to_none_of_others(client, two):
    next_one = two.send(two.areas[1], label="2024-25")
    version = two.areas[0].documents.get().versions.get()
    two.sign(version, "amina")
    where = f"/areas/oakshire/yearly-report/2025-26/versions/1/signed/{two.seats['oakshire'][0].pk}/"

    client.force_login(two.person("amina"))
    text = client.get(where).content.decode()
    client.force_login(two.person("ben"))
    of_another = client.get(where).content.decode()

    link = f"/areas/ashford/yearly-report/2024-25/versions/{next_one.number}/sign/{two.seats['ashford'][0].pk}/"
    assert "Next to sign" in text and f'href="{link}"' in text
    assert "Next to sign" not in of_another


@pytest.mark.parametrize("name", ["amina", "dev", "sana", "gwen"])
def test_every_need_of_home_is_on_the_desk_in_its_section_and_counts_as_yours(two, name):
    person = two.person(name)

    found = of(person)

    own = needs.rows(Standing(person), needs.due_dates(Standing(person)))
    assert [row for row in found.rows if row in own] == own
    assert sum(row.yours for row in found.areas) == len(own)
    assert all(need.section in Section for need in needs.NEEDS)


def test_a_late_duty_is_shown_to_everybody_with_what_is_missing(two):
    late_report(two.areas[1], TODAY - timedelta(days=3))

    late = [row for row in of(two.person("amina")).rows if row.section == Section.LATE]

    assert [(row.area.slug, row.by) for row in late] == [("ashford", TODAY - timedelta(days=3))]
    assert "Not on record yet: Published" in late[0].why
    line = next(row for row in of(two.person("amina")).areas if row.area.slug == "ashford")
    assert (line.late, line.next_on) == ("late by 3 days", date(2026, 9, 30))


def test_a_contribution_that_is_not_on_record_is_said_so_and_no_more(two):
    def missing():
        rows = of(two.person("amina")).rows
        return [row.act for row in rows if row.section == Section.CONTRIBUTIONS]

    sentence = "No contribution of {} Council is on record for 2026-27"
    assert sorted(missing()) == [sentence.format("Ashford"), sentence.format("Oakshire")]
    agency = two.seats["oakshire"][0].agency
    funding.record_contribution(
        area=two.area, year=FinancialYear(2026), payer=agency.name, agency=agency, kind=ContributionKind.IN_KIND,
        amount=None, by=two.person("gwen"),
    )  # fmt: skip
    assert missing() == [sentence.format("Ashford")]
    assert [row for row in of(two.person("gwen")).rows if row.section == Section.CONTRIBUTIONS] == []


def test_the_list_is_narrowed_by_section_area_and_words_and_each_filter_can_be_removed(client, two):
    everything = shown(read(client, two, "gwen"))

    response = read(client, two, "gwen", "?section=waiting&area=oakshire&q=oak+shi&sort=area")

    assert shown(response) == [row for row in everything if row[:2] == (Section.WAITING, "Oakshire")]
    assert [row["text"] for row in response.context["applied"]] == [
        "Waiting for others", "Oakshire", "Areas with “oak shi” in the name",
    ]  # fmt: skip
    assert [row["href"] for row in response.context["applied"]] == [
        "/desk/?area=oakshire&q=oak+shi&sort=area",
        "/desk/?section=waiting&q=oak+shi&sort=area",
        "/desk/?section=waiting&area=oakshire&sort=area",
    ]
    assert [row.area.slug for row in response.context["areas"]] == ["oakshire"]
    assert f"{len(shown(response))} thing" in response.content.decode()


@pytest.mark.parametrize("query", ["?section=all", "?area=elsewhere", "?sort=size", "?page=x", "?q=%00", "?section="])
def test_nonsense_in_the_address_counts_as_not_asked(client, two, query):
    assert shown(read(client, two, "gwen", query)) == shown(read(client, two, "gwen"))


def test_the_list_is_sorted_by_date_and_by_area_on_demand(client, two):
    moved_nationally(Duty.objects.get(area__slug="ashford", period_label="2025-26"), date(2026, 10, 31))
    two.send(two.areas[1], label="2024-25")

    by_date = [area for section, area, _ in shown(read(client, two)) if section == Section.SIGN]
    by_area = [area for section, area, _ in shown(read(client, two, query="?sort=area")) if section == Section.SIGN]

    assert (by_date, by_area) == (["Oakshire", "Ashford"], ["Ashford", "Oakshire"])


def test_an_empty_search_says_what_to_do(client, two):
    text = read(client, two, query="?q=nowhere").content.decode()

    assert "Remove a filter to see more." in text
    assert "search for a part of the name" in text


# Who holds what in Oakshire and in Ashford, and the sections that the desk then has of each.
BOTH = [
    ((Office.LSP, Office.DSP), {"Oakshire": {"Read and sign"}, "Ashford": {"Answer challenge"}}),
    ((Office.DSP, Office.LSP), {"Oakshire": set(), "Ashford": set()}),
    ((Office.BUSINESS_MANAGER, Office.OBSERVER), {"Oakshire": set(), "Ashford": set()}),
    ((Office.OBSERVER, Office.BUSINESS_MANAGER), {"Oakshire": set(), "Ashford": {"Continue"}}),
    ((Office.LSP, Office.BUSINESS_MANAGER), {"Oakshire": {"Read and sign"}, "Ashford": {"Continue"}}),
    ((Office.SCRUTINEER, Office.DSP), {"Oakshire": {"Declare your"}, "Ashford": {"Answer challenge"}}),
]


@pytest.mark.parametrize(("offices", "asked"), BOTH)
def test_two_areas_and_two_offices_give_exactly_the_union_of_rights(two, offices, asked):
    for office, area in zip(offices, two.areas, strict=True):
        seat = two.seats[area.slug][0] if office in (Office.LSP, Office.DSP) else None
        if office in (Office.LSP, Office.DSP):
            holder = Appointment.objects.get(area=area, seat=seat, office=office)
            areas.end_appointment(appointment=holder, until=TODAY, because="", by=None)
        two.appoint("kim", office, area, since=TODAY, **({"seat": seat} if seat else {}))
    standing = Standing(two.person("kim"))

    for permission in Permission:
        wanted = {
            area.pk
            for area, office in zip(two.areas, offices, strict=True)
            if permission in OFFICES[office].permissions
        }
        assert standing.areas_with(permission) == wanted, permission
    found = needs.rows(standing, {})
    acts = {name: {" ".join(row.act.split()[:3]) for row in found if row.area.name == name} for name in asked}
    starts = {
        name: {act for act in acts[name] if any(act.startswith(one) for one in ones)} for name, ones in asked.items()
    }
    assert {name: len(ones) for name, ones in starts.items()} == {name: len(ones) for name, ones in asked.items()}
    assert {name: len(ones) for name, ones in acts.items()} == {name: len(ones) for name, ones in asked.items()}


def test_no_title_of_an_area_that_the_person_has_left_appears(client, two):
    two.open("birkdale")
    two.duties()
    two.send(two.areas[2])
    assert "Birkdale" in read(client, two).content.decode()
    for held in Appointment.objects.filter(person=two.person("amina"), area__slug="birkdale"):
        areas.end_appointment(appointment=held, until=TODAY, because="They left.", by=None)

    for page in ("/desk/", "/", "/desk/?area=birkdale", "/desk/?q=birk"):
        text = client.get(page).content.decode()
        assert "Birkdale" not in text, page


def test_the_desk_asks_the_database_no_more_for_thirty_three_areas_than_for_one(client, places):
    gwen = places.person("gwen")

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = of(gwen)
        return len(queries), found

    fill(places, places.areas)
    one, _ = asked()
    places.open("few")
    fill(places, places.areas[1:])
    two, _ = asked()
    client.force_login(gwen)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as page_of_two:
        client.get("/desk/")
    new = [places.open(f"many-{number}") for number in range(31)]
    fill(places, new)
    many, found = asked()
    with CaptureQueriesContext(connection) as page_of_many:
        response = client.get("/desk/")

    assert one == two == many
    assert len(page_of_many) == len(page_of_two)
    assert len(found.areas) == len(response.context["areas"]) == 33
    assert len(found.rows) > 33 * 5
    assert len(shown(response)) == 50
    assert response.context["page"].paginator.num_pages > 3


def fill(places, some):
    """In each of these areas something to write, to answer, to fill, to follow, to hand over and to wait for."""
    places.duties()
    for area in some:
        document = places.begin(area)
        scrutiny.raise_challenge(document=document, text="Where is the evidence?", by=places.person("sana"))
        ben = Appointment.objects.get(area=area, person=places.person("ben"))
        areas.end_appointment(appointment=ben, until=TODAY + timedelta(days=20), because="", by=places.person("gwen"))
        late_report(area, TODAY - timedelta(days=2))
    jobs.find_vacancies(today=clock.today())
