"""The page behind an agency's link, the team's page of notices, and what home says of them."""

from datetime import datetime

import pytest
from django.test import Client

from arrangements import services
from arrangements.models import AgencyNotice
from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.documents.kinds import kinds
from tests.apps.arrangements.told import CHARITY, CLUB, SCHOOL, name_agency

TOMORROW = datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)
AGENCIES = "/areas/oakshire/arrangements/2026/agencies/"
SAID = {"name": "Nour Haddad", "office": "Head teacher", "note": "", "agree": "on"}
PAST_TEN_DAYS = datetime(2026, 9, 28, 9, tzinfo=clock.LONDON)


def page(told, name=SCHOOL):
    return f"/acknowledge/{told.token(name)}/"


def read(client, told, path=AGENCIES, name="gwen", **more):
    client.force_login(told.places.person(name))
    return client.get(path, **more)


def post(client, told, path, data=None, name="gwen", **more):
    client.force_login(told.places.person(name))
    return client.post(path, data or {}, **more)


def needs(client, told, name="gwen"):
    return [need["row"] for need in read(client, told, "/", name).context.get("needs", [])]


# the page behind the link


def test_the_page_says_who_is_asked_for_what_without_an_account(client, told):
    answer = client.get(page(told))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Oakshire Partnership has published its Multi-agency safeguarding arrangements 2026" in text
    assert "I have read the arrangements and know what they ask of Oakshire School" in text
    assert 'href="/published/oakshire/arrangements/2026/"' in text
    assert "Write nothing about any child" in text
    assert CHARITY not in text and "school@agencies.example" not in text


def test_the_page_is_for_no_cache_no_search_engine_and_no_other_site(client, told):
    for answer in (client.get(page(told)), client.post(page(told), SAID), client.get(page(told))):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_acknowledges_nothing(client, told, method):
    getattr(client, method)(page(told))
    getattr(client, method)(page(told), SAID)

    assert told.notice().acknowledged_at is None


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_the_page_takes_nothing_but_a_form(client, told, method):
    assert getattr(client, method)(page(told)).status_code == 405
    assert told.notice().acknowledged_at is None


def test_sending_the_form_records_it_and_shows_it(client, told):
    answer = client.post(page(told), SAID, follow=True)

    assert answer.redirect_chain == [(page(told), 302)]
    assert "Nour Haddad, Head teacher" in answer.content.decode()
    assert "<form" not in answer.content.decode().split("<main")[1]
    assert told.notice().acknowledged_by_name == "Nour Haddad"


def test_a_second_sending_shows_the_first_record(client, told):
    client.post(page(told), SAID)

    answer = client.post(page(told), {**SAID, "name": "Somebody else"}, follow=True)

    assert "Nour Haddad" in answer.content.decode()
    assert "Somebody else" not in answer.content.decode()
    assert AuditEntry.objects.filter(event="arrangements.acknowledged").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("agree", "", "Tick the statement to acknowledge the arrangements"),
        ("name", "  ", "Enter your name"),
        ("office", "", "Enter your office at the agency"),
        ("name", "N" * 121, "Your name must be 120 characters or fewer."),
        ("note", "n" * 1001, "must be 1,000 characters or fewer."),
        ("name", "Nour\x00", "Your name has a character that cannot be shown after “Nour”"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_recorded(client, told, field, value, sentence):
    answer = client.post(page(told), {**SAID, field: value})

    assert sentence in answer.content.decode()
    assert told.notice().acknowledged_at is None


def test_what_an_agency_writes_is_shown_as_text_and_not_run(client, told):
    client.post(page(told), {**SAID, "name": "<script>alert(1)</script>", "note": "<img src=x onerror=alert(2)>"})

    for text in (client.get(page(told)).content.decode(), read(client, told).content.decode()):
        assert "<script>alert" not in text and "<img src=x" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%00", "%ff%fe", "..", "None", "é" * 43])
def test_a_link_that_never_was_is_not_found(client, told, token):
    for answer in (client.get(f"/acknowledge/{token}/"), client.post(f"/acknowledge/{token}/", SAID)):
        assert answer.status_code == 404
    assert not AgencyNotice.objects.exclude(acknowledged_at=None).exists()


def test_the_fingerprint_of_a_token_opens_nothing(client, told):
    assert client.get(f"/acknowledge/{told.notice().token_sha256}/").status_code == 404
    assert client.get(f"/acknowledge/{told.notice().reference}/").status_code == 404


def test_the_link_opens_nothing_else(client, told):
    client.get(page(told))
    client.post(page(told), SAID)

    assert client.get(AGENCIES).status_code == 302
    assert client.get("/areas/oakshire/arrangements/2026/").status_code == 302


def test_a_form_from_another_site_is_refused(told):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(page(told), SAID).status_code == 403
    assert told.notice().acknowledged_at is None


def test_a_replaced_link_is_not_found(client, told):
    old = page(told)
    with clock.frozen(TOMORROW):
        services.tell_again(notice=told.notice(), by=told.places.person("gwen"))

    assert client.get(old).status_code == 404
    assert client.get(page(told)).status_code == 200


def test_a_replaced_edition_says_so_and_leads_to_the_newer_one(client, told):
    told.places.publish(label="2027", key="arrangements")

    answer = client.post(page(told), SAID, follow=True)
    text = answer.content.decode()

    assert "A newer edition has replaced these arrangements" in text
    assert "This link is about" in text and "version 1, published on 14 September 2026" in text
    assert 'href="/published/oakshire/arrangements/2027/"' in text
    assert told.notice().acknowledged_at is None


def test_an_edition_acknowledged_before_it_was_replaced_shows_both(client, told):
    client.post(page(told), SAID)
    told.places.publish(label="2027", key="arrangements")

    text = client.get(page(told)).content.decode()

    assert "Nour Haddad" in text and "/published/oakshire/arrangements/2027/" in text


def test_somebody_signed_in_sees_the_same_page(client, told):
    assert "I have read the arrangements" in read(client, told, page(told), "amina").content.decode()


# the page of notices


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


# home


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
