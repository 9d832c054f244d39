"""The team's page of notices to relevant agencies, and what home says of them."""

from arrangements import services
from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.documents.kinds import kinds
from tests.apps.arrangements.test_pages import AGENCIES, PAST_TEN_DAYS, SAID, TOMORROW, needs, page, post, read
from tests.apps.arrangements.told import CHARITY, CLUB, SCHOOL, name_agency


def test_the_team_sees_what_is_known_of_each_agency_and_no_more(client, told):
    told.places.deliver(charity="permanent")
    client.post(page(told), SAID)

    text = " ".join(read(client, told).content.decode().split())

    assert "1 of 3 have acknowledged." in text
    assert "Accepted by the mail relay. That is not yet proof that anybody read it." in text
    assert "Not sent. Somebody must act." in text
    assert "No address is recorded." in text
    assert "school@agencies.example" in text
    assert "14 September 2026, by Nour Haddad, Head teacher, by the link in the message." in text


def test_the_document_leads_to_the_page_by_the_hook_of_its_kind(client, told):
    record = "/areas/oakshire/arrangements/2026/"

    assert f'href="{AGENCIES}"' in read(client, told, record, "amina").content.decode()
    assert ("Relevant agencies: told and acknowledged", "arrangements:notices") in kinds()[
        "arrangements"
    ].published_pages
    assert kinds()["yearly_report"].published_pages == ()


def test_before_publication_no_link_leads_to_the_page_that_is_not_there_yet(client, told):
    told.places.begin(label="2027", key="arrangements")

    page = read(client, told, "/areas/oakshire/arrangements/2027/", "gwen")

    assert page.status_code == 200
    assert "arrangements/2027/agencies/" not in page.content.decode()


def test_there_is_no_such_page_of_a_report_or_of_arrangements_that_were_never_published(client, told):
    told.places.publish()
    told.places.begin(label="2025", key="arrangements")

    for address in ("yearly-report/2025-26", "arrangements/2025", "arrangements/2019", "yearly-report/2026"):
        assert read(client, told, f"/areas/oakshire/{address}/agencies/").status_code == 404


def test_a_reader_sees_the_page_without_its_buttons(client, told):
    text = read(client, told, name="amina").content.decode()

    assert "Tell again" not in text and "Record an acknowledgement" not in text
    assert "school@agencies.example" in text


def test_another_area_finds_nothing_and_a_contributor_is_told_why(client, told):
    told.places.appoint("omar", Office.OBSERVER, told.places.open("ashford"))
    told.places.appoint("cleo", Office.CONTRIBUTOR, told.places.area, seat=told.places.seats["oakshire"][0])

    assert read(client, told, name="omar").status_code == 404
    assert read(client, told, name="cleo").status_code == 403
    assert post(client, told, f"{AGENCIES}tell/", name="amina").status_code == 403


def test_tell_again_is_a_button_from_the_next_day_on(client, told):
    again = f"{AGENCIES}{told.seats[SCHOOL].pk}/again/"
    assert "Tell again" not in read(client, told).content.decode()
    assert post(client, told, again).status_code == 409

    with clock.frozen(TOMORROW):
        assert again in read(client, told).content.decode()
        answer = post(client, told, again, follow=True)

    assert "A new message to Oakshire School is queued. The earlier link no longer works." in answer.content.decode()
    assert read(client, told, again).status_code == 405


def test_those_named_since_are_told_by_one_button(client, told):
    assert "Tell those named since" not in read(client, told).content.decode()
    name_agency(told.places, "Oakshire Scouts", "scouts@agencies.example")
    assert "Tell those named since" in read(client, told).content.decode()

    answer = post(client, told, f"{AGENCIES}tell/", follow=True)

    assert "A message is queued to: Oakshire Scouts." in answer.content.decode()
    assert "Tell those named since" not in answer.content.decode()
    again = post(client, told, f"{AGENCIES}tell/", follow=True)
    assert "Every agency with an address was told." in again.content.decode()


def test_another_way_is_recorded_with_who_recorded_it(client, told):
    form = f"{AGENCIES}{told.seats[CLUB].pk}/acknowledgement/"
    said = {"name": "Sam Reed", "office": "Secretary", "way": "letter", "note": "Letter of today."}
    day = {"on_day": "14", "on_month": "9", "on_year": "2026"}

    early = post(client, told, form, {**said, **day, "on_day": "1"})
    empty = post(client, told, form)
    answer = post(client, told, form, {**said, **day}, follow=True)

    assert "must be 14 September 2026 or later" in early.content.decode()
    assert "Select how it was acknowledged" in empty.content.decode()
    text = answer.content.decode()
    assert "by Sam Reed, Secretary, by letter; recorded by Gwen." in text
    assert post(client, told, form, {**said, **day}).status_code == 409
    assert read(client, told, f"{AGENCIES}0/acknowledgement/").status_code == 404


def test_an_agency_that_is_none_any_longer_stays_on_the_page(client, told):
    areas.drop_relevant_agency(seat=told.seats[SCHOOL], today=clock.today(), by=told.places.person("gwen"))

    with clock.frozen(TOMORROW):
        text = read(client, told).content.decode()

    assert "No longer a relevant agency." in text
    assert f"{told.seats[SCHOOL].pk}/again/" not in text


def test_the_page_of_an_old_edition_says_so_and_has_no_buttons(client, told):
    told.places.publish(label="2027", key="arrangements")

    with clock.frozen(TOMORROW):
        text = read(client, told).content.decode()

    assert "A newer edition of the arrangements has been published." in text
    assert "Tell again" not in text and "Record an acknowledgement" not in text


def test_more_agencies_cost_no_more_queries(client, told, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        read(client, told)
    for number in range(5):
        name_agency(told.places, f"Agency {number}", f"a{number}@agencies.example")
    services.tell_named_since(version=told.version, by=told.places.person("gwen"))

    with django_assert_max_num_queries(len(few)):
        read(client, told)


def test_home_names_the_silent_agencies_ten_working_days_later_to_the_team_alone(client, told):
    told.places.appoint("tom", Office.BUSINESS_SUPPORT, told.places.area)
    told.places.deliver()
    assert needs(client, told) == []

    with clock.frozen(PAST_TEN_DAYS):
        rows = needs(client, told)
        assert [(row.act, row.href) for row in rows] == [
            ("2 relevant agencies have not acknowledged the arrangements", AGENCIES)
        ]
        assert read(client, told, "/").context["frame"].items[0]["badge"] == 1
        assert len(needs(client, told, "tom")) == 1
        assert needs(client, told, "amina") == []
        services.acknowledge(token=told.token(), name="Nour", office="Head")
        assert [row.act for row in needs(client, told)] == ["1 relevant agency has not acknowledged the arrangements"]
        services.acknowledge(token=told.token(CHARITY), name="Jo", office="Chair")
        assert needs(client, told) == []


def test_home_names_a_message_that_failed_at_once(client, told):
    told.places.deliver(school="permanent")

    rows = needs(client, told)

    assert [(row.act, row.why) for row in rows] == [
        (
            "See to the message to Oakshire School about Multi-agency safeguarding arrangements 2026",
            "Not sent. Somebody must act.",
        )
    ]
    assert read(client, told, "/").context["frame"].items[0]["badge"] == 1
