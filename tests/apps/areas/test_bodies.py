"""Bodies that are renamed or succeeded, areas that are split or merged: with the real changes of England."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from partnership import clock
from partnership.areas import access, selectors, services
from partnership.areas.models import Agency, AgencyKind, AreaSuccession, HandOver, Seat, SeatKind
from partnership.areas.roles import Office, Permission
from partnership.audit.models import AuditEntry
from partnership.deadlines import jobs as deadlines
from partnership.documents import selectors as documents
from partnership.errors import WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
RENAMED = date(2026, 6, 1)

# Joint partnerships that came to an end, as far as a date is known (partnership/areas/reference/README.md).
REAL_SPLITS = [
    ("Pan-Lancashire", date(2023, 9, 1), ["Blackburn with Darwen", "Blackpool", "Lancashire"]),
    ("Cumbria", date(2025, 4, 1), ["Cumberland", "Westmorland and Furness"]),
    ("Pan-Dorset", date(2024, 8, 1), ["Dorset", "Bournemouth, Christchurch and Poole"]),
    ("Three London boroughs", date(2021, 4, 1), ["Hammersmith and Fulham", "Kensington and Chelsea and Westminster"]),
]


def names_on(area, day):
    return [row.agency_name for row in selectors.register(area, day).seats]


def test_a_register_of_an_earlier_day_keeps_the_name_of_that_day(world):
    services.rename_agency(agency=world.health.agency, name="NHS Downs and Weald", on=RENAMED, by=None)

    assert "NHS Downs and Weald" in names_on(world.area, RENAMED)
    assert "NHS Ashdown Integrated Care Board" in names_on(world.area, RENAMED - timedelta(1))
    assert AuditEntry.objects.filter(event="agency.renamed", area_slug=world.area.slug).exists()


def test_a_frozen_document_keeps_the_name_of_its_day(world):
    version = worlds.in_sign_off(world)

    services.rename_agency(agency=world.health.agency, name="NHS Downs and Weald", on=TODAY, by=None)

    assert version.required_seats.get(seat=world.health).agency_name == "NHS Ashdown Integrated Care Board"


def test_two_renames_follow_each_other(world):
    agency = world.police.agency
    services.rename_agency(agency=agency, name="Ashdown Constabulary", on=date(2025, 1, 1), by=None)
    agency.refresh_from_db()
    services.rename_agency(agency=agency, name="Weald Police", on=RENAMED, by=None)

    found = Agency.objects.prefetch_related("earlier_names").get(pk=agency.pk)
    assert [found.name_on(day) for day in (date(2024, 5, 1), date(2025, 5, 1), TODAY)] == [
        "Ashdown Police", "Ashdown Constabulary", "Weald Police",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "on"), [("Ashdown Police", TODAY), ("", TODAY)])
def test_a_rename_to_nothing_or_to_the_same_is_refused(world, name, on):
    with pytest.raises(WrongState):
        services.rename_agency(agency=world.police.agency, name=name, on=on, by=None)


def test_a_rename_before_an_earlier_one_is_refused(world):
    services.rename_agency(agency=world.police.agency, name="Weald Police", on=RENAMED, by=None)
    world.police.agency.refresh_from_db()

    with pytest.raises(WrongState, match="another name on that day"):
        services.rename_agency(agency=world.police.agency, name="Other", on=RENAMED - timedelta(9), by=None)


def split(name, on, successors):
    """A joint partnership with one force and one council for each part, and its successors with the seats of theirs."""
    old = worlds.area(name)
    force = services.add_agency(slug=f"force-{old.slug}", name=f"{name} Police", kind=AgencyKind.POLICE, by=None)
    services.open_seat(area=old, agency=force, kind=SeatKind.STATUTORY, since=None, by=None)
    worlds.hold(worlds.person("Old manager"), Office.BUSINESS_MANAGER, old, since=date(2020, 1, 1))
    new = []
    for part in successors:
        area = services.open_area(
            slug=f"{old.slug}-{len(new)}", name=part, partnership_name=f"{part} Partnership", began_on=on, by=None
        )
        council = services.add_agency(
            slug=f"council-{area.slug}", name=f"{part} Council", kind=AgencyKind.LOCAL_AUTHORITY, by=None
        )
        for agency in (force, council):
            services.open_seat(area=area, agency=agency, kind=SeatKind.STATUTORY, since=on, by=None)
        new.append(area)
    services.succeed_area(predecessor=old, successors=new, takes_over=new[0], on=on, by=None)
    return old, new


@pytest.mark.parametrize(("name", "on", "successors"), REAL_SPLITS)
def test_a_real_split_ends_the_old_area_and_one_successor_answers_for_it(name, on, successors):
    old, new = split(name, on, successors)

    old.refresh_from_db()
    assert old.ended_on == on
    assert not selectors.seats(old, on).exists()
    assert selectors.seats(old, on - timedelta(1)).exists()
    assert not selectors.appointments(old, on).exists()
    assert selectors.answering_for(old, on) == new[0]
    assert selectors.answering_for(old, on - timedelta(1)) == old
    assert {row.successor for row in AreaSuccession.objects.filter(predecessor=old)} == set(new)


def test_what_is_still_owed_passes_to_the_successor_with_an_event():
    old, new = split(*REAL_SPLITS[1])
    with clock.frozen(datetime(2025, 5, 1, 9, tzinfo=clock.LONDON)):
        deadlines.open_duties(today=clock.today())
        deadlines.pass_on(today=clock.today())
        deadlines.pass_on(today=clock.today())

    owed = old.duties.get(period_label="2024-25")
    assert owed.passed_to == new[0]
    assert not old.duties.filter(period_label="2025-26").exists()
    assert not new[0].duties.filter(period_label="2024-25").exists()
    assert new[0].duties.filter(period_label="2025-26").exists()
    for area in (old, new[0]):
        assert AuditEntry.objects.filter(event="duty.passed_on", area_slug=area.slug).count() == 1
    assert not AuditEntry.objects.filter(event="duty.passed_on", area_slug=new[1].slug).exists()


def test_people_of_the_area_that_takes_over_see_the_old_one_and_others_do_not():
    old, new = split(*REAL_SPLITS[0])
    heir, other = worlds.person("Heir"), worlds.person("Other")
    worlds.hold(heir, Office.BUSINESS_MANAGER, new[0])
    worlds.hold(other, Office.BUSINESS_MANAGER, new[1])

    assert set(access.areas_for(heir)) == {old, new[0]}
    assert set(access.areas_for(other)) == {new[1]}
    assert access.can(heir, Permission.DRAFT_DOCUMENT, old)
    assert not access.can(other, Permission.VIEW_AREA, old)


def test_the_old_manager_sees_nothing_after_the_split():
    old, _ = split(*REAL_SPLITS[1])
    person = old.appointments.get(office=Office.BUSINESS_MANAGER).person

    assert not access.areas_for(person)


def test_a_chain_of_successions_leads_to_its_end():
    old, new = split(*REAL_SPLITS[1])
    last = services.open_area(
        slug="last", name="Last", partnership_name="Last Partnership", began_on=date(2026, 4, 1), by=None
    )

    services.succeed_area(predecessor=new[0], successors=[last], takes_over=last, on=date(2026, 4, 1), by=None)

    assert selectors.answering_for(old, TODAY) == last


def test_a_merger_gives_one_successor_two_predecessors():
    first, second = worlds.area("First"), worlds.area("Second")
    new = services.open_area(slug="both", name="Both", partnership_name="Both Partnership", began_on=RENAMED, by=None)
    for old in (first, second):
        services.succeed_area(predecessor=old, successors=[new], takes_over=new, on=RENAMED, by=None)
    person = worlds.person("Manager")
    worlds.hold(person, Office.BUSINESS_MANAGER, new)

    assert set(access.areas_for(person)) == {first, second, new}


def test_an_area_cannot_end_before_a_seat_of_it_begins(world):
    new = worlds.area("New")

    with pytest.raises(WrongState, match="begins on that day or later"):
        services.succeed_area(
            predecessor=world.area, successors=[new], takes_over=new, on=worlds.SINCE - timedelta(1), by=None
        )


def test_a_body_that_is_succeeded_ends_the_chair_of_its_delegate_too(world):
    """Eve is delegated partner of the police and chairs."""
    new = services.add_agency(slug="weald", name="Weald Police", kind=AgencyKind.POLICE, by=None)

    services.succeed(predecessor=world.police.agency, successor=new, on=TODAY, by=None)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not selectors.holders(world.area, Office.CHAIR, TODAY).exists()
    assert selectors.seats(world.area, TODAY).filter(agency=new).exists()


def test_only_one_successor_can_answer():
    old, new = split(*REAL_SPLITS[1])

    with pytest.raises(IntegrityError, match="areas_one_area_takes_over"), transaction.atomic():
        AreaSuccession.objects.filter(successor=new[1]).update(takes_over_duties=True)
    with pytest.raises(WrongState, match="must be one of the successors"):
        services.succeed_area(predecessor=new[1], successors=[old], takes_over=new[0], on=TODAY, by=None)


def test_the_lead_partners_of_the_successor_sign_the_last_report_of_the_old_area(world):
    """The report was drafted before the split; the seats of the area that answers for it sign it afterwards."""
    version = worlds.written(world)
    new = services.open_area(
        slug="new-ashdown", name="New Ashdown", partnership_name="New Ashdown Partnership", began_on=TODAY, by=None
    )
    seats = [
        services.open_seat(area=new, agency=seat.agency, kind=SeatKind.STATUTORY, since=TODAY, by=None)
        for seat in (world.council, world.police)
    ]
    services.succeed_area(predecessor=world.area, successors=[new], takes_over=new, on=TODAY, by=None)
    for name, office, seat in (("amina", Office.LSP, seats[0]), ("cerys", Office.LSP, seats[1])):
        worlds.appoint(world.people[name], office, new, seat, since=TODAY)
    worlds.appoint(world.gwen, Office.BUSINESS_MANAGER, new, since=TODAY)

    version = worlds.documents.send_for_sign_off(version=version, by=world.gwen)
    worlds.sign(version, seats[0], world.amina)
    worlds.sign(version, seats[1], world.cerys)

    version.refresh_from_db()
    assert version.status == "signed"
    assert version.document.area == world.area
    assert documents.versions_visible_to(world.ben).count() == 0


def test_the_operator_renames_splits_and_merges_by_command(capsys):
    def run(*words):
        call_command("bodies", *words)
        return capsys.readouterr().out

    assert "is added" in run("add-body", "weald-police", "Weald Police", "--kind", "police")
    run("open-area", "weald", "Weald", "--partnership-name", "Weald Partnership", "--seat", "weald-police")
    run(
        "open-area", "east-weald", "East Weald", "--partnership-name", "East Weald Partnership", "--since", "2026-04-01"
    )
    assert "answers for what is still owed" in run(
        "succeed-area", "weald", "east-weald", "--takes-over", "east-weald", "--on", "2026-04-01"
    )
    assert "is called Weald Constabulary" in run(
        "rename-body", "weald-police", "Weald Constabulary", "--on", "2026-05-01"
    )
    with pytest.raises(CommandError, match="no body called"):
        run("rename-body", "nobody", "X", "--on", "2026-05-01")
    with pytest.raises(CommandError, match="has this name already"):
        run("rename-body", "weald-police", "Weald Constabulary", "--on", "2026-06-01")


def test_the_operator_invites_the_first_manager_and_no_second(capsys):
    area = worlds.area("Weald")
    words = (
        "first-manager",
        area.slug,
        "first@weald.example",
        "First Manager",
        "--authority",
        "Decision of the partners",
    )

    call_command("bodies", *words)

    assert "gets an invitation" in capsys.readouterr().out
    assert OutgoingMail.objects.get(to="first@weald.example").text.count("The operator of this service") == 1
    held = selectors.holders(area, Office.BUSINESS_MANAGER, TODAY).get()
    assert access.can(held.person, Permission.APPOINT, area)
    with pytest.raises(CommandError, match="has a business manager"):
        call_command("bodies", *words)


def handed_over(client, world):
    client.force_login(world.amina)
    return client.get(reverse("areas:hand_overs", args=[world.area.slug])).text


def test_the_hand_over_of_a_body_that_was_succeeded_names_who_holds_the_office_for_its_successor(client, world):
    joined = worlds.seat(world.area, "NHS Downs Integrated Care Board", AgencyKind.HEALTH)
    worlds.appoint(world.ines, Office.LSP, world.area, joined)

    services.succeed(predecessor=world.health.agency, successor=joined.agency, on=TODAY, by=None)

    text = handed_over(client, world)
    assert "NHS Ashdown Integrated Care Board was succeeded by NHS Downs Integrated Care Board." in text
    assert "Ines holds this office for NHS Downs Integrated Care Board." in text
    assert "Nobody follows yet" not in text


def test_who_is_appointed_for_the_successor_joins_the_list_of_the_body_before(client, world):
    new = services.add_agency(slug="downs", name="NHS Downs", kind=AgencyKind.HEALTH, by=None)
    services.succeed(predecessor=world.health.agency, successor=new, on=TODAY, by=None)
    assert "Nobody holds this office for NHS Downs yet." in handed_over(client, world)
    seat = Seat.objects.get(agency=new, area=world.area)

    made = services.appoint(
        person=world.ines, area=world.area, office=Office.LSP, seat=seat, since=TODAY, authority="Letter", by=world.gwen
    )

    assert HandOver.objects.get(leaving__person=world.ben).arriving == made
    assert "Arrives: Ines, first day" in handed_over(client, world)
