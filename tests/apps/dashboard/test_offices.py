"""What offices ask for on the home page: who fills, follows, hands over, reviews, answers and declares."""

from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.areas import jobs, services
from partnership.areas.models import AccessReview, Appointment, HandOver, SignInCheck, Vacancy
from partnership.areas.roles import APPEARS, Office
from partnership.dashboard import needs, waiting
from partnership.dashboard.standing import Standing
from tests import worlds
from tests.places import Places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


def rows(person):
    """The rows under “Needs you”; the badge counts as many."""
    standing = Standing(person)
    found = needs.rows(standing, {})
    assert needs.count(Standing(person)) == len(found)
    return found


def acts(person):
    return [row.act for row in rows(person)]


def waits(person):
    return [(row.act, row.who, row.by) for row in waiting.rows(Standing(person), {})]


def held(person, office):
    return Appointment.objects.get(person=person, office=office, voided_at=None)


def end(person, office, last, by):
    services.end_appointment(appointment=held(person, office), until=last + DAY, because="They leave.", by=by)


def without_manager(world):
    """Gwen's office ended some days ago, and its list is done, so that the chair sees to offices."""
    services.end_appointment(appointment=held(world.gwen, Office.BUSINESS_MANAGER), until=TODAY, because="", by=None)
    for item in HandOver.objects.get().items.all():
        services.tick(item=item, by=world.eve)


@pytest.fixture
def in_order(world):
    """Every office is held, and the scrutineer has declared: nothing is asked of anybody."""
    worlds.appoint(world.ines, Office.DSP, world.area, world.health)
    services.declare_interests(
        appointment=held(world.femi, Office.SCRUTINEER), interests="None.", earlier_work="None.", by=world.femi
    )
    jobs.find_vacancies(today=TODAY)
    return world


def test_where_everything_is_in_order_nobody_is_asked_for_anything(in_order):
    assert {name: acts(person) for name, person in in_order.people.items() if name not in ("harry", "olu")} == {
        name: [] for name in in_order.people if name not in ("harry", "olu")
    }


def test_a_vacant_office_is_to_be_filled_by_the_business_manager_and_waited_for_by_the_chair(in_order):
    end(in_order.dev, Office.DSP, TODAY - DAY, in_order.gwen)

    row = next(row for row in rows(in_order.gwen) if row.act.startswith("Fill"))

    vacancy = Vacancy.objects.get(area=in_order.area, office=Office.DSP, filled_on=None)
    assert row.act == "Fill the vacant office of delegated safeguarding partner, Ashdown Council"
    assert (row.by, row.href) == (None, f"/areas/{in_order.area.slug}/vacancies/{vacancy.pk}/")
    assert row.why == "Nobody has held it since 14 September 2026."
    assert not [act for act in acts(in_order.eve) if act.startswith("Fill")]
    assert [who for act, who, _ in waits(in_order.eve) if "vacant" in act] == ["Business manager"]
    assert not [act for act, _, _ in waits(in_order.amina) if "vacant" in act]


@pytest.mark.parametrize(("days", "needed"), [(1, False), (0, True), (-3, True)])
def test_a_planned_vacancy_needs_nobody_before_its_day_and_is_waited_for(in_order, days, needed):
    end(in_order.dev, Office.DSP, TODAY - DAY, in_order.gwen)
    vacancy, expected = Vacancy.objects.get(office=Office.DSP, filled_on=None, area=in_order.area), TODAY + days * DAY
    services.plan_vacancy(
        vacancy=vacancy, plan="The council has named somebody.", expected_on=expected, by=in_order.gwen
    )

    found = [row for row in rows(in_order.gwen) if row.act.startswith("Fill")]

    assert [row.by for row in found] == ([expected] if needed else [])
    assert [by for act, _, by in waits(in_order.gwen) if "vacant" in act] == ([] if needed else [expected])


@pytest.mark.parametrize(("days", "asked"), [(0, True), (60, True), (61, False)])
def test_an_office_that_ends_within_sixty_days_wants_a_successor(in_order, days, asked):
    last = TODAY + days * DAY
    end(in_order.amina, Office.LSP, last, in_order.gwen)

    found = [row for row in rows(in_order.gwen) if "follows" in row.act]

    wanted = "Record who follows Amina as lead safeguarding partner, Ashdown Council"
    assert [(row.act, row.by) for row in found] == ([(wanted, last)] if asked else [])
    if asked:
        assert found[0].href == f"/areas/{in_order.area.slug}/people/appoint/lsp/?seat={in_order.council.pk}"
    assert not [act for act in acts(in_order.eve) if "follows" in act]


def test_a_recorded_successor_ends_the_asking_and_one_of_another_seat_does_not(in_order):
    end(in_order.amina, Office.LSP, TODAY + 10 * DAY, in_order.gwen)
    worlds.appoint(worlds.person("Kofi"), Office.CONTRIBUTOR, in_order.area, in_order.council, since=TODAY)
    assert any("follows" in act for act in acts(in_order.gwen))

    worlds.appoint(worlds.person("Lena"), Office.LSP, in_order.area, in_order.council, since=TODAY + 11 * DAY)

    assert not any("follows" in act for act in acts(in_order.gwen))


def test_the_end_of_a_contributor_or_observer_wants_no_successor(in_order):
    worlds.hold(worlds.person("Kofi"), Office.OBSERVER, in_order.area, until=TODAY + 10 * DAY)

    assert acts(in_order.gwen) == []


@pytest.mark.parametrize(("days", "told"), [(0, True), (30, True), (31, False)])
def test_a_person_is_told_that_their_own_office_ends_within_thirty_days(in_order, days, told):
    last = TODAY + days * DAY
    end(in_order.dev, Office.DSP, last, in_order.gwen)

    found = [row for row in rows(in_order.dev) if row.act.startswith("Your office")]

    act = f"Your office of delegated safeguarding partner, Ashdown Council ends on {last:%-d %B %Y}"
    where = f"/areas/{in_order.area.slug}/people/{held(in_order.dev, Office.DSP).pk}/"
    assert [(row.act, row.by, row.href) for row in found] == ([(act, last, where)] if told else [])


def test_an_office_that_goes_on_by_a_new_appointment_is_no_news(in_order):
    end(in_order.dev, Office.DSP, TODAY + 5 * DAY, in_order.gwen)
    worlds.appoint(in_order.dev, Office.DSP, in_order.area, in_order.council, since=TODAY + 6 * DAY)

    assert not [act for act in acts(in_order.dev) if act.startswith("Your office")]
    assert not any("follows" in act for act in acts(in_order.gwen))


def test_an_open_hand_over_needs_who_leaves_who_arrives_and_who_records(in_order):
    end(in_order.dev, Office.DSP, TODAY, in_order.gwen)
    kofi = worlds.person("Kofi")
    services.appoint(
        person=kofi, area=in_order.area, office=Office.DSP, seat=in_order.council, since=TODAY + DAY,
        authority="Letter", by=in_order.gwen,
    )  # fmt: skip
    act = "Finish the hand-over of the office of delegated safeguarding partner, Ashdown Council"

    assert [row.by for row in rows(in_order.gwen) if row.act == act] == [TODAY]
    assert act in acts(in_order.dev)
    assert act not in acts(in_order.eve)
    assert act not in acts(in_order.amina)
    with clock.frozen(clock.now() + DAY):
        assert act in acts(kofi)
        assert act not in acts(in_order.dev)  # who has left sees the area no more
    for item in HandOver.objects.get().items.all():
        services.tick(item=item, by=in_order.gwen)
    assert act not in acts(in_order.gwen)


@pytest.mark.parametrize(("days", "asked"), [(89, True), (90, False)])
def test_a_hand_over_of_long_ago_asks_no_more(in_order, days, asked):
    end(in_order.dev, Office.DSP, TODAY - DAY, in_order.gwen)

    with clock.frozen(clock.now() + days * DAY):
        assert any("hand-over" in act for act in acts(in_order.gwen)) is asked


def test_an_access_review_needs_the_delegated_partner_of_its_seat_and_the_chair_for_the_rest(in_order):
    jobs.open_access_reviews(today=TODAY)

    def asked(person):
        return [(row.act, row.by) for row in rows(person) if "access review" in row.act]

    due = AccessReview.objects.first().due_on
    assert asked(in_order.dev) == [("Sign the access review 2026-Q3 of Ashdown Council", due)]
    assert asked(in_order.eve) == [
        ("Sign the access review 2026-Q3 of Ashdown Police", due),
        ("Sign the access review 2026-Q3 of the whole partnership", due),
    ]
    assert asked(in_order.gwen) == asked(in_order.amina) == []


def test_the_review_of_a_new_quarter_takes_the_place_of_the_old_one(in_order):
    jobs.open_access_reviews(today=TODAY)
    jobs.open_access_reviews(today=date(2026, 10, 1))

    assert acts(in_order.dev) == ["Sign the access review 2026-Q4 of Ashdown Council"]
    assert len([act for act in acts(in_order.eve) if "Q4" in act]) == len(acts(in_order.eve)) == 2


def test_what_a_signed_review_says_is_to_end_needs_the_manager_and_the_managers_own_the_chair(in_order):
    kofi = worlds.person("Kofi")
    worlds.appoint(kofi, Office.BUSINESS_SUPPORT, in_order.area)
    jobs.open_access_reviews(today=TODAY)
    review = AccessReview.objects.get(seat=None, area=in_order.area)
    to_end = {held(kofi, Office.BUSINESS_SUPPORT).pk, held(in_order.gwen, Office.BUSINESS_MANAGER).pk}
    offices = Appointment.objects.on(TODAY).filter(area=in_order.area, seat=None)
    verdicts = {row.pk: "end" if row.pk in to_end else "keep" for row in offices}
    services.sign_access_review(review=review, verdicts=verdicts, by=in_order.eve)

    assert acts(in_order.gwen) == ["End the office of Kofi, business support"]
    assert [act for act in acts(in_order.eve) if act.startswith("End")] == ["End the office of Gwen, business manager"]
    assert acts(kofi) == []


@pytest.mark.parametrize(
    ("days", "outcome", "asked"), [(13, "sent", False), (14, "sent", True), (0, "permanent", True)]
)
def test_who_has_not_confirmed_that_they_can_sign_in_is_to_be_asked(in_order, days, outcome, asked):
    jobs.ask_who_can_sign_in(today=TODAY)
    Places().deliver(**{in_order.amina.email.partition("@")[0]: outcome})
    SignInCheck.objects.exclude(person=in_order.amina).update(confirmed_at=clock.now())

    with clock.frozen(clock.now() + days * DAY):
        found = [row for row in rows(in_order.gwen) if "sign in" in row.act]
        assert not [act for act in acts(in_order.eve) if "sign in" in act]

    where = f"/areas/{in_order.area.slug}/accounts/{in_order.amina.pk}/"
    wanted = ("Amina has not confirmed that they can sign in", where)
    assert [(row.act, row.href) for row in found] == ([wanted] if asked else [])
    assert all(("not known that the message arrived" in row.why) is (outcome == "permanent") for row in found)


def test_a_confirmed_check_asks_nobody(in_order):
    jobs.ask_who_can_sign_in(today=TODAY)
    SignInCheck.objects.update(confirmed_at=clock.now())

    with clock.frozen(clock.now() + 30 * DAY):
        assert not [act for act in acts(in_order.gwen) if "sign in" in act]


def test_the_scrutineer_declares_once_a_year_and_at_the_start(world):
    appointment = held(world.femi, Office.SCRUTINEER)
    assert acts(world.femi) == ["Declare your interests"]
    assert rows(world.femi)[0].href == f"/areas/{world.area.slug}/independence/{appointment.pk}/declare/"

    services.declare_interests(appointment=appointment, interests="None.", earlier_work="", by=world.femi)

    assert acts(world.femi) == []
    with clock.frozen(clock.now() + 365 * DAY):
        assert acts(world.femi) == []
    with clock.frozen(clock.now() + 366 * DAY):
        assert [(row.act, row.by) for row in rows(world.femi)] == [("Declare your interests anew", date(2027, 9, 14))]


@pytest.mark.parametrize(("days", "asked"), [(1, False), (0, True), (-20, True)])
def test_an_independence_review_whose_day_is_there_needs_who_records(in_order, days, asked):
    services.record_contract(
        appointment=held(in_order.femi, Office.SCRUTINEER), contract="With the council.", days=None, fee=None,
        paid_by="", review_on=TODAY + days * DAY, by=in_order.gwen,
    )  # fmt: skip

    found = [(row.act, row.by) for row in rows(in_order.gwen)]

    wanted = ("Review the independence of Femi, scrutineer", TODAY + days * DAY)
    assert found == ([wanted] if asked else [])
    assert acts(in_order.eve) == []


def test_where_no_business_manager_is_in_office_the_chair_sees_to_offices(in_order):
    without_manager(in_order)
    jobs.find_vacancies(today=TODAY)

    assert acts(in_order.eve) == ["Fill the vacant office of business manager"]
    assert not any("vacant" in act for act, _, _ in waits(in_order.eve))


def test_a_suspended_business_manager_sees_to_nothing_and_the_chair_does(in_order):
    end(in_order.dev, Office.DSP, TODAY - DAY, in_order.gwen)
    services.suspend(
        appointment=held(in_order.gwen, Office.BUSINESS_MANAGER), reason="An inquiry runs.", by=in_order.eve
    )

    assert "Fill the vacant office of delegated safeguarding partner, Ashdown Council" in acts(in_order.eve)
    assert acts(in_order.gwen) == []


@pytest.mark.parametrize("office", [office for office in Office if office != Office.GUEST_READER])
def test_the_home_of_each_office_says_what_will_appear_there(client, world, office):
    person = worlds.person("Kofi")
    if office == Office.CHAIR:
        person = world.eve
    elif office == Office.SCRUTINEER:
        person = world.femi
        services.declare_interests(appointment=held(person, office), interests="None.", earlier_work="", by=person)
    else:
        worlds.hold(person, office, world.area)
    client.force_login(person)

    response = client.get("/")

    assert response.context["needs"] == []
    assert APPEARS[office] in [*response.context["appears"]]
    assert "Nothing needs you today." in response.content.decode()


def test_every_office_has_its_words_for_an_empty_home():
    assert set(APPEARS) == set(Office)
