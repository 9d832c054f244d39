"""A document shared by name, on the pages: what the reader finds, and what whoever shares it does."""

from datetime import timedelta

import pytest

from partnership.areas.roles import Office
from partnership.documents import services
from partnership.documents.models import DocumentShare
from tests.apps.documents.test_sharing import (
    FRIDAY,
    RECORD,
    SAID,
    SHARES,
    at,
    document,  # noqa: F401  (fixtures)
    known,
    read,
    share,
)


def test_a_reader_reads_the_draft_and_nothing_else(client, places, document):
    rhea = known(places)
    version = places.write(document)
    share(places, document)
    other = places.begin(key="arrangements", label="2026")

    for path in (RECORD, f"{RECORD}preview/", f"{RECORD}versions/{version.number}/", "/areas/oakshire/documents/"):
        assert read(client, rhea, path).status_code == 200
    for path in ("", "people/", "agencies/", "duties/", "funding/", "submissions/", "arrangements/2026/", "timeline/"):
        assert read(client, rhea, f"/areas/oakshire/{path}").status_code == 404
    assert read(client, rhea, f"{RECORD}challenges/").status_code == 404
    assert read(client, rhea, SHARES).status_code == 403
    assert client.post(f"{RECORD}send/").status_code == 403
    assert other.title not in read(client, rhea, "/areas/oakshire/documents/").content.decode()


def test_the_record_page_shows_a_reader_no_link_that_leads_nowhere_and_no_story(client, places, document):
    rhea = known(places)
    share(places, document)

    text = read(client, rhea, RECORD).content.decode()

    assert "/challenges/" not in text
    assert "/shares/" not in text
    assert "What happened" not in text and "Advice on the data" not in text
    assert "Advice on the data" in read(client, places.person("gwen"), RECORD).content.decode()


def test_an_ended_or_expired_share_is_not_found_at_once(client, places, document):
    rhea = known(places)
    made = share(places, document)
    assert read(client, rhea, RECORD).status_code == 200
    with at(FRIDAY + timedelta(days=1), 0):
        assert client.get(RECORD).url == "/account/login/"  # it was all that the session was good for
        assert read(client, rhea, RECORD).status_code == 404

    services.end_share(share=made, by=places.person("gwen"))

    assert read(client, rhea, RECORD).status_code == 404
    assert read(client, rhea, "/areas/oakshire/documents/").status_code == 404


def test_the_home_of_a_reader_is_what_is_shared_with_them(client, places, document):
    rhea = known(places)
    assert "You hold no office today" in read(client, rhea, "/").content.decode()
    made = share(places, document)

    text = read(client, rhea, "/").content.decode()

    assert "Shared with you" in text and "You hold no office today" not in text
    assert f'href="{RECORD}"' in text
    assert "Shared by Gwen. You can read it until 18 September 2026." in text
    services.end_share(share=made, by=places.person("gwen"))
    assert read(client, rhea, "/").url == "/account/login/"
    client.logout()
    assert "You hold no office today" in read(client, rhea, "/").content.decode()


def test_somebody_with_an_office_elsewhere_finds_it_on_their_home_too(client, places, document):
    places.appoint("omar", Office.OBSERVER, places.open("ashford"))
    known(places, "omar")
    share(places, document, email="omar@people.example")

    assert f'href="{RECORD}"' in read(client, places.person("omar"), "/").content.decode()
    assert "Shared with you" not in read(client, places.person("amina"), "/").content.decode()


def test_another_name_than_that_of_the_account_is_asked_about_on_the_page(client, places, document):
    rhea = known(places)
    client.force_login(places.person("gwen"))

    asked = client.post(SHARES, SAID)
    shared = client.post(SHARES, {**SAID, f"same_person_{rhea.pk}": "on"})

    assert "This address has an account under another name." in asked.content.decode()
    assert "Advice on the data." in asked.content.decode()
    assert shared.status_code == 302
    assert DocumentShare.objects.get().user.name == "Rhea"


def test_the_page_shares_lists_and_ends(client, places, document):
    known(places)
    gwen = places.person("gwen")
    assert "It has not been shared with anybody yet." in read(client, gwen, SHARES).content.decode()
    assert f'href="{SHARES}"' in read(client, gwen, RECORD).content.decode()

    text = client.post(SHARES, {**SAID, "name": "rhea"}, follow=True).content.decode()

    assert "Yearly report 2025-26 is shared with Rhea until 18 September 2026." in text
    assert "Advice on the data." in text and "Until 18 September 2026" in text and "By Gwen" in text
    end = f"{SHARES}{DocumentShare.objects.get().pk}/end/"
    assert end in text
    assert client.get(end).status_code == 405
    text = client.post(end, follow=True).content.decode()
    assert "Ended on 14 September 2026 by Gwen." in text and end not in text
    assert client.post(f"{SHARES}0/end/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "nobody"}, "Enter an email address in the right form"),
        ({"reason": ""}, "Say why they are to read it"),
        ({"until_year": "2025"}, "Last day must be 14 September 2026 or later"),
        ({"until_year": "2028"}, "Last day must be 14 September 2027 or earlier"),
        ({"email": "amina@people.example", "name": "Amina"}, "Amina sees this document already"),
    ],
)
def test_the_form_says_what_is_wrong_and_shares_nothing(client, places, document, change, sentence):
    client.force_login(places.person("gwen"))

    answer = client.post(SHARES, {**SAID, **change})

    assert sentence in answer.content.decode()
    assert not DocumentShare.objects.exists()


def test_a_share_of_one_document_is_not_ended_from_another(client, places, document):
    made = share(places, document)
    places.begin(key="arrangements", label="2026")
    client.force_login(places.person("gwen"))

    assert client.post(f"/areas/oakshire/arrangements/2026/shares/{made.pk}/end/").status_code == 404


def test_who_shares_nothing_gets_no_link_and_no_page(client, places, document):
    assert "/shares/" not in read(client, places.person("dev"), RECORD).content.decode()
    assert read(client, places.person("dev"), SHARES).status_code == 403
